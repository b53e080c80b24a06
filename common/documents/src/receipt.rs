//! The receipt (Giấy tiếp nhận hồ sơ và hẹn trả kết quả, Mẫu 01).

use crate::{
    codes,
    engine::{self, Medium, PaperError},
};
use domain::{case::Case, procedure::PaperForm};
use i18n::{Lang, t, with};
use image::{GrayImage, RgbaImage};
use typst::foundations::{Array, Bytes, Dict, IntoValue as _, Str, Value};

const TEMPLATE: &str = include_str!("../../../assets/typst/receipt.typ");

/// Everything that stands on a receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The case as it was received.
    pub case: Case,
    /// Agency: "UBND huyện Mai Sơn".
    pub agency: String,
    /// The place before the date: "Mai Sơn".
    pub place: String,
    /// What the QR leads to.
    pub status_url: String,
    /// Whether this sheet was printed before.
    pub reprint: bool,
}

impl Receipt {
    /// The receipt as a PDF on `medium`.
    ///
    /// # Errors
    /// [`PaperError`] when the template fails; never because of what a person typed.
    pub fn pdf(&self, medium: Medium) -> Result<Vec<u8>, PaperError> {
        engine::pdf(&engine::compile(TEMPLATE, self.inputs(medium)?)?)
    }

    /// The receipt as the dots of an 80 mm roll: 576 wide, 0 for black and 255 for white.
    ///
    /// # Errors
    /// As [`Receipt::pdf`].
    pub fn roll(&self) -> Result<GrayImage, PaperError> {
        engine::dots(&engine::compile(TEMPLATE, self.inputs(Medium::Roll)?)?)
    }

    /// The first page of the sheet as the screen shows it, `width` pixels wide.
    ///
    /// # Errors
    /// As [`Receipt::pdf`].
    pub fn preview(&self, medium: Medium, width: u32) -> Result<RgbaImage, PaperError> {
        engine::picture(&engine::compile(TEMPLATE, self.inputs(medium)?)?, width)
    }

    /// Every page of the sheet in greys, at `dpi` dots to the inch, for printers that take no PDF.
    ///
    /// # Errors
    /// As [`Receipt::pdf`].
    pub fn pages(&self, medium: Medium, dpi: u32) -> Result<Vec<GrayImage>, PaperError> {
        Ok(engine::pages(&engine::compile(TEMPLATE, self.inputs(medium)?)?, dpi))
    }

    fn inputs(&self, medium: Medium) -> Result<Dict, PaperError> {
        let case = &self.case;
        let vi = Lang::Vi;
        let bars = codes::bars(case.code.as_str())?;
        let qr = codes::qr(&self.status_url)?;
        let office = t("paper.office");
        let collect = match case.counter {
            Some(counter) => with(
                "paper.receipt.collect_counter",
                &[("n", &counter.to_string()), ("office", &office), ("agency", &self.agency)],
            ),
            None => with("paper.receipt.collect_office", &[("office", &office), ("agency", &self.agency)]),
        };
        let reprint = if self.reprint { t("paper.reprint").into_owned() } else { String::new() };
        let received_day = case.received_at.local().date();
        let mut inputs = texts(&[
            ("medium", medium.name()),
            ("title", &t("paper.receipt.title")),
            ("code", case.code.as_str()),
            ("number-label", &t("paper.number_label")),
            ("number", &with("paper.number", &[("serial", case.code.serial())])),
            ("agency", &self.agency),
            ("office", &office),
            ("country", &t("paper.country")),
            ("motto", &t("paper.motto")),
            ("place", &self.place),
            ("day", &vi.long_day(received_day)),
            ("reprint", &reprint),
            ("applicant", case.applicant.name.as_str()),
            ("citizen-id", case.applicant.citizen_id.as_str()),
            ("address", &case.applicant.address),
            ("phone", case.applicant.phone.as_str()),
            ("procedure", &case.procedure.name),
            ("request", &case.request),
            ("sets", &with("paper.receipt.sets_value", &[("n", &format!("{:02}", case.sets))])),
            ("limit", &vi.limit(case.deadline.limit)),
            ("received", &vi.long_moment(case.received_at)),
            ("due", &vi.long_moment(case.deadline.due)),
            ("collect", &collect),
            ("fee", &vi.money(case.procedure.fee)),
            ("clerk", &case.received_by),
        ]);
        inputs.insert("papers".into(), papers(case).into_value());
        inputs.insert("labels".into(), labels().into_value());
        inputs.insert("bars".into(), Bytes::new(bars.svg).into_value());
        inputs.insert("bars-width".into(), whole(bars.modules));
        inputs.insert("qr".into(), Bytes::new(qr.svg).into_value());
        inputs.insert("qr-width".into(), whole(qr.modules));
        Ok(inputs)
    }
}

fn papers(case: &Case) -> Array {
    let line = |paper: &domain::case::HandedPaper| {
        let form = Lang::Vi.paper_form(paper.form).to_lowercase();
        let count = format!("{:02}", paper.count);
        let key =
            if paper.form == PaperForm::Shown { "paper.receipt.paper_shown" } else { "paper.receipt.paper" };
        with(key, &[("name", &paper.name), ("form", &form), ("count", &count)]).into_value()
    };
    case.papers.iter().map(line).collect()
}

fn labels() -> Dict {
    let pairs: Vec<(&str, String)> = [
        ("applicant", "applicant"),
        ("citizen-id", "citizen_id"),
        ("address", "address"),
        ("phone", "phone"),
        ("procedure", "procedure"),
        ("request", "request"),
        ("papers", "papers"),
        ("sets", "sets"),
        ("limit", "limit"),
        ("received", "received"),
        ("due", "due"),
        ("collect", "collect"),
        ("fee", "fee"),
        ("scan", "scan"),
        ("submitter", "submitter"),
        ("receiver", "receiver"),
        ("sign", "sign"),
    ]
    .into_iter()
    .map(|(name, key)| (name, t(&format!("paper.receipt.{key}")).into_owned()))
    .collect();
    let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(name, text)| (*name, text.as_str())).collect();
    texts(&borrowed)
}

/// A dictionary of plain texts; what people typed stays text and is never read as markup.
pub(crate) fn texts(pairs: &[(&str, &str)]) -> Dict {
    pairs.iter().map(|(key, text)| (Str::from(*key), Value::Str(Str::from(*text)))).collect()
}

pub(crate) fn whole(number: usize) -> Value {
    i64::try_from(number).unwrap_or(0).into_value()
}
