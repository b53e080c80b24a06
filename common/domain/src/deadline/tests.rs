use super::*;
use crate::{
    calendar::tests::{any_calendar, any_time, vietnam},
    time::{DAY, MINUTE},
};
use Limit::{Days, Hours, SameDay, WorkingDays};
use jiff::civil::date;
use proptest::prelude::*;

/// `2026-11-12T08:40` in Vietnam.
fn at(text: &str) -> Millis {
    Millis::from_local(text.parse().unwrap())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn weekend(from: &str, to: &str) -> Reason {
    Reason::Skipped { from: day(from), to: day(to), holiday: None }
}

fn holiday(from: &str, to: &str, name: &str) -> Reason {
    Reason::Skipped { from: day(from), to: day(to), holiday: Some(name.to_owned()) }
}

#[track_caller]
fn check(received: &str, limit: Limit, expected: &str) {
    let found = due(at(received), limit, &vietnam()).due.local().strftime("%Y-%m-%dT%H:%M:%S");
    assert_eq!(found.to_string(), format!("{expected}:00"), "{limit:?} from {received}");
}

#[track_caller]
fn check_reasons(received: &str, limit: Limit, expected: &[Reason]) {
    let deadline = due(at(received), limit, &vietnam());
    let (first, rest) = deadline.reasons.split_first().unwrap();
    let (last, middle) = rest.split_last().unwrap();
    assert_eq!(*first, Reason::Received { at: at(received) });
    assert_eq!(middle, expected);
    assert_eq!(*last, Reason::Due { at: deadline.due });
}

#[test]
fn working_days() {
    // The example of the work list: from Thursday 12/11, the seventh day is Monday 23/11.
    check("2026-11-12T08:40", WorkingDays(7), "2026-11-23T17:00");
    // DESIGN §15: Friday 16:20, Monday off (Giỗ Tổ 2025), so Tuesday, Wednesday, Thursday.
    check("2025-04-04T16:20", WorkingDays(3), "2025-04-10T17:00");
    // PEERS 27: Monday 27/4/2026 off in lieu, and 30/4 and 1/5 on the way.
    check("2026-04-24T16:20", WorkingDays(3), "2026-05-04T17:00");
    for received in ["2026-04-29T07:00", "2026-04-29T14:59:59", "2026-04-29T15:20"] {
        check(received, WorkingDays(3), "2026-05-06T17:00");
    }
    // Before opening and at lunch the day is still the day of reception.
    check("2026-11-12T05:00", WorkingDays(1), "2026-11-13T17:00");
    check("2026-11-12T12:00", WorkingDays(1), "2026-11-13T17:00");
    // In the evening, on a Saturday, on a Sunday: Monday is day 1.
    check("2026-11-13T19:00", WorkingDays(1), "2026-11-16T17:00");
    check("2026-11-14T09:00", WorkingDays(1), "2026-11-16T17:00");
    check("2026-11-15T23:59", WorkingDays(2), "2026-11-17T17:00");
}

#[test]
fn tet() {
    check("2026-02-12T09:00", WorkingDays(1), "2026-02-13T17:00");
    check("2026-02-12T09:00", WorkingDays(2), "2026-02-23T17:00");
    check("2026-02-13T15:00", WorkingDays(2), "2026-02-24T17:00");
    check("2026-02-13T14:59", SameDay, "2026-02-13T17:00");
    check("2026-02-13T15:00", SameDay, "2026-02-23T17:00");
    check("2026-02-18T10:00", SameDay, "2026-02-23T17:00");
    check("2026-02-13T16:30", Hours(1), "2026-02-23T07:30");
    check("2026-02-10T10:00", Days(7), "2026-02-23T17:00");
}

#[test]
fn swap_days() {
    check("2026-08-21T09:00", WorkingDays(1), "2026-08-22T17:00");
    check("2026-08-21T09:00", WorkingDays(2), "2026-08-24T17:00");
    check("2026-08-21T09:00", Days(1), "2026-08-22T17:00");
    check("2026-08-22T09:00", SameDay, "2026-08-22T17:00");
    check("2026-08-22T15:00", SameDay, "2026-08-24T17:00");
    check("2026-08-28T09:00", WorkingDays(1), "2026-09-03T17:00");
    check("2024-05-03T15:30", WorkingDays(1), "2024-05-04T17:00");
    check("2025-04-25T16:00", Hours(2), "2025-04-26T08:00");
}

#[test]
fn same_day() {
    for received in ["2026-11-23T06:10", "2026-11-23T08:42", "2026-11-23T12:00"] {
        check(received, SameDay, "2026-11-23T17:00");
        for nought in [WorkingDays(0), Days(0), Hours(0)] {
            check(received, nought, "2026-11-23T17:00");
        }
    }
    for received in ["2026-11-23T15:00", "2026-11-23T18:00", "2026-11-24T09:00"] {
        check(received, SameDay, "2026-11-25T17:00");
        check(received, Hours(0), "2026-11-25T17:00");
    }
}

#[test]
fn calendar_days() {
    check("2026-11-16T09:00", Days(2), "2026-11-18T17:00");
    check("2026-11-19T09:00", Days(3), "2026-11-23T17:00");
    check("2026-11-20T10:00", Days(3), "2026-11-23T17:00");
    // Counting starts on Monday, which is the first of the three.
    check("2026-11-20T16:20", Days(3), "2026-11-25T17:00");
    // From Tuesday 28/4; the fifth day is a Saturday.
    check("2026-04-25T09:00", Days(5), "2026-05-04T17:00");
}

#[test]
fn hours() {
    check("2026-11-16T08:42", Hours(2), "2026-11-16T10:42");
    check("2026-11-16T15:30", Hours(1), "2026-11-16T16:30");
    check("2026-11-16T16:00", Hours(1), "2026-11-16T17:00");
    check("2026-11-16T11:45", Hours(4), "2026-11-17T07:30");
    check("2026-11-23T16:20", Hours(4), "2026-11-25T10:20");
    // A receipt prints minutes, so seconds are rounded up.
    check("2026-11-23T08:42:30", Hours(8), "2026-11-25T08:43");
}

#[test]
fn reasons_of_working_days() {
    check_reasons(
        "2026-11-12T08:40",
        WorkingDays(7),
        &[weekend("2026-11-14", "2026-11-15"), weekend("2026-11-21", "2026-11-22")],
    );
    check_reasons(
        "2026-04-24T16:20",
        WorkingDays(3),
        &[
            Reason::AfterCutoff { start: at("2026-04-28T07:00") },
            weekend("2026-04-25", "2026-04-25"),
            holiday("2026-04-26", "2026-04-26", "Ngày Giỗ Tổ Hùng Vương"),
            holiday("2026-04-27", "2026-04-27", "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
            holiday("2026-04-30", "2026-04-30", "Ngày Chiến thắng"),
            holiday("2026-05-01", "2026-05-01", "Ngày Quốc tế Lao động"),
            weekend("2026-05-02", "2026-05-03"),
        ],
    );
    check_reasons(
        "2025-08-30T10:00",
        WorkingDays(1),
        &[
            Reason::OutsideHours { start: at("2025-09-03T07:00") },
            weekend("2025-08-30", "2025-08-31"),
            holiday("2025-09-01", "2025-09-02", "Quốc khánh"),
        ],
    );
}

#[test]
fn reasons_of_swap_days() {
    let worked = Reason::SwapDayWorked {
        day: day("2026-08-22"),
        name: "Làm bù (ngày nghỉ cuối tuần thành ngày làm việc)".to_owned(),
    };
    let sunday = weekend("2026-08-23", "2026-08-23");
    check_reasons("2026-08-21T09:00", WorkingDays(2), &[worked.clone(), sunday.clone()]);
    check_reasons("2026-08-21T09:00", Days(1), std::slice::from_ref(&worked));
    check_reasons("2026-08-22T09:00", SameDay, &[worked]);
    // The day of reception is not counted, so that it was worked explains nothing.
    check_reasons("2026-08-22T09:00", WorkingDays(1), &[sunday]);
}

#[test]
fn reasons_of_calendar_days_and_hours() {
    check_reasons(
        "2026-11-20T10:00",
        Days(2),
        &[
            weekend("2026-11-22", "2026-11-22"),
            Reason::EndMoved { from: day("2026-11-22"), to: day("2026-11-23") },
        ],
    );
    check_reasons(
        "2026-11-20T15:00",
        Days(1),
        &[Reason::AfterCutoff { start: at("2026-11-23T07:00") }, weekend("2026-11-21", "2026-11-22")],
    );
    let lunch_over = Reason::OutsideHours { start: at("2026-11-16T13:30") };
    check_reasons("2026-11-16T11:30", Hours(1), &[lunch_over]);
    check_reasons("2026-11-16T15:30", Hours(1), &[]);
}

#[test]
fn reasons_of_years() {
    let deadline = due(at("2026-01-05T08:00"), WorkingDays(3_650), &Calendar::default());
    assert_eq!(deadline.reasons.len(), 2, "weekends go without saying");
    let deadline = due(at("2026-01-05T08:00"), WorkingDays(400), &vietnam());
    assert!(deadline.reasons.iter().any(|r| matches!(r, Reason::SwapDayWorked { .. })));
    assert!(!deadline.reasons.iter().any(|r| matches!(r, Reason::Skipped { holiday: None, .. })));
    let most = due(at("2026-01-05T08:00"), WorkingDays(MAX_LIMIT), &vietnam());
    let more = due(at("2026-01-05T08:00"), WorkingDays(u32::MAX), &vietnam());
    assert_eq!(more.due, most.due);
}

#[test]
fn a_supplement_restarts_the_limit() {
    let calendar = vietnam();
    let first = due(at("2026-11-10T09:12"), WorkingDays(7), &calendar);
    let completed = at("2026-11-12T08:40");
    let policy = SupplementPolicy::default();
    let again = supplemented(&first, policy, at("2026-11-11T10:00"), completed, &calendar);
    assert_eq!(again, restart(&first, completed, &calendar));
    let afresh = due(completed, WorkingDays(7), &calendar);
    assert_eq!((again.due, again.counted_from), (afresh.due, afresh.counted_from));
    assert_eq!(again.reasons.first(), Some(&Reason::Restarted { at: completed }));
    assert_eq!(again.reasons.get(1..), afresh.reasons.get(1..));
}

#[test]
fn a_supplement_pauses_the_limit() {
    let calendar = vietnam();
    let first = due(at("2026-11-16T09:00"), WorkingDays(2), &calendar);
    assert_eq!(first.due, at("2026-11-18T17:00"));
    let (asked, completed) = (at("2026-11-17T16:00"), at("2026-11-20T18:00"));
    let policy = SupplementPolicy::Pause;
    let later = supplemented(&first, policy, asked, completed, &calendar);
    assert_eq!(later, pause_resume(&first, asked, completed, &calendar));
    // An hour of Tuesday and all of Wednesday were left; Tuesday 24/11 is a holiday.
    assert_eq!((later.due, later.limit), (at("2026-11-25T08:00"), first.limit));
    assert_eq!(
        later.reasons,
        [
            Reason::Paused { from: asked, to: completed, left_minutes: 540 },
            Reason::OutsideHours { start: at("2026-11-23T07:00") },
            weekend("2026-11-21", "2026-11-22"),
            holiday("2026-11-24", "2026-11-24", "Ngày Văn hóa Việt Nam"),
            Reason::Due { at: later.due },
        ]
    );
}

#[test]
fn asking_does_not_save_a_late_case() {
    let calendar = vietnam();
    let first = due(at("2026-11-16T09:00"), WorkingDays(1), &calendar);
    let asked = first.due;
    let later = pause_resume(&first, asked, at("2026-12-01T09:00"), &calendar);
    assert_eq!(later.due, first.due);
    assert!(matches!(later.reasons.as_slice(), [Reason::Paused { left_minutes: 0, .. }, _]));
    assert_eq!(standing(later.due, at("2026-12-01T09:00"), &calendar), Standing::Late);
}

#[test]
fn standings() {
    let calendar = vietnam();
    let due = at("2026-02-23T10:00"); // The Monday after Tết.
    for (now, expected) in [
        ("2026-02-12T08:00", Standing::OnTime),
        ("2026-02-13T09:59", Standing::OnTime),
        ("2026-02-13T10:00", Standing::Soon),
        ("2026-02-18T00:00", Standing::Soon),
        ("2026-02-23T10:00", Standing::Soon),
        ("2026-02-23T10:00:00.001", Standing::Late),
    ] {
        assert_eq!(standing(due, at(now), &calendar), expected, "{now}");
    }
}

#[test]
fn deadlines_travel() {
    let deadline = due(at("2026-04-24T16:20"), Days(3), &vietnam());
    let json = serde_json::to_string(&deadline).unwrap();
    assert_eq!(serde_json::from_str::<Deadline>(&json).unwrap(), deadline);
}

fn any_limit() -> impl Strategy<Value = Limit> {
    prop_oneof![
        Just(SameDay),
        (0_u32..100).prop_map(Hours),
        (0_u32..40).prop_map(WorkingDays),
        (0_u32..60).prop_map(Days),
    ]
}

/// The rule of the module, told by walking day by day: none for hours, which have a test of
/// their own in the calendar.
fn told(received: DateTime, limit: Limit, calendar: &Calendar) -> Option<DateTime> {
    let mut day = received.date();
    let in_time =
        calendar.is_working(day) && minute_of(received) < calendar.cutoff.min(calendar.hours.closes());
    let (limit, mut left) = match limit {
        Hours(n) if n > 0 => return None,
        WorkingDays(n) | Days(n) if n > 0 => (limit, n),
        _ => (SameDay, u32::from(!in_time)),
    };
    if matches!(limit, Days(_)) && !in_time {
        day = calendar.next_working(day);
        left -= 1;
    }
    while left > 0 {
        day = day.tomorrow().unwrap();
        left -= u32::from(matches!(limit, Days(_)) || calendar.is_working(day));
    }
    while !calendar.is_working(day) {
        day = day.tomorrow().unwrap();
    }
    Some(calendar.office_end(day))
}

proptest! {
    #[test]
    fn the_rule_told_another_way(calendar in any_calendar(), at in any_time(), limit in any_limit()) {
        let deadline = due(Millis::from_local(at), limit, &calendar);
        if let Some(told) = told(at, limit, &calendar) {
            prop_assert_eq!(deadline.due.local(), told);
        }
    }

    #[test]
    fn due_times_can_be_kept(calendar in any_calendar(), at in any_time(), limit in any_limit()) {
        let received = Millis::from_local(at);
        let deadline = due(received, limit, &calendar);
        let local = deadline.due.local();
        prop_assert!(calendar.is_working(local.date()));
        let open = |w: &crate::calendar::Window| w.opens <= minute_of(local) && minute_of(local) <= w.closes;
        prop_assert!(calendar.hours.windows().iter().any(open));
        prop_assert_eq!(deadline.due.0 % MINUTE, 0);
        prop_assert!(received <= deadline.counted_from && deadline.counted_from <= deadline.due);
        prop_assert_eq!(calendar.next_open(deadline.counted_from.local()), deadline.counted_from.local());
        prop_assert_eq!(deadline.limit, limit);
    }

    #[test]
    fn later_reception_is_due_no_earlier(
        calendar in any_calendar(), a in any_time(), b in any_time(), limit in any_limit(),
    ) {
        let due = |time| due(Millis::from_local(time), limit, &calendar).due;
        prop_assert!(due(a.min(b)) <= due(a.max(b)));
        // Also from one minute to the next.
        prop_assert!(due(a) <= due(a.saturating_add(jiff::SignedDuration::from_mins(1))));
    }

    #[test]
    fn longer_limits_are_due_no_earlier(calendar in any_calendar(), at in any_time(), n in 1_u32..90) {
        let due = |limit| due(Millis::from_local(at), limit, &calendar).due;
        prop_assert!(due(Hours(n)) < due(Hours(n + 1)));
        prop_assert!(due(WorkingDays(n)) < due(WorkingDays(n + 1)));
        prop_assert!(due(WorkingDays(n - 1)) <= due(WorkingDays(n)));
        prop_assert!(due(Days(n - 1)) <= due(Days(n)));
        prop_assert!(due(Days(n)) <= due(WorkingDays(n)));
    }

    #[test]
    fn reasons_add_up(calendar in any_calendar(), at in any_time(), n in 1_u32..40) {
        let received = Millis::from_local(at);
        let deadline = due(received, WorkingDays(n), &calendar);
        prop_assert_eq!(deadline.reasons.first(), Some(&Reason::Received { at: received }));
        prop_assert_eq!(deadline.reasons.last(), Some(&Reason::Due { at: deadline.due }));
        let skipped: i64 = deadline.reasons.iter().map(|reason| match reason {
            Reason::Skipped { from, to, .. } => from.duration_until(*to).as_hours() / 24 + 1,
            _ => 0,
        }).sum();
        let first = at.date();
        let days = first.duration_until(deadline.due.local().date()).as_hours() / 24 + 1;
        let reception = i64::from(calendar.is_working(first));
        prop_assert_eq!(days, reception + skipped + i64::from(n));
    }

    #[test]
    fn supplements_never_bring_a_date_forward(
        calendar in any_calendar(), mut times in [any_time(), any_time(), any_time()], limit in any_limit(),
    ) {
        times.sort();
        let [received, asked, completed] = times.map(Millis::from_local);
        let first = due(received, limit, &calendar);
        let again = restart(&first, completed, &calendar);
        prop_assert!(again.due >= first.due && again.due >= completed);
        let later = pause_resume(&first, asked, completed, &calendar);
        prop_assert!(later.due >= first.due);
        prop_assert_eq!(later.reasons.last(), Some(&Reason::Due { at: later.due }));
        prop_assert!(asked >= first.due || later.due >= completed);
        let longer = pause_resume(&first, asked, completed.plus(DAY), &calendar);
        prop_assert!(longer.due >= later.due);
    }

    #[test]
    fn a_pause_of_no_time_changes_nothing(
        calendar in any_calendar(), a in any_time(), b in any_time(), limit in any_limit(),
    ) {
        let first = due(Millis::from_local(a.min(b)), limit, &calendar);
        let asked = Millis::from_local(a.max(b).with().second(0).build().unwrap());
        prop_assert_eq!(pause_resume(&first, asked, asked, &calendar).due, first.due);
    }

    #[test]
    fn standing_goes_one_way(calendar in any_calendar(), a in any_time(), b in any_time(), c in any_time()) {
        let rank = |now| match standing(Millis::from_local(c), Millis::from_local(now), &calendar) {
            Standing::OnTime => 0,
            Standing::Soon => 1,
            Standing::Late => 2,
        };
        prop_assert!(rank(a.min(b)) <= rank(a.max(b)));
    }

    #[test]
    fn no_instant_and_no_limit_is_too_far(received: i64, asked: i64, done: i64, n: u32) {
        let calendar = vietnam();
        for limit in [Hours(n), WorkingDays(n), Days(n), SameDay] {
            let first = due(Millis(received), limit, &calendar);
            let _again = restart(&first, Millis(done), &calendar);
            let later = pause_resume(&first, Millis(asked), Millis(done), &calendar);
            let _standing = standing(later.due, Millis(asked), &calendar);
        }
    }
}

#[test]
fn the_last_days_of_all() {
    let last = Millis(i64::MAX).local();
    let deadline = due(Millis::from_local(last), WorkingDays(9), &Calendar::default());
    assert_eq!(deadline.due, Millis::from_local(date(9999, 12, 30).at(17, 0, 0, 0)));
}
