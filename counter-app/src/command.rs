//! Everything the app can ask for.

use crate::{
    Settings,
    model::{HallStep, Page, PageTarget},
};
use api::{CaseView, CounterParam, IntakeRequest, Pile};
use client::local::PrintRow;
use documents::Medium;
use domain::{
    barcode::ScannedTicket,
    case::{Attachment, HandedPaper, Turn},
    code::CaseCode,
    ids::{CaseId, CommandId, PrintId, StaffId},
    time::Millis,
    unit::UnitCode,
};
use std::path::PathBuf;

/// Something for the engine to do.
pub enum Command {
    /// Fetch agency, catalogue and calendar.
    LoadPlace(UnitCode),
    /// Sign in.
    SignIn {
        /// Sign-in name.
        login: String,
        /// Password.
        password: String,
    },
    /// Change the password.
    ChangePassword {
        /// The present one.
        current: String,
        /// The new one.
        new: String,
    },
    /// Sign out.
    SignOut,
    /// After signing in: live stream, outbox, journal, kept forms.
    Begin(StaffId),
    /// Keep a form.
    SaveDraft(String, String),
    /// Bring a kept form.
    LoadDraft(String),
    /// Forget a kept form.
    DropDraft(String),
    /// Ask for a file.
    PickFile(PageTarget),
    /// Read a file as a page.
    ReadPage(PageTarget, PathBuf),
    /// Turn a page by a quarter.
    TurnPage(PageTarget, Page),
    /// Keep the intake with its pages, and send both.
    TakeIn {
        /// The id under which it is sent.
        command: CommandId,
        /// The intake, still without pages.
        request: Box<IntakeRequest>,
        /// The pages.
        pages: Vec<Page>,
        /// When the form's first letter was typed.
        began: Option<Millis>,
    },
    /// Keep and send a turn.
    Turn {
        /// The id under which it is sent.
        command: CommandId,
        /// The case.
        case: CaseId,
        /// The version seen.
        version: u32,
        /// The turn.
        turn: Box<Turn>,
    },
    /// Keep the supplement with its pages, and send both.
    Supplement {
        /// The id under which it is sent.
        command: CommandId,
        /// The case.
        case: CaseId,
        /// The version seen.
        version: u32,
        /// Papers brought.
        papers: Vec<HandedPaper>,
        /// Their pages.
        pages: Vec<Page>,
    },
    /// Follow a hall.
    WatchHall(UnitCode),
    /// This counter in the hall.
    LoadCounter(CounterParam),
    /// Make changes in the hall, one after the other.
    InHall(CounterParam, Vec<HallStep>),
    /// A scanned ticket of a hall.
    FindTicket(UnitCode, ScannedTicket),
    /// Send a refused change again.
    Retry(CommandId),
    /// Give a refused change up.
    Discard(CommandId),
    /// Print a receipt that the journal intends.
    Print(PrintRow, Box<CaseView>),
    /// Print a receipt again, marked so.
    Reprint(Box<CaseView>),
    /// Draw the receipt for the screen.
    DrawSheet(Box<CaseView>),
    /// After a crash: fetch the case of a sheet and print it.
    PrintAgain(PrintRow),
    /// A doubtful sheet is as it is.
    LetBe(PrintId),
    /// What was taken in here since an instant.
    LoadToday(StaffId, Millis),
    /// A page of a list; a soft one waits a moment for more reasons to fetch.
    LoadWork {
        /// Which list.
        pile: Pile,
        /// After which mark.
        after: Option<String>,
        /// How many rows at most.
        limit: u16,
        /// Whether it may wait a moment.
        soft: bool,
    },
    /// A case.
    LoadCase(CaseId),
    /// A case by its code.
    FindCase(CaseCode),
    /// Cases by words; only the last one asked is answered.
    Search(String),
    /// Pictures of pages.
    LoadThumbs(Vec<Attachment>),
    /// Printers of this machine.
    ListPrinters,
    /// Print a test page.
    TestPage(Medium),
    /// Keep the settings.
    SaveSettings(Settings),
    /// Look how this machine stands.
    Examine,
    /// Pack what IT needs.
    PackSupport,
    /// Tell whoever keeps this machine up to date that somebody cannot wait.
    AskUpdate,
    /// Tell the same that this version has come up.
    CameUp,
    /// Close the window and start the app again.
    Restart,
}
