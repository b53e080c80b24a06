use super::*;
use crate::{
    calendar::{Calendar, OfficeHours},
    ids::ActionId,
    person::{BadText, Name},
    procedure::{Limit, PaperForm, Verified},
    roles::{self, Actor, Denied, Post},
    time::{DAY, HOUR},
    unit::{ProcedureCode, UnitKind},
};
use jiff::civil::date;
use proptest::prelude::*;

fn permit() -> Procedure {
    let step = |kind, hours| Step { kind, hours };
    Procedure {
        code: ProcedureCode::from("1.013225"),
        name: "Cấp giấy phép xây dựng nhà ở riêng lẻ".to_owned(),
        name_en: String::new(),
        field: FieldCode::from("xay-dung"),
        levels: vec![UnitKind::District],
        subject: "cá nhân".to_owned(),
        limit: Limit::WorkingDays(20),
        mountain_limit: None,
        fee: 75_000,
        fee_note: String::new(),
        papers: Vec::new(),
        legal_basis: Vec::new(),
        steps: vec![
            step(StepKind::Receive, 4),
            step(StepKind::Examine, 100),
            step(StepKind::DivisionHead, 16),
            step(StepKind::Approve, 24),
            step(StepKind::Seal, 8),
            step(StepKind::Return, 8),
        ],
        result: "Giấy phép xây dựng".to_owned(),
        bundle: None,
        online_level: 0,
        verified: Verified::default(),
    }
}

/// A case and everything needed to turn it.
struct Desk {
    case: Case,
    log: Vec<Action>,
    calendar: Calendar,
    now: Millis,
}

impl Desk {
    fn receive(division: &str) -> Self {
        let now = Millis::from_local(date(2026, 11, 10).at(9, 12, 0, 0));
        let calendar = Calendar::new(OfficeHours::default());
        let agency = UnitCode::from("H52.125");
        let new = NewCase {
            agency: agency.clone(),
            division: UnitCode::from(division),
            counter: Some(3),
            procedure: &permit(),
            mountain: false,
            applicant: Person { name: Name::parse("Cà Văn Dũng").unwrap(), ..Person::default() },
            papers: Vec::new(),
            files: Vec::new(),
            sets: 1,
            request: String::new(),
            channel: Channel::Direct,
            policy: SupplementPolicy::Restart,
        };
        let code = CaseCode::new(&agency, date(2026, 11, 10), 7);
        let intake = begin(new, code, now, &calendar).unwrap();
        let action = Action {
            id: ActionId::new(),
            case: CaseId::new(),
            seq: 1,
            at: now,
            by: by(StaffId::new()),
            kind: ActionKind::Received(Box::new(intake)),
        };
        let case = Case::apply(None, &action).unwrap();
        Self { case, log: vec![action], calendar, now }
    }

    fn turn_by(&mut self, staff: StaffId, turn: Turn) -> Result<(), NotAllowed> {
        self.now = self.now.plus(HOUR);
        let kind = plan(&self.case, turn, staff, self.now, &self.calendar)?;
        let action = Action {
            id: ActionId::new(),
            case: self.case.id,
            seq: self.case.version + 1,
            at: self.now,
            by: by(staff),
            kind,
        };
        self.case = Case::apply(Some(self.case.clone()), &action).unwrap();
        self.log.push(action);
        Ok(())
    }

    fn turn(&mut self, turn: Turn) -> Result<(), NotAllowed> {
        self.turn_by(StaffId::new(), turn)
    }
}

fn by(staff: StaffId) -> By {
    By { staff, name: "Lò Thị Mai".to_owned(), unit: UnitCode::from("H52.125"), role: Role::Clerk }
}

fn draft() -> Turn {
    Turn::Draft { text: "Cấp cho: Ông Cà Văn Dũng".to_owned() }
}

fn submit() -> Turn {
    Turn::Submit { note: String::new() }
}

fn approve() -> Turn {
    Turn::Approve { remark: String::new() }
}

fn give_back() -> Turn {
    Turn::Return { to: ReturnedTo { name: Name::parse("Cà Văn Dũng").unwrap(), authorisation: None } }
}

fn pay(amount: i64) -> Turn {
    Turn::TakeFee { payment: Payment { amount, receipt_no: String::new() } }
}

