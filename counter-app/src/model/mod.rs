//! Everything the app knows, as plain data.

mod desk;
mod form;
mod hall;
mod list;
mod open;
mod page;
mod printing;
mod rights;

pub use desk::Desk;
pub use form::{Hit, IntakeForm, PaperTick, Promise};
pub use hall::{Hall, HallAct, HallChange, HallMenu, HallStep};
pub use list::{Group, GroupKind, List};
pub use open::{OpenCase, Panel, ReturnForm, Supplied};
pub use page::{Page, PageTarget, Picture};
pub use printing::Printed;
pub use rights::{Right, may};

use crate::{Settings, Setup, Spot};
use api::{CaseView, WorkItem};
use client::local::{OutboxRow, PrintRow, Taken, Waiting};
use devices::DeviceState;
use documents::Medium;
use domain::{
    ids::{CommandId, FileId},
    roles::{Actor, Role},
    time::Millis,
    update::Standing,
};
use machine::report::Report;
use std::{collections::BTreeMap, sync::Arc};
use ui::{Remote, Toasts};

/// A place of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// Taking cases in.
    #[default]
    Intake,
    /// Looking cases up.
    Cases,
    /// Giving results back, taking supplements.
    Returns,
    /// Working on cases.
    Work,
    /// Numbering and stamping.
    Seal,
    /// This machine.
    Settings,
}

impl Screen {
    /// In the order of the rail.
    pub const ALL: [Self; 6] =
        [Self::Intake, Self::Cases, Self::Returns, Self::Work, Self::Seal, Self::Settings];

    /// Its name in the test state and in keys of words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Cases => "cases",
            Self::Returns => "returns",
            Self::Work => "work",
            Self::Seal => "seal",
            Self::Settings => "settings",
        }
    }
}

/// Who is signed in.
#[derive(Clone)]
pub struct Who {
    /// The person with posts.
    pub actor: Actor,
    /// The counter where they usually sit.
    pub counter: Option<u16>,
    /// The password must be changed first.
    pub must_change: bool,
}

/// The sign-in form.
#[derive(Clone, Default)]
pub struct SignInForm {
    /// Sign-in name.
    pub login: String,
    /// Password.
    pub password: String,
    /// New password, where it must be changed.
    pub new: String,
    /// New password again.
    pub again: String,
    /// What is wrong.
    pub error: Option<String>,
    /// The field that is wrong.
    pub error_at: Option<Spot>,
    /// Waiting for the server.
    pub busy: bool,
}

/// The line to the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// Not tried yet.
    #[default]
    Unknown,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// The omnibox.
#[derive(Clone, Default)]
pub struct Omni {
    /// What is typed.
    pub text: String,
    /// What was found.
    pub found: Remote<Vec<WorkItem>>,
    /// Which of them is chosen.
    pub choice: usize,
    /// Whether the list below is open.
    pub open: bool,
}

/// What devices say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// The A4 printer.
    pub printer: DeviceState,
    /// The roll printer.
    pub roll: DeviceState,
    /// The scanner on a serial port.
    pub scanner: DeviceState,
    /// When the scanner was last heard.
    pub scanned_at: Option<Millis>,
    /// Printers of this machine.
    pub printers: Vec<String>,
    /// What the last test said, and of which printer.
    pub test: Option<(Medium, String)>,
}

/// The last case taken in, with its receipt.
#[derive(Clone)]
pub struct LastReceipt {
    /// The case.
    pub view: Box<CaseView>,
    /// The sheet.
    pub sheet: Option<Picture>,
    /// How its printing goes, in words, on each medium.
    pub printed: Vec<(Medium, String)>,
    /// Where its PDF is kept.
    pub path: Option<String>,
}

impl LastReceipt {
    /// How its printing goes on all media, in one line.
    #[must_use]
    pub fn printed(&self) -> String {
        let words: Vec<&str> = self.printed.iter().map(|(_, words)| words.as_str()).collect();
        words.join(" ")
    }
}

