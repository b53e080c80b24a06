//! Machines report what they found when they looked at themselves; those who look after them see which want a visit.

use crate::on_both;
use api::{ForgetMachine, GetMachines, MachineParam, MachineReport, MachineView, ReportMachine};
use client::{Client, Identity};
use domain::{
    machine::{Finding, FindingState},
    unit::UnitCode,
    update::{AppKind, Standing, System},
};
use tests::{Desk, Engine, World};

on_both!(it_sees_every_machine, nobody_reports_for_another);

fn found(what: &str, state: FindingState, said: &str) -> Finding {
    Finding { what: what.to_owned(), state, said: said.to_owned(), advice: String::new() }
}

/// A counter's machine with a new identity.
fn machine(name: &str, site: &str) -> MachineReport {
    let folder = tempfile::tempdir().unwrap();
    let Identity { machine, key } = Identity::of(folder.path()).unwrap();
    MachineReport {
        machine,
        key,
        app: AppKind::Counter,
        version: "0.1.0".parse().unwrap(),
        system: System::Windows,
        name: name.to_owned(),
        site: Some(UnitCode::from(site)),
        counter: Some(3),
        findings: vec![found("disk", FindingState::Ok, "Còn 120 GB")],
        update: Some(Standing::UpToDate),
    }
}

async fn send(line: &Client, report: &MachineReport) -> Result<api::ReportTaken, client::ClientError> {
    line.call::<ReportMachine>(&(), report).await
}

async fn seen_by(desk: &Desk) -> Vec<MachineView> {
    desk.client.call::<GetMachines>(&(), &()).await.unwrap().machines
}

async fn it_sees_every_machine(engine: Engine) {
    let world = World::new(engine).await;
    let line = world.visitor();
    let it = world.desk("tinh.it").await;
    assert_eq!(seen_by(&it).await, []);

    let mut counter = machine("MÁY-QUẦY-3", "H52.125");
    let far = machine("MOC-CHAU-1", "H52.123");
    let taken = send(&line, &counter).await.unwrap();
    assert_eq!(taken.now, world.server().app.now(), "the machine can compare its clock");
    send(&line, &far).await.unwrap();
    send(&line, &counter).await.unwrap();
    let all = seen_by(&it).await;
    assert_eq!(all.len(), 2, "a report that came twice makes one machine");
    let here = all.iter().find(|view| view.machine == counter.machine).unwrap();
    assert_eq!((here.name.as_str(), here.counter, here.wants_visit), ("MÁY-QUẦY-3", Some(3), false));
    assert!(here.site_name.contains("Mai Sơn"), "{}", here.site_name);

    // The printer breaks; another machine is switched off for days.
    world.clock_to("2026-11-30T09:00");
    counter.findings.push(found("printer", FindingState::Bad, "Máy in kẹt giấy\u{7}"));
    send(&line, &counter).await.unwrap();
    let it = world.desk("tinh.it").await;
    let all = seen_by(&it).await;
    let by_name = |name: &str| all.iter().find(|view| view.name == name).unwrap();
    let broken = by_name("MÁY-QUẦY-3");
    assert_eq!((broken.state, broken.silent, broken.wants_visit), (FindingState::Bad, false, true));
    assert_eq!(broken.findings[1].said, "Máy in kẹt giấy ", "what cannot be shown is left out");
    assert!(by_name("MOC-CHAU-1").silent && by_name("MOC-CHAU-1").wants_visit);

    // A machine that is gone is forgotten; a clerk neither sees machines nor forgets them.
    let clerk = world.desk("maison.quay3").await;
    let refused = clerk.client.call::<GetMachines>(&(), &()).await.unwrap_err();
    assert_eq!(refused.code(), Some("denied"));
    let gone = MachineParam { machine: far.machine };
    let refused = clerk.client.call::<ForgetMachine>(&gone, &()).await.unwrap_err();
    assert_eq!(refused.code(), Some("denied"));
    it.client.call::<ForgetMachine>(&gone, &()).await.unwrap();
    assert_eq!(seen_by(&it).await.len(), 1);
    let again = it.client.call::<ForgetMachine>(&gone, &()).await.unwrap_err();
    assert_eq!(again.code(), Some("not_found"));

    let page = browse(&world, &it).await;
    for word in ["MÁY-QUẦY-3", "Máy in kẹt giấy", "Hỏng", "Quầy, phòng 0.1.0", "quầy 3"] {
        assert!(page.contains(word), "{word} in {page}");
    }
    world.end().await;
}

/// The overview as a browser gets it.
async fn browse(world: &World, desk: &Desk) -> String {
    let request = reqwest::Client::new().get(format!("{}/may-tram", world.url()));
    let response =
        request.header("cookie", format!("mc_session={}", desk.session.token)).send().await.unwrap();
    assert!(response.status().is_success(), "{}", response.status());
    response.text().await.unwrap()
}

async fn nobody_reports_for_another(engine: Engine) {
    let world = World::new(engine).await;
    let line = world.visitor();
    let good = machine("MÁY-QUẦY-3", "H52.125");
    send(&line, &good).await.unwrap();
    let thief = MachineReport { key: "ab".repeat(32), name: "KẺ TRỘM".to_owned(), ..good.clone() };
    assert_eq!(send(&line, &thief).await.unwrap_err().code(), Some("bad_field"));
    for bad in [
        MachineReport { key: "xyz".to_owned(), ..good.clone() },
        MachineReport { name: "\u{202E}".to_owned(), ..good.clone() },
        MachineReport { name: "a".repeat(500), ..good.clone() },
    ] {
        assert_eq!(send(&line, &bad).await.unwrap_err().code(), Some("bad_field"));
    }
    // A place that this province has not is no place.
    let lost = MachineReport { site: Some(UnitCode::from("H99.1")), ..good };
    send(&line, &lost).await.unwrap();
    let it = world.desk("tinh.it").await;
    let all = seen_by(&it).await;
    assert_eq!((all.len(), all[0].name.as_str(), &all[0].site), (1, "MÁY-QUẦY-3", &None));
    world.end().await;
}
