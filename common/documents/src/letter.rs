//! Letters: the supplement slip (Mẫu 02) and drafted results.

use crate::{
    engine::{self, Medium, PaperError},
    receipt::texts,
};
use domain::{case::Case, time::Millis};
use i18n::{Lang, t, with};
use image::{GrayImage, RgbaImage};
use typst::foundations::{Array, IntoValue as _};

const TEMPLATE: &str = include_str!("../../../assets/typst/letter.typ");

/// A letter of an agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// The agency.
    pub agency: String,
    /// The office below it; may be empty.
    pub office: String,
    /// "Số: 46/GPXD"; may be empty.
    pub number: String,
    /// The place before the date.
    pub place: String,
    /// The date, in UTC milliseconds.
    pub at: Millis,
    /// Title.
    pub title: String,
    /// Paragraphs before the items.
    pub body: Vec<String>,
    /// Numbered items.
    pub items: Vec<String>,
    /// Paragraphs after the items.
    pub closing: Vec<String>,
    /// Above the signature.
    pub signer_title: String,
    /// Who signs.
    pub signer: String,
}

impl Letter {
    /// The slip that asks a citizen to complete the papers (Mẫu 02); none when nothing was asked.
    #[must_use]
    pub fn supplement(case: &Case, agency: &str, place: &str, officer: &str) -> Option<Self> {
        let asked = case.supplement.as_ref()?;
        let office = t("paper.office");
        let name = case.applicant.name.as_str();
        Some(Self {
            agency: agency.to_owned(),
            office: office.clone().into_owned(),
            number: with("paper.supplement.number", &[("serial", case.code.serial())]),
            place: place.to_owned(),
            at: asked.asked_at,
            title: t("paper.supplement.title").into_owned(),
            body: vec![
                with("paper.supplement.person", &[("name", name)]),
                with(
                    "paper.supplement.about",
                    &[("procedure", &case.procedure.name), ("code", case.code.as_str())],
                ),
                t("paper.supplement.ask").into_owned(),
            ],
            items: asked.items.clone(),
            closing: vec![
                with("paper.supplement.reason", &[("reason", &asked.reason)]),
                with("paper.supplement.help", &[("office", &office), ("agency", agency)]),
            ],
            signer_title: t("paper.supplement.signer").into_owned(),
            signer: officer.to_owned(),
        })
    }

    /// The drafted or finished result of a case; none while nothing is drafted. The number and the
    /// signer stand on it once the case has them.
    #[must_use]
    pub fn result(case: &Case, agency: &str, place: &str, now: Millis) -> Option<Self> {
        let draft = case.draft.as_ref()?;
        let number = case
            .seal
            .as_ref()
            .map_or(String::new(), |seal| format!("{} {}", t("paper.number_label"), seal.number));
        Some(Self {
            agency: agency.to_owned(),
            number,
            place: place.to_owned(),
            at: case.seal.as_ref().map_or(now, |seal| seal.at),
            title: case.procedure.result.clone(),
            body: draft.text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            signer_title: t("paper.result.leader").into_owned(),
            signer: case.approval.as_ref().map_or(String::new(), |approval| approval.by.clone()),
            ..Self::default()
        })
    }

    /// The letter as a PDF.
    ///
    /// # Errors
    /// [`PaperError`] when the template fails; never because of what a person typed.
    pub fn pdf(&self, medium: Medium) -> Result<Vec<u8>, PaperError> {
        engine::pdf(&engine::compile(TEMPLATE, self.inputs(medium.sheet()))?)
    }

    /// Its first page as the screen shows it, `width` pixels wide.
    ///
    /// # Errors
    /// As [`Letter::pdf`].
    pub fn preview(&self, medium: Medium, width: u32) -> Result<RgbaImage, PaperError> {
        engine::picture(&engine::compile(TEMPLATE, self.inputs(medium.sheet()))?, width)
    }

    /// Every page of the sheet in greys, at `dpi` dots to the inch, for printers that take no PDF.
    ///
    /// # Errors
    /// As [`Letter::pdf`].
    pub fn pages(&self, medium: Medium, dpi: u32) -> Result<Vec<GrayImage>, PaperError> {
        Ok(engine::pages(&engine::compile(TEMPLATE, self.inputs(medium.sheet()))?, dpi))
    }

    /// It as the dots of an 80 mm roll, without the head of an official paper.
    ///
    /// # Errors
    /// As [`Letter::pdf`].
    pub fn roll(&self) -> Result<GrayImage, PaperError> {
        engine::dots(&engine::compile(TEMPLATE, self.inputs(Medium::Roll))?)
    }

    fn inputs(&self, medium: Medium) -> typst::foundations::Dict {
        let day = Lang::Vi.long_day(self.at.local().date());
        let mut inputs = texts(&[
            ("medium", medium.name()),
            ("agency", &self.agency),
            ("office", &self.office),
            ("number", &self.number),
            ("country", &t("paper.country")),
            ("motto", &t("paper.motto")),
            ("place", &self.place),
            ("day", &day),
            ("title", &self.title),
            ("signer-title", &self.signer_title),
            ("signer", &self.signer),
        ]);
        for (key, lines) in [("body", &self.body), ("items", &self.items), ("closing", &self.closing)] {
            let lines: Array = lines.iter().map(|line| line.as_str().into_value()).collect();
            inputs.insert(key.into(), lines.into_value());
        }
        inputs
    }
}
