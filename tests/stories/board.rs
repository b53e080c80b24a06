//! The hall's screen, its loudspeaker and the number on a phone, as any browser sees them.

use crate::on_both;
use api::{Deed, GetHallResults, HallResults, Pile, Shown, UnitParam};
use client::Client;
use domain::{
    case::Turn,
    hall::{Opening, PriorityReason, Ratings},
    ids::TicketId,
};
use i18n::Lang;
use reqwest::{StatusCode, header, redirect::Policy};
use tests::{
    Engine, World, at, birth,
    hall::{Counter, ask, mai_son, take},
    permit,
};

on_both!(
    results_tell_what_is_needed_and_nobodys_name,
    a_screen_is_whole_without_scripts,
    a_zone_has_its_speaker,
    clips_are_served_and_nothing_else,
    a_number_on_a_phone,
    a_number_is_given_up_on_a_phone,
    a_service_is_rated_on_a_phone,
);

/// A browser without scripts.
struct Browser {
    http: reqwest::Client,
    url: String,
}

struct Page {
    status: StatusCode,
    policy: String,
    kind: String,
    to: String,
    body: Vec<u8>,
}

impl Page {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    fn shows(&self, words: &[&str]) {
        for words in words {
            assert!(self.text().contains(words), "{words:?} is not in {}", self.text());
        }
    }

    #[track_caller]
    fn hides(&self, words: &[&str]) {
        for words in words {
            assert!(!self.text().contains(words), "{words:?} is in {}", self.text());
        }
    }
}

impl Browser {
    fn of(world: &World) -> Self {
        // Whoever makes a client of the product's sets up the TLS that every client needs.
        drop(world.visitor());
        let http = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        Self { http, url: world.url().to_owned() }
    }

    async fn open(&self, path: &str) -> Page {
        Self::read(self.http.get(format!("{}{path}", self.url))).await
    }

    /// Sends a form of our own page.
    async fn send(&self, path: &str, body: &'static str) -> Page {
        let request = self.http.post(format!("{}{path}", self.url)).header(header::ORIGIN, &self.url);
        Self::read(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)).await
    }

    async fn read(request: reqwest::RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        let header = |name| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        Page {
            status: response.status(),
            policy: header(header::CONTENT_SECURITY_POLICY),
            kind: header(header::CONTENT_TYPE),
            to: header(header::LOCATION),
            body: response.bytes().await.unwrap().to_vec(),
        }
    }
}

async fn results(visitor: &Client) -> HallResults {
    visitor.call::<GetHallResults>(&UnitParam { unit: mai_son() }, &()).await.unwrap()
}

/// What each row says: the end of the code, whose, how it stands.
fn said(results: &HallResults) -> Vec<(&str, &str, &str)> {
    results.results.iter().map(|row| (row.serial.as_str(), row.name.as_str(), row.text.as_str())).collect()
}

