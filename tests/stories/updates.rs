//! A new version, from whoever builds it to a machine at a counter.

use client::update::{FetchError, Memory, OfferError, Pending, Signed, Swap, fetch, offer};
use domain::{
    ids::MachineId,
    time::{DAY, Millis},
    unit::UnitCode,
    update::{AppKind, Decision, Machine, Package, QuietHours, Refused, Release, Stage, System, Version},
};
use ed25519_dalek::SigningKey;
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write as _, path::Path};
use tests::{Engine, World, at};

/// Puts a version on the server, as an operator does who was given the two files.
fn publish(world: &World, key: &SigningKey, version: Version, serial: u64, program: &[u8]) -> Release {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(program).unwrap();
    let packed = packer.finish().unwrap();
    let file = format!("counter-app-{version}.gz");
    let now = at("2026-11-23T08:42");
    let release = Release {
        app: AppKind::Counter,
        version,
        serial,
        issued_at: now,
        expires_at: Millis(now.0 + 90 * DAY),
        packages: vec![Package {
            system: System::Linux,
            file: file.clone(),
            size: packed.len() as u64,
            sha256: client::sha256_hex(&packed),
        }],
        stages: vec![Stage { from: now, sites: vec![UnitCode::from("H52.125")], percent: 100 }],
        notes: "In nhanh hơn.".to_owned(),
    };
    let folder = world.config.data.join("updates");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(file), packed).unwrap();
    let signed = serde_json::to_vec(&Signed::seal(&release, key).unwrap()).unwrap();
    fs::write(folder.join("counter.json"), signed).unwrap();
    release
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn machine(folder: &Path, site: &str, runs: &str) -> Machine {
    let memory = Memory::open(folder).unwrap();
    Machine {
        id: MachineId::new(),
        app: AppKind::Counter,
        system: System::Linux,
        version: version(runs),
        serial: memory.serial,
        failed: memory.failed,
        site: Some(UnitCode::from(site)),
    }
}

