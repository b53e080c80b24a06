//! What the reference lets through, and what it does not: recorded histories of two clerks at once.

use crate::reference::{Op, ReferenceHall, Ret};
use domain::{hall::TicketNumber, unit::ServiceCode};
use stateright::semantics::{ConsistencyTester as _, LinearizabilityTester};

type Tester = LinearizabilityTester<u8, ReferenceHall>;

fn hall() -> Tester {
    let both: &[&str] = &["land", "births"];
    let services = [("land", Some('A')), ("births", Some('B'))];
    let mut tester = Tester::new(ReferenceHall::new(services, [(1, both), (2, both)], 2, 3));
    for counter in [1, 2] {
        done(&mut tester, 0, Op::Open { counter }, Ret::Done);
    }
    tester
}

fn number(text: &str) -> TicketNumber {
    text.parse().unwrap()
}

fn issue(service: &str) -> Op {
    Op::Issue { service: ServiceCode::from(service), priority: false }
}

fn begun(tester: &mut Tester, who: u8, op: Op) {
    tester.on_invoke(who, op).unwrap();
}

fn ended(tester: &mut Tester, who: u8, ret: Ret) {
    tester.on_return(who, ret).unwrap();
}

fn done(tester: &mut Tester, who: u8, op: Op, ret: Ret) {
    begun(tester, who, op);
    ended(tester, who, ret);
}

/// Two tickets for land, then both counters press at once and hear these numbers.
fn both_press(first: &str, second: &str) -> bool {
    let mut tester = hall();
    done(&mut tester, 3, issue("land"), Ret::Issued(number("A001")));
    done(&mut tester, 3, issue("land"), Ret::Issued(number("A002")));
    begun(&mut tester, 1, Op::CallNext { counter: 1 });
    begun(&mut tester, 2, Op::CallNext { counter: 2 });
    ended(&mut tester, 2, Ret::Called(Some(number(second))));
    ended(&mut tester, 1, Ret::Called(Some(number(first))));
    tester.is_consistent()
}

#[test]
fn two_counters_at_once_hear_two_numbers() {
    assert!(both_press("A001", "A002"));
    assert!(both_press("A002", "A001"), "whoever was a moment earlier");
    assert!(!both_press("A001", "A001"), "one number, called twice");
}

#[test]
fn one_after_the_other_hear_them_in_order() {
    for (first, second, fits) in [("A001", "A002", true), ("A002", "A001", false)] {
        let mut tester = hall();
        done(&mut tester, 3, issue("land"), Ret::Issued(number("A001")));
        done(&mut tester, 3, issue("land"), Ret::Issued(number("A002")));
        done(&mut tester, 1, Op::CallNext { counter: 1 }, Ret::Called(Some(number(first))));
        done(&mut tester, 2, Op::CallNext { counter: 2 }, Ret::Called(Some(number(second))));
        assert_eq!(tester.is_consistent(), fits);
    }
}

#[test]
fn one_number_is_never_issued_twice() {
    for (second, fits) in [("A002", true), ("A001", false), ("A003", false)] {
        let mut tester = hall();
        begun(&mut tester, 3, issue("land"));
        begun(&mut tester, 4, issue("land"));
        ended(&mut tester, 3, Ret::Issued(number("A001")));
        ended(&mut tester, 4, Ret::Issued(number(second)));
        assert_eq!(tester.is_consistent(), fits, "{second}");
    }
    let mut tester = hall();
    done(&mut tester, 3, issue("land"), Ret::Issued(number("A001")));
    done(&mut tester, 3, issue("births"), Ret::Issued(number("B001")));
    assert!(tester.is_consistent(), "every letter counts for itself");
}

#[test]
fn a_counter_that_has_somebody_calls_nobody() {
    let mut tester = hall();
    done(&mut tester, 3, issue("land"), Ret::Issued(number("A001")));
    done(&mut tester, 3, issue("land"), Ret::Issued(number("A002")));
    done(&mut tester, 1, Op::CallNext { counter: 1 }, Ret::Called(Some(number("A001"))));
    let mut other = tester.clone();
    done(&mut tester, 1, Op::CallNext { counter: 1 }, Ret::Refused("counter_busy"));
    assert!(tester.is_consistent());
    done(&mut other, 1, Op::CallNext { counter: 1 }, Ret::Called(Some(number("A002"))));
    assert!(!other.is_consistent());
}