fn ask() -> Turn {
    Turn::AskSupplement {
        items: vec!["Sơ đồ đấu nối".to_owned()], reason: "Thiếu sơ đồ".to_owned()
    }
}

#[test]
fn a_permit_goes_from_the_counter_to_the_citizens_hand() {
    let mut desk = Desk::receive("H52.125.P03");
    assert_eq!((desk.case.state, desk.case.holder.role), (State::Received, Role::Specialist));
    let specialist = StaffId::new();
    desk.turn_by(specialist, Turn::TakeUp).unwrap();
    assert_eq!(desk.case.state, State::Processing);
    assert_eq!(desk.turn(submit()), Err(NotAllowed::NoDraft));
    desk.turn(draft()).unwrap();
    desk.turn(submit()).unwrap();
    assert_eq!(desk.case.holder.role, Role::DivisionHead);
    desk.turn(submit()).unwrap();
    assert_eq!((desk.case.holder.role, desk.case.holder.unit.as_str()), (Role::Leader, "H52.125"));
    desk.turn(Turn::SendBack { reason: "Ghi rõ diện tích".to_owned() }).unwrap();
    assert_eq!(desk.case.holder.staff, Some(specialist), "it goes back to whoever examined it");
    desk.turn(submit()).unwrap();
    desk.turn(submit()).unwrap();
    desk.turn(approve()).unwrap();
    assert_eq!(desk.case.holder.role, Role::SealClerk);
    desk.turn(Turn::Seal { number: "46/GPXD".to_owned() }).unwrap();
    assert_eq!((desk.case.state, desk.case.was_on_time()), (State::Resolved, Some(true)));
    assert_eq!(desk.turn(give_back()), Err(NotAllowed::FeeUnpaid { left: 75_000 }));
    assert_eq!(desk.turn(pay(80_000)), Err(NotAllowed::WrongAmount { left: 75_000 }));
    desk.turn(pay(75_000)).unwrap();
    desk.turn(give_back()).unwrap();
    assert_eq!(desk.case.state, State::Returned);
    assert_eq!(Case::fold(&desk.log).unwrap(), desk.case);
}

#[test]
fn an_agency_without_divisions_has_no_head_of_division() {
    let mut desk = Desk::receive("H52.125");
    desk.turn(draft()).unwrap();
    desk.turn(submit()).unwrap();
    assert_eq!(desk.case.holder.role, Role::Leader);
}

#[test]
fn a_supplement_is_asked_for_once_and_starts_the_limit_anew() {
    let mut desk = Desk::receive("H52.125.P03");
    let specialist = StaffId::new();
    desk.turn_by(specialist, Turn::TakeUp).unwrap();
    let promised = desk.case.deadline.due;
    let empty = Turn::AskSupplement { items: vec!["  ".to_owned()], reason: "x".to_owned() };
    assert_eq!(desk.turn(empty), Err(NotAllowed::NoItems));
    desk.turn_by(specialist, ask()).unwrap();
    assert_eq!((desk.case.state, desk.case.holder.role), (State::AwaitingSupplement, Role::Clerk));
    assert!(matches!(desk.turn(submit()), Err(NotAllowed::NotNow { .. })));
    desk.now = desk.now.plus(2 * DAY);
    let paper =
        HandedPaper { name: "Sơ đồ đấu nối".to_owned(), form: PaperForm::Original, count: 1 };
    desk.turn(Turn::ReceiveSupplement { papers: vec![paper], files: Vec::new() }).unwrap();
    assert!(desk.case.deadline.due > promised);
    assert_eq!(desk.case.holder.staff, Some(specialist));
    assert_eq!(desk.turn(ask()), Err(NotAllowed::SupplementOnce));
}

#[test]
fn one_apology_and_only_for_a_later_day() {
    let mut desk = Desk::receive("H52.125.P03");
    let due = desk.case.deadline.due;
    let sorry = |new_due| Turn::Apologise { reason: "Chờ ý kiến Sở Xây dựng".to_owned(), new_due };
    assert_eq!(desk.turn(sorry(due)), Err(NotAllowed::DateNotLater));
    desk.turn(sorry(due.plus(DAY))).unwrap();
    assert_eq!(desk.case.deadline.due, due.plus(DAY));
    assert_eq!(desk.case.apology.as_ref().unwrap().promised, due);
    assert_eq!(desk.turn(sorry(due.plus(2 * DAY))), Err(NotAllowed::ApologyOnce));
}

