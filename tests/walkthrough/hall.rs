//! The hall, around the first act: a citizen takes a number, is called by clerk, screen and voice, and says how it was.

use super::{browser::Browser, stage::Stage};
use anyhow::{Context as _, ensure};
use api::{Called, HallView};
use devices::{
    printer::escpos,
    voice::{Sound, Speaker as _, Volume, WavFile},
};
use std::path::PathBuf;
use tests::robot::{SITE, Story, Window, run};

/// Where tiles and buttons stand on the kiosk, as shares of its width and height.
const TAKE_A_NUMBER: (f32, f32) = (0.21, 0.5);
const CIVIL_STATUS: (f32, f32) = (0.27, 0.47);
const ORDINARY: (f32, f32) = (0.5, 0.21);
const VERY_SATISFIED: (f32, f32) = (0.19, 0.46);

/// A ticket as it came out of the kiosk's printer.
pub struct Ticket {
    number: String,
    link: String,
}

/// The citizen touches, and a number is printed.
pub async fn take_number(stage: &mut Stage, story: &mut Story) -> anyhow::Result<Ticket> {
    let kiosk = &mut stage.kiosk;
    kiosk.until("the hall at the kiosk", |seen| seen["screen"] == "home" && seen["gives"] == true).await?;
    let home = story.picture("kiosk-home");
    kiosk.picture(&home).await?;
    kiosk.touch(TAKE_A_NUMBER).await?;
    kiosk.until("the services", |seen| seen["screen"] == "services").await?;
    kiosk.touch(CIVIL_STATUS).await?;
    kiosk
        .until("the question of priority", |seen| seen["screen"] == "priority" && seen["code"] == "q3")
        .await?;
    kiosk.touch(ORDINARY).await?;
    let seen = kiosk
        .until("the printed number", |seen| seen["screen"] == "number" && seen["state"] == "out")
        .await?;
    let shown = story.picture("kiosk-number");
    kiosk.picture(&shown).await?;
    let number = seen["code"].as_str().context("no number")?.to_owned();

    let bytes = std::fs::read(stage.tickets().join(format!("{number}.escpos")))?;
    let paper = escpos::decode(&bytes).context("the printer's bytes are no picture")?;
    let picture = story.picture("ticket");
    paper.save(&picture)?;
    let codes = run("zbarimg", &["-q", "--raw", &picture.display().to_string()], &[]).await?;
    let link = codes.lines().find(|code| code.contains("/so-thu-tu/")).context("no link on the ticket")?;
    let bars = codes.lines().find(|code| code.starts_with('T')).context("no bars on the ticket")?;
    story.saw(
        "citizen",
        "takes a number at the kiosk; zbar reads the ticket",
        &[format!("number {number}"), format!("barcode {bars}"), format!("QR {link}")],
        &[&home, &shown, &picture],
    );
    Ok(Ticket { number, link: link.to_owned() })
}

/// The clerk opens the counter and calls; the screen shows it, the loudspeaker says it.
pub async fn call(
    stage: &Stage,
    story: &mut Story,
    counter: &mut Window,
    ticket: &Ticket,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let screen = Browser::open(1920, 1080, folder.path()).await?;
    screen.go(&format!("{}/sanh/{SITE}", stage.url)).await?;
    counter.press(&["F2"]).await?;
    counter.until("the open counter", |seen| seen["opening"] == "open").await?;
    counter.press(&["F2"]).await?;
    let number = ticket.number.clone();
    counter
        .until("the number called", move |seen| {
            seen["number"] == number.as_str() && seen["number_state"] == "called"
        })
        .await?;
    let desk = story.picture("counter-calls");
    counter.picture(&desk).await?;
    screen.until_shows(&ticket.number).await?;
    screen.until_shows("Không có ai đang chờ").await?;
    let board = story.picture("hall-screen");
    screen.picture(&board).await?;
    stage.phone.go(&ticket.link).await?;
    stage.phone.until_shows(&ticket.number).await?;
    let phone = story.picture("ticket-on-the-phone");
    stage.phone.picture(&phone).await?;
    let (text, spoken) = announcement(stage).await?;
    story.saw(
        "clerk",
        "presses F2 twice: opens the counter, calls the next",
        &[format!("{} on counter, screen and phone", ticket.number), format!("the loudspeaker: {text}")],
        &[&desk, &board, &phone, &spoken],
    );
    screen.close().await
}

/// What the loudspeaker says of the newest call, joined of its clips into a file.
async fn announcement(stage: &Stage) -> anyhow::Result<(String, PathBuf)> {
    let hall: HallView = fetch(&format!("{}/api/public/halls/{SITE}", stage.url)).await?.json().await?;
    let Called { clips, text, .. } = hall.calls.into_iter().next().context("no call")?;
    let mut sounds = Vec::with_capacity(clips.len());
    for clip in &clips {
        let wav = fetch(&format!("{}/voice/vi/{clip}.wav", stage.url)).await?.bytes().await?;
        sounds.push(Sound::read(&wav)?);
    }
    let file = stage.kept("announcement.wav");
    WavFile::at(&file).play(&Sound::join(&sounds), Volume::percent(100))?;
    Ok((text, file))
}

async fn fetch(url: &str) -> anyhow::Result<reqwest::Response> {
    Ok(reqwest::get(url).await?.error_for_status()?)
}

/// The case is known to the number that it came from, and the citizen has been served.
pub async fn served(counter: &mut Window, ticket: &Ticket, case: &str) -> anyhow::Result<()> {
    let (number, case) = (ticket.number.clone(), case.to_owned());
    counter
        .until("the case at its number", move |seen| {
            seen["number"] == number.as_str()
                && seen["number_state"] == "serving"
                && seen["number_case"] == case.as_str()
        })
        .await?;
    counter.press(&["F2"]).await?;
    counter.until("the counter free", |seen| seen["number"].is_null() && seen["opening"] == "open").await?;
    Ok(())
}

/// The citizen holds the ticket under the kiosk's scanner once more, and says how it was.
pub async fn rate(stage: &mut Stage, story: &mut Story, ticket: &Ticket) -> anyhow::Result<()> {
    let kiosk = &mut stage.kiosk;
    kiosk.press(&["Escape"]).await?;
    kiosk.scan(&ticket.link).await?;
    kiosk.until("the served number", |seen| seen["screen"] == "held" && seen["state"] == "done").await?;
    let faces = story.picture("kiosk-rating");
    kiosk.picture(&faces).await?;
    kiosk.touch(VERY_SATISFIED).await?;
    kiosk.until("thanks", |seen| seen["screen"] == "held" && seen["results"] == 1).await?;
    story.saw("citizen", "rates the service at the kiosk", &["thanks".to_owned()], &[&faces]);
    kiosk.press(&["Escape"]).await
}

/// One touch made one paper.
pub fn printed_once(stage: &Stage, ticket: &Ticket) -> anyhow::Result<()> {
    let count = std::fs::read_dir(stage.tickets())?.count();
    ensure!(count == 1, "{} was printed {count} times", ticket.number);
    Ok(())
}
