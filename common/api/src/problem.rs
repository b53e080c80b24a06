//! How the server says that something did not work.

use serde::{Deserialize, Serialize};

/// An error as every route answers it. `message` is for people, in Vietnamese: what happened,
/// what was kept, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Stable machine name, such as `stale_version` or `bad_field`.
    pub code: String,
    /// For people.
    pub message: String,
    /// The field of the request that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// A number to quote to IT; the same in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Machine names of problems that apps react to.
pub mod problem_code {
    /// Another person changed the case since it was read.
    pub const STALE_VERSION: &str = "stale_version";
    /// Not signed in, or the session ended.
    pub const SIGNED_OUT: &str = "signed_out";
    /// Signed in, but without the right.
    pub const DENIED: &str = "denied";
    /// The same command id came with another content.
    pub const COMMAND_REUSED: &str = "command_reused";
    /// A field of the request is wrong.
    pub const BAD_FIELD: &str = "bad_field";
    /// The request cannot be read at all.
    pub const BAD_REQUEST: &str = "bad_request";
    /// Nothing there.
    pub const NOT_FOUND: &str = "not_found";
    /// A rule forbids it now.
    pub const NOT_ALLOWED: &str = "not_allowed";
    /// Too large.
    pub const TOO_LARGE: &str = "too_large";
    /// Too many tries.
    pub const TOO_MANY: &str = "too_many";
    /// The password must be changed first.
    pub const MUST_CHANGE_PASSWORD: &str = "must_change_password";
    /// The app is too old for this server.
    pub const UPGRADE: &str = "upgrade_required";
    /// Something broke in the server.
    pub const INTERNAL: &str = "internal";
}
