//! No control falls off, on the windows that desks have and at the scales that Windows offers.

use super::hall::{called, counter, ticket};
use super::sample::{self, after, received, row, sealed, show, signed_in};
use crate::{Event, Model, Out, Pictures, Setup, model::Screen, root_ui, screens::fit, update};
use api::{Pile, WorkPage};
use devices::{DeviceState, Trouble};
use documents::Medium;
use domain::{case::Turn, hall::Class, roles::Role};
use egui::{Rect, Vec2, pos2};
use egui_kittest::{Harness, kittest::NodeT as _, kittest::Queryable as _};

/// Room inside a window, in the system's points, and the scale of the screen.
const WINDOWS: [(f32, f32, f32); 8] = [
    // 1024 x 640.
    (1_024.0, 640.0, 1.0),
    // 1366 x 768, below the window's title and above the taskbar.
    (1_366.0, 700.0, 1.0),
    (1_093.0, 560.0, 1.25),
    // Full HD.
    (1_920.0, 1_017.0, 1.0),
    (1_536.0, 801.0, 1.25),
    (1_280.0, 658.0, 1.5),
    (960.0, 480.0, 2.0),
    // The design's.
    (1_440.0, 900.0, 1.0),
];

/// A window of this room at this scale, as the running app sets it up.
fn window<'a>(model: Model, (width, height, scale): (f32, f32, f32)) -> Harness<'a, Model> {
    let native = Vec2::new(width, height);
    let zoom = fit::zoom(1.0, native);
    let pictures = Pictures::default();
    Harness::builder()
        .with_size(native / zoom)
        .with_pixels_per_point(scale * zoom)
        .with_context_setup(ui::install)
        .with_max_steps(32)
        .build_ui_state(
            move |ui, model: &mut Model| {
                let mut out = Out::new(&pictures);
                root_ui(ui, model, &mut out);
                for event in out.into_events() {
                    update(model, event);
                }
            },
            model,
        )
}

/// Every button and field that is not inside something that scrolls, with its name and its place.
fn controls(app: &Harness<'_, Model>) -> Vec<(String, Rect)> {
    use egui::Role as Access;
    let mut found = Vec::new();
    for role in
        [Access::Tab, Access::Button, Access::TextInput, Access::PasswordInput, Access::MultilineTextInput]
    {
        for node in app.query_all_by_role(role) {
            let name = node.accesskit_node().label().unwrap_or_default();
            found.push((name, node.rect()));
        }
    }
    found
}

#[track_caller]
fn all_in_view(what: &str, model: impl Fn() -> Model, must: &[&str]) {
    for room in WINDOWS {
        let mut app = window(model(), room);
        app.run();
        let whole = app.ctx.content_rect();
        let controls = controls(&app);
        for name in must {
            let found = controls.iter().find(|(label, _)| label == name);
            let (_, rect) = found.unwrap_or_else(|| panic!("{what} {room:?}: no {name:?} in {controls:?}"));
            assert!(whole.contains_rect(*rect), "{what} {room:?}: {name:?} falls off: {rect:?} in {whole:?}");
        }
        // Whatever scrolls may hang out at the bottom, but nothing may hang out at a side.
        for (name, rect) in controls {
            let across = rect.left() >= whole.left() - 1.0 && rect.right() <= whole.right() + 1.0;
            assert!(across, "{what} {room:?}: {name:?} hangs out: {rect:?} in {whole:?}");
        }
    }
}

/// Everything that the line at the bottom can say at once.
fn busy(mut model: Model) -> Model {
    model.setup = Setup { scanner_port: Some("COM3".into()), ..model.setup };
    model.settings.printer = Some("Canon LBP6230 Quầy 3".into());
    model.settings.roll_printer = Some("windows:Máy in biên nhận".parse().unwrap());
    update(&mut model, Event::Printer(Medium::A4, DeviceState::Attention(Trouble::OutOfPaper)));
    update(&mut model, Event::Printer(Medium::Roll, DeviceState::Broken(Trouble::Offline)));
    update(&mut model, Event::Scanner(DeviceState::Absent));
    model
}

fn clerk() -> Model {
    busy(signed_in("H52.125", Role::Clerk))
}

#[test]
fn the_intake_has_room() {
    let model = || {
        let mut model = clerk();
        update(&mut model, Event::Scanned(sample::CARD.into()));
        update(&mut model, Event::Typed(crate::Spot::Procedure, "khai sinh".into()));
        update(&mut model, Event::Picked(crate::Spot::Procedure, 0));
        model
    };
    all_in_view(
        "intake",
        model,
        &[
            "Họ và tên",
            "Số CCCD",
            "Điện thoại",
            "Tiếp nhận và in biên nhận",
            "Làm lại từ đầu",
            "Thông báo",
            "Đăng xuất",
        ],
    );
}

#[test]
fn the_hall_has_room_beside_the_intake() {
    let model = || {
        let mut model = clerk();
        let awaited = called(ticket("B022", Class::Ordinary, 9), 3);
        update(&mut model, Event::Counter(Ok(Box::new(counter(Some(awaited))))));
        model
    };
    let must =
        ["Gọi tiếp", "Gọi lại số này", "Chuyển sang dịch vụ khác", "Thao tác khác", "Đã đến", "Vắng mặt"];
    all_in_view("hall", model, &must);
}

#[test]
fn work_has_room() {
    let model = || {
        let mut model = busy(signed_in("H52.125.P01", Role::Specialist));
        let staff = model.actor().unwrap().staff;
        let page = WorkPage { items: vec![row(-30), row(3), row(300)], next: None };
        update(&mut model, Event::Work(Pile::Mine, None, Ok(page)));
        show(&mut model, Screen::Work, &after(&received(0), Turn::TakeUp, staff));
        model
    };
    all_in_view("work", model, &["Trình lãnh đạo", "Lưu", "Yêu cầu bổ sung", "Đăng xuất"]);
}

#[test]
fn returns_have_room() {
    let model = || {
        let mut model = clerk();
        show(&mut model, Screen::Returns, &sealed(75_000));
        model
    };
    all_in_view("returns", model, &["Mã hồ sơ", "Thu phí và trả kết quả", "Đăng xuất"]);
}

#[test]
fn settings_have_room() {
    let model = || {
        let mut model = clerk();
        update(&mut model, Event::Printers(vec!["Máy in A4 tầng hai, phòng Tư pháp – Hộ tịch".into(); 3]));
        update(&mut model, Event::Go(Screen::Settings));
        model
    };
    all_in_view("settings", model, &["Cài đặt", "Đăng xuất"]);
}

#[test]
fn the_line_at_the_bottom_runs_into_nothing() {
    for room in WINDOWS {
        let mut app = window(clerk(), room);
        app.run();
        let whole = app.ctx.content_rect();
        let strip = Rect::from_min_max(pos2(whole.left(), whole.bottom() - 34.0), whole.max);
        let mut places: Vec<(String, Rect)> = Vec::new();
        for node in app.query_all_by_role(egui::Role::Label) {
            if strip.contains(node.rect().center()) {
                let name = node.accesskit_node().value().unwrap_or_default();
                places.push((name, node.rect()));
            }
        }
        assert!(places.len() >= 5, "{places:?}");
        for (at, (name, rect)) in places.iter().enumerate() {
            assert!(whole.contains_rect(*rect), "{room:?}: {name:?} falls off: {rect:?}");
            for (other, beside) in &places[at + 1..] {
                assert!(!rect.shrink(0.5).intersects(*beside), "{room:?}: {name:?} runs into {other:?}");
            }
        }
    }
}
