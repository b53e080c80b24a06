use super::*;
use jiff::civil::date;
use proptest::prelude::*;

/// Vietnam's holidays and swap days as data/vn_holidays_2014_2030.csv has them, which comes
/// from PyPI `holidays` 0.109: a source that knows nothing of our rules.
const ROWS: &str = "\
2024-01-01 off Tết Dương lịch
2024-02-08 off 29 Tết
2024-02-09 off Giao thừa Tết Nguyên Đán
2024-02-10 off Tết Nguyên Đán
2024-02-11 off Mùng hai Tết Nguyên Đán
2024-02-12 off Mùng ba Tết Nguyên Đán
2024-02-13 off Mùng bốn Tết Nguyên Đán
2024-02-14 off Mùng năm Tết Nguyên Đán
2024-04-18 off Ngày Giỗ Tổ Hùng Vương
2024-04-29 off Ngày nghỉ (thay cho ngày 04/05/2024)
2024-04-30 off Ngày Chiến thắng
2024-05-01 off Ngày Quốc tế Lao động
2024-05-04 work Làm bù (ngày nghỉ cuối tuần thành ngày làm việc)
2024-09-02 off Quốc khánh
2024-09-03 off Quốc khánh
2025-01-01 off Tết Dương lịch
2025-01-27 off 29 Tết
2025-01-28 off Giao thừa Tết Nguyên Đán
2025-01-29 off Tết Nguyên Đán
2025-01-30 off Mùng hai Tết Nguyên Đán
2025-01-31 off Mùng ba Tết Nguyên Đán
2025-02-01 off Mùng bốn Tết Nguyên Đán
2025-04-07 off Ngày Giỗ Tổ Hùng Vương
2025-04-26 work Làm bù (ngày nghỉ cuối tuần thành ngày làm việc)
2025-04-30 off Ngày Chiến thắng
2025-05-01 off Ngày Quốc tế Lao động
2025-05-02 off Ngày nghỉ (thay cho ngày 26/04/2025)
2025-09-01 off Quốc khánh
2025-09-02 off Quốc khánh
2026-01-01 off Tết Dương lịch
2026-02-16 off Giao thừa Tết Nguyên Đán
2026-02-17 off Tết Nguyên Đán
2026-02-18 off Mùng hai Tết Nguyên Đán
2026-02-19 off Mùng ba Tết Nguyên Đán
2026-02-20 off Mùng bốn Tết Nguyên Đán
2026-04-26 off Ngày Giỗ Tổ Hùng Vương
2026-04-27 off Ngày Giỗ Tổ Hùng Vương (nghỉ bù)
2026-04-30 off Ngày Chiến thắng
2026-05-01 off Ngày Quốc tế Lao động
2026-08-22 work Làm bù (ngày nghỉ cuối tuần thành ngày làm việc)
2026-08-31 off Ngày nghỉ (thay cho ngày 22/08/2026)
2026-09-01 off Quốc khánh
2026-09-02 off Quốc khánh
2026-11-24 off Ngày Văn hóa Việt Nam
2027-01-01 off Tết Dương lịch
2027-02-04 off 29 Tết
2027-02-05 off Giao thừa Tết Nguyên Đán
2027-02-06 off Tết Nguyên Đán
2027-02-07 off Mùng hai Tết Nguyên Đán
2027-02-08 off Mùng ba Tết Nguyên Đán
2027-02-09 off Mùng bốn Tết Nguyên Đán
2027-02-10 off Mùng năm Tết Nguyên Đán
2027-04-16 off Ngày Giỗ Tổ Hùng Vương
2027-04-30 off Ngày Chiến thắng
2027-05-01 off Ngày Quốc tế Lao động
2027-05-03 off Ngày Quốc tế Lao động (nghỉ bù)
2027-09-02 off Quốc khánh
2027-09-03 off Quốc khánh
2027-11-24 off Ngày Văn hóa Việt Nam";

/// The calendar of an office in Vietnam, 2024 to 2027.
pub(crate) fn vietnam() -> Calendar {
    let mut calendar = Calendar::default();
    for row in ROWS.lines() {
        let mut parts = row.splitn(3, ' ');
        let date = parts.next().unwrap().parse().unwrap();
        match parts.next().unwrap() {
            "off" => calendar.add_off(date, parts.next().unwrap()),
            _ => calendar.add_work(date, parts.next().unwrap()),
        }
    }
    calendar
}

