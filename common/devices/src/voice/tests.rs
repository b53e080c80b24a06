use super::*;
use crate::DeviceState;
use std::time::{Duration, Instant};

/// The clip of a name as it is shipped.
fn clip(name: &str) -> Sound {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/voice/vi");
    Sound::read(&std::fs::read(format!("{folder}/{name}.wav")).unwrap()).unwrap()
}

fn call(seq: i64, sound: Sound) -> Announcement {
    Announcement { seq, sound, volume: Volume::FULL, until: Instant::now() + Duration::from_mins(2) }
}

#[test]
fn joined_clips_are_as_long_as_their_samples() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("call.wav");
    let names = ["chime", "moi-so", "chu-a", "so-0", "so-1", "so-2", "den-quay", "so-3"];
    let clips = names.map(clip);
    let joined = Sound::join(&clips);
    let queue = Queue::start(WavFile::at(&file)).unwrap();
    assert!(queue.say(call(1, joined.clone())));
    assert!(queue.say(call(2, joined.clone())));
    queue.finish();

    let written = Sound::read(&std::fs::read(&file).unwrap()).unwrap();
    let sum: usize = clips.iter().map(|clip| clip.samples().len()).sum();
    assert_eq!((joined.samples().len(), written.samples().len()), (sum, 2 * sum));
    assert_eq!(written, Sound::join([&joined, &joined]), "one after the other, sample by sample");
    let mut from = 0;
    for (name, clip) in names.iter().zip(&clips) {
        let to = from + clip.samples().len();
        assert_eq!(&joined.samples()[from..to], clip.samples(), "{name}");
        from = to;
    }
}

#[test]
fn each_is_said_once_in_order_and_none_too_late() {
    let speaker = Simulator::default();
    let queue = Queue::start(speaker.clone()).unwrap();
    let pause = |millis| Sound::silence(Duration::from_millis(millis));
    let late = Announcement { until: Instant::now(), ..call(2, pause(40)) };
    for said in [call(1, pause(20)), call(1, pause(20)), late, call(3, pause(60)), call(2, pause(40))] {
        assert!(queue.say(said));
    }
    queue.finish();
    let heard: Vec<Duration> = speaker.heard().iter().map(|(sound, _)| sound.duration()).collect();
    assert_eq!(heard, [20, 60].map(Duration::from_millis));
}

#[test]
fn volume_makes_it_quieter() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quiet.wav");
    let loud = clip("so-1");
    WavFile::at(&file).play(&loud, Volume::percent(50)).unwrap();
    let quiet = Sound::read(&std::fs::read(&file).unwrap()).unwrap();
    let halves = loud.samples().iter().map(|sample| sample / 2);
    assert!(quiet.samples().iter().zip(halves).all(|(quiet, half)| (quiet - half).abs() <= 1));
    assert_eq!(Volume::percent(250), Volume::FULL);
}

#[test]
fn a_loudspeaker_that_is_gone_comes_back() {
    let speaker = Simulator::default();
    let queue = Queue::start(speaker.clone()).unwrap();
    let says = |seq, fault| {
        speaker.set_fault(fault);
        queue.say(call(seq, Sound::silence(Duration::from_millis(5))));
    };
    let until = |wanted: DeviceState| {
        while queue.state() != wanted {
            std::thread::yield_now();
        }
    };
    says(1, Some(Fault::Gone));
    until(DeviceState::Absent);
    says(2, Some(Fault::Held));
    until(DeviceState::Broken(crate::Trouble::Other("device or resource busy".to_owned())));
    says(3, None);
    until(DeviceState::Ready);
    queue.finish();
    assert_eq!(speaker.heard().len(), 1);
}

#[test]
fn what_is_no_clip_is_not_played() {
    assert!(matches!(Sound::read(b"no sound"), Err(NotASound::Unreadable(_))));
    let mut file = std::io::Cursor::new(Vec::new());
    let spec = hound::WavSpec { sample_rate: 44_100, ..super::sound::FORMAT };
    hound::WavWriter::new(&mut file, spec).unwrap().finalize().unwrap();
    assert!(matches!(Sound::read(file.get_ref()), Err(NotASound::Format { rate: 44_100, .. })));
}