#[tokio::test]
async fn a_counter_gets_its_new_version_and_its_old_one_back() {
    let world = World::new(Engine::Sqlite).await;
    let (line, key) = (world.visitor(), SigningKey::from_bytes(&[7; 32]));
    let keys = [key.verifying_key()];
    let counter = tempfile::tempdir().unwrap();
    let program = counter.path().join("counter-app");
    let updates = counter.path().join("updates");
    fs::write(&program, "0.1.0").unwrap();

    assert_eq!(offer(&line, AppKind::Counter, &keys).await.unwrap(), None, "nothing is offered yet");

    let content: Vec<u8> =
        (0..400_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    publish(&world, &key, version("0.2.0"), 2, &content);
    let offered = offer(&line, AppKind::Counter, &keys).await.unwrap().unwrap();
    let now = world.server().app.now();
    assert_eq!(offered.decide(&machine(&updates, "H52.118", "0.1.0"), now), Ok(Decision::Later(None)));
    let mine = machine(&updates, "H52.125", "0.1.0");
    let Ok(Decision::Install(package)) = offered.decide(&mine, now) else { panic!("it is its turn") };

    // The line was cut in the middle once: the server gives the rest.
    let whole = fs::read(world.config.data.join("updates").join(&package.file)).unwrap();
    fs::create_dir_all(&updates).unwrap();
    let part = updates.join(format!("{}.part", &package.sha256[..16]));
    fs::write(part, &whole[..whole.len() / 2]).unwrap();
    let here = std::sync::atomic::AtomicU64::new(0);
    let told = |bytes| here.store(bytes, std::sync::atomic::Ordering::SeqCst);
    let fetched = fetch(&line, package, &updates, told).await.unwrap();
    assert_eq!(fs::read(&fetched).unwrap(), whole);
    assert_eq!(here.into_inner(), package.size);

    let swap = Swap::of(program.clone());
    swap.put(&fetched).unwrap();
    assert_eq!(fs::read(&program).unwrap(), content);
    // It does not come up.
    swap.back().unwrap();
    assert_eq!(fs::read(&program).unwrap(), b"0.1.0");
    let failed = Machine { failed: Some(offered.version), ..mine };
    assert_eq!(offered.decide(&failed, now), Ok(Decision::FailedHere));
    world.end().await;
}

#[tokio::test]
async fn nobody_on_the_way_can_bring_another_version() {
    let world = World::new(Engine::Sqlite).await;
    let (line, key) = (world.visitor(), SigningKey::from_bytes(&[7; 32]));
    let keys = [key.verifying_key()];
    let updates = tempfile::tempdir().unwrap();
    let now = world.server().app.now();

    let old = publish(&world, &key, version("0.2.0"), 2, b"0.2.0");
    let new = publish(&world, &key, version("0.3.0"), 3, b"0.3.0");
    let mut memory = Memory::open(updates.path()).unwrap();
    memory.saw(&offer(&line, AppKind::Counter, &keys).await.unwrap().unwrap());
    memory.save(updates.path()).unwrap();

    // An old release, genuine and newer than what runs, is put in the place of the new one.
    let mine = machine(updates.path(), "H52.125", "0.1.0");
    assert_eq!(old.decide(&mine, now), Err(Refused::Replayed { offered: 2, seen: 3 }));
    // Another program is put in the place of the signed one.
    let Ok(Decision::Install(package)) = new.decide(&mine, now) else { panic!("it is its turn") };
    let served = world.config.data.join("updates").join(&package.file);
    fs::write(&served, vec![0; fs::metadata(&served).unwrap().len() as usize]).unwrap();
    let error = fetch(&line, package, updates.path(), |_| ()).await.unwrap_err();
    assert!(matches!(error, FetchError::Tampered), "{error}");
    // A release that somebody else has signed.
    publish(&world, &SigningKey::from_bytes(&[8; 32]), version("9.0.0"), 9, b"evil");
    let error = offer(&line, AppKind::Counter, &keys).await.unwrap_err();
    assert!(matches!(error, OfferError::NotBelieved(_)), "{error}");
    // Nothing of the server but this folder is shown.
    for path in
        ["/updates/../mot-cua.db", "/updates/%2e%2e/mot-cua.db", "/updates/..%2fmot-cua.db", "/updates/"]
    {
        let response = reqwest::get(format!("{}{path}", world.url())).await.unwrap();
        assert!(response.status().is_client_error(), "{path}: {}", response.status());
    }
    world.end().await;
}

/// A program that does nothing but say its version.
fn program(version: &str) -> String {
    format!("#!/bin/sh\necho counter-app {version}\n")
}

#[cfg(unix)]
#[tokio::test]
async fn a_keeper_installs_at_night_and_takes_back_what_does_not_come_up() {
    use client::update::{Keeper, Talk};
    use domain::update::Standing;
    use std::os::unix::fs::PermissionsExt as _;

    let world = World::new(Engine::Sqlite).await;
    let key = SigningKey::from_bytes(&[7; 32]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("counter-app");
    fs::write(&path, program("0.1.0")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let talk = Talk::in_folder(folder.path().join("talk")).unwrap();
    let keeper = Keeper {
        client: world.visitor(),
        app: AppKind::Counter,
        system: System::Linux,
        program: path.clone(),
        folder: folder.path().join("updates"),
        talk: talk.clone(),
        machine: MachineId::new(),
        site: Some(UnitCode::from("H52.125")),
        keys: vec![key.verifying_key()],
        quiet: QuietHours { from: 19, to: 6 },
        metered: false,
        clock: world.clock.clone(),
    };
    let now = || world.server().app.now();
    let runs = || fs::read_to_string(&path).unwrap();
    assert_eq!(keeper.round().await.unwrap(), Standing::UpToDate);

    // By day it is fetched and waits; by night it is put in place; it is started and does not come up.
    let bad = version("0.2.0");
    publish(&world, &key, bad, 2, program("0.2.0").as_bytes());
    let ready = keeper.round().await.unwrap();
    assert_eq!(ready, Standing::Ready { version: bad, notes: "In nhanh hơn.".to_owned() });
    assert_eq!((talk.standing(), runs()), (Some(ready), program("0.1.0")));
    world.clock_to("2026-11-23T19:05");
    assert_eq!(keeper.round().await.unwrap(), Standing::Installed { version: bad });
    assert_eq!(runs(), program("0.2.0"));
    talk.say_started(bad, now()).unwrap();
    assert_eq!(keeper.round().await.unwrap(), Standing::Installed { version: bad });
    world.clock_to("2026-11-23T19:10");
    for _ in 0..2 {
        assert_eq!(keeper.round().await.unwrap(), Standing::RolledBack { version: bad });
        assert_eq!(runs(), program("0.1.0"));
    }

    // One that cannot even say its version is not left in place for a moment.
    let broken = version("0.2.1");
    publish(&world, &key, broken, 3, b"#!/bin/sh\nexit 1\n");
    assert_eq!(keeper.round().await.unwrap(), Standing::RolledBack { version: broken });
    assert_eq!(runs(), program("0.1.0"));

    // The power is cut when it was begun and not done; somebody who cannot wait asks for it by day.
    let good = version("0.2.2");
    publish(&world, &key, good, 4, program("0.2.2").as_bytes());
    world.clock_to("2026-11-24T08:00");
    let mut memory = Memory::open(&keeper.folder).unwrap();
    let package = keeper.folder.join("none");
    memory.pending = Some(Pending { to: good, from: version("0.1.0"), package, since: now() });
    memory.save(&keeper.folder).unwrap();
    assert!(matches!(keeper.round().await.unwrap(), Standing::Ready { .. }));
    talk.ask().unwrap();
    assert_eq!(keeper.round().await.unwrap(), Standing::Installed { version: good });
    talk.say_started(good, now()).unwrap();
    talk.say_up(good, now()).unwrap();
    assert_eq!(keeper.round().await.unwrap(), Standing::UpToDate);
    assert_eq!(runs(), program("0.2.2"));

    // A line that costs by the byte: nothing is fetched unasked.
    let metered = Keeper { metered: true, ..keeper };
    let next = version("0.3.0");
    publish(&world, &key, next, 5, program("0.3.0").as_bytes());
    world.clock_to("2026-11-24T22:00");
    assert!(matches!(metered.round().await.unwrap(), Standing::Asks { .. }));
    assert!(!metered.folder.join("counter-app-0.3.0.gz").exists());
    talk.ask().unwrap();
    assert_eq!(metered.round().await.unwrap(), Standing::Installed { version: next });
    world.end().await;
}
