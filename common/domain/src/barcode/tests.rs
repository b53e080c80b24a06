use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const SOUND: &str =
    "014088004512|050123456|Quàng Văn Thưởng|12041988|Nam|Bản Mòng, xã Hua La, tỉnh Sơn La|25072021";

fn card(text: &str) -> CitizenCard {
    match read(text) {
        Ok(Scan::Citizen(card)) => card,
        other => panic!("not a card: {other:?}"),
    }
}

fn case(text: &str) -> (String, Option<String>) {
    match read(text) {
        Ok(Scan::Case(code, check)) => (code.to_string(), check),
        other => panic!("not a case: {other:?}"),
    }
}

#[test]
fn a_sound_card() {
    let expected = CitizenCard {
        number: "014088004512".to_owned(),
        old_number: Some("050123456".to_owned()),
        name: "Quàng Văn Thưởng".to_owned(),
        birth: Some(date(1988, 4, 12)),
        sex: Some(Sex::Male),
        address: "Bản Mòng, xã Hua La, tỉnh Sơn La".to_owned(),
        issued: Some(date(2021, 7, 25)),
        warnings: vec![],
    };
    assert_eq!(card(SOUND), expected);
    let decomposed: String = SOUND.nfd().collect();
    for disturbed in [
        decomposed,
        format!("{SOUND}\r\n"),
        format!("\u{FEFF}\r{SOUND}\0"),
        SOUND.replace('|', " | ").replace(' ', "  "),
        SOUND.replace("Văn ", "Văn\t"),
        SOUND.replace("Thưởng", "Th\u{202E}ưởng\u{200B}"),
        format!("{SOUND}|Quàng Văn Cha|Lò Thị Mẹ||"),
    ] {
        assert_eq!(card(&disturbed), expected, "{disturbed:?}");
    }
}

#[test]
fn cards_with_little_on_them() {
    let short = card("014304000123||Lò Thị Ngân");
    assert_eq!((short.old_number, short.birth, short.address.as_str()), (None, None, ""));
    assert_eq!(short.warnings, [CardWarning::Incomplete]);
    let short = card("014304000123||Lò Thị Ngân|09092004|Nữ|Mường La");
    assert_eq!((short.sex, short.issued), (Some(Sex::Female), None));
    assert_eq!(short.warnings, [CardWarning::Incomplete]);
}

#[test]
fn odd_cards_are_read_with_a_warning() {
    for (from, to, warning) in [
        ("12041988", "30021988", CardWarning::BirthImpossible),
        ("12041988", "1241988", CardWarning::BirthImpossible),
        ("12041988", "12041588", CardWarning::BirthImpossible),
        ("25072021", "99999999", CardWarning::IssuedImpossible),
        ("25072021", "25071980", CardWarning::IssuedImpossible),
        ("12041988", "12041989", CardWarning::BirthYearDiffers),
        ("014088", "014288", CardWarning::BirthYearDiffers),
        ("Nam", "NỮ", CardWarning::SexDiffers),
        ("Nam", "Khác", CardWarning::SexUnknown),
        ("Nam", "", CardWarning::Incomplete),
        ("050123456", "12345", CardWarning::OldNumber),
        ("Quàng Văn Thưởng", "Qu?ng V?n Th??ng", CardWarning::Garbled),
        ("Bản Mòng", "B\u{FFFD}n M\u{FFFD}ng", CardWarning::Garbled),
    ] {
        assert_eq!(card(&SOUND.replace(from, to)).warnings, [warning], "{to}");
    }
    assert_eq!(card(&SOUND.replace("12041988", "30021988")).birth, None);
    assert_eq!(card(&SOUND.replace("25072021", "25071980")).issued, None);
    assert_eq!(card(&SOUND.replace("050123456", "014088004512")).warnings, []);
}

