use super::*;
use crate::time::DAY;
use proptest::prelude::*;

const NOW: Millis = Millis(1_795_398_120_000);

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn later(days: i64) -> Millis {
    Millis(NOW.0 + days * DAY)
}

fn release() -> Release {
    Release {
        app: AppKind::Counter,
        version: version("0.2.0"),
        serial: 7,
        issued_at: NOW,
        expires_at: later(90),
        packages: vec![Package {
            system: System::Windows,
            file: "counter-app-0.2.0.exe.gz".into(),
            size: 20_000_000,
            sha256: "00".repeat(32),
        }],
        stages: vec![
            Stage { from: NOW, sites: vec![UnitCode::from("H52.125")], percent: 100 },
            Stage { from: later(3), sites: Vec::new(), percent: 20 },
            Stage { from: later(7), sites: Vec::new(), percent: 100 },
        ],
        notes: "Nhanh hơn.".into(),
    }
}

fn machine(site: &str) -> Machine {
    Machine {
        id: MachineId::new(),
        app: AppKind::Counter,
        system: System::Windows,
        version: version("0.1.0"),
        serial: 6,
        failed: None,
        site: Some(UnitCode::from(site)),
    }
}

#[test]
fn a_release_reaches_the_sites_in_their_turn() {
    let release = release();
    let decide = |site: &str, now| release.decide(&machine(site), now).unwrap();
    assert_eq!(decide("H52.125", NOW), Decision::Install(&release.packages[0]));
    assert!(matches!(decide("H52.118", NOW), Decision::Later(Some(from)) if from > NOW));
    assert_eq!(decide("H52.118", later(7)), Decision::Install(&release.packages[0]));
    let fifth: usize =
        (0..2_000).filter(|_| matches!(decide("H52.118", later(3)), Decision::Install(_))).count();
    assert!((300..500).contains(&fifth), "{fifth} of 2000 in a stage of 20 %");
    // One that was off for a year takes the newest at once.
    let old = Machine { version: version("0.0.3"), serial: 0, ..machine("H52.118") };
    assert!(matches!(release.decide(&old, later(60)), Ok(Decision::Install(_))));
}

#[test]
fn what_is_genuine_may_still_be_refused() {
    let decide = |release: &Release, machine: &Machine, now| release.decide(machine, now).map(|_| ());
    let (good, here) = (release(), machine("H52.125"));
    let refused = |release: Release| decide(&release, &here, NOW).unwrap_err();
    assert_eq!(refused(Release { app: AppKind::Kiosk, ..good.clone() }), Refused::OtherApp);
    assert_eq!(refused(Release { serial: 5, ..good.clone() }), Refused::Replayed { offered: 5, seen: 6 });
    let older = Release { version: version("0.0.9"), ..good.clone() };
    assert!(matches!(refused(older), Refused::Downgrade { .. }));
    assert_eq!(decide(&good, &here, later(90)), Err(Refused::Expired));
    assert_eq!(refused(Release { packages: Vec::new(), ..good.clone() }), Refused::NoPackage);
    for file in ["../../evil.gz", "a/b", "a\\b", "C:x.gz", "", ".hidden", "tên.gz"] {
        let mut named = good.clone();
        named.packages[0].file = file.into();
        assert_eq!(refused(named), Refused::BadName, "{file}");
    }
}

#[test]
fn a_version_that_did_not_come_up_is_not_tried_again_by_itself() {
    let failed = Machine { failed: Some(version("0.2.0")), ..machine("H52.125") };
    assert_eq!(release().decide(&failed, NOW), Ok(Decision::FailedHere));
    let next = Release { version: version("0.2.1"), serial: 8, ..release() };
    assert!(matches!(next.decide(&failed, NOW), Ok(Decision::Install(_))));
    let runs = Machine { version: version("0.2.0"), ..failed };
    assert_eq!(release().decide(&runs, NOW), Ok(Decision::UpToDate));
}

#[test]
fn a_version_is_down_when_it_started_and_was_not_up_in_time() {
    let after = |millis| Millis(NOW.0 + millis);
    assert_eq!(verdict(None, None, later(5)), Verdict::Open);
    assert_eq!(verdict(Some(NOW), None, after(COMES_UP_WITHIN)), Verdict::Open);
    assert_eq!(verdict(Some(NOW), None, after(COMES_UP_WITHIN + 1)), Verdict::Down);
    assert_eq!(verdict(Some(NOW), Some(after(1)), later(5)), Verdict::Up);
}

#[test]
fn quiet_hours_may_go_over_midnight() {
    let (night, lunch) = (QuietHours { from: 19, to: 6 }, QuietHours { from: 12, to: 13 });
    assert_eq!([18, 19, 23, 0, 5, 6].map(|hour| night.hold(hour)), [false, true, true, true, true, false]);
    assert_eq!([11, 12, 13].map(|hour| lunch.hold(hour)), [false, true, false]);
}

#[test]
fn versions_are_three_plain_numbers() {
    for bad in ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.02.3", "1.-2.3", "+1.2.3", "1.2.99999999999", "1..2"]
    {
        assert!(bad.parse::<Version>().is_err(), "{bad}");
    }
    assert!(version("0.10.0") > version("0.9.9"));
}

proptest! {
    #[test]
    fn versions_read_as_they_are_written(major: u32, minor: u32, patch: u32) {
        let version = Version { major, minor, patch };
        prop_assert_eq!(version.to_string().parse::<Version>(), Ok(version));
    }

    /// Whatever comes, a machine never goes back, in version or in serial, and never believes what has expired.
    #[test]
    fn nothing_goes_back(serial in 0_u64..9, minor in 0_u32..4, seen in 0_u64..9, runs in 0_u32..4, days in 0_i64..120) {
        let offered = Release { serial, version: Version { major: 0, minor, patch: 0 }, ..release() };
        let machine = Machine { serial: seen, version: Version { major: 0, minor: runs, patch: 0 }, ..machine("H52.125") };
        if let Ok(Decision::Install(_)) = offered.decide(&machine, later(days)) {
            prop_assert!(serial >= seen && minor > runs && days < 90);
        }
    }
}
