//! New versions of the apps: offered by the province's server, believed only if they were signed by whoever builds the
//! product, fetched in the background and in pieces.
//!
//! What a genuine release may do is decided by [`domain::update`]; this is how one gets here.

mod fetch;
mod keep;
mod keeper;
mod keys;
mod memory;
mod signed;
mod swap;
mod talk;

pub use fetch::{FetchError, fetch};
pub use keep::Post;
pub use keeper::{Keeper, KeeperError};
pub use keys::pinned_keys;
pub use memory::{Memory, MemoryError, Pending};
pub use signed::{NotBelieved, Signed};
pub use swap::Swap;
pub use talk::Talk;

use crate::{Client, ClientError, call::read};
use api::UPDATES_PATH;
use domain::update::{AppKind, Release};
use ed25519_dalek::VerifyingKey;
use reqwest::Method;

/// What the server offers an app, if it offers anything.
///
/// # Errors
/// [`OfferError`].
pub async fn offer(
    client: &Client,
    app: AppKind,
    keys: &[VerifyingKey],
) -> Result<Option<Release>, OfferError> {
    let request = client.request(Method::GET, &format!("{UPDATES_PATH}/{}.json", app.name()));
    match read::<Signed>(request).await {
        Ok(signed) => Ok(Some(signed.open(keys)?)),
        Err(ClientError::Problem { status: 404, .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Why there is no offer to look at.
#[derive(Debug, thiserror::Error)]
pub enum OfferError {
    /// The server did not answer, or not so that it can be read.
    #[error("the server")]
    Client(#[from] ClientError),
    /// What it answered is not from whoever builds the product.
    #[error("the release")]
    NotBelieved(#[from] NotBelieved),
}

#[cfg(test)]
mod tests;
