//! The ticket that a citizen takes at the kiosk (phiếu số thứ tự): what it says is what was true when it was taken.

use crate::{
    codes,
    engine::{self, PaperError},
    receipt::{texts, whole},
};
use domain::{
    hall::{TicketCode, TicketNumber, Wait},
    time::Millis,
};
use i18n::Lang;
use image::GrayImage;
use typst::foundations::{Bytes, Dict, IntoValue as _};

const TEMPLATE: &str = include_str!("../../../assets/typst/ticket.typ");

/// Everything that stands on a ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// In which language it is printed.
    pub lang: Lang,
    /// Agency: "UBND huyện Mai Sơn".
    pub agency: String,
    /// The number.
    pub number: TicketNumber,
    /// What its bars say.
    pub code: TicketCode,
    /// What its QR leads to.
    pub url: String,
    /// What for.
    pub service: String,
    /// The counters that may call it.
    pub counters: Vec<u16>,
    /// Whether it goes before others.
    pub priority: bool,
    /// How many are called before it at most.
    pub ahead: u32,
    /// The expected wait.
    pub wait: Option<Wait>,
    /// When it was taken.
    pub issued_at: Millis,
}

impl Ticket {
    /// The ticket as the dots of an 80 mm roll: 576 wide, 0 for black and 255 for white.
    ///
    /// # Errors
    /// [`PaperError`] when the template fails.
    pub fn roll(&self) -> Result<GrayImage, PaperError> {
        engine::dots(&engine::compile(TEMPLATE, self.inputs()?)?)
    }

    fn inputs(&self) -> Result<Dict, PaperError> {
        let lang = self.lang;
        let say = |key: &str, n: &str| lang.with(&format!("paper.ticket.{key}"), &[("n", n)]);
        let (bars, qr) = (codes::bars(&self.code.to_string())?, codes::qr(&self.url)?);
        let counters: Vec<String> = self.counters.iter().map(ToString::to_string).collect();
        let at = self.issued_at.local();
        let mark = if self.priority { lang.t("paper.ticket.priority").into_owned() } else { String::new() };
        let mut inputs = texts(&[
            ("lang", lang.tag()),
            ("agency", &self.agency),
            ("office", &lang.t("paper.ticket.office")),
            ("yours", &lang.t("paper.ticket.yours")),
            ("number", &self.number.to_string()),
            ("mark", &mark),
            ("service", &self.service),
            (
                "counters",
                &if counters.is_empty() { String::new() } else { say("counter", &counters.join(", ")) },
            ),
            ("ahead", &say("ahead", &self.ahead.to_string())),
            ("wait", &lang.wait(self.wait)),
            ("follow", &lang.t("paper.ticket.follow")),
            ("at", &format!("{} · {}", i18n::clock(at), i18n::date(at.date()))),
        ]);
        inputs.insert("bars".into(), Bytes::new(bars.svg).into_value());
        inputs.insert("bars-width".into(), whole(bars.modules));
        inputs.insert("qr".into(), Bytes::new(qr.svg).into_value());
        inputs.insert("qr-width".into(), whole(qr.modules));
        Ok(inputs)
    }
}
