//! For the benchmark: frames of a long list, without a window.

use crate::{Event, Model, Out, Pictures, Setup, model::Screen, root_ui, update::update};
use api::{Pile, Session, WorkItem, WorkPage};
use domain::{
    case::State,
    code::CaseCode,
    ids::{CaseId, StaffId},
    procedure::StepKind,
    roles::{Actor, Post, Role},
    time::{HOUR, Millis},
    unit::UnitCode,
};
use egui::{Event as Input, MouseWheelUnit, RawInput, Rect, pos2, vec2};
use std::time::{Duration, Instant};

/// Scrolls a work list of `rows` rows for `frames` frames and returns how long each took, from input to triangles.
#[must_use]
pub fn scroll_frames(rows: usize, frames: usize) -> Vec<Duration> {
    let ctx = egui::Context::default();
    ui::install(&ctx);
    let mut model = Model::new(Setup::default(), Millis(0));
    let unit = UnitCode::from("H52.125.P01");
    let posts = vec![Post { unit: unit.clone(), role: Role::Specialist }];
    let actor = Actor { staff: StaffId::new(), name: String::new(), posts };
    let session = Session {
        token: String::new(),
        actor,
        counter: None,
        must_change_password: false,
        expires_at: Millis(0),
    };
    update(&mut model, Event::SignedIn(Ok(Box::new(session))));
    let Ok(code) = CaseCode::parse("H52.125-261123-0007") else { return Vec::new() };
    let row = |place: usize| WorkItem {
        case: CaseId::new(),
        code: code.clone(),
        version: 1,
        procedure: format!("Cấp giấy phép xây dựng nhà ở riêng lẻ {place}"),
        applicant: format!("Quàng Văn Thưởng {place}"),
        state: State::Processing,
        step: StepKind::Examine,
        step_of: (1, 5),
        holder: unit.clone(),
        taken: true,
        received_at: Millis(0),
        due: Millis(i64::try_from(place).unwrap_or(0) * HOUR / 100),
    };
    let page = WorkPage { items: (0..rows).map(row).collect(), next: None };
    update(&mut model, Event::Work(Pile::Mine, None, Ok(page)));
    update(&mut model, Event::Go(Screen::Work));
    let pictures = Pictures::default();
    let pointer = pos2(300.0, 500.0);
    let mut times = Vec::with_capacity(frames);
    for frame in 0..frames + 10 {
        let wheel = Input::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -900.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1440.0, 900.0))),
            time: Some(frame as f64 / 60.0),
            events: vec![Input::PointerMoved(pointer), wheel],
            ..RawInput::default()
        };
        let began = Instant::now();
        let mut output = ctx.run_ui(input, |ui| {
            let mut out = Out::new(&pictures);
            root_ui(ui, &model, &mut out);
        });
        output.textures_delta.clear();
        let shapes = ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        if frame >= 10 {
            times.push(began.elapsed());
        }
        drop(shapes);
    }
    times
}
