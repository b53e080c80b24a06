//! Why a server is not reached.

use machine::report::Finding;
use rustls::{CertificateError, Error as Tls, InvalidMessage};
use std::{error::Error, io};

/// A reason; each has its own cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// What is configured is no address.
    NotAnAddress,
    /// No machine has this name.
    NoSuchName { detail: String },
    /// The machine is there, but nothing listens.
    Refused { detail: String },
    /// There is no way to the machine, or it does not answer.
    Silent { detail: String },
    /// Its certificate has ended.
    Expired { detail: String },
    /// Its certificate begins later: mostly this machine's clock is wrong.
    TooEarly { detail: String },
    /// Its certificate is of another name.
    OtherName { detail: String },
    /// Its certificate is self-signed, or of an authority that this machine does not know.
    Untrusted { detail: String },
    /// Something else of TLS.
    Tls { detail: String },
    /// It speaks plain HTTP where HTTPS is asked for.
    NotHttps { detail: String },
    /// It is a server, but not ours.
    Another { detail: String },
    /// This app is too old for it.
    TooOld,
    /// It is ours, and in trouble.
    Troubled { detail: String },
}

impl Fault {
    /// The reason behind a call that did not work.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        let chain = chain(error);
        let detail = chain.iter().map(ToString::to_string).collect::<Vec<String>>().join(": ");
        if let Some(tls) = chain.iter().find_map(|cause| tls_of(*cause)) {
            return Self::of_tls(tls, detail);
        }
        let kind = chain.iter().find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
        if detail.contains("dns error") {
            Self::NoSuchName { detail }
        } else if kind == Some(io::ErrorKind::ConnectionRefused) {
            Self::Refused { detail }
        } else if error.is_connect() || error.is_timeout() {
            Self::Silent { detail }
        } else {
            Self::Another { detail }
        }
    }

    fn of_tls(error: &Tls, detail: String) -> Self {
        match error {
            Tls::InvalidCertificate(wrong) => match wrong {
                CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                    Self::Expired { detail }
                }
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                    Self::TooEarly { detail }
                }
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                    Self::OtherName { detail }
                }
                // A self-made certificate is often its own authority, which webpki names in another way.
                CertificateError::UnknownIssuer => Self::Untrusted { detail },
                _ if detail.contains("CaUsedAsEndEntity") => Self::Untrusted { detail },
                _ => Self::Tls { detail },
            },
            Tls::InvalidMessage(InvalidMessage::InvalidContentType) => Self::NotHttps { detail },
            _ => Self::Tls { detail },
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::NotAnAddress => "not_an_address",
            Self::NoSuchName { .. } => "no_such_name",
            Self::Refused { .. } => "refused",
            Self::Silent { .. } => "silent",
            Self::Expired { .. } => "expired",
            Self::TooEarly { .. } => "too_early",
            Self::OtherName { .. } => "other_name",
            Self::Untrusted { .. } => "untrusted",
            Self::Tls { .. } => "tls",
            Self::NotHttps { .. } => "not_https",
            Self::Another { .. } => "another",
            Self::TooOld => "too_old",
            Self::Troubled { .. } => "troubled",
        }
    }

    fn detail(&self) -> Option<&str> {
        match self {
            Self::NotAnAddress | Self::TooOld => None,
            Self::NoSuchName { detail }
            | Self::Refused { detail }
            | Self::Silent { detail }
            | Self::Expired { detail }
            | Self::TooEarly { detail }
            | Self::OtherName { detail }
            | Self::Untrusted { detail }
            | Self::Tls { detail }
            | Self::NotHttps { detail }
            | Self::Another { detail }
            | Self::Troubled { detail } => Some(detail),
        }
    }

    /// What to tell IT.
    pub(super) fn finding(&self, base: &str) -> Finding {
        let name = self.name();
        let said = i18n::with(&format!("machine.server.said.{name}"), &[("server", base)]);
        let said = match self.detail() {
            Some(detail) => format!("{said}\n({detail})"),
            None => said,
        };
        Finding::bad("server", said, i18n::t(&format!("machine.server.do.{name}")))
    }
}

/// An error and all its causes; what an `io::Error` carries counts as one.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let mut found = Vec::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        found.push(cause);
        let carried = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match carried {
            Some(carried) => Some(carried),
            None => cause.source(),
        };
    }
    found
}

fn tls_of<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a Tls> {
    cause.downcast_ref::<Tls>()
}
