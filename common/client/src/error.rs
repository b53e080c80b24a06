//! What can go wrong between an app and a server.

use api::{Problem, problem_code};

/// A call that did not work.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ClientError {
    /// No answer: the line is cut, the server is down or too slow.
    #[error("no answer from the server")]
    Offline {
        /// For IT.
        detail: String,
    },
    /// The server said no.
    #[error("the server answered {status}: {}", .problem.code)]
    Problem {
        /// What it said.
        problem: Box<Problem>,
        /// HTTP status.
        status: u16,
    },
    /// An answer that this app cannot read.
    #[error("unreadable answer")]
    Unreadable {
        /// For IT.
        detail: String,
    },
}

impl ClientError {
    /// For people: what happened, what was kept, what to do.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Offline { .. } => i18n::t("ui.line.offline").into_owned(),
            Self::Unreadable { .. } => i18n::t("ui.line.unreadable").into_owned(),
            Self::Problem { problem, .. } if problem.message.is_empty() => {
                i18n::with("ui.line.refused", &[("code", &problem.code)])
            }
            Self::Problem { problem, .. } => problem.message.clone(),
        }
    }

    /// For IT: never names a person.
    #[must_use]
    pub fn details(&self) -> String {
        match self {
            Self::Offline { detail } | Self::Unreadable { detail } => detail.clone(),
            Self::Problem { problem, status } => {
                let reference = problem.reference.as_deref().unwrap_or("-");
                format!("HTTP {status} · {} · {reference}", problem.code)
            }
        }
    }

    /// The server's machine name of what is wrong.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem { problem, .. } => Some(&problem.code),
            _ => None,
        }
    }

    /// The field of the request that is wrong.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Problem { problem, .. } => problem.field.as_deref(),
            _ => None,
        }
    }

    /// Whether there was no answer at all.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Offline { .. })
    }

    /// Whether the session ended.
    #[must_use]
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Self::Problem { status: 401, .. }) || self.code() == Some(problem_code::SIGNED_OUT)
    }

    /// Whether sending the same again later may work: no answer, or the server is in trouble or busy.
    #[must_use]
    pub fn may_work_later(&self) -> bool {
        match self {
            Self::Offline { .. } => true,
            Self::Problem { status, .. } => *status >= 500 || matches!(status, 408 | 425 | 429),
            Self::Unreadable { .. } => false,
        }
    }

    pub(crate) fn of(error: &reqwest::Error) -> Self {
        let mut detail = error.to_string();
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            detail.push_str(": ");
            detail.push_str(&cause.to_string());
            source = cause.source();
        }
        if error.is_decode() || error.is_status() {
            Self::Unreadable { detail }
        } else {
            Self::Offline { detail }
        }
    }
}