#[test]
fn texts_are_checked_before_they_reach_the_log() {
    let mut desk = Desk::receive("H52.125.P03");
    let bad = Turn::Examine { opinion: "tốt 😀".to_owned() };
    assert_eq!(desk.turn(bad), Err(NotAllowed::Text { field: "opinion", problem: BadText::Unprintable }));
    assert_eq!(desk.case.version, 1);
}

#[test]
fn only_the_desk_that_holds_a_case_may_turn_it() {
    let mut desk = Desk::receive("H52.125.P03");
    let actor = |unit: &str, role| Actor {
        staff: StaffId::new(),
        name: String::new(),
        posts: vec![Post { unit: UnitCode::from(unit), role }],
    };
    let specialist = actor("H52.125.P03", Role::Specialist);
    let colleague = actor("H52.125.P03", Role::Specialist);
    let clerk = actor("H52.125", Role::Clerk);
    let stranger = actor("H52.126", Role::Leader);
    assert!(roles::can(&specialist, &Turn::TakeUp, &desk.case).is_ok());
    desk.turn_by(specialist.staff, Turn::TakeUp).unwrap();
    assert_eq!(roles::can(&colleague, &draft(), &desk.case), Err(Denied::TakenByColleague));
    assert!(matches!(roles::can(&clerk, &draft(), &desk.case), Err(Denied::NotYourDesk { .. })));
    assert!(matches!(roles::can(&stranger, &approve(), &desk.case), Err(Denied::NotYourDesk { .. })));
    assert!(roles::can(&clerk, &Turn::Withdraw { reason: String::new() }, &desk.case).is_ok());
    assert_eq!(roles::may_see(&stranger, &desk.case), Err(Denied::OtherAgency));
    assert!(roles::may_see(&clerk, &desk.case).is_ok());
}

fn any_turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        Just(Turn::TakeUp),
        Just(draft()),
        Just(submit()),
        Just(approve()),
        Just(ask()),
        Just(Turn::ReceiveSupplement { papers: Vec::new(), files: Vec::new() }),
        Just(Turn::SendBack { reason: "Xem lại".to_owned() }),
        Just(Turn::Seal { number: "46/GPXD".to_owned() }),
        Just(pay(75_000)),
        Just(give_back()),
        Just(Turn::Withdraw { reason: String::new() }),
        "\\PC{0,20}".prop_map(|opinion| Turn::Examine { opinion }),
    ]
}

proptest! {
    /// Whatever people press, the case is the fold of its log, and a result is given back only when it was
    /// approved, sealed and paid for.
    #[test]
    fn any_pressing_of_buttons_keeps_the_rules(turns in proptest::collection::vec(any_turn(), 0..60)) {
        let mut desk = Desk::receive("H52.125.P03");
        for turn in turns {
            let before = desk.case.clone();
            if desk.turn(turn).is_err() {
                prop_assert_eq!(&before, &desk.case);
            }
        }
        prop_assert_eq!(&Case::fold(&desk.log).unwrap(), &desk.case);
        prop_assert_eq!(desk.case.version as usize, desk.log.len());
        if desk.case.state == State::Returned {
            prop_assert!(desk.case.approval.is_some() && desk.case.seal.is_some());
            prop_assert_eq!(desk.case.fee_left(), 0);
        }
        prop_assert!(desk.log.iter().filter(|action| action.kind.name() == "supplement_asked").count() <= 1);
    }

    /// A log that lost, doubled or swapped an action is refused.
    #[test]
    fn a_damaged_log_makes_no_case(turns in proptest::collection::vec(any_turn(), 10..40), pick in any::<prop::sample::Index>()) {
        let mut desk = Desk::receive("H52.125.P03");
        for turn in turns {
            let _refused = desk.turn(turn).is_err();
        }
        prop_assume!(desk.log.len() > 1);
        let at = pick.index(desk.log.len() - 1);
        let mut short = desk.log.clone();
        short.remove(at);
        prop_assert!(Case::fold(&short).is_err());
        let mut swapped = desk.log.clone();
        swapped.swap(at, at + 1);
        prop_assert!(Case::fold(&swapped).is_err());
    }
}
