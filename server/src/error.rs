//! What can go wrong in a request, and how it is told: one enum, one place that finds the words.

use crate::store::StoreError;
use api::{Problem, problem_code as code};
use domain::{
    case::NotAllowed,
    hall::{NoTicket, NotRated, Refused},
    person::BadText,
    roles::Denied,
    time::Millis,
};
use http::StatusCode;

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A field of the request is wrong.
    #[error("field {field}: {key}")]
    Field {
        /// Its path, such as `applicant.name`.
        field: String,
        /// What is wrong: `server.field.<key>`.
        key: &'static str,
    },
    /// The request cannot be read.
    #[error("bad request: {key}")]
    Request {
        /// What is wrong: `server.request.<key>`.
        key: &'static str,
    },
    /// Not signed in, or no longer.
    #[error("signed out")]
    SignedOut,
    /// The name or the password is wrong.
    #[error("wrong credentials")]
    WrongCredentials,
    /// Too many wrong passwords.
    #[error("locked")]
    Locked {
        /// Minutes to wait.
        minutes: i64,
    },
    /// Too many requests from one address.
    #[error("too many requests")]
    TooMany,
    /// The password must be changed first.
    #[error("the password must be changed")]
    MustChangePassword,
    /// Without the right.
    #[error("denied: {denied}")]
    Denied {
        /// Which.
        denied: Denied,
        /// Name of the unit that it speaks of.
        unit: String,
    },
    /// A rule forbids it.
    #[error("not allowed: {0}")]
    NotAllowed(#[from] NotAllowed),
    /// A rule of the hall forbids it.
    #[error("not in the hall: {0}")]
    Hall(#[from] Refused),
    /// No number is given out now.
    #[error("no number: {refused}")]
    NoTicket {
        /// Why.
        refused: NoTicket,
        /// When it was asked for.
        now: Millis,
    },
    /// The hall has given out all numbers of a day.
    #[error("the day's numbers are used up")]
    HallFull,
    /// The machine is none of this hall.
    #[error("not this hall's key")]
    HallKey,
    /// A rating is not taken.
    #[error("no rating: {0}")]
    NotRated(#[from] NotRated),
    /// Nothing there.
    #[error("not found")]
    NotFound,
    /// Nothing there, by this method.
    #[error("method not allowed")]
    Method,
    /// Too large.
    #[error("too large")]
    TooLarge,
    /// Not a kind of content that is taken.
    #[error("unsupported content: {key}")]
    Unsupported {
        /// What is wrong: `server.request.<key>`.
        key: &'static str,
    },
    /// Another's change came first.
    #[error("stale version")]
    Stale,
    /// The command id was used for something else.
    #[error("command reused")]
    Reused,
    /// The app is too old.
    #[error("upgrade required")]
    Upgrade,
    /// It took too long.
    #[error("timeout")]
    Timeout,
    /// Overloaded or stopping.
    #[error("busy")]
    Busy,
    /// The database.
    #[error("the store")]
    Store(#[source] StoreError),
    /// Something that cannot be, was.
    #[error("{0}")]
    Internal(&'static str),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

impl Error {
    /// A field that is wrong.
    #[must_use]
    pub fn field(field: impl Into<String>, key: &'static str) -> Self {
        Self::Field { field: field.into(), key }
    }

    /// A text about a person that is wrong.
    #[must_use]
    pub fn text(field: impl Into<String>, problem: BadText) -> Self {
        Self::field(field, text_key(problem))
    }

    /// Whether the database is at fault.
    #[must_use]
    pub fn is_store(&self) -> bool {
        matches!(self, Self::Store(_))
    }

    /// Whether the same may work when tried again.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Field { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Request { .. } => StatusCode::BAD_REQUEST,
            Self::SignedOut | Self::WrongCredentials => StatusCode::UNAUTHORIZED,
            Self::Locked { .. } | Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::MustChangePassword | Self::Denied { .. } | Self::HallKey => StatusCode::FORBIDDEN,
            Self::NotAllowed(NotAllowed::Text { .. }) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotAllowed(_)
            | Self::Hall(_)
            | Self::NoTicket { .. }
            | Self::HallFull
            | Self::NotRated(_)
            | Self::Stale
            | Self::Reused => StatusCode::CONFLICT,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsupported { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Upgrade => StatusCode::UPGRADE_REQUIRED,
            Self::Timeout | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The machine name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Field { .. } | Self::NotAllowed(NotAllowed::Text { .. }) => code::BAD_FIELD,
            Self::Request { .. } | Self::Unsupported { .. } | Self::Method => code::BAD_REQUEST,
            Self::SignedOut | Self::WrongCredentials => code::SIGNED_OUT,
            Self::Locked { .. } | Self::TooMany | Self::Busy | Self::Timeout => code::TOO_MANY,
            Self::MustChangePassword => code::MUST_CHANGE_PASSWORD,
            Self::Denied { .. } | Self::HallKey => code::DENIED,
            Self::NotAllowed(_)
            | Self::Hall(_)
            | Self::NoTicket { .. }
            | Self::HallFull
            | Self::NotRated(_) => code::NOT_ALLOWED,
            Self::NotFound => code::NOT_FOUND,
            Self::TooLarge => code::TOO_LARGE,
            Self::Stale => code::STALE_VERSION,
            Self::Reused => code::COMMAND_REUSED,
            Self::Upgrade => code::UPGRADE,
            Self::Store(_) | Self::Internal(_) => code::INTERNAL,
        }
    }

    /// For people, in Vietnamese.
    #[must_use]
    pub fn message(&self) -> String {
        let plain = |key: &str| i18n::t(&format!("server.{key}")).into_owned();
        match self {
            Self::Field { key, .. } => plain(&format!("field.{key}")),
            Self::Request { key } | Self::Unsupported { key } => plain(&format!("request.{key}")),
            Self::SignedOut => plain("signed_out"),
            Self::WrongCredentials => plain("wrong_credentials"),
            Self::Locked { minutes } => i18n::with("server.locked", &[("n", &minutes.to_string())]),
            Self::TooMany => plain("too_many"),
            Self::MustChangePassword => plain("must_change_password"),
            Self::Denied { denied, unit } => denied_message(denied, unit),
            Self::NotAllowed(rule) => rule_message(rule),
            Self::Hall(refused) => i18n::Lang::Vi.ticket_refused(refused),
            Self::NoTicket { refused, now } => i18n::Lang::Vi.no_ticket(refused, *now),
            Self::HallFull => plain("hall_full"),
            Self::HallKey => plain("hall_key"),
            Self::NotRated(why) => i18n::Lang::Vi.not_rated(*why),
            Self::NotFound => plain("not_found"),
            Self::Method => plain("request.method"),
            Self::TooLarge => plain("too_large"),
            Self::Stale => plain("stale"),
            Self::Reused => plain("reused"),
            Self::Upgrade => plain("upgrade"),
            Self::Timeout => plain("timeout"),
            Self::Busy => plain("busy"),
            Self::Store(_) | Self::Internal(_) => plain("internal"),
        }
    }

    /// What is answered. `reference` is the number that the log has too.
    #[must_use]
    pub fn problem(&self, reference: Option<String>) -> Problem {
        let field = match self {
            Self::Field { field, .. } => Some(field.clone()),
            Self::NotAllowed(NotAllowed::Text { field, .. }) => Some((*field).to_owned()),
            _ => None,
        };
        Problem { code: self.code().to_owned(), message: self.message(), field, reference }
    }
}

fn denied_message(denied: &Denied, unit: &str) -> String {
    let role = |role| i18n::Lang::Vi.role(role);
    match denied {
        Denied::NotYourDesk { role: held, .. } => {
            i18n::with("server.denied.not_your_desk", &[("unit", unit), ("role", &role(*held))])
        }
        Denied::TakenByColleague => i18n::t("server.denied.taken").into_owned(),
        Denied::NeedsPost { role: needed, .. } => {
            i18n::with("server.denied.needs_post", &[("unit", unit), ("role", &role(*needed))])
        }
        Denied::OtherAgency => i18n::t("server.denied.other_agency").into_owned(),
    }
}

fn rule_message(rule: &NotAllowed) -> String {
    let plain = |key: &str| i18n::t(&format!("server.rule.{key}")).into_owned();
    match rule {
        NotAllowed::NotNow { step, state } => i18n::with(
            "server.rule.not_now",
            &[("step", &i18n::Lang::Vi.step(*step)), ("state", &i18n::Lang::Vi.state(*state))],
        ),
        NotAllowed::AlreadyTaken => plain("already_taken"),
        NotAllowed::SupplementOnce => plain("supplement_once"),
        NotAllowed::NoItems => plain("no_items"),
        NotAllowed::NoDraft => plain("no_draft"),
        NotAllowed::FeeUnpaid { left } => {
            i18n::with("server.rule.fee_unpaid", &[("left", &i18n::Lang::Vi.money(*left))])
        }
        NotAllowed::WrongAmount { left } => {
            i18n::with("server.rule.wrong_amount", &[("left", &i18n::Lang::Vi.money(*left))])
        }
        NotAllowed::ApologyOnce => plain("apology_once"),
        NotAllowed::DateNotLater => plain("date_not_later"),
        NotAllowed::Text { problem, .. } => {
            i18n::t(&format!("server.field.{}", text_key(*problem))).into_owned()
        }
        NotAllowed::NoStep => plain("no_step"),
    }
}

fn text_key(problem: BadText) -> &'static str {
    match problem {
        BadText::Empty => "empty",
        BadText::TooLong => "too_long",
        BadText::Unprintable => "unprintable",
        BadText::WrongDigits => "wrong_digits",
        BadText::BadDate => "bad_date",
    }
}
