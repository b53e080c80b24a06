//! Samples, as clips hold them.

use std::{io::Cursor, sync::Arc, time::Duration};

/// Samples a second of every clip.
pub const RATE: u32 = 22_050;

/// The format of every clip.
pub(super) const FORMAT: hound::WavSpec = hound::WavSpec {
    channels: 1,
    sample_rate: RATE,
    bits_per_sample: 16,
    sample_format: hound::SampleFormat::Int,
};

/// Something is no clip.
#[derive(Debug, thiserror::Error)]
pub enum NotASound {
    /// No WAV, or half of one.
    #[error("cannot be read")]
    Unreadable(#[from] hound::Error),
    /// Another format, which would be heard too fast, too slow or with a gap.
    #[error("{rate} Hz, {channels} channels, {bits} bits")]
    Format {
        /// Samples a second.
        rate: u32,
        /// Channels.
        channels: u16,
        /// Bits a sample.
        bits: u16,
    },
}

/// A stretch of sound in the format of every clip: one channel, 16 bits, [`RATE`] samples a second. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Sound(Arc<[i16]>);

impl std::fmt::Debug for Sound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sound({:?})", self.duration())
    }
}

impl Sound {
    /// Reads a clip.
    ///
    /// # Errors
    /// [`NotASound`].
    pub fn read(wav: &[u8]) -> Result<Self, NotASound> {
        let mut reader = hound::WavReader::new(Cursor::new(wav))?;
        let spec = reader.spec();
        if spec != FORMAT {
            let hound::WavSpec { sample_rate: rate, channels, bits_per_sample: bits, .. } = spec;
            return Err(NotASound::Format { rate, channels, bits });
        }
        let samples: Result<Vec<i16>, hound::Error> = reader.samples::<i16>().collect();
        Ok(Self(samples?.into()))
    }

    /// A pause, for between two languages.
    #[must_use]
    pub fn silence(length: Duration) -> Self {
        let samples = length.as_millis() * u128::from(RATE) / 1_000;
        Self(vec![0; usize::try_from(samples).unwrap_or_default()].into())
    }

    /// Clips one after the other, with nothing between them.
    #[must_use]
    pub fn join<'a>(clips: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut samples = Vec::new();
        for clip in clips {
            samples.extend_from_slice(&clip.0);
        }
        Self(samples.into())
    }

    /// The samples.
    #[must_use]
    pub fn samples(&self) -> &[i16] {
        &self.0
    }

    /// How long it is heard.
    #[must_use]
    pub fn duration(&self) -> Duration {
        Duration::from_millis(self.0.len() as u64 * 1_000 / u64::from(RATE))
    }
}
