//! Signing in and out.

use crate::endpoint::endpoints;
use domain::{roles::Actor, time::Millis};
use serde::{Deserialize, Serialize};

/// A sign-in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInRequest {
    /// Sign-in name.
    pub login: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for SignInRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignInRequest").field("login", &self.login).finish_non_exhaustive()
    }
}

/// A session that began.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Sent as `Authorization: Bearer …` from now on.
    pub token: String,
    /// Who signed in, with posts.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub actor: Actor,
    /// The counter where this person usually sits.
    #[serde(default)]
    pub counter: Option<u16>,
    /// The password must be changed before anything else.
    #[serde(default)]
    pub must_change_password: bool,
    /// When it ends by itself.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expires_at: Millis,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("staff", &self.actor.staff).finish_non_exhaustive()
    }
}

/// A change of one's own password.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    /// The present one.
    pub current: String,
    /// The new one: at least 10 characters.
    pub new: String,
}

impl std::fmt::Debug for PasswordChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordChange(•••)")
    }
}

endpoints! {
    /// Signs in.
    SignIn: POST "/api/session" Public false (), SignInRequest => Session;
    /// Who is signed in.
    WhoAmI: GET "/api/session" Staff false (), () => Actor;
    /// Signs out.
    SignOut: DELETE "/api/session" Staff false (), () => ();
    /// Changes one's own password; every other session of that person ends.
    ChangePassword: POST "/api/password" Staff false (), PasswordChange => ();
}
