//! The receipt: typeset and drawn, warm. Every sheet has another code and another name, as at a counter.

use crate::{
    Bench,
    figures::{median, millis, quantile},
    report::Report,
};
use documents::{Medium, PaperError, Receipt};
use domain::{code::CaseCode, person::Name};
use std::time::Instant;
use tests::{Engine, World};

/// Sheets of each kind.
const SHEETS: u32 = 50;
/// Milliseconds.
const LIMIT: f64 = 30.0;
/// Pixels across the picture on the clerk's screen.
const SCREEN: u32 = 760;

type Render = fn(&Receipt) -> Result<usize, PaperError>;

/// On paper, on a roll, on the screen.
pub fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let receipt = bench.inside.block_on(async {
        let world = World::new(Engine::Sqlite).await;
        let view = world.desk("maison.quay3").await.intake(&tests::birth()).await?;
        world.end().await;
        let place = "Mai Sơn".to_owned();
        let (agency, status_url) = (view.agency_name, view.status_url);
        anyhow::Ok(Receipt { case: view.case, agency, place, status_url, reprint: false })
    })?;
    let kinds: [(&str, Render); 3] = [
        ("receipt, A4 as PDF", |receipt| Ok(receipt.pdf(Medium::A4)?.len())),
        ("receipt, dots of an 80 mm roll", |receipt| Ok(receipt.roll()?.len())),
        ("receipt, picture on the screen", |receipt| Ok(receipt.preview(Medium::A5, SCREEN)?.len())),
    ];
    for (what, render) in kinds {
        let mut times = Vec::new();
        for sheet in 0..SHEETS + 5 {
            let receipt = another(&receipt, sheet)?;
            let begun = Instant::now();
            std::hint::black_box(render(&receipt)?);
            // The first ones warm the typesetter up.
            if sheet >= 5 {
                times.push(millis(begun.elapsed()));
            }
        }
        let beside = format!("p99 {:.1} ms of {SHEETS}", quantile(&times, 0.99));
        report.below(what, &beside, median(&times), LIMIT, "ms");
    }
    Ok(())
}

fn another(receipt: &Receipt, sheet: u32) -> anyhow::Result<Receipt> {
    let mut other = receipt.clone();
    let day = other.case.received_at.local().date();
    other.case.code = CaseCode::new(&other.case.agency, day, sheet + 1);
    let given = ["Thưởng", "Dũng", "Lan", "Mai", "Tiến"][sheet as usize % 5];
    other.case.applicant.name = Name::parse(&format!("Quàng Văn {given}"))?;
    other.status_url = other.status_url.replace(receipt.case.code.as_str(), other.case.code.as_str());
    Ok(other)
}
