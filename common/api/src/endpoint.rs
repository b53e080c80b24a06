//! The shape of a route.

use http::Method;
use serde::{Serialize, de::DeserializeOwned};

/// Header that carries the client-made id of a change. Sending the same change again with the same
/// id answers what was answered first and changes nothing.
pub const COMMAND_HEADER: &str = "idempotency-key";
/// Header in which an app names its version; below the server's minimum it is answered 426.
pub const VERSION_HEADER: &str = "x-app-version";
/// Version of this protocol.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where a server keeps the releases of the apps and their packages: `/updates/counter.json`. Anybody may read there;
/// what is believed was signed elsewhere.
pub const UPDATES_PATH: &str = "/updates";

/// Who may call a route at all; finer rights are the domain's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// The machines of one hall, by its key in [`crate::HALL_KEY_HEADER`].
    Hall,
    /// Signed-in staff.
    Staff,
}

/// One route of the JSON API.
pub trait Endpoint {
    /// HTTP method. `GET` sends the request as a query string, all others as JSON.
    const METHOD: Method;
    /// Path with its parameters in braces.
    const PATH: &'static str;
    /// Who may call.
    const ACCESS: Access;
    /// Whether it changes something and so needs a command id.
    const CHANGES: bool;
    /// Parameters in the path; `()` for none.
    type Params: Serialize + DeserializeOwned + Send + 'static;
    /// What is sent; `()` for nothing.
    type Req: Serialize + DeserializeOwned + Send + 'static;
    /// What is answered.
    type Res: Serialize + DeserializeOwned + Send + 'static;
}

/// Declares endpoints: `Name: METHOD "path", access, changes?, Params, Req => Res;`
macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident: $method:ident $path:literal $access:ident $changes:literal $params:ty, $req:ty => $res:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl $crate::Endpoint for $name {
            const METHOD: http::Method = http::Method::$method;
            const PATH: &'static str = $path;
            const ACCESS: $crate::Access = $crate::Access::$access;
            const CHANGES: bool = $changes;
            type Params = $params;
            type Req = $req;
            type Res = $res;
        }
    )+};
}
pub(crate) use endpoints;
