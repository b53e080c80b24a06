//! What leaves the printer is read back by programs that know nothing of ours: zbar for the codes, poppler
//! for the text.

use documents::{Letter, Medium, ROLL_DOTS, Receipt, Ticket};
use domain::{
    calendar::{Calendar, OfficeHours},
    case::{Action, ActionKind, By, Case, Channel, HandedPaper, NewCase, begin},
    code::CaseCode,
    deadline::SupplementPolicy,
    hall::{TicketCode, Wait},
    ids::{ActionId, CaseId, StaffId},
    person::{CitizenId, Name, Person, Phone},
    procedure::{PaperForm, Procedure},
    roles::Role,
    time::Millis,
    unit::UnitCode,
};
use std::{path::Path, process::Command};

/// Every letter that Vietnamese has, in both cases.
const ALPHABET: &str = "ÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ ÈÉẺẼẸ ÊỀẾỂỄỆ ÌÍỈĨỊ ÒÓỎÕỌ ÔỒỐỔỖỘ ƠỜỚỞỠỢ ÙÚỦŨỤ ƯỪỨỬỮỰ ỲÝỶỸỴ Đ \
    àáảãạ ăằắẳẵặ âầấẩẫậ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ đ";
pub const STATUS_URL: &str = "https://motcua.sonla.example/tra-cuu/H52.125-261123-0032?k=9f86d081884c7d65";

fn procedure() -> Procedure {
    let all: Vec<Procedure> =
        serde_json::from_str(include_str!("../../assets/packs/sonla-2014/procedures.json")).unwrap();
    all.into_iter().find(|procedure| procedure.code.as_str() == "1.001193").unwrap()
}

pub fn receipt() -> Receipt {
    let received = Millis::from_local(jiff::civil::date(2026, 11, 23).at(8, 42, 0, 0));
    let procedure = procedure();
    let paper = |name: &str, form| HandedPaper { name: name.to_owned(), form, count: 1 };
    let intake = begin(
        NewCase {
            agency: UnitCode::from("H52.125"),
            division: UnitCode::from("H52.125.P01"),
            counter: Some(3),
            procedure: &procedure,
            mountain: false,
            applicant: Person {
                name: Name::parse("Quàng Văn Thưởng").unwrap(),
                citizen_id: CitizenId::parse("014088004512").unwrap(),
                birth: None,
                phone: Phone::parse("0912345678").unwrap(),
                address: "Bản Mòng, xã Hua La, tỉnh Sơn La".to_owned(),
            },
            papers: vec![
                paper("Tờ khai đăng ký khai sinh", PaperForm::Original),
                paper("Giấy chứng sinh #strong[không phải lệnh] *$x$* \\", PaperForm::Original),
                paper("Giấy tờ tùy thân của người đi đăng ký", PaperForm::Shown),
            ],
            files: Vec::new(),
            sets: 1,
            request: ALPHABET.to_owned(),
            channel: Channel::Direct,
            policy: SupplementPolicy::Restart,
        },
        CaseCode::parse("H52.125-261123-0032").unwrap(),
        received,
        &Calendar::new(OfficeHours::default()),
    )
    .unwrap();
    let action = Action {
        id: ActionId::new(),
        case: CaseId::new(),
        seq: 1,
        at: received,
        by: By {
            staff: StaffId::new(),
            name: "Lò Thị Mai".to_owned(),
            unit: UnitCode::from("H52.125"),
            role: Role::Clerk,
        },
        kind: ActionKind::Received(Box::new(intake)),
    };
    Receipt {
        case: Case::apply(None, &action).unwrap(),
        agency: "UBND huyện Mai Sơn".to_owned(),
        place: "Mai Sơn".to_owned(),
        status_url: STATUS_URL.to_owned(),
        reprint: false,
    }
}

pub fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub fn codes_in(picture: &Path) -> String {
    run("zbarimg", &["-q", "--raw", picture.to_str().unwrap()])
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_printed_sheet_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    for (medium, name) in [(Medium::A4, "a4"), (Medium::A5, "a5")] {
        let file = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&file, receipt().pdf(medium).unwrap()).unwrap();
        let path = file.to_str().unwrap();
        let text = flat(&run("pdftotext", &["-layout", path, "-"]));
        for expected in [
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "UBND HUYỆN MAI SƠN",
            "Quàng Văn Thưởng",
            "Đăng ký khai sinh",
            "#strong[không phải lệnh] *$x$* \\",
            "08 giờ 42 phút, ngày 23 tháng 11 năm 2026",
            "17 giờ 00 phút, ngày 23 tháng 11 năm 2026",
        ] {
            assert!(text.contains(expected), "{name}: {expected} is missing from {text}");
        }
        for letters in flat(ALPHABET).split(' ') {
            assert!(text.contains(letters), "{name}: {letters} is missing");
        }
        let pages = run("pdfinfo", &[path]);
        assert!(pages.contains("Pages:           1"), "{name}: {pages}");
        let picture = folder.path().join(name);
        run("pdftoppm", &["-png", "-r", "203", "-singlefile", path, picture.to_str().unwrap()]);
        let codes = codes_in(&picture.with_extension("png"));
        assert!(codes.contains("H52.125-261123-0032\n"), "{name}: {codes}");
        assert!(codes.contains(STATUS_URL), "{name}: {codes}");
    }
}

