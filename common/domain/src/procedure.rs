//! The catalogue of procedures (thủ tục hành chính): papers, fees, limits, steps.

use crate::unit::{FieldCode, ProcedureCode, UnitKind};
use serde::{Deserialize, Serialize};

/// A field of procedures (lĩnh vực); the decision names thirteen (III.1 of Part II).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its code.
    pub code: FieldCode,
    /// Its place in lists.
    pub order: u16,
    /// "Hộ tịch".
    pub name: String,
    /// English name for the kiosk.
    pub name_en: String,
}

/// How long the law gives (thời hạn giải quyết). The unit is always explicit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", content = "n", rename_all = "snake_case")]
pub enum Limit {
    /// Done the same day; received after 15:00, the next working day (Luật Hộ tịch 2014).
    SameDay,
    /// Office hours; eight make a working day.
    Hours(u32),
    /// Working days (ngày làm việc).
    WorkingDays(u32),
    /// Calendar days (ngày); an end on a rest day moves to the next working day.
    Days(u32),
}

impl std::str::FromStr for Limit {
    type Err = LimitError;

    /// Reads `same-day`, `8 hours`, `3 working-days`, `20 days`.
    fn from_str(text: &str) -> Result<Self, LimitError> {
        let wrong = || LimitError(text.to_owned());
        let text = text.trim();
        if text == "same-day" {
            return Ok(Self::SameDay);
        }
        let (count, unit) = text.split_once(char::is_whitespace).ok_or_else(wrong)?;
        let count: u32 = count.parse().map_err(|_| wrong())?;
        if count > MAX_LIMIT {
            return Err(wrong());
        }
        match unit.trim() {
            "hour" | "hours" => Ok(Self::Hours(count)),
            "working-day" | "working-days" => Ok(Self::WorkingDays(count)),
            "day" | "days" => Ok(Self::Days(count)),
            _ => Err(wrong()),
        }
    }
}

/// No procedure may promise more than this many days or hours.
pub const MAX_LIMIT: u32 = 3_650;

/// A time limit that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a time limit: {0:?} (say `same-day`, `8 hours`, `3 working-days` or `20 days`)")]
pub struct LimitError(String);

/// In what form a paper is handed in (Mẫu 01: bản chính, bản sao chứng thực, bản chụp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperForm {
    /// Bản chính.
    Original,
    /// Bản sao chứng thực.
    Certified,
    /// Bản chụp.
    Copy,
    /// Xuất trình: shown and handed back.
    Shown,
}

/// One paper that a procedure asks for (thành phần hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its name as the law says it.
    pub name: String,
    /// In what form.
    pub form: PaperForm,
    /// How many.
    pub count: u16,
    /// False for "nếu có".
    pub required: bool,
}

/// Who performs a step of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The counter receives and hands over (tiếp nhận).
    Receive,
    /// A specialist of the division examines and drafts (thẩm định).
    Examine,
    /// The head of the division puts it to the leader (trưởng phòng trình).
    DivisionHead,
    /// The leader signs (lãnh đạo ký duyệt).
    Approve,
    /// The seal clerk numbers and stamps (văn thư đóng dấu).
    Seal,
    /// The counter gives the result back (trả kết quả).
    Return,
}

impl StepKind {
    /// All, in the order of the longest flow.
    pub const ALL: [Self; 6] =
        [Self::Receive, Self::Examine, Self::DivisionHead, Self::Approve, Self::Seal, Self::Return];

    /// Its name on the wire, in the database and in keys of words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Examine => "examine",
            Self::DivisionHead => "division_head",
            Self::Approve => "approve",
            Self::Seal => "seal",
            Self::Return => "return",
        }
    }

    /// The step of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One step of a procedure's flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Whose step it is.
    pub kind: StepKind,
    /// Its share of the limit, in office hours (eight a day).
    pub hours: u32,
}

/// Which parts of an entry were matched to a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Code and name.
    pub code_name: bool,
    /// The time limit and its unit.
    pub limit: bool,
    /// Fees.
    pub fee: bool,
    /// Legal basis.
    pub legal: bool,
    /// Papers.
    pub papers: bool,
    /// Where from, and what is open.
    #[serde(default)]
    pub note: String,
}

impl Verified {
    /// Whether every part was matched.
    #[must_use]
    pub fn all(&self) -> bool {
        self.code_name && self.limit && self.fee && self.legal && self.papers
    }
}

/// A procedure as the catalogue holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// National code `1.001193`, or a local one where none is known.
    pub code: ProcedureCode,
    /// Its name.
    pub name: String,
    /// English name for the kiosk; empty where nobody has made one.
    #[serde(default)]
    pub name_en: String,
    /// Its field.
    pub field: FieldCode,
    /// Kinds of agency that receive it.
    pub levels: Vec<UnitKind>,
    /// Who asks for it: "cá nhân", "tổ chức".
    pub subject: String,
    /// The limit.
    pub limit: Limit,
    /// The limit in mountainous or difficult communes, where the law gives another.
    #[serde(default)]
    pub mountain_limit: Option<Limit>,
    /// Fee in đồng for one case; 0 is free.
    pub fee: i64,
    /// What the sum does not say: exemptions, who fixes it.
    #[serde(default)]
    pub fee_note: String,
    /// Papers to hand in.
    pub papers: Vec<Paper>,
    /// Laws and decrees.
    pub legal_basis: Vec<String>,
    /// The way through the agency.
    pub steps: Vec<Step>,
    /// What the citizen gets: "Giấy khai sinh".
    pub result: String,
    /// The group it can be handed in with, if any (liên thông).
    #[serde(default)]
    pub bundle: Option<String>,
    /// Suggested online level, 3 or 4; 0 for counter only.
    #[serde(default)]
    pub online_level: u8,
    /// What is checked and what is not.
    pub verified: Verified,
}

impl Procedure {
    /// The limit where the case is handed in: the mountain allowance applies in communes
    /// classed as mountainous, when the procedure has one.
    #[must_use]
    pub fn limit_at(&self, mountain: bool) -> Limit {
        match self.mountain_limit {
            Some(limit) if mountain => limit,
            _ => self.limit,
        }
    }
}
