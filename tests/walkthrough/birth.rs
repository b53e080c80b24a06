//! First act: a birth registration, the same day.

use super::{browser::Browser, hall, stage::Stage};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::path::Path;
use tests::robot::{PASSWORD, Story, Window};

/// The card of Quàng Văn Thưởng, as its QR says it.
const CARD: &str =
    "014088004512|050123456|Quàng Văn Thưởng|12041988|Nam|Bản Mòng, xã Hua La, tỉnh Sơn La|10052021";

pub async fn play(stage: &mut Stage, story: &mut Story) -> anyhow::Result<()> {
    let mut counter = stage.desk("maison.quay3", Some(3)).await?;
    let picture = story.picture("counter-signed-in");
    counter.picture(&picture).await?;
    story.saw("clerk", "signs in to counter-app", &["the intake form is open".to_owned()], &[&picture]);

    let ticket = hall::take_number(stage, story).await?;
    hall::call(stage, story, &mut counter, &ticket).await?;
    let (code, pdf) = intake(stage, story, &mut counter).await?;
    hall::served(&mut counter, &ticket, &code).await?;
    hall::rate(stage, story, &ticket).await?;
    hall::printed_once(stage, &ticket)?;
    let status_url = receipt(stage, story, &pdf, &code).await?;
    look(stage, story, &code, &status_url, "received").await?;

    specialist(stage, story, &code).await?;
    look(stage, story, &code, &status_url, "submitted").await?;
    leader_approves(stage, story, &code, "maison.lanhdao", "leader-approves").await?;
    look(stage, story, &code, &status_url, "approved").await?;
    seal(stage, story, &code, "128/GKS").await?;
    look(stage, story, &code, &status_url, "sealed").await?;
    give_back(stage, story, &mut counter, &code, false).await?;
    look(stage, story, &code, &status_url, "returned").await?;
    counter.close().await
}

async fn intake(
    stage: &Stage,
    story: &mut Story,
    counter: &mut Window,
) -> anyhow::Result<(String, std::path::PathBuf)> {
    counter.scan(CARD).await?;
    counter
        .until("the card in the form", |seen| seen["focused"] == "Procedure" || seen["focused"] == "Phone")
        .await?;
    let picture = story.picture("card-scanned");
    counter.picture(&picture).await?;
    story.saw(
        "clerk",
        "scans the citizen's ID card",
        &["name, number, birth and address filled in".to_owned()],
        &[&picture],
    );

    // The clerk sets the marks that the scanner lost.
    counter.press(&["ctrl+n"]).await?;
    counter.until("the name field", |seen| seen["focused"] == "Name").await?;
    fill(counter, ["Quàng Văn Thưởng", "", "", "0912345678", "Bản Mòng, xã Hua La, tỉnh Sơn La"]).await?;
    counter.until("the procedure field", |seen| seen["focused"] == "Procedure").await?;
    counter.write("dk khai sinh").await?;
    counter.until("procedures found", |seen| seen["hits"].as_u64().is_some_and(|n| n > 0)).await?;
    let picture = story.picture("procedure-typed");
    counter.picture(&picture).await?;
    story.saw(
        "clerk",
        "types `dk khai sinh`",
        &["Đăng ký khai sinh is the first hit".to_owned()],
        &[&picture],
    );

    counter.press(&["Return"]).await?;
    counter.until("the procedure chosen", |seen| seen["procedure"] == "1.001193").await?;
    counter.press(&["F8"]).await?;
    counter.until("papers ticked", |seen| seen["ticked"].as_u64().is_some_and(|n| n > 1)).await?;
    let page = stage.scanned_page("to-khai.png")?;
    counter.press(&["F10"]).await?;
    counter.file_dialog().await.context("the file dialog")?;
    choose_file(counter, &page).await?;
    counter.until("a page attached", |seen| seen["pages"].as_u64() == Some(1)).await?;
    counter.back().await?;
    let picture = story.picture("papers-ticked-page-attached");
    counter.picture(&picture).await?;
    story.saw("clerk", "ticks the papers and attaches a scanned page", &["one page".to_owned()], &[&picture]);

    counter.press(&["F9"]).await?;
    let seen = counter
        .until("the case with its code and the receipt", |seen| {
            !seen["last_code"].is_null() && !seen["pdf"].is_null()
        })
        .await?;
    let code = text(&seen, "last_code")?;
    let pdf = std::path::PathBuf::from(text(&seen, "pdf")?);
    let picture = story.picture("received");
    counter.picture(&picture).await?;
    story.saw(
        "clerk",
        "presses F9",
        &[format!("case {code} is on the server"), "the receipt is printed".to_owned()],
        &[&picture, &pdf],
    );
    Ok((code, pdf))
}

