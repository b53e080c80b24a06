//! Whose releases this program believes: the public keys of whoever built it, pinned when it was built.

use ed25519_dalek::VerifyingKey;

/// Keys pinned at the build, by the environment variable `MOTCUA_UPDATE_KEYS`: 64 hexadecimal digits each, separated
/// by commas. None is pinned in a build that was made without; such a program updates itself never.
const PINNED: Option<&str> = option_env!("MOTCUA_UPDATE_KEYS");

/// The pinned keys. One that cannot be read is left out: it could sign nothing.
#[must_use]
pub fn pinned_keys() -> Vec<VerifyingKey> {
    parse(PINNED.unwrap_or_default())
}

fn parse(text: &str) -> Vec<VerifyingKey> {
    let key = |text: &str| {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).ok()?;
        VerifyingKey::from_bytes(&bytes).ok()
    };
    text.split(',').filter_map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;

    #[test]
    fn an_old_key_and_its_successor_may_stand_side_by_side() {
        let keys = [7, 8].map(|seed| SigningKey::from_bytes(&[seed; 32]).verifying_key());
        let text = keys.map(|key| hex::encode(key.to_bytes())).join(" , ");
        assert_eq!(parse(&text), keys);
        assert_eq!(parse("xyz, 12"), []);
        assert_eq!(parse(""), []);
    }
}
