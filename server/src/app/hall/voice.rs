//! The clips of the loudspeaker: what is built in, and an office's own recordings, which go before it. Clips are joined
//! without gaps, so all of them have one format and begin and end with their words.

use bytes::Bytes;
use i18n::Lang;
use std::{
    collections::BTreeSet,
    io::{Cursor, ErrorKind},
    path::{Path, PathBuf},
};

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets/voice"]
struct BuiltIn;

/// The format of every clip.
pub const FORMAT: hound::WavSpec = hound::WavSpec {
    channels: 1,
    sample_rate: 22_050,
    bits_per_sample: 16,
    sample_format: hound::SampleFormat::Int,
};
/// The longest clip, in milliseconds: a few words.
pub const LONGEST: u32 = 3_000;
/// The longest silence at either end of a clip, in milliseconds.
pub const GAP: u32 = 60;
/// What is no louder is silence: a hundredth of what a sample can be.
const SILENCE: u16 = 327;
/// The loudest sample of a clip that can be heard at all.
const FAINT: u16 = 3_270;
/// The largest recording that is sent, in bytes.
const LARGEST: u64 = 2 * 1024 * 1024;

/// The languages that are spoken, with the names of their folders.
pub const LANGUAGES: [(Lang, &str); 2] = [(Lang::Vi, "vi"), (Lang::En, "en")];

/// What is wrong with a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// There is none.
    Missing,
    /// It is no recording that can be read.
    Unreadable {
        /// What the reader said.
        why: String,
    },
    /// Its format is not [`FORMAT`].
    Format {
        /// Samples a second.
        rate: u32,
        /// Channels.
        channels: u16,
        /// Bits a sample.
        bits: u16,
    },
    /// Nothing is heard.
    Silent,
    /// It is longer than [`LONGEST`].
    Long {
        /// Milliseconds.
        millis: u32,
    },
    /// It begins or ends with a silence longer than [`GAP`], which would be heard as a gap.
    Gap {
        /// Milliseconds.
        millis: u32,
    },
    /// No call asks for a clip of this name.
    Unknown,
}

/// Something wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Of which language.
    pub lang: Lang,
    /// Name of the clip, or of a file that is none.
    pub clip: String,
    /// What is wrong.
    pub flaw: Flaw,
}

/// The folder of an office's own recordings.
#[must_use]
pub fn own_folder(data: &Path) -> PathBuf {
    data.join("voice")
}

/// The recording of a clip: the office's own if there is one that can be sent, else what is built in. None for what is
/// no clip, so that a name never leads out of the folder.
pub async fn clip(data: &Path, lang: &str, name: &str) -> Option<Bytes> {
    let (lang, folder) = LANGUAGES.into_iter().find(|(_, folder)| *folder == lang)?;
    let clip = lang.clips().into_iter().find(|clip| clip.name == name)?;
    let own = own_folder(data).join(folder).join(file_of(clip.name));
    let is_ours =
        tokio::fs::metadata(&own).await.is_ok_and(|about| about.is_file() && about.len() <= LARGEST);
    match tokio::fs::read(&own).await {
        Ok(recorded) if is_ours => Some(Bytes::from(recorded)),
        _ => built_in(folder, clip.name),
    }
}

fn file_of(clip: &str) -> String {
    format!("{clip}.wav")
}

fn built_in(folder: &str, clip: &str) -> Option<Bytes> {
    let file = BuiltIn::get(&format!("{folder}/{}", file_of(clip)))?;
    Some(Bytes::from(file.data.into_owned()))
}

/// Looks at every clip of both languages in a folder. With `completed` those that it lacks are taken from what is built
/// in; without, they are missing.
///
/// # Errors
/// A folder that cannot be read, unless it is only absent.
pub fn check(folder: &Path, completed: bool) -> std::io::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (lang, name) in LANGUAGES {
        let own = folder.join(name);
        let mut unknown = files_in(&own)?;
        for clip in lang.clips() {
            let file = file_of(clip.name);
            let recorded = if unknown.remove(&file) {
                Some(Bytes::from(std::fs::read(own.join(&file))?))
            } else {
                built_in(name, clip.name).filter(|_| completed)
            };
            let flaw = recorded.map_or(Some(Flaw::Missing), |recorded| examine(&recorded));
            findings.extend(flaw.map(|flaw| Finding { lang, clip: clip.name.to_owned(), flaw }));
        }
        findings.extend(unknown.into_iter().map(|clip| Finding { lang, clip, flaw: Flaw::Unknown }));
    }
    Ok(findings)
}

/// The names of the recordings in a folder; none where there is no folder.
fn files_in(folder: &Path) -> std::io::Result<BTreeSet<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error),
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.to_ascii_lowercase().ends_with(".wav") {
            names.insert(name);
        }
    }
    Ok(names)
}

/// What is wrong with a recording; none if it can be joined with others.
#[must_use]
pub fn examine(recorded: &[u8]) -> Option<Flaw> {
    let unreadable = |error: hound::Error| Flaw::Unreadable { why: error.to_string() };
    let mut reader = match hound::WavReader::new(Cursor::new(recorded)) {
        Ok(reader) => reader,
        Err(error) => return Some(unreadable(error)),
    };
    let spec = reader.spec();
    if spec != FORMAT {
        let hound::WavSpec { sample_rate: rate, channels, bits_per_sample: bits, .. } = spec;
        return Some(Flaw::Format { rate, channels, bits });
    }
    let samples: Result<Vec<i16>, hound::Error> = reader.samples::<i16>().collect();
    match samples {
        Ok(samples) => listen(&samples),
        Err(error) => Some(unreadable(error)),
    }
}

fn listen(samples: &[i16]) -> Option<Flaw> {
    let millis = |count: usize| {
        let millis = count as u64 * 1_000 / u64::from(FORMAT.sample_rate);
        u32::try_from(millis).unwrap_or(u32::MAX)
    };
    let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or_default();
    if loudest < FAINT {
        return Some(Flaw::Silent);
    }
    let length = millis(samples.len());
    if length > LONGEST {
        return Some(Flaw::Long { millis: length });
    }
    let is_heard = |sample: &i16| sample.unsigned_abs() > SILENCE;
    let before = samples.iter().position(is_heard).unwrap_or_default();
    let after = samples.iter().rev().position(is_heard).unwrap_or_default();
    let gap = millis(before.max(after));
    (gap > GAP).then_some(Flaw::Gap { millis: gap })
}

#[cfg(test)]
mod tests;