/// Everything the app knows.
#[derive(Default)]
pub struct Model {
    /// How the app was started.
    pub setup: Setup,
    /// What the clerk chose.
    pub settings: Settings,
    /// Now, by the server's clock.
    pub now: Millis,
    /// Who is signed in.
    pub who: Option<Who>,
    /// The sign-in form.
    pub sign_in: SignInForm,
    /// The screen.
    pub screen: Screen,
    /// Agency, catalogue, calendar.
    pub desk: Remote<Arc<Desk>>,
    /// The line to the server.
    pub line: Line,
    /// What has not arrived yet.
    pub waiting: Waiting,
    /// What the server refused.
    pub parked: Vec<OutboxRow>,
    /// Sheets that may be missing or doubled after a crash.
    pub doubtful: Vec<PrintRow>,
    /// Devices.
    pub devices: Devices,
    /// Notices.
    pub toasts: Toasts,
    /// The form that an undo brings back.
    pub undo: Option<(u64, Box<IntakeForm>)>,
    /// The omnibox.
    pub omni: Omni,
    /// The intake form.
    pub form: IntakeForm,
    /// What is wrong with it, by field.
    pub form_errors: BTreeMap<String, String>,
    /// The intake that is on its way.
    pub sending: Option<CommandId>,
    /// Its line is cut; it is kept and will be sent.
    pub sending_kept: bool,
    /// Procedures that the type-ahead found.
    pub hits: Vec<Hit>,
    /// The date that the form would get.
    pub promise: Option<Promise>,
    /// The last receipt.
    pub last: Option<LastReceipt>,
    /// What was taken in here today.
    pub today: Vec<Taken>,
    /// Work on my desks.
    pub work: List,
    /// This counter in the hall.
    pub hall: Hall,
    /// Cases that wait for a supplement.
    pub waits: List,
    /// Results ready.
    pub ready: List,
    /// Pictures of pages, for the form and the case in view; none while they are fetched.
    pub thumbs: BTreeMap<FileId, Option<Picture>>,
    /// The case in view.
    pub open: Option<OpenCase>,
    /// What is typed as the code of a case to be returned.
    pub return_code: String,
    /// Why that code leads nowhere.
    pub return_error: Option<String>,
    /// The last number that was given to a result here.
    pub last_number: String,
    /// How this machine stands; none while it is being looked at.
    pub report: Option<Box<Report>>,
    /// What became of the package for IT.
    pub packed: Option<String>,
    /// How this machine stands with updates, if something keeps it up to date.
    pub update: Option<Standing>,
    /// Somebody wants the new version now, and the app to start again in it.
    pub restart_asked: bool,
    /// A file is being dragged over the window.
    pub dragging: bool,
    /// Where the keyboard shall go.
    pub focus: Option<Spot>,
}

impl Model {
    /// A model at its beginning.
    #[must_use]
    pub fn new(setup: Setup, now: Millis) -> Self {
        let settings = Settings {
            printer: setup.printer.clone(),
            roll_printer: setup.roll_printer.clone(),
            ..Settings::default()
        };
        Self { setup, settings, now, focus: Some(Spot::Login), ..Self::default() }
    }

    /// Agency, catalogue, calendar, once they are here.
    #[must_use]
    pub fn place(&self) -> Option<&Arc<Desk>> {
        self.desk.value()
    }

    /// The signed-in person, once their password is their own.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        self.who.as_ref().filter(|who| !who.must_change).map(|who| &who.actor)
    }

    /// Whether the signed-in person holds a role anywhere.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.actor().is_some_and(|actor| actor.is(role))
    }

    /// Whether a screen is for this person.
    #[must_use]
    pub fn may_go(&self, screen: Screen) -> bool {
        match screen {
            Screen::Intake | Screen::Returns => self.is(Role::Clerk),
            Screen::Work => self.is(Role::Specialist) || self.is(Role::DivisionHead),
            Screen::Seal => self.is(Role::SealClerk),
            Screen::Cases | Screen::Settings => true,
        }
    }

    /// The counter's number: fixed for the machine, or the person's usual one.
    #[must_use]
    pub fn counter(&self) -> Option<u16> {
        self.setup.counter.or_else(|| self.who.as_ref().and_then(|who| who.counter))
    }

    /// The list that a screen shows.
    #[must_use]
    pub fn list(&self, pile: api::Pile) -> Option<&List> {
        match pile {
            api::Pile::Mine => Some(&self.work),
            api::Pile::Waiting => Some(&self.waits),
            api::Pile::Returns => Some(&self.ready),
            api::Pile::Agency => None,
        }
    }

    /// The list of the present screen.
    #[must_use]
    pub fn list_of_screen(&self) -> Option<&List> {
        match self.screen {
            Screen::Work | Screen::Seal => Some(&self.work),
            Screen::Returns => Some(&self.ready),
            Screen::Intake | Screen::Cases | Screen::Settings => None,
        }
    }

    /// As [`Model::list`], to change it.
    pub fn list_mut(&mut self, pile: api::Pile) -> Option<&mut List> {
        match pile {
            api::Pile::Mine => Some(&mut self.work),
            api::Pile::Waiting => Some(&mut self.waits),
            api::Pile::Returns => Some(&mut self.ready),
            api::Pile::Agency => None,
        }
    }
}