#[test]
fn what_is_no_card_says_why() {
    let wrong_length = |digits| ScanError::BadNumber(NumberError::WrongLength { digits });
    for (text, error) in [
        ("|", ScanError::TooFewFields { found: 2 }),
        ("014088004512|Quàng Văn Thưởng", ScanError::TooFewFields { found: 2 }),
        ("||", wrong_length(0)),
        ("01408800451||Lan|", wrong_length(11)),
        ("050123456||Lan|", wrong_length(9)),
        ("O14088004512||Lan", ScanError::BadNumber(NumberError::NotDigits)),
        ("٠١٤٠٨٨٠٠٤٥١٢||Lan", ScanError::BadNumber(NumberError::NotDigits)),
        ("014088004512|Quàng Văn Thưởng|12041988|Nam|Mai Sơn|25072021", ScanError::Shifted),
        ("014088004512|||12041988|Nam", ScanError::NoName),
        ("", ScanError::Empty),
        ("\r\n\u{200B} ", ScanError::Empty),
        (&"x".repeat(1025), ScanError::TooLong { bytes: 1025 }),
    ] {
        assert_eq!(read(text), Err(error), "{text}");
    }
}

#[test]
fn receipts() {
    let code = "H52.125-261123-0032".to_owned();
    for text in ["H52.125-261123-0032", " h52.125-261123-0032\r\n", "*H52.125-261123-0032*"] {
        assert_eq!(case(text), (code.clone(), None), "{text}");
    }
    let host = "https://motcua.sonla.gov.vn";
    for (text, check) in [
        (format!("{host}/tra-cuu/{code}"), None),
        (format!("{host}/tra-cuu/{code}/"), None),
        (format!("{host}/tra-cuu/{code}?k=9f3a0c"), Some("9f3a0c")),
        (format!("{host}/tra-cuu/{code}?lang=en&k=9F3A0C#top"), Some("9f3a0c")),
        (format!("{host}/tra-cuu/{code}?k=9f3a0c\r").to_uppercase(), Some("9f3a0c")),
        (format!("{host}/tra-cuu/{code}#?k=9f3a0c"), None),
    ] {
        assert_eq!(case(&text), (code.clone(), check.map(str::to_owned)), "{text}");
    }
    let address = |rest: &str| read(&format!("{host}/tra-cuu/{rest}"));
    assert_eq!(address(""), Err(ScanError::BadCaseCode(NotACode)));
    assert_eq!(address("H52-269999-0001?k=ab"), Err(ScanError::BadCaseCode(NotACode)));
    assert_eq!(address(&format!("{code}?k=")), Err(ScanError::BadCheck));
    assert_eq!(address(&format!("{code}?k=xyz")), Err(ScanError::BadCheck));
    assert_eq!(address(&format!("{code}?k={}", "a".repeat(129))), Err(ScanError::BadCheck));
}

#[test]
fn tickets() {
    let site = crate::unit::UnitCode::from("H52.125");
    let code = TicketCode::new(&site, date(2026, 11, 23), "B023".parse().unwrap());
    let printed = code.to_string();
    let whole = Ok(Scan::Ticket(ScannedTicket::Code(code)));
    for text in [printed.clone(), format!(" {printed}\r\n"), printed.to_lowercase(), format!("*{printed}*")] {
        assert_eq!(read(&text), whole, "{text}");
    }
    let id: TicketId = "019ab0c4-3f6e-7d52-8a41-0123456789ab".parse().unwrap();
    let host = "https://motcua.sonla.gov.vn";
    for text in [
        format!("{host}/so-thu-tu/{id}"),
        format!("{host}/so-thu-tu/{id}/?lang=en\r"),
        format!("{host}/so-thu-tu/{id}").to_uppercase(),
    ] {
        assert_eq!(read(&text), Ok(Scan::Ticket(ScannedTicket::Id(id))), "{text}");
    }
    let torn = Err(ScanError::BadTicket(NotATicket));
    for text in [&printed[..22], &printed[..11], &format!("{printed}0"), &printed.replace("23", "24")] {
        assert_eq!(read(text), torn, "{text}");
    }
    for rest in ["", "019ab0c4", "019ab0c43f6e7d528a410123456789ab", "019ab0c4-3f6e-7d52-8a41-0123456789zz"] {
        assert_eq!(read(&format!("{host}/so-thu-tu/{rest}")), torn, "{rest}");
    }
    assert_eq!(format!("{:?}", read(&printed).unwrap()), format!("Ticket({printed})"));
    // The beginning was lost: nobody can tell what it was, but it is no case and no other ticket.
    assert_eq!(read(&printed[6..]), Ok(Scan::Unknown(printed[6..].to_owned())));
    assert_eq!(read("T12"), Ok(Scan::Unknown("T12".to_owned())));
}

