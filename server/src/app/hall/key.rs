//! The key of a hall: what its kiosks and tablets are set up with, so that nobody else takes numbers or rates the
//! service. It is made from the province's secret, so nothing is kept for each hall.

use crate::{
    app::App,
    error::Error,
    store::{Db, StoreError, settings},
};
use domain::unit::UnitCode;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The province's secret, from which the keys of its halls are made.
#[derive(Clone)]
pub struct HallSecret(Hmac<Sha256>);

impl std::fmt::Debug for HallSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HallSecret(•••)")
    }
}

impl HallSecret {
    /// Reads it; makes it the first time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(db: &Db) -> Result<Self, StoreError> {
        let mut tx = db.begin_log().await?;
        let kept = settings::get(&mut tx, settings::HALL_SECRET).await?;
        if let Some(kept) = kept {
            tx.rollback().await?;
            let broken =
                |why: &dyn std::fmt::Display| StoreError::broken("settings", settings::HALL_SECRET, why);
            return Self::of(&hex::decode(kept).map_err(|error| broken(&error))?)
                .map_err(|error| broken(&error));
        }
        let secret: [u8; 32] = rand::random();
        settings::set(&mut tx, settings::HALL_SECRET, &hex::encode(secret)).await?;
        tx.commit().await?;
        Self::of(&secret).map_err(|error| StoreError::broken("settings", settings::HALL_SECRET, error))
    }

    fn of(secret: &[u8]) -> Result<Self, hmac::digest::InvalidLength> {
        Hmac::new_from_slice(secret).map(Self)
    }

    /// The key of a hall, 32 hexadecimal digits.
    #[must_use]
    pub fn key(&self, site: &UnitCode) -> String {
        let mut key = hex::encode(self.mac(site).finalize().into_bytes());
        key.truncate(32);
        key
    }

    fn mac(&self, site: &UnitCode) -> Hmac<Sha256> {
        self.0.clone().chain_update(site.as_str())
    }

    fn is_key(&self, site: &UnitCode, key: &str) -> bool {
        let bytes = hex::decode(key.trim()).unwrap_or_default();
        bytes.len() == 16 && self.mac(site).verify_truncated_left(&bytes).is_ok()
    }
}

/// Lets in who has the hall's key.
///
/// # Errors
/// [`Error::HallKey`].
pub fn check(app: &App, site: &UnitCode, key: Option<&str>) -> Result<(), Error> {
    key.is_some_and(|key| app.hall_secret.is_key(site, key)).then_some(()).ok_or(Error::HallKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_one_hall() {
        let secret = HallSecret::of(&[7; 32]).unwrap();
        let (here, there) = (UnitCode::from("H52.125"), UnitCode::from("H52.126"));
        let key = secret.key(&here);
        assert_eq!(key.len(), 32);
        assert!(secret.is_key(&here, &key) && secret.is_key(&here, &format!(" {} ", key.to_uppercase())));
        assert!(!secret.is_key(&there, &key) && !HallSecret::of(&[8; 32]).unwrap().is_key(&here, &key));
        for bad in ["", "zz", key.get(..30).unwrap(), &format!("{key}00")] {
            assert!(!secret.is_key(&here, bad), "{bad}");
        }
    }
}
