//! Each screen drawn and used by labels and keys, as people use it. The harness also fails where an input has no
//! accessible name, or a letter no shape.

use super::{Out, root_ui};
use crate::{
    Event, Model, Pictures,
    model::Screen,
    tests::{
        hall::{called, clerk, counter, served, ticket},
        sample::{self, CARD, after, received, row, sealed, show, signed_in},
    },
    update::update,
};
use api::{Pile, WorkPage};
use domain::{case::Turn, hall::Class, roles::Role};
use egui::{Key, Modifiers, Role as AccessRole};
use egui_kittest::{Harness, kittest::Queryable as _};

/// The app without an engine: commands are dropped.
fn app<'a>(model: Model) -> Harness<'a, Model> {
    let pictures = Pictures::default();
    ui::testing::window(model, move |ui, model| {
        if let Some(spot) = model.focus.take() {
            ui.memory_mut(|memory| memory.request_focus(spot.id()));
        }
        let mut out = Out::new(&pictures);
        root_ui(ui, model, &mut out);
        for event in out.into_events() {
            update(model, event);
            ui.ctx().request_repaint();
        }
    })
}

#[test]
fn sign_in_by_keyboard() {
    let mut model = Model::new(crate::Setup::default(), sample::now());
    update(&mut model, Event::Place(Ok(sample::desk())));
    let mut app = app(model);
    app.run();
    assert!(app.get_by_role_and_label(AccessRole::TextInput, "Tên đăng nhập").is_focused());
    app.get_by_role_and_label(AccessRole::TextInput, "Tên đăng nhập").type_text("maison.quay3");
    app.run();
    app.key_press(Key::Enter);
    app.run();
    app.get_by_role_and_label(AccessRole::PasswordInput, "Mật khẩu").type_text("motcua-sonla");
    app.run();
    app.key_press(Key::Enter);
    app.run();
    assert!(app.state().sign_in.busy);
}

#[test]
fn intake_by_scanner_and_keys() {
    let mut app = app(signed_in("H52.125", Role::Clerk));
    app.run();
    assert!(app.get_by_role_and_label(AccessRole::TextInput, "Họ và tên").is_focused());
    update(app.state_mut(), Event::Scanned(CARD.into()));
    app.run();
    app.get_by_role_and_label(AccessRole::TextInput, "Thủ tục").type_text("dk khai sinh");
    app.run();
    app.key_press(Key::ArrowDown);
    app.run();
    app.key_press(Key::ArrowUp);
    app.run();
    app.key_press(Key::Enter);
    app.run();
    assert_eq!(app.state().form.procedure.as_ref().map(|code| code.as_str()), Some("1.001193"));
    app.key_press(Key::F8);
    app.run();
    app.get_by_role_and_label(AccessRole::CheckBox, "Giấy chứng sinh").click();
    app.run();
    app.key_press(Key::F9);
    app.run();
    assert!(app.state().form_errors.contains_key("papers"));
    app.key_press(Key::F8);
    app.run();
    app.key_press(Key::F9);
    app.run();
    assert!(app.state().sending.is_some());
    app.get_by_label("Đang gửi…");
}

#[test]
fn decomposed_letters_are_composed_while_typing() {
    let mut app = app(signed_in("H52.125", Role::Clerk));
    app.run();
    app.get_by_role_and_label(AccessRole::TextInput, "Họ và tên").type_text("Lươ\u{300}ng");
    app.run();
    assert_eq!(app.state().form.person.name, "Lường");
    app.get_by_role_and_label(AccessRole::TextInput, "Họ và tên").type_text(" Thị");
    app.run();
    assert_eq!(app.state().form.person.name, "Lường Thị");
}

#[test]
fn a_case_in_work_shows_what_can_be_done_and_why_it_is_due() {
    let mut model = signed_in("H52.125.P01", Role::Specialist);
    let staff = model.actor().unwrap().staff;
    let page = WorkPage { items: vec![row(-30), row(3), row(300)], next: None };
    update(&mut model, Event::Work(Pile::Mine, None, Ok(page)));
    let view = after(&received(0), Turn::TakeUp, staff);
    show(&mut model, Screen::Work, &view);
    let mut app = app(model);
    app.run();
    app.get_by_label("QUÁ HẠN · 1");
    app.get_by_label_contains("Vì sao");
    app.get_by_label_contains("nguyên vẹn, 2 mục");
    app.key_press(Key::F7);
    app.run();
    app.get_by_role_and_label(AccessRole::MultilineTextInput, "Giấy tờ cần bổ sung, mỗi dòng một loại")
        .type_text("Bản vẽ");
    app.run();
    app.key_press(Key::Escape);
    app.run();
    assert!(app.state().open.as_ref().unwrap().panel.is_none());
    app.get_by_label("Trình lãnh đạo");
}

#[test]
fn a_hundred_thousand_rows_draw_only_what_is_seen() {
    let mut model = signed_in("H52.125.P01", Role::Specialist);
    let items = (0..100_000).map(|hour| row(hour / 50 - 100)).collect();
    update(&mut model, Event::Work(Pile::Mine, None, Ok(WorkPage { items, next: None })));
    update(&mut model, Event::Go(Screen::Work));
    let mut app = app(model);
    app.run();
    let rows = app.get_all_by_label_contains("Đăng ký khai sinh").count();
    assert!((5..20).contains(&rows), "{rows} rows");
}