async fn results_tell_what_is_needed_and_nobodys_name(engine: Engine) {
    let world = World::new(engine).await;
    let visitor = world.visitor();
    assert_eq!(results(&visitor).await.results, []);

    let clerk = world.desk("maison.quay3").await;
    let born = clerk.intake(&birth()).await.unwrap();
    let short = born.case.applicant.name.shortened();
    assert_eq!(said(&results(&visitor).await), [("0001", short.as_str(), "Đang giải quyết")]);

    let building = clerk.intake(&permit()).await.unwrap();
    let specialist = world.desk("maison.ktht").await;
    let case = specialist.take_up(&specialist.find_in(Pile::Mine, &building.case.code).await).await;
    let builder = building.case.applicant.name.shortened();
    let items = vec!["Sơ đồ đấu nối hạ tầng".to_owned()];
    let ask_for = Turn::AskSupplement { items, reason: "Hồ sơ thiếu sơ đồ".to_owned() };
    specialist.turn(&case, ask_for).await.unwrap();
    assert_eq!(
        said(&results(&visitor).await),
        [("0002", builder.as_str(), "Cần bổ sung giấy tờ"), ("0001", short.as_str(), "Đang giải quyết")],
        "who has to do something stands first"
    );

    let head = world.desk("maison.truong").await;
    let late = head.scan(&born.case.code).await;
    let sorry = Turn::Apologise { reason: "Chờ xác minh".to_owned(), new_due: at("2026-11-25T17:00") };
    head.turn(&late, sorry).await.unwrap();
    let shown = results(&visitor).await;
    assert_eq!(shown.results[1].text, "Xin lỗi, hẹn lại 25/11");
    assert_eq!(shown.results[1].shown, Shown::Apology { due: at("2026-11-25T17:00") });

    let registrar = world.desk("maison.tuphap").await;
    let case = registrar.take_up(&registrar.find_in(Pile::Mine, &born.case.code).await).await;
    registrar.submit(&registrar.draft(&case, "Giấy khai sinh").await).await;
    if let Some(case) = head_of_division(&world, &born.case.code).await {
        world.desk("maison.tp.tuphap").await.submit(&case).await;
    }
    let leader = world.desk("maison.lanhdao").await;
    leader.approve(&leader.find_in(Pile::Mine, &born.case.code).await).await;
    let seal = world.desk("maison.vanthu").await;
    seal.seal(&seal.find_in(Pile::Mine, &born.case.code).await, "128/GKS").await;
    let shown = results(&visitor).await;
    assert_eq!(shown.results[0].shown, Shown::Ready { early: 1 }, "Tuesday is a holiday");
    assert_eq!(shown.results[0].text, "Có kết quả, sớm 1 ngày");

    let screen = Browser::of(&world).open("/sanh/H52.125").await;
    screen.shows(&[&short, &builder, "Có kết quả, sớm 1 ngày", "Cần bổ sung giấy tờ"]);
    let json = serde_json::to_string(&shown).unwrap();
    for person in [&born.case.applicant, &building.case.applicant] {
        for secret in
            [person.name.as_str(), person.citizen_id.as_str(), person.phone.as_str(), &person.address]
        {
            assert!(!secret.is_empty());
            assert!(!json.contains(secret) && !screen.text().contains(secret), "{secret} is shown to all");
        }
    }
    assert!(!json.contains("H52.125-"), "nor the whole code, by which more is found");

    let ready = clerk.find_in(Pile::Returns, &born.case.code).await;
    clerk.give_back(&ready).await;
    assert_eq!(said(&results(&visitor).await), [("0002", builder.as_str(), "Cần bổ sung giấy tờ")]);
    let nowhere = UnitParam { unit: "H52.999".into() };
    let none = visitor.call::<GetHallResults>(&nowhere, &()).await.unwrap_err();
    assert_eq!(none.code(), Some("not_found"));
    world.end().await;
}

/// The case on the desk of the head of division, where the procedure has that step.
async fn head_of_division(world: &World, code: &domain::code::CaseCode) -> Option<api::CaseView> {
    let head = world.desk("maison.tp.tuphap").await;
    let page = head.pile(Pile::Mine).await;
    let item = page.items.iter().find(|item| item.code == *code)?;
    Some(head.case(item.case).await)
}

async fn a_screen_is_whole_without_scripts(engine: Engine) {
    let world = World::new(engine).await;
    let (kiosk, browser) = (world.kiosk(), Browser::of(&world));
    let empty = browser.open("/sanh/H52.125").await;
    empty.shows(&["UBND huyện Mai Sơn", "Chưa gọi số nào", "Không có ai đang chờ", "Mẫu đơn cấp miễn phí"]);
    empty.shows(&["<noscript><meta http-equiv=\"refresh\"", "Thứ Hai đến Thứ Sáu: 7:00–11:30, 13:30–17:00"]);
    assert!(empty.policy.contains("default-src 'none'") && !empty.policy.contains("unsafe"));

    for _ in 0..7 {
        take(&kiosk, &ask("q3", None)).await.unwrap();
    }
    let pregnant = take(&kiosk, &ask("q3", Some(PriorityReason::Pregnant))).await.unwrap();
    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    for _ in 0..6 {
        let called = clerk.next().await.unwrap().unwrap();
        clerk.deed(called.id, Deed::Serve).await.unwrap();
        clerk.deed(called.id, Deed::Finish).await.unwrap();
    }
    let screen = browser.open("/sanh/H52.125").await;
    screen.shows(&["<th scope=\"row\">C005</th><td>3</td>", "Đang chờ: 2 người"]);
    screen.hides(&["<th scope=\"row\">C008</th>", "pregnant", &pregnant.ticket.to_string()]);
    assert_eq!(screen.text().matches("data-seq=").count(), 5, "as many as there is room for");
    world.clock_to("2026-11-23T17:30");
    browser.open("/sanh/H52.125").await.shows(&["Đã hết giờ làm việc hôm nay."]);
    assert_eq!(browser.open("/sanh/H52.999").await.status, StatusCode::NOT_FOUND);
    world.end().await;
}

