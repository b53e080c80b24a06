//! Second act: a building permit of twenty working days that crosses a holiday and needs one supplement.

use super::{
    birth::{
        draft_and_submit, fill, give_back, leader_approves, look, open, pick, receipt, seal, sign_in,
        version_after,
    },
    browser::Browser,
    stage::Stage,
};
use anyhow::{Context as _, ensure};
use std::path::PathBuf;
use tests::robot::Story;

const DRAFT: &str = "Cấp cho: Ông Cà Văn Dũng. Nhà ở riêng lẻ cấp III, 2 tầng, tổng diện tích sàn 182 m².";

pub async fn play(stage: &mut Stage, story: &mut Story) -> anyhow::Result<()> {
    // Vietnam Culture Day, 24 November, lies ahead.
    stage.clock_to("2026-11-23T09:40").await?;
    let mut counter = stage.desk("maison.quay3", Some(3)).await?;
    fill(
        &mut counter,
        ["Cà Văn Dũng", "014075001234", "02/09/1975", "0987654218", "Tiểu khu 5, thị trấn Hát Lót"],
    )
    .await?;
    counter.until("the procedure field", |seen| seen["focused"] == "Procedure").await?;
    counter.write("gp xay dung nha o rieng le").await?;
    counter.until("procedures found", |seen| seen["hits"].as_u64().is_some_and(|n| n > 0)).await?;
    counter.press(&["Return"]).await?;
    counter.until("the permit chosen", |seen| seen["procedure"] == "1.013225").await?;
    counter.press(&["F8"]).await?;
    counter.until("papers ticked", |seen| seen["ticked"].as_u64().is_some_and(|n| n > 1)).await?;
    let form = story.picture("permit-intake");
    counter.picture(&form).await?;
    counter.press(&["F9"]).await?;
    let seen =
        counter.until("the receipt", |seen| !seen["last_code"].is_null() && !seen["pdf"].is_null()).await?;
    let code = seen["last_code"].as_str().context("no code")?.to_owned();
    let pdf = PathBuf::from(seen["pdf"].as_str().context("no receipt")?);
    story.saw(
        "clerk",
        "takes in a building permit by keyboard alone",
        std::slice::from_ref(&code),
        &[&form, &pdf],
    );
    let link = receipt(stage, story, &pdf, &code).await?;
    due_shown(stage, &link, "22/12").await?;

    stage.clock_to("2026-11-25T08:30").await?;
    let mut specialist = stage.desk("maison.ktht", None).await?;
    let seen = open(&mut specialist, "alt+4", &code).await?;
    specialist.press(&["F5"]).await?;
    let seen = version_after(&mut specialist, "the case taken up", &seen).await?;
    specialist.press(&["F7"]).await?;
    specialist.until("the supplement panel", |seen| seen["focused"] == "SupplementItems").await?;
    specialist.write("Sơ đồ đấu nối hạ tầng kỹ thuật").await?;
    specialist.press(&["Tab"]).await?;
    specialist.until("the reason field", |seen| seen["focused"] == "SupplementReason").await?;
    specialist.write("Hồ sơ thiếu sơ đồ đấu nối").await?;
    let picture = story.picture("supplement-asked");
    specialist.picture(&picture).await?;
    specialist.press(&["F7"]).await?;
    version_after(&mut specialist, "the supplement asked for", &seen).await?;
    story.saw(
        "specialist",
        "asks for one supplement",
        &["Sơ đồ đấu nối hạ tầng kỹ thuật".to_owned()],
        &[&picture],
    );
    look(stage, story, &code, &link, "permit-waits").await?;

    stage.clock_to("2026-11-27T08:40").await?;
    counter.close().await?;
    let mut counter = stage.desk("maison.quay3", Some(3)).await?;
    let seen = open(&mut counter, "alt+3", &code).await?;
    counter.until("the list of what was asked for", |seen| seen["focused"] == "Supplied(0)").await?;
    counter.press(&["space"]).await?;
    let picture = story.picture("supplement-brought");
    counter.picture(&picture).await?;
    counter.press(&["F9"]).await?;
    version_after(&mut counter, "the supplement taken in", &seen).await?;
    story.saw("clerk", "takes the supplement in", &["the limit starts anew".to_owned()], &[&picture]);
    due_shown(stage, &link, "25/12").await?;
    look(stage, story, &code, &link, "permit-complete").await?;

    stage.clock_to("2026-12-10T09:00").await?;
    specialist.close().await?;
    let mut specialist = stage.desk("maison.ktht", None).await?;
    draft_and_submit(
        &mut specialist,
        story,
        &code,
        "Thiết kế đúng chỉ giới. Đề nghị cấp phép.",
        DRAFT,
        "permit-drafted",
    )
    .await?;
    head_submits(stage, story, &code).await?;
    leader_sends_back(stage, story, &code).await?;
    let more = format!("{DRAFT} Diện tích xây dựng 96 m².");
    draft_and_submit(
        &mut specialist,
        story,
        &code,
        "Đã ghi rõ diện tích xây dựng.",
        &more,
        "permit-drafted-again",
    )
    .await?;
    specialist.close().await?;
    head_submits(stage, story, &code).await?;
    leader_approves(stage, story, &code, "maison.lanhdao", "permit-approved").await?;
    seal(stage, story, &code, "46/GPXD").await?;
    counter.close().await?;
    let mut counter = stage.desk("maison.quay3", Some(3)).await?;
    give_back(stage, story, &mut counter, &code, true).await?;
    look(stage, story, &code, &link, "permit-returned").await?;
    counter.close().await?;
    province(stage, story).await
}

