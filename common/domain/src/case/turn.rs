//! Turns: what people ask to do with a case.

use super::Attachment;
use crate::{ids::StaffId, person::Name, procedure::PaperForm, time::Millis};
use serde::{Deserialize, Serialize};

/// A paper that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedPaper {
    /// Its name in the procedure.
    pub name: String,
    /// In what form.
    pub form: PaperForm,
    /// How many.
    pub count: u16,
}

/// A fee taken at the counter (III.3.1 (8): fees are taken when the result is returned).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Đồng.
    pub amount: i64,
    /// Number of the fee receipt (biên lai); empty where none was written.
    pub receipt_no: String,
}

/// Who took the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedTo {
    /// Their name.
    pub name: Name,
    /// The authorisation they brought, when it was not the applicant (NĐ 61/2018 Art. 6.2b).
    pub authorisation: Option<String>,
}

/// What a person asks to do with a case. The server plans it against the rules, completes it
/// with times and deadlines, and writes it down as an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "turn", rename_all = "snake_case")]
pub enum Turn {
    /// Take the case up from the desk's common pile: the hand-over is accepted (nhận bàn giao).
    TakeUp,
    /// Give the case to a member of the desk (phân công).
    Assign {
        /// Who shall work on it.
        staff: StaffId,
        /// Their name, as the log keeps it.
        name: String,
    },
    /// Write down the examiner's opinion (ý kiến thẩm định).
    Examine {
        /// The opinion.
        opinion: String,
    },
    /// Draft the result document (dự thảo kết quả).
    Draft {
        /// Its text.
        text: String,
    },
    /// Put the case to the next higher desk (trình).
    Submit {
        /// A word to them; may be empty.
        note: String,
    },
    /// Approve the result (ký duyệt).
    Approve {
        /// A remark; may be empty.
        remark: String,
    },
    /// Send the case back to the examiner (trả lại, ghi ý kiến).
    SendBack {
        /// Why; never empty.
        reason: String,
    },
    /// Ask the citizen to complete the papers (Mẫu 02), at most once.
    AskSupplement {
        /// Everything that is missing, in one go.
        items: Vec<String>,
        /// Why; never empty.
        reason: String,
    },
    /// Take in what the citizen brought.
    ReceiveSupplement {
        /// The papers.
        papers: Vec<HandedPaper>,
        /// Scanned pages.
        files: Vec<Attachment>,
    },
    /// Number and stamp the result (đóng dấu).
    Seal {
        /// "46/GPXD".
        number: String,
    },
    /// Take the fee.
    TakeFee {
        /// What was paid.
        payment: Payment,
    },
    /// Give the result to the citizen (trả kết quả).
    Return {
        /// Who took it.
        to: ReturnedTo,
    },
    /// Apologise and promise one new date (Mẫu 04).
    Apologise {
        /// Why; never empty.
        reason: String,
        /// The new due time.
        new_due: Millis,
    },
    /// End the case at the citizen's wish (rút hồ sơ).
    Withdraw {
        /// Why; may be empty.
        reason: String,
    },
}
