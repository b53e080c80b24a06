//! The work of a frame while a list of 100 000 cases scrolls: input, the model's clock, the real screen, and turning it
//! into triangles; all that happens before the graphics card's part.

use crate::{
    Bench,
    figures::{millis, quantile},
    report::Report,
};
use anyhow::ensure;
use api::{GetPlace, UnitParam, WorkItem, WorkPage};
use counter_app::{
    Event, Model, Out, Pictures, Setup,
    parts::{Desk, Line, List, Screen, Who},
    root_ui, update,
};
use domain::{
    case::State,
    code::CaseCode,
    ids::CaseId,
    procedure::StepKind,
    time::{DAY, HOUR, Millis},
    unit::UnitCode,
};
use egui::{
    ClippedPrimitive, Context, MouseWheelSource, MouseWheelUnit, RawInput, Rect, TouchPhase,
    epaint::Primitive, pos2, vec2,
};
use std::{sync::Arc, time::Instant};
use tests::{Engine, World, at};
use ui::Remote;

/// Rows of the list.
const ROWS: u32 = 100_000;
/// Frames that count, after as many that warm up as make a second.
const FRAMES: (usize, usize) = (600, 60);
/// Milliseconds: half a frame at 60 a second.
const LIMIT: f64 = 8.0;

/// Scrolls as fast as a wheel does, and by leaps as when the bar is dragged.
pub fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let mut model = bench.inside.block_on(model())?;
    for (how, leap) in [("by the wheel", 180.0), ("by leaps", 9_000.0)] {
        let times = scroll(&mut model, leap)?;
        let what = format!("frame work p99, {ROWS} rows scrolled {how}");
        let beside = format!("p50 {:.2} ms of {} frames", quantile(&times, 0.5), FRAMES.0);
        report.below(&what, &beside, quantile(&times, 0.99), LIMIT, "ms");
    }
    Ok(())
}

fn scroll(model: &mut Model, leap: f32) -> anyhow::Result<Vec<f64>> {
    let ctx = Context::default();
    ui::install(&ctx);
    let pictures = Pictures::default();
    let mut times = Vec::with_capacity(FRAMES.0);
    let (mut before, mut moved) = (0.0, 0);
    for frame in 0..FRAMES.0 + FRAMES.1 {
        let (input, now) = (input(frame, leap), model.now.plus(16));
        let begun = Instant::now();
        update(model, Event::Tick(now));
        let mut out = Vec::new();
        let mut output = ctx.run_ui(input, |ui| {
            let mut asked = Out::new(&pictures);
            root_ui(ui, model, &mut asked);
            out.extend(asked.into_events());
        });
        for event in out {
            update(model, event);
        }
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = ctx.tessellate(shapes, output.pixels_per_point);
        let took = millis(begun.elapsed());
        if frame >= FRAMES.1 {
            times.push(took);
            moved += usize::from(place_of(&triangles) != before);
        }
        before = place_of(&triangles);
        // There is no graphics card here to give the pictures to.
        output.drop_without_applying_deltas();
    }
    ensure!(moved > FRAMES.0 * 9 / 10, "the list stood still: {moved} frames differ");
    Ok(times)
}

/// A number that changes with what a frame shows.
fn place_of(triangles: &[ClippedPrimitive]) -> f64 {
    let meshes = triangles.iter().filter_map(|part| match &part.primitive {
        Primitive::Mesh(mesh) => Some(mesh),
        Primitive::Callback(_) => None,
    });
    meshes.flat_map(|mesh| &mesh.vertices).map(|vertex| f64::from(vertex.pos.y + vertex.uv.x)).sum()
}

fn input(frame: usize, leap: f32) -> RawInput {
    let over_the_list = pos2(300.0, 500.0);
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1440.0, 900.0))),
        time: Some(frame as f64 / 60.0),
        ..RawInput::default()
    };
    input.events.push(egui::Event::PointerMoved(over_the_list));
    input.events.push(egui::Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -leap),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::default(),
    });
    input
}

/// A specialist before a very long list.
async fn model() -> anyhow::Result<Model> {
    let world = World::new(Engine::Sqlite).await;
    let desk = world.desk("maison.tuphap").await;
    let params = UnitParam { unit: UnitCode::from("H52.125") };
    let place = desk.client.call::<GetPlace>(&params, &()).await?;
    world.end().await;
    let now = at("2026-11-23T08:42");
    let items = (0..ROWS).map(|row| item(row, now, &place.procedures)).collect();
    let mut work = List::default();
    work.take(WorkPage { items, next: None }, None, now);
    let who = Who { actor: desk.session.actor, counter: None, must_change: false };
    Ok(Model {
        setup: Setup::default(),
        now,
        who: Some(who),
        screen: Screen::Work,
        desk: Remote::Ready(Arc::new(Desk::new(place))),
        line: Line::Up,
        work,
        ..Model::default()
    })
}

fn item(row: u32, now: Millis, procedures: &[domain::procedure::Procedure]) -> WorkItem {
    let agency = UnitCode::from("H52.125");
    let received = now.plus(-i64::from(row % 400) * HOUR);
    let due = now.plus(i64::from(row) * HOUR / 400 - 2 * DAY);
    let procedure = procedures.get(row as usize % procedures.len().max(1));
    WorkItem {
        case: CaseId::new(),
        code: CaseCode::new(&agency, received.local().date(), row % 9_999 + 1),
        version: 2,
        procedure: procedure.map(|procedure| procedure.name.clone()).unwrap_or_default(),
        applicant: format!("Lò Thị Mai {row}"),
        state: State::Processing,
        step: StepKind::Examine,
        step_of: (1, 5),
        holder: UnitCode::from("H52.125.P01"),
        taken: row.is_multiple_of(3),
        received_at: received,
        due,
    }
}
