//! Each page by its labels, as somebody finds it who cannot see.

use super::screen_ui;
use crate::{
    event::{Event, Failure},
    model::{Model, Target},
    seen::Seen,
    update::{
        tests::{
            hall::{giving, hall, ticket},
            sample::{kiosk, status},
        },
        update,
    },
};
use devices::{DeviceState, Trouble as Device};
use domain::hall::{NoTicket, State, WhyNot};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use i18n::Lang;

/// A window at the size of the design's pictures; touches change the model.
fn window(model: Model) -> Harness<'static, Model> {
    Harness::builder()
        .with_size(egui::Vec2::new(1920.0, 1080.0))
        .with_context_setup(ui::install)
        .with_max_steps(16)
        .build_ui_state(
            |ui, model: &mut Model| {
                let mut out = Vec::new();
                screen_ui(ui, model, &mut out);
                for event in out {
                    update(model, event);
                }
            },
            model,
        )
}

fn at(events: impl IntoIterator<Item = Event>) -> Harness<'static, Model> {
    let mut model = kiosk();
    for event in events {
        update(&mut model, event);
    }
    let mut window = window(model);
    window.run();
    window
}

fn touch(window: &mut Harness<'_, Model>, label: &str) {
    window.get_by_label(label).click();
    window.run();
}