#[test]
fn a_result_is_handed_over_by_keys() {
    let mut model = signed_in("H52.125", Role::Clerk);
    show(&mut model, Screen::Returns, &sealed(75_000));
    let mut app = app(model);
    app.run();
    assert!(app.get_by_role_and_label(AccessRole::TextInput, "Số tiền thu (đồng)").is_focused());
    app.key_press(Key::Enter);
    app.run();
    app.get_by_role_and_label(AccessRole::TextInput, "Số biên lai").type_text("AB 12");
    app.run();
    app.key_press(Key::F9);
    app.run();
    assert!(app.state().open.as_ref().unwrap().sending.is_some());
}

#[test]
fn the_seal_screen_takes_a_number() {
    let mut model = signed_in("H52.125", Role::SealClerk);
    let turns = vec![
        Turn::TakeUp,
        Turn::Draft { text: "x".into() },
        Turn::Submit { note: String::new() },
        Turn::Approve { remark: String::new() },
    ];
    show(&mut model, Screen::Seal, &sample::after_all(&received(0), turns, domain::ids::StaffId::new()));
    let mut app = app(model);
    app.run();
    app.get_by_role_and_label(AccessRole::TextInput, "Số văn bản").type_text("46/GPXD");
    app.run();
    app.key_press(Key::F9);
    app.run();
    assert!(app.state().open.as_ref().unwrap().sending.is_some());
}

#[test]
fn settings_choose_printer_and_text_size() {
    let mut model = signed_in("H52.125", Role::Clerk);
    update(&mut model, Event::Printers(vec!["A4".into()]));
    update(&mut model, Event::Go(Screen::Settings));
    let mut app = app(model);
    app.run();
    app.get_by_label("Dùng A4").click();
    app.run();
    app.get_by_label("115%").click();
    app.run();
    assert_eq!(app.state().settings.printer.as_deref(), Some("A4"));
    assert_eq!(app.state().settings.text_percent, 115);
}

#[test]
fn settings_choose_a_roll_printer_and_what_receipts_are_printed_on() {
    let mut model = signed_in("H52.125", Role::Clerk);
    update(&mut model, Event::Printers(vec!["Máy in biên nhận".into()]));
    update(&mut model, Event::Go(Screen::Settings));
    let mut app = app(model);
    app.run();
    app.get_by_label("Dùng Máy in biên nhận (cuộn)").click();
    app.run();
    let installed = devices::printer::RollAddress::installed("Máy in biên nhận");
    assert_eq!(app.state().settings.roll_printer, Some(installed));
    assert_eq!(app.state().settings.receipt_on(), crate::ReceiptOn::Roll);
    app.get_by_label("Cả hai").click();
    app.run();
    assert_eq!(app.state().settings.receipt_on(), crate::ReceiptOn::Both);
    app.get_by_label("In thử cuộn");
    app.get_by_label("Máy in cuộn: đang kiểm tra");
}

#[test]
fn ctrl_k_leads_to_the_omnibox_and_escape_back() {
    let mut app = app(signed_in("H52.125", Role::Clerk));
    app.run();
    app.key_press_modifiers(Modifiers::CTRL, Key::K);
    app.run();
    app.get_by_role_and_label(AccessRole::TextInput, "Tìm hồ sơ").type_text("thuong");
    app.run();
    update(app.state_mut(), Event::Searched("thuong".into(), Ok(vec![row(5)])));
    app.run();
    app.key_press(Key::Escape);
    app.run();
    assert!(app.state().omni.text.is_empty());
    assert!(app.get_by_role_and_label(AccessRole::TextInput, "Họ và tên").is_focused());
}

#[test]
fn an_idle_window_does_not_draw_again() {
    let mut app = app(signed_in("H52.125", Role::Clerk));
    app.run();
    let steps = app.run();
    assert!(steps <= 2, "{steps} frames");
}

#[test]
fn the_hall_says_who_stands_here_and_who_comes_next() {
    let here = served(ticket("B022", Class::Ordinary, 9));
    let mut app = app(clerk(counter(Some(here))));
    app.run();
    app.get_by_label("Đang phục vụ · 00:00");
    app.get_by_label("B022");
    app.get_by_label("Hộ tịch, tư pháp · chờ 9 phút");
    app.get_by_label("B024 · Hộ tịch, tư pháp · Ưu tiên · 1 phút");
    app.get_by_label("B023 · Hộ tịch, tư pháp · 6 phút");
    app.get_by_label("Chuyển sang dịch vụ khác").click();
    app.run();
    app.get_by_label("Đất đai").click();
    app.run();
    assert!(app.state().hall.busy && app.state().hall.menu.is_none());
}

#[test]
fn f2_calls_and_f5_says_that_somebody_is_here() {
    let mut free = app(clerk(counter(None)));
    free.run();
    free.key_press(Key::F2);
    free.run();
    assert!(free.state().hall.busy);

    let awaited = called(ticket("B022", Class::Ordinary, 9), 2);
    let mut calling = app(clerk(counter(Some(awaited))));
    calling.run();
    calling.get_by_label("Đang gọi, lần 2");
    calling.key_press(Key::F5);
    calling.run();
    assert!(calling.state().hall.busy);
}
