use super::*;

/// A recording of `millis` milliseconds of a tone, with silence before it.
fn tone(spec: hound::WavSpec, silence: u32, millis: u32, loudness: f32) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
    let rate = spec.sample_rate;
    for at in 0..(silence + millis) * rate / 1_000 {
        let heard = at >= silence * rate / 1_000;
        let wave = (at as f32 * 0.2).sin() * loudness * f32::from(i16::MAX);
        let sample = if heard { wave as i16 } else { 0 };
        (0..spec.channels).for_each(|_| writer.write_sample(sample).unwrap());
    }
    writer.finalize().unwrap();
    file.into_inner()
}

#[test]
fn every_clip_of_both_languages_is_built_in_and_can_be_joined() {
    let nowhere = tempfile::tempdir().unwrap();
    assert_eq!(check(nowhere.path(), true).unwrap(), []);
    let files = BuiltIn::iter().filter(|path| path.ends_with(".wav")).count();
    assert_eq!(files, LANGUAGES.iter().map(|(lang, _)| lang.clips().len()).sum::<usize>(), "and no other");
    let bytes: usize =
        BuiltIn::iter().filter_map(|path| BuiltIn::get(&path)).map(|file| file.data.len()).sum();
    assert!(bytes < 3 * 1024 * 1024, "{bytes} bytes are in every server");
}

#[test]
fn a_flaw_is_named() {
    let good = tone(FORMAT, 5, 400, 0.5);
    assert_eq!(examine(&good), None);
    let wide = hound::WavSpec { channels: 2, sample_rate: 44_100, ..FORMAT };
    assert_eq!(examine(&tone(wide, 0, 100, 0.5)), Some(Flaw::Format { rate: 44_100, channels: 2, bits: 16 }));
    assert_eq!(examine(&tone(FORMAT, 0, 400, 0.02)), Some(Flaw::Silent));
    assert_eq!(examine(&tone(FORMAT, 0, 0, 0.0)), Some(Flaw::Silent));
    assert!(matches!(examine(&tone(FORMAT, 0, 3_100, 0.5)), Some(Flaw::Long { millis: 3_099..=3_100 })));
    assert!(matches!(examine(&tone(FORMAT, 200, 400, 0.5)), Some(Flaw::Gap { millis: 199..=201 })));
    assert!(matches!(examine(b"not a recording"), Some(Flaw::Unreadable { .. })));
    let torn = &good[..good.len() - 101];
    assert!(matches!(examine(torn), Some(Flaw::Unreadable { .. })), "half a copy");
}

#[test]
fn a_folder_of_ones_own_is_looked_through() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("vi")).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join("vi").join(name), bytes).unwrap();
    put("so-1.wav", &tone(FORMAT, 0, 300, 0.5));
    put("so-2.wav", &tone(FORMAT, 0, 300, 0.0));
    put("den_quay.wav", &tone(FORMAT, 0, 300, 0.5));
    put("notes.txt", b"read by Lan");
    let found = check(folder.path(), true).unwrap();
    let named: Vec<(&str, &Flaw)> =
        found.iter().map(|finding| (finding.clip.as_str(), &finding.flaw)).collect();
    assert_eq!(named, [("so-2", &Flaw::Silent), ("den_quay.wav", &Flaw::Unknown)]);
    let missing = check(folder.path(), false).unwrap();
    let count = missing.iter().filter(|finding| finding.flaw == Flaw::Missing).count();
    assert_eq!(count, 46 - 2 + 60);
}

#[tokio::test]
async fn an_offices_recording_goes_before_and_nothing_else_is_read() {
    let data = tempfile::tempdir().unwrap();
    let own = data.path().join("voice/vi");
    std::fs::create_dir_all(&own).unwrap();
    let before = clip(data.path(), "vi", "so-1").await.unwrap();
    std::fs::write(own.join("so-1.wav"), b"ours").unwrap();
    std::fs::write(data.path().join("secret.wav"), b"secret").unwrap();
    assert_eq!(clip(data.path(), "vi", "so-1").await.unwrap(), "ours");
    assert_eq!(clip(data.path(), "en", "digit-1").await.unwrap().get(..4), Some(&b"RIFF"[..]));
    assert_ne!(before, "ours");
    for (lang, name) in [
        ("vi", "../../secret"),
        ("..", "secret"),
        ("vi", ""),
        ("vi", "so-1.wav"),
        ("vi", "digit-1"),
        ("fr", "so-1"),
    ] {
        assert_eq!(clip(data.path(), lang, name).await, None, "{lang}/{name}");
    }
}