/// Fills the applicant's fields from the name on, in the order of the paper form; what is empty stays as it is.
pub async fn fill(counter: &mut Window, parts: [&str; 5]) -> anyhow::Result<()> {
    let next = ["CitizenId", "Birth", "Phone", "Address", "Procedure"];
    for (part, next) in parts.into_iter().zip(next) {
        if !part.is_empty() {
            counter.press(&["ctrl+a"]).await?;
            counter.write(part).await?;
        }
        counter.press(&["Return"]).await?;
        counter.until(next, |seen| seen["focused"] == next).await?;
    }
    Ok(())
}

/// Types a path into the native file dialog.
async fn choose_file(window: &Window, file: &Path) -> anyhow::Result<()> {
    window.write(&file.display().to_string()).await?;
    window.press(&["Return"]).await
}

/// Both codes of the printed receipt, read by zbar; gives the QR's link on this stage's server.
pub async fn receipt(stage: &Stage, story: &mut Story, pdf: &Path, code: &str) -> anyhow::Result<String> {
    let codes = stage.codes(pdf).await?;
    ensure!(codes.iter().any(|read| read == code), "the barcode reads {codes:?}");
    let link = codes.iter().find(|read| read.contains("/tra-cuu/")).context("no link in the QR")?;
    story.saw(
        "zbar",
        "reads the printed receipt",
        &[format!("barcode {code}"), format!("QR {link}")],
        &[pdf],
    );
    Ok(link.clone())
}

/// The citizen looks where the case is: at the kiosk with the receipt, and on a phone with its QR.
pub async fn look(
    stage: &mut Stage,
    story: &mut Story,
    code: &str,
    link: &str,
    when: &str,
) -> anyhow::Result<()> {
    stage.kiosk.press(&["Escape"]).await?;
    stage.kiosk.scan(code).await?;
    let wanted = code.to_owned();
    let seen = stage
        .kiosk
        .until("the case at the kiosk", move |seen| {
            seen["screen"] == "case"
                && seen["code"] == wanted.as_str()
                && !matches!(seen["state"].as_str(), None | Some("" | "loading"))
        })
        .await?;
    let kiosk = story.picture(&format!("kiosk-{when}"));
    stage.kiosk.picture(&kiosk).await?;
    stage.phone.go(link).await?;
    stage.phone.until_shows(code).await?;
    let phone = kiosk
        .with_file_name(format!("{}-phone.png", kiosk.file_stem().unwrap_or_default().to_string_lossy()));
    stage.phone.picture(&phone).await?;
    let state = text(&seen, "state")?;
    story.saw(
        "citizen",
        "looks at the kiosk and on the phone",
        &[format!("{code} is {state}")],
        &[&kiosk, &phone],
    );
    Ok(())
}

/// Opens a case from the work list by scanning its receipt.
pub async fn open(window: &mut Window, screen: &str, code: &str) -> anyhow::Result<Value> {
    window.press(&[screen]).await?;
    window.scan(code).await?;
    let wanted = code.to_owned();
    window.until("the case", move |seen| seen["selected"] == wanted.as_str()).await
}

pub async fn version_after(window: &mut Window, what: &str, before: &Value) -> anyhow::Result<Value> {
    let version = before["selected_version"].as_u64().unwrap_or(0);
    window
        .until(what, move |seen| {
            seen["busy"] == false && seen["selected_version"].as_u64().is_none_or(|now| now > version)
        })
        .await
}

async fn specialist(stage: &mut Stage, story: &mut Story, code: &str) -> anyhow::Result<()> {
    stage.clock_to("2026-11-23T09:05").await?;
    let mut desk = stage.desk("maison.tuphap", None).await?;
    draft_and_submit(
        &mut desk,
        story,
        code,
        "Hồ sơ đủ, đúng quy định.",
        "Họ tên trẻ: Quàng Thị Ban. Sinh ngày 20/11/2026 tại Bệnh viện đa khoa huyện Mai Sơn.",
        "specialist",
    )
    .await?;
    desk.close().await
}

