//! Everything that can happen to the app.

use crate::{
    ReceiptOn, Settings, Spot,
    model::{Desk, HallAct, Page, PageTarget, Picture, Printed, Screen},
};
use api::{CaseView, CounterView, LiveEvent, NextCalled, Pile, Session, WorkItem, WorkPage};
use client::{
    Accepted, ClientError,
    local::{OutboxRow, PrintRow, Taken, Waiting},
};
use devices::{DeviceState, printer::RollAddress};
use documents::Medium;
use domain::{
    code::CaseCode,
    hall::Ticket,
    ids::{CaseId, CommandId, FileId, PrintId},
    time::Millis,
    update::Standing,
};
use machine::report::Report;
use std::{path::PathBuf, sync::Arc};
use ui::ToastAct;

/// Something happened: a person did something, or the engine has news.
pub enum Event {
    // What people do.
    /// The text of a field changed.
    Typed(Spot, String),
    /// Enter was pressed in a field.
    Entered(Spot),
    /// A box was ticked or unticked.
    Toggled(Spot),
    /// The keyboard shall go somewhere.
    Focus(Spot),
    /// The chosen line of a list below a field moved.
    Moved(Spot, i32),
    /// A line of such a list was taken.
    Picked(Spot, usize),
    /// Another screen.
    Go(Screen),
    /// Sign in.
    SignIn,
    /// Change the password.
    ChangePassword,
    /// Sign out.
    SignOut,
    /// A scanner sent something.
    Scanned(String),
    /// Attach a page: ask for a file.
    Attach(PageTarget),
    /// Attach a page to the first paper that has none.
    AttachNext,
    /// A file was chosen or dropped.
    FileChosen(PageTarget, PathBuf),
    /// Files are dragged over the window, or no longer.
    Dragging(bool),
    /// Turn a page by a quarter.
    Rotate(PageTarget, usize),
    /// Take a page away.
    Detach(PageTarget, usize),
    /// Take the case in.
    Accept,
    /// Empty the form.
    Clear,
    /// Let an unsent intake go its way and begin with the next person.
    NextPerson,
    /// Print a receipt again.
    Reprint,
    /// Show a case.
    OpenCase(CaseId),
    /// The end of a list came into view.
    NearEnd(Pile),
    /// Fetch the lists again.
    Refresh,
    /// Take the case up.
    TakeUp,
    /// Save opinion and draft.
    SaveWork,
    /// Put the case to the next desk.
    Submit,
    /// Open the panel for a supplement, or send it.
    AskSupplement,
    /// Open the panel for sending back, or send it.
    SendBack,
    /// Close the panel, or the list below the omnibox.
    Escape,
    /// Number and stamp.
    Seal,
    /// Take the fee and give the result back.
    GiveBack,
    /// Take a supplement in.
    TakeSupplement,
    /// Something is done in the hall.
    Hall(HallAct),
    /// Something was done with a notice.
    Toast(ToastAct),
    /// Open or close the history of notices.
    Bell,
    /// Choose a printer.
    ChoosePrinter(Option<String>),
    /// Choose a roll printer.
    ChooseRoll(Option<RollAddress>),
    /// Choose what receipts are printed on.
    ReceiptOn(ReceiptOn),
    /// Print a test page.
    TestPage(Medium),
    /// Choose a text size.
    TextSize(u16),
    /// Send a refused change again.
    Retry(CommandId),
    /// Give a refused change up.
    Discard(CommandId),
    /// Print a doubtful sheet again, or let it be.
    Doubtful(PrintId, bool),
    /// Look how this machine stands.
    Examine,
    /// Pack what IT needs to find out what is wrong.
    PackSupport,
    /// Fetch and install the new version now.
    InstallUpdate,
    /// Close the app and start it again, in the version that is installed.
    RestartApp,

    // What the engine says.
    /// The time.
    Tick(Millis),
    /// Agency, catalogue and calendar.
    Place(Result<Arc<Desk>, ClientError>),
    /// A sign-in was answered.
    SignedIn(Result<Box<Session>, ClientError>),
    /// A change of password was answered.
    PasswordChanged(Result<(), ClientError>),
    /// The settings of this machine were read.
    Settings(Settings),
    /// A form kept from before.
    Draft(String, String),
    /// The machine slept or its clock was set: everything that is shown may be old.
    Woke,
    /// The line went up or down.
    Line(bool),
    /// Something happened in the province.
    Live(Box<LiveEvent>),
    /// The hall has changed.
    HallChanged,
    /// This counter in the hall.
    Counter(Result<Box<CounterView>, ClientError>),
    /// What was done in the hall was answered; with the one who is called, if somebody was to be called.
    HallDone(Result<Option<NextCalled>, ClientError>),
    /// A scanned ticket.
    TicketFound(Result<Box<Ticket>, ClientError>),
    /// How much has not arrived.
    Waiting(Waiting, Vec<OutboxRow>),
    /// A page was read.
    PageRead(PageTarget, Result<(Page, Option<Picture>), String>),
    /// A page was turned.
    PageTurned(PageTarget, FileId, Result<(Page, Option<Picture>), String>),
    /// A page of the case in view.
    Thumb(FileId, Option<Picture>),
    /// The server has a change.
    Accepted(Box<Accepted>),
    /// The server refused a change.
    Refused(CommandId, CaseId, ClientError),
    /// A change is kept and will be sent.
    Kept(CommandId, CaseId, ClientError),
    /// The local store failed.
    Broken(String),
    /// A sheet went further.
    Printed(Printed),
    /// The picture of a receipt.
    Sheet(CaseId, Picture),
    /// Sheets in doubt after a crash.
    DoubtfulPrints(Vec<PrintRow>),
    /// What was taken in here today.
    Today(Vec<Taken>),
    /// A page of a list.
    Work(Pile, Option<String>, Result<WorkPage, ClientError>),
    /// A case.
    Case(CaseId, Result<Box<CaseView>, ClientError>),
    /// A case looked for by its code.
    Found(CaseCode, Result<Box<CaseView>, ClientError>),
    /// Cases found by words.
    Searched(String, Result<Vec<WorkItem>, ClientError>),
    /// How the printer of a medium stands.
    Printer(Medium, DeviceState),
    /// How the scanner on a serial port stands.
    Scanner(DeviceState),
    /// That scanner sent something that is no text.
    TornScan,
    /// Printers of this machine.
    Printers(Vec<String>),
    /// What a test page said.
    Tested(Medium, Result<String, String>),
    /// How this machine stands with updates.
    Update(Standing),
    /// How this machine stands.
    Examined(Box<Report>),
    /// Where the package for IT lies, or why there is none.
    Packed(Result<PathBuf, String>),
}
