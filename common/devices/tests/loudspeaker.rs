//! The real loudspeaker's driver, on the real sound system of Linux, with a file where the sound card would be.
#![cfg(test)]
#![cfg(all(target_os = "linux", feature = "speaker"))]

use devices::voice::{RATE, Sound, SpeakError, Speaker, System, Volume};
use std::{
    fs,
    path::Path,
    process::{Command, ExitStatus},
};

/// Set in the process that plays: the sound system reads its settings once.
const PLAYS: &str = "MOTCUA_TEST_PLAYS";

fn announcement() -> Sound {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/voice/vi");
    let clip = |name: &str| Sound::read(&fs::read(format!("{folder}/{name}.wav")).unwrap()).unwrap();
    Sound::join(&["chime", "moi-so", "chu-a", "so-1", "den-quay", "so-3"].map(clip))
}

/// Runs a test of this file once more, with other settings of the sound system.
fn again(test: &str, settings: &Path) -> ExitStatus {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test]).env("ALSA_CONFIG_PATH", settings).env(PLAYS, "1").status().unwrap()
}

#[test]
fn a_sound_reaches_the_card_to_its_end() {
    let sound = announcement();
    if std::env::var_os(PLAYS).is_some() {
        return System.play(&sound, Volume::FULL).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let (settings, heard) = (folder.path().join("asound.conf"), folder.path().join("heard.wav"));
    let card =
        format!(r#"pcm.!default {{ type file slave.pcm "null" file "{}" format "wav" }}"#, heard.display());
    fs::write(&settings, format!("</usr/share/alsa/alsa.conf>\n{card}\n")).unwrap();
    assert!(again("a_sound_reaches_the_card_to_its_end", &settings).success());

    let wav = fs::read(&heard).unwrap();
    let number = |at: usize, bytes: usize| {
        wav[at..at + bytes].iter().rev().fold(0_usize, |number, byte| (number << 8) | usize::from(*byte))
    };
    let (rate, frame) = (number(24, 4), number(32, 2));
    let frames: Vec<&[u8]> = wav[44..].chunks_exact(frame).collect();
    let is_heard = |frame: &&[u8]| frame.iter().any(|byte| *byte != 0);
    let first = frames.iter().position(is_heard).unwrap();
    let last = frames.iter().rposition(is_heard).unwrap();
    let (heard, sent) = ((last - first) * 1_000 / rate, sound.samples().len() * 1_000 / RATE as usize);
    // Clips begin and end with a few silent milliseconds.
    assert!(heard.abs_diff(sent) < 20, "{heard} of {sent} ms");
}

#[test]
fn a_machine_without_a_loudspeaker_says_so() {
    if std::env::var_os(PLAYS).is_some() {
        assert_eq!(System.play(&announcement(), Volume::FULL), Err(SpeakError::Absent));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("asound.conf");
    fs::write(&settings, "").unwrap();
    assert!(again("a_machine_without_a_loudspeaker_says_so", &settings).success());
}
