//! What devices say, in words for the person before them.

use devices::{Trouble, printer::PrintError};
use i18n::{t, with};

/// What is the matter with a device.
pub(crate) fn trouble(trouble: &Trouble) -> String {
    let key = match trouble {
        Trouble::OutOfPaper => "out_of_paper",
        Trouble::PaperLow => "paper_low",
        Trouble::PaperJam => "paper_jam",
        Trouble::CoverOpen => "cover_open",
        Trouble::OutOfToner => "out_of_toner",
        Trouble::Paused => "paused",
        Trouble::Offline => "offline",
        Trouble::WantsHand => "wants_hand",
        Trouble::InUse => "in_use",
        Trouble::Forbidden => "forbidden",
        Trouble::Other(said) => return with("counter.device.other", &[("detail", said)]),
    };
    t(&format!("counter.device.{key}")).into_owned()
}

/// Why nothing was handed to a printer.
pub(crate) fn refusal(error: &PrintError) -> String {
    match error {
        PrintError::NoPrinter(name) => with("counter.device.no_printer", &[("name", name)]),
        PrintError::NotNow(why) => trouble(why),
        PrintError::Refused(said) => with("counter.device.refused", &[("detail", said)]),
        PrintError::Write(said) => with("counter.device.cannot_write", &[("detail", said)]),
        PrintError::Page(said) => with("counter.device.cannot_draw", &[("detail", said)]),
    }
}