async fn a_zone_has_its_speaker(engine: Engine) {
    let world = World::new(engine).await;
    let browser = Browser::of(&world);
    browser.open("/sanh/H52.125").await.hides(&["voice.js", "data-voice"]);
    let speaker = browser.open("/sanh/H52.125?loa=1&quay=1-5&ngon-ngu=vi,en&am-luong=80&lap=2").await;
    speaker.shows(&["js/voice.js", "data-counters=\"1-5\"", "data-languages=\"vi,en\""]);
    speaker.shows(&["data-volume=\"80\"", "data-repeats=\"2\"", "Chạm vào đây để mở loa"]);
    let clips = speaker.text().split("data-clips=\"").nth(1).unwrap().split('"').next().unwrap();
    for clip in clips.split(' ') {
        let served = browser.open(&format!("/voice/{clip}.wav")).await;
        assert_eq!((served.status, served.kind.as_str()), (StatusCode::OK, "audio/wav"), "{clip}");
    }
    assert_eq!(clips.split(' ').count(), Lang::Vi.clips().len() + Lang::En.clips().len());
    let wrong = browser.open("/sanh/H52.125?loa=1&quay=%22%3E&ngon-ngu=xx&am-luong=-1&lap=0").await;
    wrong.shows(&[
        "data-counters=\"\"",
        "data-languages=\"vi\"",
        "data-volume=\"100\"",
        "data-repeats=\"1\"",
    ]);
    world.end().await;
}

