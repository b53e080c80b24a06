//! The ten national statuses (DVCQG).

use serde::{Deserialize, Serialize};

/// Where a case stands for the outside world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 1 Mới đăng ký.
    Registered,
    /// 2 Được tiếp nhận.
    Received,
    /// 3 Không được tiếp nhận.
    Refused,
    /// 4 Đang xử lý.
    Processing,
    /// 5 Yêu cầu bổ sung giấy tờ.
    AwaitingSupplement,
    /// 6 Yêu cầu thực hiện nghĩa vụ tài chính.
    AwaitingPayment,
    /// 7 Công dân yêu cầu rút hồ sơ.
    Withdrawn,
    /// 8 Dừng xử lý.
    Stopped,
    /// 9 Đã xử lý xong.
    Resolved,
    /// 10 Đã trả kết quả.
    Returned,
}

impl State {
    /// All, in national order.
    pub const ALL: [Self; 10] = [
        Self::Registered,
        Self::Received,
        Self::Refused,
        Self::Processing,
        Self::AwaitingSupplement,
        Self::AwaitingPayment,
        Self::Withdrawn,
        Self::Stopped,
        Self::Resolved,
        Self::Returned,
    ];

    /// The national code, 1 to 10.
    ///
    /// ```
    /// use domain::case::State;
    /// assert_eq!(State::Returned.national_code(), 10);
    /// assert_eq!(State::from_national(5), Some(State::AwaitingSupplement));
    /// ```
    #[must_use]
    pub fn national_code(self) -> i16 {
        match self {
            Self::Registered => 1,
            Self::Received => 2,
            Self::Refused => 3,
            Self::Processing => 4,
            Self::AwaitingSupplement => 5,
            Self::AwaitingPayment => 6,
            Self::Withdrawn => 7,
            Self::Stopped => 8,
            Self::Resolved => 9,
            Self::Returned => 10,
        }
    }

    /// The state of a national code.
    #[must_use]
    pub fn from_national(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.national_code() == code)
    }

    /// Whether the agency still owes an answer and its clock runs ("đang xử lý" {2, 4}).
    #[must_use]
    pub fn is_running(self) -> bool {
        matches!(self, Self::Received | Self::Processing)
    }

    /// Whether somebody still has to do something with it.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Refused | Self::Withdrawn | Self::Returned)
    }
}