/// Calendars with any days off and any days worked around Tết 2026, and any office hours.
pub(crate) fn any_calendar() -> impl Strategy<Value = Calendar> {
    let days = || proptest::collection::btree_set(0_u32..60, 0..30);
    let bounds = proptest::collection::btree_set(0_u16..DAY_MINUTES, 2..7);
    (days(), days(), bounds, 0..DAY_MINUTES).prop_map(|(off, work, bounds, cutoff)| {
        let bounds: Vec<u16> = bounds.into_iter().collect();
        let windows = bounds.chunks_exact(2).map(|w| Window { opens: w[0], closes: w[1] });
        let mut calendar = Calendar::new(OfficeHours::new(windows.collect()).unwrap());
        calendar.cutoff = cutoff;
        let first = date(2026, 1, 20);
        off.into_iter().for_each(|day| calendar.add_off(plus_days(first, day), "nghỉ"));
        work.into_iter().for_each(|day| calendar.add_work(plus_days(first, day), "bù"));
        calendar
    })
}

prop_compose! {
    /// A time around Tết 2026.
    pub(crate) fn any_time()(minutes in 0_i64..60 * 24 * 90, seconds in 0_i64..60) -> DateTime {
        let start = date(2026, 1, 10).at(0, 0, 0, 0);
        start.saturating_add(SignedDuration::from_secs(minutes * 60 + seconds))
    }
}

fn open_at(calendar: &Calendar, time: DateTime) -> bool {
    let open = |w: &Window| (w.opens..w.closes).contains(&minute_of(time));
    calendar.is_working(time.date()) && calendar.hours.windows().iter().any(open)
}

#[test]
fn working_days() {
    let calendar = vietnam();
    for (date, works) in [
        (date(2026, 2, 13), true),   // Friday before Tết
        (date(2026, 2, 14), false),  // Saturday
        (date(2026, 2, 16), false),  // Giao thừa
        (date(2026, 2, 20), false),  // mùng bốn
        (date(2026, 2, 23), true),   // Monday
        (date(2026, 4, 26), false),  // Giỗ Tổ, on a Sunday
        (date(2026, 4, 27), false),  // in lieu
        (date(2026, 8, 22), true),   // Saturday worked
        (date(2026, 8, 29), false),  // Saturday
        (date(2026, 8, 31), false),  // off in exchange
        (date(2026, 11, 24), false), // Ngày Văn hóa Việt Nam
        (date(2025, 4, 26), true),
        (date(2025, 5, 2), false),
        (date(2024, 5, 4), true),
    ] {
        assert_eq!(calendar.is_working(date), works, "{date}");
    }
    assert_eq!(calendar.next_working(date(2026, 2, 13)), date(2026, 2, 23));
    assert_eq!(calendar.on_or_after_working(date(2026, 2, 13)), date(2026, 2, 13));
    assert_eq!(calendar.next_working(date(2026, 8, 21)), date(2026, 8, 22));
}

#[test]
fn names_of_days() {
    let calendar = vietnam();
    assert_eq!(calendar.holiday(date(2026, 11, 24)), Some("Ngày Văn hóa Việt Nam"));
    assert_eq!(calendar.holiday(date(2026, 11, 22)), None, "a plain Sunday");
    assert!(calendar.swap_day(date(2026, 8, 22)).is_some_and(|name| name.starts_with("Làm bù")));
    assert_eq!(calendar.swap_day(date(2026, 8, 21)), None);
}

#[test]
fn the_last_word_on_a_day_counts() {
    let mut calendar = Calendar::default();
    let saturday = date(2026, 1, 10);
    calendar.add_work(saturday, "Làm bù cho ngày 02/01/2026");
    assert!(calendar.is_working(saturday));
    calendar.add_off(saturday, "Không làm bù nữa");
    assert!(!calendar.is_working(saturday));
    calendar.work.insert(saturday, "Lệnh của tỉnh".to_owned());
    assert!(calendar.is_working(saturday), "a day in both maps is worked");
    assert_eq!(calendar.holiday(saturday), None);
}

#[test]
fn office_hours_are_checked() {
    let window = |opens, closes| Window { opens, closes };
    for (windows, wrong) in [
        (vec![], BadHours::None),
        (vec![window(690, 690)], BadHours::Backwards),
        (vec![window(0, 1440)], BadHours::Backwards),
        (vec![window(420, 700), window(690, 1020)], BadHours::Overlap),
        (vec![window(810, 1020), window(420, 690)], BadHours::Overlap),
    ] {
        assert_eq!(OfficeHours::new(windows), Err(wrong));
    }
    assert!(serde_json::from_str::<OfficeHours>("[]").is_err());
    let calendar: Calendar = serde_json::from_str("{}").unwrap();
    assert_eq!(calendar, Calendar::default());
    let calendar = vietnam();
    let json = serde_json::to_string(&calendar).unwrap();
    assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar);
}