async fn clips_are_served_and_nothing_else(engine: Engine) {
    let world = World::new(engine).await;
    let browser = Browser::of(&world);
    let built_in = browser.open("/voice/vi/den-quay.wav").await;
    assert_eq!(built_in.body[..4], *b"RIFF");
    let own = world.config.data.join("voice/vi");
    std::fs::create_dir_all(&own).unwrap();
    let ours = browser.open("/voice/vi/so-1.wav").await.body;
    std::fs::write(own.join("den-quay.wav"), &ours).unwrap();
    std::fs::write(world.config.data.join("secret.wav"), b"secret").unwrap();
    assert_eq!(browser.open("/voice/vi/den-quay.wav").await.body, ours, "the office's own goes before");
    for path in [
        "/voice/vi/nothing.wav",
        "/voice/vi/den-quay",
        "/voice/vi/den-quay.mp3",
        "/voice/en/den-quay.wav",
        "/voice/fr/chime.wav",
        "/voice/vi/..%2f..%2fsecret.wav",
        "/voice/..%2f/secret.wav",
        "/voice/vi/README.md",
    ] {
        assert_eq!(browser.open(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    world.end().await;
}

fn page_of(ticket: TicketId) -> String {
    format!("/so-thu-tu/{ticket}")
}

async fn a_number_on_a_phone(engine: Engine) {
    let world = World::new(engine).await;
    let (kiosk, browser) = (world.kiosk(), Browser::of(&world));
    let first = take(&kiosk, &ask("q3", None)).await.unwrap();
    let second = take(&kiosk, &ask("q3", None)).await.unwrap();
    let address = first.url.strip_prefix("https://motcua.sonla.example").unwrap();
    assert_eq!(address, page_of(first.ticket), "the ticket's QR leads here");
    browser.open(address).await.shows(&["C001", "Hộ tịch, tư pháp · quầy 3", "Sắp đến lượt bạn"]);
    let waits = browser.open(&page_of(second.ticket)).await;
    waits.shows(&["C002", "<p class=\"ahead\">1</p>", "người trước bạn", "<noscript>", "Tôi không chờ nữa"]);
    assert!(waits.body.len() < 6_000, "{} bytes on a weak line", waits.body.len());

    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    let called = clerk.next().await.unwrap().unwrap();
    browser.open(address).await.shows(&["Mời đến quầy 3", "data-state=\"called\""]);
    clerk.deed(called.id, Deed::Recall).await.unwrap();
    clerk.deed(called.id, Deed::Recall).await.unwrap();
    clerk.deed(called.id, Deed::Miss).await.unwrap();
    browser.open(address).await.shows(&["Đã gọi mà chưa thấy bạn"]);
    clerk.deed(called.id, Deed::ComeBack).await.unwrap();
    assert_eq!(clerk.next().await.unwrap().unwrap().id, called.id);
    clerk.deed(called.id, Deed::Serve).await.unwrap();
    let served = browser.open(address).await;
    served.shows(&["Đang phục vụ tại quầy 3"]);
    served.hides(&["Tôi không chờ nữa"]);
    clerk.deed(called.id, Deed::Park).await.unwrap();
    browser.open(address).await.shows(&["Quầy 3 đang giữ số của bạn"]);

    for path in [page_of(TicketId::new()), "/so-thu-tu/A012".to_owned()] {
        let none = browser.open(&path).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{path}");
        none.shows(&["Không có trang này"]);
    }
    world.end().await;
}

async fn a_number_is_given_up_on_a_phone(engine: Engine) {
    let world = World::new(engine).await;
    let (kiosk, browser) = (world.kiosk(), Browser::of(&world));
    let ticket = take(&kiosk, &ask("q3", None)).await.unwrap().ticket;
    let (page, leave) = (page_of(ticket), format!("{}/bo", page_of(ticket)));
    browser.open(&leave).await.shows(&["Bỏ số C001?", "Tôi vẫn chờ", "method=\"post\""]);
    browser.open(&page).await.shows(&["Sắp đến lượt bạn"]);
    let foreign =
        browser.http.post(format!("{}{leave}", browser.url)).header(header::ORIGIN, "https://evil.example");
    assert_eq!(Browser::read(foreign).await.status, StatusCode::FORBIDDEN);
    browser.open(&page).await.shows(&["Sắp đến lượt bạn"]);

    for _ in 0..2 {
        let left = browser.send(&leave, "").await;
        assert_eq!((left.status, left.to.as_str()), (StatusCode::SEE_OTHER, page.as_str()), "twice is once");
    }
    browser.open(&page).await.shows(&["Bạn đã bỏ số này"]);

    let served = take(&kiosk, &ask("q3", None)).await.unwrap().ticket;
    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    clerk.next().await.unwrap().unwrap();
    clerk.deed(served, Deed::Serve).await.unwrap();
    let refused = browser.send(&format!("{}/bo", page_of(served)), "").await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    refused.shows(&["Chưa có gì bị thay đổi"]);
    world.end().await;
}

async fn a_service_is_rated_on_a_phone(engine: Engine) {
    let world = World::new(engine).await;
    let (kiosk, browser) = (world.kiosk(), Browser::of(&world));
    let ticket = take(&kiosk, &ask("q3", None)).await.unwrap().ticket;
    let (page, rate) = (page_of(ticket), format!("{}/danh-gia", page_of(ticket)));
    let early = browser.send(&rate, "muc=satisfied").await;
    assert!(early.status.is_client_error());
    early.shows(&["Chưa có gì để đánh giá"]);

    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    clerk.next().await.unwrap().unwrap();
    clerk.deed(ticket, Deed::Serve).await.unwrap();
    clerk.deed(ticket, Deed::Finish).await.unwrap();
    browser.open(&page).await.shows(&[
        "Bạn có hài lòng không?",
        "Rất hài lòng",
        "Chờ lâu",
        "Không ghi tên bạn",
    ]);
    let none = browser.send(&rate, "vi-sao=waiting").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows(&["Xin chọn một mức", "Rất hài lòng"]);

    let said = browser.send(&rate, "muc=unsatisfied&vi-sao=waiting&vi-sao=attitude&vi-sao=nonsense").await;
    assert_eq!((said.status, said.to.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
    let thanks = browser.open(&page).await;
    thanks.shows(&["Đã nhận đánh giá"]);
    thanks.hides(&["Bạn có hài lòng không?"]);
    let again = browser.send(&rate, "muc=very_satisfied").await;
    assert!(again.status.is_client_error());
    again.shows(&["đã được đánh giá"]);
    let Ratings { complaints, .. } = clerk.view().await.ratings;
    assert_eq!(complaints.values().sum::<i64>(), 2, "{complaints:?}");
    world.end().await;
}
