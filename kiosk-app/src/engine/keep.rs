//! Files of this machine: whole or not at all.

use domain::unit::UnitCode;
use serde::{Serialize, de::DeserializeOwned};
use std::path::{Path, PathBuf};

/// Where the place of an agency is kept.
pub(super) fn place_file(data: &Path, unit: &UnitCode) -> PathBuf {
    let name: String = unit.as_str().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    data.join(format!("place-{name}.json"))
}

/// Reads a file; nothing where there is none or it cannot be read.
pub(super) async fn read_json<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let bytes = tokio::fs::read(path).await.ok()?;
    serde_json::from_slice(&bytes).map_err(|error| tracing::warn!(%error, "a kept file is of no use")).ok()
}

/// Writes a file beside the old one, then puts it in its place.
pub(super) async fn write_json<T: Serialize>(path: &Path, value: &T) {
    if let Err(error) = try_write(path, value).await {
        tracing::warn!(%error, "a file could not be kept");
    }
}

async fn try_write<T: Serialize>(path: &Path, value: &T) -> std::io::Result<()> {
    let bytes = serde_json::to_vec(value)?;
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    let new = path.with_extension("new");
    tokio::fs::write(&new, bytes).await?;
    tokio::fs::rename(&new, path).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_kept_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let file = place_file(&dir.path().join("deep"), &UnitCode::from("H52.125"));
        assert_eq!(read_json::<u32>(&file).await, None);
        write_json(&file, &7_u32).await;
        write_json(&file, &8_u32).await;
        assert_eq!(read_json::<u32>(&file).await, Some(8));
        assert_eq!(std::fs::read_dir(dir.path().join("deep")).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn a_torn_file_does_no_harm() {
        let dir = tempfile::tempdir().unwrap();
        let file = place_file(dir.path(), &UnitCode::from("../H52"));
        assert_eq!(file.parent(), Some(dir.path()));
        std::fs::write(&file, b"{\"agency\":").unwrap();
        assert!(read_json::<api::Place>(&file).await.is_none());
    }
}
