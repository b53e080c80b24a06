//! Second act: kiosk and server start where they were installed.

use super::{
    install::{KIOSK, SERVER},
    wine::{Wine, windows_path},
};
use std::{path::Path, time::Instant};
use tests::robot::{Launch, Started, Story, Window, wait_for};

/// The kiosk's window opens, the server answers.
pub async fn play(machine: &Wine, story: &mut Story, folder: &Path) -> anyhow::Result<()> {
    let began = Instant::now();
    let mut command = machine.command(&KIOSK.path());
    command.env("MOTCUA_RENDERER", "glow");
    let folder = folder.join("kiosk");
    let state = folder.join("state.json");
    let said = windows_path(&state).into();
    let window = ["--class", "kiosk-app.exe"];
    let launch = Launch { name: "kiosk-app.exe".to_owned(), command, state, window, said };
    let mut kiosk = Window::launch(launch, machine.screen.clone(), &folder).await?;
    kiosk.until("a first window", |seen| !seen["screen"].is_null()).await?;
    let took = began.elapsed();
    let picture = story.picture("kiosk");
    kiosk.picture(&picture).await?;
    kiosk.close().await?;
    let saw = format!("first window after {:.1} s", took.as_secs_f64());
    story.saw("citizen", "finds the kiosk started", &[saw], &[&picture]);

    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let data = windows_path(&folder.join("server"));
    let listen = format!("127.0.0.1:{port}");
    let mut command = machine.command(&SERVER.path());
    command.args(["--data", &data, "serve", "--listen", &listen]);
    let began = Instant::now();
    let mut server = Started::new("server.exe", command, &folder.join("server.log"))?;
    wait_for("the server", async || {
        server.check()?;
        let ready = reqwest::get(format!("http://{listen}/readyz")).await;
        Ok(ready.is_ok_and(|answer| answer.status().is_success()).then_some(()))
    })
    .await?;
    let saw = format!("an empty database filled, ready after {:.1} s", began.elapsed().as_secs_f64());
    server.stop().await?;
    story.saw("IT", "starts the server", &[saw], &[]);
    Ok(())
}