#[test]
fn everything_else_is_for_the_search_field() {
    for (text, cleaned) in [
        ("014088004512\r", "014088004512"),
        ("8934563138165", "8934563138165"),
        ("https://example.com/", "https://example.com/"),
        ("B023", "B023"),
        ("Mường\u{202E} La", "Mường La"),
    ] {
        assert_eq!(read(text), Ok(Scan::Unknown(cleaned.to_owned())));
    }
}

#[test]
fn numbers() {
    let citizen = |birth_year, sex| Ok(NumberKind::Citizen { birth_year, sex });
    for (number, expected) in [
        ("014088004512", citizen(1988, Sex::Male)),
        ("014 199 004 512", citizen(1999, Sex::Female)),
        ("014204000001", citizen(2004, Sex::Male)),
        ("014.326.000.001", citizen(2026, Sex::Female)),
        ("014999000001", citizen(2399, Sex::Female)),
        ("050-123-456", Ok(NumberKind::Old)),
        ("", Err(NumberError::WrongLength { digits: 0 })),
        ("0140880045", Err(NumberError::WrongLength { digits: 10 })),
        ("01408800451x", Err(NumberError::NotDigits)),
        ("014088００4512", Err(NumberError::NotDigits)),
    ] {
        assert_eq!(check_number(number), expected, "{number}");
    }
}

#[test]
fn logs_show_nobody() {
    let logged = format!("{:?}", read(&format!("{SOUND}|Lò Thị Mẹ")));
    assert!(logged.contains("014•••••4512") && logged.contains("Q•V•T•"), "{logged}");
    for secret in ["088004", "050123", "Quàng", "Thưởng", "1988", "Mòng", "2021", "Male", "Mẹ"] {
        assert!(!logged.contains(secret), "{secret} in {logged}");
    }
    assert_eq!(format!("{:?}", read("014088004512")), "Ok(Unknown(12 signs))");
    let receipt = read("https://x/tra-cuu/H52.125-261123-0032?k=9f3a0c");
    assert_eq!(format!("{receipt:?}"), "Ok(Case(H52.125-261123-0032, checked))");
    assert_eq!(mask_number("0140"), "•••");
    assert_eq!(mask_number("ệệệệ"), "•••");
}

/// Text made of the pieces that cards and receipts are made of.
fn scraps() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("|".to_owned()),
        Just("014088004512".to_owned()),
        Just("/tra-cuu/".to_owned()),
        Just("/so-thu-tu/".to_owned()),
        "T[0-9]{9,23}",
        Just("H52.125-261123-0032".to_owned()),
        Just("?k=".to_owned()),
        Just("\u{202E}".to_owned()),
        "[0-9a-f]{0,12}",
        "\\PC{0,6}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_scan_panics(text in prop_oneof![scraps(), any::<String>()]) {
        let scan = read(&text);
        let _logged = format!("{scan:?}");
        let _kind = check_number(&text);
        let _masked = mask_number(&text);
    }

    #[test]
    fn nothing_invisible_gets_through(text in prop_oneof![scraps(), any::<String>()]) {
        let shown = match read(&text) {
            Ok(Scan::Unknown(text)) => text,
            Ok(Scan::Citizen(card)) => card.name + &card.address + &card.number,
            _ => String::new(),
        };
        prop_assert!(!shown.chars().any(|c| c.is_control() || is_invisible(c)));
        prop_assert_eq!(shown.trim(), shown.as_str());
    }

    #[test]
    fn real_cards_have_no_warnings(
        days in 0_u32..45_000, female: bool, serial in 0_u32..1_000_000, province in 1_u32..97,
    ) {
        let birth = crate::calendar::plus_days(date(1900, 1, 1), days);
        let sex = (birth.year() - 1900) / 100 * 2 + i16::from(female);
        let number = format!("{province:03}{sex}{:02}{serial:06}", birth.year() % 100);
        let said = if female { "Nữ" } else { "Nam" };
        let born = birth.strftime("%d%m%Y");
        let card = card(&format!("{number}||Lò Thị Ngân|{born}|{said}|Mường La|01012024"));
        prop_assert_eq!(card.birth, Some(birth));
        prop_assert_eq!(card.number, number);
        prop_assert_eq!(card.warnings, vec![]);
    }
}