/// Takes a case up, examines it, drafts the result and submits it.
pub async fn draft_and_submit(
    desk: &mut Window,
    story: &mut Story,
    code: &str,
    opinion: &str,
    draft: &str,
    name: &str,
) -> anyhow::Result<()> {
    let mut seen = open(desk, "alt+4", code).await?;
    if seen["selected_state"] == 2 {
        desk.press(&["F5"]).await?;
        seen = version_after(desk, "the case taken up", &seen).await?;
    }
    desk.press(&["ctrl+o"]).await?;
    desk.until("the opinion field", |seen| seen["focused"] == "Opinion").await?;
    desk.write(opinion).await?;
    desk.press(&["ctrl+d"]).await?;
    desk.until("the draft field", |seen| seen["focused"] == "Draft").await?;
    desk.press(&["ctrl+a"]).await?;
    desk.write(draft).await?;
    let picture = story.picture(name);
    desk.picture(&picture).await?;
    desk.press(&["F9"]).await?;
    version_after(desk, "the case submitted", &seen).await?;
    desk.until("all of it sent", |seen| seen["busy"] == false && seen["pending"] == 0).await?;
    story.saw("specialist", "examines, drafts the result and submits", &[code.to_owned()], &[&picture]);
    Ok(())
}

/// The leader approves on a tablet.
pub async fn leader_approves(
    stage: &mut Stage,
    story: &mut Story,
    code: &str,
    login: &str,
    name: &str,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let tablet = Browser::open(1180, 820, folder.path()).await?;
    sign_in(&tablet, &stage.url, login).await?;
    pick(&tablet, code).await?;
    let picture = story.picture(name);
    tablet.picture(&picture).await?;
    tablet.click("#ky button").await?;
    tablet.until_gone(code).await?;
    story.saw("leader", "approves on a tablet", &[format!("{code} left the list")], &[&picture]);
    tablet.close().await
}

pub async fn sign_in(tablet: &Browser, url: &str, login: &str) -> anyhow::Result<()> {
    tablet.go(&format!("{url}/lanh-dao")).await?;
    tablet.fill("#login", login).await?;
    tablet.fill("#password", PASSWORD).await?;
    tablet.click("form button[type=submit], main form button").await?;
    Ok(())
}

/// Opens a case in the leader's list.
pub async fn pick(tablet: &Browser, code: &str) -> anyhow::Result<()> {
    tablet.until_shows(code).await?;
    tablet.click_row(code).await?;
    tablet.until_shows("Quá trình").await
}

/// The seal clerk numbers and stamps.
pub async fn seal(stage: &mut Stage, story: &mut Story, code: &str, number: &str) -> anyhow::Result<()> {
    let mut desk = stage.desk("maison.vanthu", None).await?;
    let seen = open(&mut desk, "alt+5", code).await?;
    desk.until("the number field", |seen| seen["focused"] == "SealNumber").await?;
    desk.press(&["ctrl+a"]).await?;
    desk.write(number).await?;
    let picture = story.picture("seal");
    desk.picture(&picture).await?;
    desk.press(&["F9"]).await?;
    version_after(&mut desk, "the result sealed", &seen).await?;
    story.saw("seal clerk", "numbers and stamps", &[format!("{code}: {number}")], &[&picture]);
    desk.close().await
}

/// The return desk scans the receipt, takes the fee and gives the result back.
pub async fn give_back(
    _stage: &mut Stage,
    story: &mut Story,
    counter: &mut Window,
    code: &str,
    fee: bool,
) -> anyhow::Result<()> {
    open(counter, "alt+3", code).await?;
    let picture = story.picture("return");
    counter.picture(&picture).await?;
    if fee {
        counter.until("the fee field", |seen| seen["focused"] == "FeeAmount").await?;
        counter.press(&["Return"]).await?;
        counter.until("the fee receipt field", |seen| seen["focused"] == "FeeReceipt").await?;
        counter.write("BL-000146").await?;
        counter.picture(&picture).await?;
    }
    counter.press(&["F9"]).await?;
    counter
        .until("the result given back", |seen| seen["busy"] == false && seen["selected_state"] == 10)
        .await?;
    let done = story.picture("returned");
    counter.picture(&done).await?;
    let saw = if fee { "fee taken, result given back" } else { "result given back" };
    story.saw(
        "return desk",
        "scans the receipt and gives the result back",
        &[saw.to_owned()],
        &[&picture, &done],
    );
    Ok(())
}

fn text(seen: &Value, key: &str) -> anyhow::Result<String> {
    seen[key].as_str().map(str::to_owned).with_context(|| format!("no {key} in {seen}"))
}