#[test]
fn office_time_skips_lunch_nights_and_rest_days() {
    let calendar = vietnam();
    let friday = date(2026, 2, 13);
    for (from, minutes, until) in [
        (friday.at(8, 0, 0, 0), 0, friday.at(8, 0, 0, 0)),
        (friday.at(8, 0, 0, 0), 210, friday.at(11, 30, 0, 0)),
        (friday.at(8, 0, 0, 0), 211, friday.at(13, 31, 0, 0)),
        (friday.at(11, 30, 0, 0), 10, friday.at(13, 40, 0, 0)),
        (friday.at(5, 0, 0, 0), 480, friday.at(17, 0, 0, 0)),
        (friday.at(16, 59, 0, 0), 1, friday.at(17, 0, 0, 0)),
        (friday.at(16, 59, 0, 0), 2, date(2026, 2, 23).at(7, 1, 0, 0)),
        (friday.at(16, 59, 30, 0), 1, date(2026, 2, 23).at(7, 1, 0, 0)),
        (friday.at(18, 0, 0, 0), 960, date(2026, 2, 24).at(17, 0, 0, 0)),
        (date(2026, 8, 21).at(16, 0, 0, 0), 120, date(2026, 8, 22).at(8, 0, 0, 0)),
    ] {
        assert_eq!(calendar.add_office_minutes(from, minutes), until, "{from} + {minutes}");
    }
}

#[test]
fn the_ends_of_time_are_no_trap() {
    let calendar = vietnam();
    for date in [Date::MIN, Date::ZERO, LAST, Date::MAX] {
        let noon = date.at(12, 0, 0, 0);
        assert!(calendar.next_working(date) >= date);
        assert!(calendar.nth_working_after(date, u32::MAX) >= date);
        assert!(calendar.add_office_minutes(noon, u32::MAX) >= noon);
        assert!(calendar.office_minutes_between(DateTime::MIN, noon) < u64::MAX);
    }
    let all = calendar.office_minutes_between(DateTime::MIN, DateTime::MAX);
    assert!((2_500_000_000..2_505_000_000).contains(&all), "{all}");
}

#[test]
fn an_office_closed_for_years_opens_again() {
    let mut calendar = Calendar::default();
    let day = date(2026, 1, 1);
    (0..5_000).for_each(|n| calendar.add_off(plus_days(day, n), "đóng cửa"));
    assert_eq!(calendar.next_working(day), date(2039, 9, 12), "a Monday");
    assert_eq!(calendar.nth_working_after(day, 9), date(2039, 9, 22));
}

proptest! {
    #[test]
    fn leaps_agree_with_steps(calendar in any_calendar(), at in any_time(), n in 0_u32..200) {
        let mut day = at.date();
        for _ in 0..n {
            day = calendar.next_working(day);
            prop_assert!(calendar.is_working(day));
        }
        prop_assert_eq!(calendar.nth_working_after(at.date(), n), day);
        prop_assert_eq!(calendar.working_days_between(at.date(), day), n);
    }

    #[test]
    fn adding_agrees_with_walking(calendar in any_calendar(), at in any_time(), n in 0_u32..3_000) {
        let minute = SignedDuration::from_mins(1);
        let mut walked = calendar.next_open(at);
        prop_assert!(open_at(&calendar, walked) && walked >= at);
        if walked.second() != 0 {
            walked = walked.saturating_add(SignedDuration::from_secs(60 - i64::from(walked.second())));
        }
        for _ in 0..n {
            while !open_at(&calendar, walked) {
                walked = walked.saturating_add(minute);
            }
            walked = walked.saturating_add(minute);
        }
        prop_assert_eq!(calendar.add_office_minutes(at, n), walked);
    }

    #[test]
    fn between_undoes_adding(calendar in any_calendar(), at in any_time(), n in 0_u32..100_000) {
        let from = at.with().second(0).build().unwrap();
        let until = calendar.add_office_minutes(from, n);
        prop_assert_eq!(calendar.office_minutes_between(from, until), u64::from(n));
    }

    #[test]
    fn stretches_add_up(calendar in any_calendar(), mut t in [any_time(), any_time(), any_time()]) {
        t.sort();
        let minutes = |a, b| calendar.office_minutes_between(a, b);
        prop_assert_eq!(minutes(t[0], t[1]) + minutes(t[1], t[2]), minutes(t[0], t[2]));
        prop_assert_eq!(minutes(t[1], t[0]), 0);
    }
}
