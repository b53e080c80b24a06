//! A counter that was asleep while the world went on: its process stood still, its server is another one, its
//! connections are dead. It comes back by itself.
#![cfg(unix)]

use crate::programs::{Killed, program, ready, server};
use api::Intake;
use client::Client;
use domain::ids::CommandId;
use std::{
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tests::{PASSWORD, birth, robot::Screen};

/// Longer than an app may be late without noticing.
const NAP: Duration = Duration::from_secs(12);
const PATIENCE: Duration = Duration::from_secs(60);

fn signal(name: &str, process: &Killed) {
    let done = Command::new("kill").args(["-s", name, &process.0.id().to_string()]).status();
    assert!(done.unwrap().success());
}

/// Waits until the counter shows what is expected.
async fn until(shown: &Path, what: &str, is_so: impl Fn(&serde_json::Value) -> bool) {
    let look = async {
        let mut ticks = tokio::time::interval(Duration::from_millis(50));
        loop {
            ticks.tick().await;
            let text = std::fs::read(shown).unwrap_or_default();
            if serde_json::from_slice(&text).is_ok_and(|seen| is_so(&seen)) {
                return;
            }
        }
    };
    let seen = || String::from_utf8_lossy(&std::fs::read(shown).unwrap_or_default()).into_owned();
    assert!(tokio::time::timeout(PATIENCE, look).await.is_ok(), "waited in vain for {what}: {}", seen());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_that_slept_comes_back_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (data, shown) = (folder.path().join("server"), folder.path().join("shown.json"));
    assert!(server(&data, &["load-pack", "sonla-2014"]).status().unwrap().success());
    assert!(server(&data, &["demo-staff", "--password", PASSWORD]).status().unwrap().success());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let listen = format!("127.0.0.1:{port}");
    let start = || Killed(server(&data, &["serve", "--listen", &listen]).spawn().unwrap());
    let clerk = Client::new(&format!("http://{listen}")).unwrap();
    let before = start();
    ready(&clerk, "maison.quay3").await;
    clerk.command::<Intake>(CommandId::new(), &(), &birth()).await.unwrap();

    let screen = Screen::open("1280x800", &folder.path().join("screen")).await.unwrap();
    let counter = Command::new(program("counter-app"))
        .args(["--server", &format!("http://{listen}"), "--site", "H52.125", "--renderer", "glow", "--data"])
        .arg(folder.path().join("counter"))
        .env("DISPLAY", screen.name())
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("MOTCUA_LOGIN", "maison.tuphap")
        .env("MOTCUA_PASSWORD", PASSWORD)
        .env("MOTCUA_TEST_STATE", &shown)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let counter = Killed(counter);
    until(&shown, "one case in work", |seen| seen["line"] == "Up" && seen["work"] == 1).await;

    signal("STOP", &counter);
    drop(before);
    let _after = start();
    ready(&clerk, "maison.quay3").await;
    for _ in 0..2 {
        clerk.command::<Intake>(CommandId::new(), &(), &birth()).await.unwrap();
    }
    // The nap itself: what is waited for is time.
    tokio::time::sleep(NAP).await;
    signal("CONT", &counter);
    until(&shown, "three cases in work", |seen| seen["line"] == "Up" && seen["work"] == 3).await;
}
