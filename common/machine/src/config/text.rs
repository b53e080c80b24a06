//! The text of a configuration file, however an editor kept it.

use std::{io, path::Path};

/// Reads a file as UTF-8, with or without a byte order mark, or as the UTF-16 that Windows' own tools write.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let bytes = std::fs::read(path)?;
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        all => String::from_utf8(all.to_vec()).ok(),
    };
    text.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "neither UTF-8 nor UTF-16"))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
}

/// Line and column, counted from one, of a byte of a text.
pub(super) fn spot(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let begin = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before.get(begin..).unwrap_or_default().chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notepad_and_powershell_may_keep_it_as_they_like() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("counter.toml");
        let text = "printer = \"Máy in phòng Một Cửa\"\r\n";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
            [b"\xFF\xFE".as_slice(), &wide].concat(),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(read(&path).unwrap(), text);
        }
        std::fs::write(&path, b"printer = \"M\xE1y in\"").unwrap();
        assert_eq!(read(&path).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_spot_is_counted_in_letters() {
        let text = "a = 1\r\n# Tiếng Việt\r\ncó = 2";
        assert_eq!(spot(text, text.find("có").unwrap()), (3, 1));
        assert_eq!(spot(text, text.find("Việt").unwrap()), (2, 9));
    }
}
