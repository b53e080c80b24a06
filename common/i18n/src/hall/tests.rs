use super::*;
use jiff::civil::date as day;

fn at(text: &str) -> Millis {
    Millis::from_local(text.parse().unwrap())
}

/// Everything that has words, in both languages.
fn all(lang: Lang) -> Vec<String> {
    let counter = 3;
    let states = [
        State::Waiting,
        State::Called { counter },
        State::Serving { counter },
        State::Parked { counter },
        State::Missed,
        State::Done,
        State::Left,
        State::Expired,
    ];
    let refusals = [
        Refused::NotNow { state: State::Done },
        Refused::OtherCounter { at: 3 },
        Refused::CallAgain { calls: 1, after: 3 },
        Refused::SameService,
        Refused::DayOver { day: day(2026, 11, 23) },
        Refused::DayNotOver { day: day(2026, 11, 23) },
        Refused::TooOften,
        Refused::CounterNotOpen,
        Refused::CounterBusy { number: "A012".parse().unwrap() },
    ];
    let why = [
        WhyNot::RestDay { holiday: None },
        WhyNot::RestDay { holiday: Some("Tết".to_owned()) },
        WhyNot::Early,
        WhyNot::Break,
        WhyNot::TooLate,
        WhyNot::Over,
    ];
    let now = at("2026-11-23T11:40");
    let mut said: Vec<String> = states.map(|state| lang.ticket_state(state)).into();
    said.extend(refusals.iter().map(|refused| lang.ticket_refused(refused)));
    said.extend(why.map(|why| lang.no_ticket(&NoTicket { why, next: Some(now) }, now)));
    said.extend(PriorityReason::ALL.map(|reason| lang.priority_reason(reason)));
    said.extend(Purpose::ALL.map(|purpose| lang.purpose(purpose)));
    said.extend(PauseReason::ALL.map(|reason| lang.opening(Opening::Paused { reason })));
    said.extend([Opening::Open, Opening::Closed].map(|opening| lang.opening(opening)));
    said.extend(Level::ALL.map(|level| lang.satisfaction(level)));
    said.extend(Complaint::ALL.map(|complaint| lang.complaint(complaint)));
    said.extend([NotRated::Already, NotRated::NothingYet].map(|why| lang.not_rated(why)));
    let classes =
        [Class::Ordinary, Class::Priority { reason: PriorityReason::Merit }, Class::appointment(now, 5)];
    said.extend(classes.map(|class| lang.ticket_class(class)));
    said
}

#[test]
fn everything_has_its_words() {
    for lang in [Lang::Vi, Lang::En] {
        for said in all(lang) {
            assert!(!said.contains("hall.") && !said.contains(['{', '}']) && !said.is_empty(), "{said}");
        }
    }
}

#[test]
fn refusals_say_what_to_do() {
    let say = |refused| Lang::Vi.ticket_refused(&refused);
    assert_eq!(
        say(Refused::NotNow { state: State::Waiting }),
        "Chưa làm được việc này: số đang ở trạng thái đang chờ."
    );
    assert_eq!(
        say(Refused::CallAgain { calls: 1, after: 3 }),
        "Mới gọi 1 lần. Gọi đủ 3 lần rồi mới ghi vắng mặt."
    );
}

#[test]
fn nobody_is_told_why_somebody_has_priority() {
    for reason in PriorityReason::ALL {
        assert_eq!(Lang::Vi.ticket_class(Class::Priority { reason }), "Ưu tiên");
    }
}

#[test]
fn when_numbers_are_given_out_again() {
    let say = |next: &str| {
        let refused = NoTicket { why: WhyNot::TooLate, next: Some(at(next)) };
        Lang::Vi.no_ticket(&refused, at("2026-11-23T16:50"))
    };
    let late = "Sắp hết giờ làm việc nên không phát thêm số. Phát số tiếp từ";
    assert_eq!(say("2026-11-25T06:45"), format!("{late} 06:45, Thứ Tư 25/11."));
    assert_eq!(say("2026-11-23T17:15"), format!("{late} 17:15."));
    let never = NoTicket { why: WhyNot::Over, next: None };
    assert_eq!(Lang::En.no_ticket(&never, at("2026-11-23T18:00")), "The office has closed for today.");
}

#[test]
fn waits_are_ranges() {
    let say = |from, to| Lang::Vi.wait(Some(Wait { from, to }));
    assert_eq!(say(10, 20), "khoảng 10–20 phút");
    assert_eq!(say(5, 5), "khoảng 5 phút");
    assert_eq!(say(0, 7), "không quá 7 phút");
    assert_eq!(Lang::En.wait(None), "the wait cannot be told yet");
}