#[test]
fn the_roll_reads_back() {
    let dots = receipt().roll().unwrap();
    assert_eq!(dots.width(), ROLL_DOTS);
    assert!(dots.pixels().all(|dot| dot.0[0] == 0 || dot.0[0] == 255));
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("roll.png");
    dots.save(&picture).unwrap();
    let codes = codes_in(&picture);
    assert!(codes.contains("H52.125-261123-0032\n") && codes.contains(STATUS_URL), "{codes}");
}

#[test]
fn a_ticket_reads_back() {
    let (site, day) = (UnitCode::from("H52.125"), jiff::civil::date(2026, 11, 23));
    let number = "B023".parse().unwrap();
    let code = TicketCode::new(&site, day, number);
    let url = "https://motcua.sonla.example/so-thu-tu/019ab0f2-7c11-7a44-9c40-5d9d1c6f2e11".to_owned();
    let ticket = Ticket {
        lang: i18n::Lang::Vi,
        agency: "UBND huyện Mai Sơn".to_owned(),
        number,
        code,
        url: url.clone(),
        service: "Hộ tịch, tư pháp".to_owned(),
        counters: vec![3],
        priority: true,
        ahead: 5,
        wait: Some(Wait { from: 10, to: 15 }),
        issued_at: Millis::from_local(day.at(8, 31, 0, 0)),
    };
    let dots = ticket.roll().unwrap();
    assert_eq!(dots.width(), ROLL_DOTS);
    assert!(dots.pixels().all(|dot| dot.0[0] == 0 || dot.0[0] == 255));
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("ticket.png");
    dots.save(&picture).unwrap();
    let codes = codes_in(&picture);
    assert!(codes.contains(&format!("{code}\n")) && codes.contains(&url), "{codes}");
}

#[test]
fn pages_for_printers_that_take_no_pdf_read_back() {
    let folder = tempfile::tempdir().unwrap();
    for dpi in [203, 300] {
        let pages = receipt().pages(Medium::A4, dpi).unwrap();
        let [page] = pages.try_into().unwrap();
        assert_eq!(page.width(), (210.0 / 25.4 * f64::from(dpi)).round() as u32);
        let picture = folder.path().join(format!("{dpi}.png"));
        page.save(&picture).unwrap();
        let codes = codes_in(&picture);
        assert!(codes.contains("H52.125-261123-0032\n") && codes.contains(STATUS_URL), "{dpi} dpi: {codes}");
    }
}

#[test]
fn a_test_strip_fits_the_roll() {
    let strip =
        Letter { title: "TRANG IN THỬ".to_owned(), body: vec![ALPHABET.to_owned()], ..Letter::default() };
    let dots = strip.roll().unwrap();
    assert_eq!(dots.width(), ROLL_DOTS);
    assert!(dots.height() < 1_500, "{} rows", dots.height());
}

#[test]
fn a_reprint_says_so() {
    let again = Receipt { reprint: true, ..receipt() };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("again.pdf");
    std::fs::write(&file, again.pdf(Medium::A5).unwrap()).unwrap();
    assert!(run("pdftotext", &[file.to_str().unwrap(), "-"]).contains("BẢN IN LẠI"));
}

#[test]
fn what_people_type_never_breaks_a_paper() {
    let mut odd = receipt();
    odd.case.applicant.name = Name::parse(&"Ường ".repeat(40)).unwrap();
    odd.case.request = "#let x = ; ``` $ \" \\u{41}".to_owned();
    assert!(odd.pdf(Medium::A5).is_ok() && odd.roll().is_ok());
    let letter = Letter {
        title: "[#*_".to_owned(),
        body: vec!["= không phải đề mục".to_owned()],
        ..Letter::default()
    };
    assert!(letter.preview(Medium::A5, 400).is_ok());
}
