//! How the native apps speak with a server: typed calls, pages up and down, the live stream, and a local
//! store that makes sure that nothing acknowledged is lost and nothing is doubled.
//!
//! Decides nothing about cases. SQL is found in [`local`] only.
#![warn(missing_docs)]

mod call;
mod clock;
mod error;
mod files;
mod identity;
mod live;
pub mod local;
pub mod probe;
mod report;
mod sender;
mod sse;
pub mod update;

pub use call::Client;
pub use clock::SystemClock;
pub use error::ClientError;
pub use files::sha256_hex;
pub use identity::Identity;
pub use live::Live;
pub use report::Reporter;
pub use sender::{Accepted, Follow, Sender, Sent};