async fn due_shown(stage: &Stage, link: &str, day: &str) -> anyhow::Result<()> {
    stage.phone.go(link).await?;
    stage.phone.until_shows(day).await.with_context(|| format!("the due day {day}"))
}

async fn head_submits(stage: &mut Stage, story: &mut Story, code: &str) -> anyhow::Result<()> {
    let mut head = stage.desk("maison.tp.ktht", None).await?;
    let seen = open(&mut head, "alt+4", code).await?;
    let picture = story.picture("head-submits");
    head.picture(&picture).await?;
    head.press(&["F9"]).await?;
    version_after(&mut head, "the case put to the leader", &seen).await?;
    story.saw("head of division", "puts it to the leader", &[code.to_owned()], &[&picture]);
    head.close().await
}

async fn leader_sends_back(stage: &mut Stage, story: &mut Story, code: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let tablet = Browser::open(1180, 820, folder.path()).await?;
    sign_in(&tablet, &stage.url, "maison.lanhdao").await?;
    pick(&tablet, code).await?;
    tablet.click_words("Trả lại").await?;
    tablet.fill("#reason", "Ghi rõ diện tích xây dựng").await?;
    let picture = story.picture("leader-sends-back");
    tablet.picture(&picture).await?;
    tablet.click("form[action$='/tra-lai'] button").await?;
    tablet.until_gone(code).await?;
    story.saw(
        "leader",
        "sends it back with a reason",
        &["Ghi rõ diện tích xây dựng".to_owned()],
        &[&picture],
    );
    tablet.close().await
}

/// The provincial page, true to the database.
async fn province(stage: &mut Stage, story: &mut Story) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let wall = Browser::open(1920, 1080, folder.path()).await?;
    wall.go(&format!("{}/giam-sat", stage.url)).await?;
    wall.until_shows("Mai Sơn").await?;
    let picture = story.picture("province");
    wall.picture(&picture).await?;
    let figures: serde_json::Value =
        reqwest::get(format!("{}/api/province", stage.url)).await?.json().await?;
    let received = figures["total"]["today"]["received"].as_i64().context("no figures")?;
    ensure!(received >= 0, "{figures}");
    let running =
        ["on_time", "soon", "late"].iter().filter_map(|key| figures["total"]["open"][key].as_i64()).sum();
    wall.until_shows(&i18n::number(running)).await?;
    story.saw(
        "leader",
        "looks at the province",
        &[format!("{running} running cases, as in the database")],
        &[&picture],
    );
    wall.close().await
}
