//! Every place that can have the keyboard, by name: focus is decided by `update`, not by screens.

use egui::Id;

/// A place for the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// Sign-in name.
    Login,
    /// Password.
    Password,
    /// New password.
    NewPassword,
    /// New password again.
    AgainPassword,
    /// The omnibox.
    Omni,
    /// Applicant's name.
    Name,
    /// Applicant's identity number.
    CitizenId,
    /// Applicant's birth date.
    Birth,
    /// Applicant's telephone.
    Phone,
    /// Applicant's address.
    Address,
    /// The procedure's type-ahead.
    Procedure,
    /// A paper of the procedure.
    Paper(usize),
    /// Examiner's opinion.
    Opinion,
    /// Draft of the result.
    Draft,
    /// What is missing, one a line.
    SupplementItems,
    /// Why a supplement is asked for.
    SupplementReason,
    /// Why a case is sent back.
    BackReason,
    /// Number of the result.
    SealNumber,
    /// Code of the case to be returned.
    ReturnCode,
    /// Fee taken.
    FeeAmount,
    /// Number of the fee receipt.
    FeeReceipt,
    /// Who takes the result.
    Receiver,
    /// The authorisation of somebody else.
    Authorisation,
    /// A paper of a supplement.
    Supplied(usize),
}

impl Spot {
    const FIXED: [Self; 22] = [
        Self::Login,
        Self::Password,
        Self::NewPassword,
        Self::AgainPassword,
        Self::Omni,
        Self::Name,
        Self::CitizenId,
        Self::Birth,
        Self::Phone,
        Self::Address,
        Self::Procedure,
        Self::Opinion,
        Self::Draft,
        Self::SupplementItems,
        Self::SupplementReason,
        Self::BackReason,
        Self::SealNumber,
        Self::ReturnCode,
        Self::FeeAmount,
        Self::FeeReceipt,
        Self::Receiver,
        Self::Authorisation,
    ];

    /// Its widget.
    #[must_use]
    pub fn id(self) -> Id {
        Id::unique(("spot", self))
    }

    /// Which spot a widget is.
    #[must_use]
    pub fn of(id: Id) -> Option<Self> {
        let rows = (0..64).flat_map(|row| [Self::Paper(row), Self::Supplied(row)]);
        Self::FIXED.into_iter().chain(rows).find(|spot| spot.id() == id)
    }
}
