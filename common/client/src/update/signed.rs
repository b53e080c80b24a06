//! A release with its signature.

use domain::update::Release;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// Goes before what is signed, so that no other signature of the same key can be taken for a release's.
const PURPOSE: &[u8] = b"mot-cua release 1\n";

/// A release as it lies on a server. The text is signed as it stands, byte for byte, and read only afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// A [`Release`] as JSON.
    pub release: String,
    /// Ed25519 over the purpose and the text, hexadecimal.
    pub signature: String,
}

/// Why a release is not taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBelieved {
    /// This app was built without a key: it takes no updates.
    #[error("this app was built without a release key")]
    NoKey,
    /// Nobody whose key this app holds has signed it.
    #[error("the signature is not that of a known key")]
    BadSignature,
    /// It is signed, and says something that this app does not understand.
    #[error("the release cannot be read")]
    Unreadable,
}

impl Signed {
    /// Signs a release.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn seal(release: &Release, key: &SigningKey) -> Result<Self, serde_json::Error> {
        let release = serde_json::to_string(release)?;
        let signature = hex::encode(key.sign(&message(&release)).to_bytes());
        Ok(Self { release, signature })
    }

    /// The release, if one of the keys has signed it. More than one key is held while an old one is being replaced.
    ///
    /// # Errors
    /// [`NotBelieved`].
    pub fn open(&self, keys: &[VerifyingKey]) -> Result<Release, NotBelieved> {
        if keys.is_empty() {
            return Err(NotBelieved::NoKey);
        }
        let mut bytes = [0; Signature::BYTE_SIZE];
        hex::decode_to_slice(&self.signature, &mut bytes).map_err(|_| NotBelieved::BadSignature)?;
        let (message, signature) = (message(&self.release), Signature::from_bytes(&bytes));
        if !keys.iter().any(|key| key.verify_strict(&message, &signature).is_ok()) {
            return Err(NotBelieved::BadSignature);
        }
        serde_json::from_str(&self.release).map_err(|_| NotBelieved::Unreadable)
    }
}

fn message(release: &str) -> Vec<u8> {
    [PURPOSE, release.as_bytes()].concat()
}
