//! The loudspeaker of this machine.

use super::{RATE, Sound, SpeakError, Speaker, Volume};
use rodio::{
    ChannelCount, DeviceSinkBuilder, DeviceSinkError, Player, SampleRate, buffer::SamplesBuffer,
    cpal::ErrorKind,
};
use std::time::Duration;

const CHANNELS: ChannelCount = ChannelCount::MIN;
const SAMPLES: SampleRate = SampleRate::new(RATE).unwrap();
/// Silence after each sound: a sound card has taken a sound before it has played it, and what it has not played when it
/// is closed is lost.
const TAIL: Duration = Duration::from_millis(300);

/// The loudspeaker that this machine's user has chosen. It is opened for each sound, so that one that is plugged in or
/// chosen later is used from the next sound on.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Speaker for System {
    fn play(&mut self, sound: &Sound, volume: Volume) -> Result<(), SpeakError> {
        let mut device = DeviceSinkBuilder::open_default_sink().map_err(|error| refused(&error))?;
        device.log_on_drop(false);
        let player = Player::connect_new(device.mixer());
        player.set_volume(volume.gain());
        let sound = Sound::join([sound, &Sound::silence(TAIL)]);
        let samples: Vec<f32> = sound.samples().iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
        player.append(SamplesBuffer::new(CHANNELS, SAMPLES, samples));
        player.sleep_until_end();
        Ok(())
    }
}

fn refused(error: &DeviceSinkError) -> SpeakError {
    let cause = match error {
        DeviceSinkError::NoDevice => return SpeakError::Absent,
        DeviceSinkError::PlayError(cause)
        | DeviceSinkError::DefaultSinkConfigError(cause)
        | DeviceSinkError::BuildError(cause)
        | DeviceSinkError::SupportedConfigsError(cause) => cause,
        other => return SpeakError::Refused(other.to_string()),
    };
    match cause.kind() {
        ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable => SpeakError::Absent,
        _ => SpeakError::Refused(cause.to_string()),
    }
}
