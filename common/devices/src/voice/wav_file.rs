//! A file in place of a loudspeaker: what would have been heard, one announcement after the other.

use super::{Sound, SpeakError, Speaker, Volume, sound::FORMAT};
use std::path::PathBuf;

/// A WAV file that grows with every sound.
#[derive(Clone, Debug)]
pub struct WavFile {
    path: PathBuf,
}

impl WavFile {
    /// A file that is made with the first sound; one that is there is added to.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    fn add(&self, sound: &Sound, volume: Volume) -> Result<(), hound::Error> {
        let mut writer = if self.path.exists() {
            hound::WavWriter::append(&self.path)?
        } else {
            hound::WavWriter::create(&self.path, FORMAT)?
        };
        for sample in sound.samples() {
            writer.write_sample(louder(*sample, volume))?;
        }
        writer.finalize()
    }
}

/// A sample as loud as it shall be.
fn louder(sample: i16, volume: Volume) -> i16 {
    // A gain of at most one keeps it a sample.
    (f32::from(sample) * volume.gain()) as i16
}

impl Speaker for WavFile {
    fn play(&mut self, sound: &Sound, volume: Volume) -> Result<(), SpeakError> {
        self.add(sound, volume).map_err(|error| SpeakError::Refused(error.to_string()))
    }
}