fn screen(window: &Harness<'_, Model>) -> &'static str {
    Seen::of(window.state()).screen
}

fn with_case(model: &mut Model, answer: Result<Box<api::PublicStatus>, Failure>) {
    update(model, Event::Scanned("H52.125-261110-0007".into()));
    let ask = model.asks;
    update(model, Event::Status { ask, answer });
}

#[test]
fn the_first_page_leads_to_both_questions() {
    let mut window = at([]);
    window.get_by_label("Bộ phận Một cửa");
    window.get_by_label("UBND huyện Mai Sơn, tỉnh Sơn La");
    window.get_by_label("08:42");
    window.get_by_label("Thứ Hai, 23/11/2026");
    touch(&mut window, "Hồ sơ của tôi");
    assert_eq!(screen(&window), "lookup");
    touch(&mut window, "Trang đầu");
    touch(&mut window, "Tra cứu thủ tục");
    assert_eq!(screen(&window), "fields");
}

#[test]
fn it_types_the_code_on_the_screen_and_sees_that_it_was_wrong() {
    let mut model = kiosk();
    model.exit.code = crate::model::ExitCode::new("250900");
    for _ in 0..5 {
        update(&mut model, Event::Corner);
    }
    let mut window = window(model);
    window.run();
    window.get_by_label("Dành cho cán bộ kỹ thuật");
    for digit in ["2", "5", "1", "0"] {
        touch(&mut window, digit);
    }
    touch(&mut window, "Xóa một chữ");
    let crate::model::Screen::Leave(leave) = &window.state().visit.screen else { panic!("not asked") };
    assert_eq!(leave.typed, "251");
    touch(&mut window, "Tiếp tục");
    window.get_by_label("Mã không đúng.");
    for digit in "250900".chars() {
        touch(&mut window, &digit.to_string());
    }
    touch(&mut window, "Tiếp tục");
    window.get_by_label("Đang kiểm tra máy…");
    let found = domain::machine::Finding::bad("server", "không trả lời", "hãy xem dây mạng");
    update(window.state_mut(), Event::Examined(vec![found]));
    window.run();
    window.get_by_label("không trả lời");
    window.get_by_label("hãy xem dây mạng");
    touch(&mut window, "Trang đầu");
    assert_eq!(screen(&window), "home");
}

#[test]
fn language_type_and_contrast_change_at_once() {
    let mut window = at([]);
    for label in ["English", "Large type", "Contrast"] {
        touch(&mut window, label);
    }
    let seen = Seen::of(window.state());
    assert_eq!((seen.language, seen.large, seen.contrast), ("en", true, true));
    window.get_by_label("My case");
    touch(&mut window, "Tiếng Việt");
    window.get_by_label("Hồ sơ của tôi");
}

#[test]
fn a_code_is_typed_on_the_keypad() {
    let mut window = at([Event::Go(Target::Lookup)]);
    for digit in "26111".chars() {
        touch(&mut window, &digit.to_string());
    }
    touch(&mut window, "Xóa một chữ");
    assert_eq!(Seen::of(window.state()).query, "H52.125-2611");
    touch(&mut window, "Xem");
    window.get_by_label("Mã này chưa đủ hoặc chưa đúng");
}

#[test]
fn the_case_page_says_everything_and_names_nobody() {
    let mut model = kiosk();
    with_case(&mut model, Ok(Box::new(status())));
    let mut window = window(model);
    window.run();
    for label in [
        "Cấp giấy phép xây dựng nhà ở riêng lẻ",
        "Đang thẩm định",
        "Hẹn trả 16:42 hôm nay",
        "75.000 đ",
        "Biên nhận thật",
        "Bạn đã bổ sung giấy tờ",
        "Lãnh đạo ký",
        "Vì sao ngày này?",
    ] {
        window.get_by_label(label);
    }
}

#[test]
fn a_case_that_cannot_be_shown_says_what_to_do() {
    let mut model = kiosk();
    with_case(&mut model, Err(Failure::Offline));
    let mut window = window(model);
    window.run();
    window.get_by_label("Đang mất kết nối với máy chủ");
    touch(&mut window, "Thử lại");
    assert_eq!(Seen::of(window.state()).state, "loading");
}

#[test]
fn a_field_leads_to_its_procedures_and_they_to_their_papers() {
    let mut window = at([Event::Go(Target::Fields)]);
    touch(&mut window, "Xây dựng");
    assert_eq!(Seen::of(window.state()).results, 11);
    touch(&mut window, "Trang sau");
    touch(&mut window, "Trang trước");
    let name = window.state().of_field(&"xay-dung".into()).first().unwrap().name.clone();
    touch(&mut window, &name);
    assert_eq!(screen(&window), "procedure");
    window.get_by_label_contains("Giấy tờ cần mang");
    window.get_by_label("Thời hạn giải quyết");
    window.get_by_label("Căn cứ pháp lý");
}

#[test]
fn the_keyboard_types_telex() {
    let mut window = at([Event::Go(Target::Search)]);
    for key in ["K", "E", "E", "T", "S"] {
        touch(&mut window, key);
    }
    assert_eq!(Seen::of(window.state()).query, "kết");
    touch(&mut window, "dấu cách");
    touch(&mut window, "Chữ có dấu");
    touch(&mut window, "Đ");
    touch(&mut window, "Xóa một chữ");
    touch(&mut window, "Gõ Telex");
    for key in ["H", "O", "N"] {
        touch(&mut window, key);
    }
    assert_eq!(Seen::of(window.state()).query, "kết hon");
    touch(&mut window, "Tìm");
    assert!(window.query_by_label("dấu cách").is_none());
}

#[test]
fn the_countdown_can_be_stopped() {
    let mut model = kiosk();
    update(&mut model, Event::Go(Target::Fields));
    let later = model.machine.plus(55_000);
    update(&mut model, Event::Tick(later));
    let mut window = window(model);
    window.run();
    window.get_by_label("Bạn còn đó không? Màn hình sẽ về trang đầu sau 5 giây.");
    touch(&mut window, "Tôi còn xem");
    assert_eq!(window.state().countdown(), None);
}

#[test]
fn everything_touchable_is_large_enough_in_every_mode() {
    let pages = [None, Some(Target::Lookup), Some(Target::Fields), Some(Target::Search)];
    for (page, large, lang) in pages.into_iter().flat_map(|page| {
        [(page.clone(), false, Lang::Vi), (page.clone(), true, Lang::Vi), (page, true, Lang::En)]
    }) {
        let mut model = kiosk();
        update(&mut model, Event::Large(large));
        update(&mut model, Event::Speak(lang));
        if let Some(target) = page.clone() {
            update(&mut model, Event::Go(target));
        }
        let mut window = window(model);
        window.run();
        for button in window.get_all_by_role(egui::accesskit::Role::Button) {
            let rect = button.rect();
            assert!(rect.width() >= 76.0 && rect.height() >= 76.0, "{page:?}: {rect:?}");
            assert!(window.ctx.content_rect().contains_rect(rect), "{page:?}: {rect:?} is off the screen");
        }
    }
}

#[test]
fn a_number_by_touch() {
    let mut window = window(giving());
    window.run();
    touch(&mut window, "Lấy số thứ tự");
    touch(&mut window, "Hộ tịch, tư pháp");
    touch(&mut window, "Lấy số");
    window.get_by_label("Đang lấy số…");
    let asked = match &window.state().visit.screen {
        crate::model::Screen::Number(number) => number.asked.ticket,
        other => panic!("{other:?}"),
    };
    let answer = Ok(Box::new(ticket(asked, State::Waiting)));
    update(window.state_mut(), Event::Taken { ticket: asked, answer });
    window.run();
    window.get_by_label("C006");
    window.get_by_label("Hộ tịch, tư pháp · Quầy 3");
    window.get_by_label("Trước bạn: 5 người · khoảng 8–12 phút");
    window.get_by_label("Đang in phiếu…");
}

#[test]
fn without_paper_the_number_is_followed_by_telephone() {
    let mut model = giving();
    update(&mut model, Event::Go(Target::Services));
    update(&mut model, Event::Choose("q3".into()));
    update(&mut model, Event::Take(None));
    let crate::model::Screen::Number(number) = &model.visit.screen else { panic!("no number") };
    let asked = number.asked.ticket;
    let answer = Ok(Box::new(ticket(asked, State::Waiting)));
    update(&mut model, Event::Taken { ticket: asked, answer });
    let mut window = window(model);
    window.run();
    assert!(window.query_by_label("Quét để theo dõi trên điện thoại").is_none(), "paper may still come");
    update(window.state_mut(), Event::Printed { ticket: asked, paper: crate::model::Paper::Failed });
    window.run();
    window.get_by_label("C006");
    window.get_by_label("Quét để theo dõi trên điện thoại");
    window.get_by_label_contains("Số vẫn có giá trị");
}

#[test]
fn low_and_missing_paper_is_said_on_the_first_page() {
    for (state, said) in [
        (DeviceState::Attention(Device::PaperLow), "Máy sắp hết giấy."),
        (DeviceState::Attention(Device::OutOfPaper), "Máy hết giấy: số hiện trên màn hình"),
        (DeviceState::Attention(Device::Offline), "Máy in chưa sẵn sàng"),
        (DeviceState::Absent, "Máy in chưa sẵn sàng"),
    ] {
        let mut model = giving();
        update(&mut model, Event::Printer(state));
        let mut window = window(model);
        window.run();
        let tile = window.get_by_label("Lấy số thứ tự");
        let more = tile.accesskit_node().description().unwrap_or_default();
        assert!(more.contains(said), "{more}");
        touch(&mut window, "Lấy số thứ tự");
        assert_eq!(screen(&window), "services", "numbers are given all the same");
    }
}

#[test]
fn a_kiosk_without_the_halls_key_takes_no_numbers() {
    let window = at([]);
    assert!(window.query_by_label("Lấy số thứ tự").is_none());
}

#[test]
fn out_of_hours_the_reason_is_said() {
    let mut model = giving();
    let mut closed = hall();
    closed.closed = Some(NoTicket { why: WhyNot::TooLate, next: None });
    update(&mut model, Event::Hall(std::sync::Arc::new(closed)));
    update(&mut model, Event::Printer(DeviceState::Broken(Device::OutOfPaper)));
    update(&mut model, Event::Go(Target::Services));
    let mut window = window(model);
    window.run();
    window.get_by_label("Sắp hết giờ làm việc nên không phát thêm số.");
    assert!(window.query_by_label("Hộ tịch, tư pháp").is_none());
}

#[test]
fn the_service_is_rated_by_touch() {
    let mut model = giving();
    let held = ticket(domain::ids::TicketId::new(), State::Done);
    update(&mut model, Event::Scanned(held.url.clone()));
    let ask = model.asks;
    update(&mut model, Event::Stands { ask, answer: Ok(Box::new(held)) });
    let mut window = window(model);
    window.run();
    touch(&mut window, "Chưa hài lòng");
    touch(&mut window, "Chờ lâu");
    touch(&mut window, "Gửi ý kiến");
    update(window.state_mut(), Event::Rated { ask, answer: Ok(()) });
    window.run();
    window.get_by_label("Cảm ơn bạn đã góp ý.");
}

#[test]
fn the_tablet_of_a_counter_asks_whoever_is_served() {
    let mut model = kiosk();
    model.tablet = Some(crate::model::Tablet::at(3));
    let mut view = hall();
    update(&mut model, Event::Hall(std::sync::Arc::new(view.clone())));
    let mut window = window(model);
    window.run();
    window.get_by_label("Quầy 3 · Hộ tịch, tư pháp");
    window.get_by_label("Sau khi được phục vụ, mời bạn cho biết ý kiến tại đây.");
    assert!(window.query_by_label("Rất hài lòng").is_none());
    for sign in &mut view.counters {
        (sign.at_hand, sign.serving) = (Some("C006".parse().unwrap()), true);
    }
    update(window.state_mut(), Event::Hall(std::sync::Arc::new(view)));
    window.run();
    window.get_by_label("C006 · Quầy 3 · Hộ tịch, tư pháp");
    touch(&mut window, "English");
    touch(&mut window, "Not satisfied");
    window.get_by_label("Send");
    touch(&mut window, "Very satisfied");
    let ask = window.state().asks;
    update(window.state_mut(), Event::Rated { ask, answer: Ok(()) });
    window.run();
    window.get_by_label("Thank you.");
}
