//! A small agency with one case, for tests.

use crate::{
    Command, Event, Model, Setup,
    model::{Desk, Screen},
    update::update,
};
use api::{CaseView, Place, Session, WorkItem};
use client::{Accepted, local::OutboxRow};
use domain::{
    calendar::Calendar,
    case::{Action, ActionKind, By, Case, Channel, HandedPaper, NewCase, State, Turn, begin, plan},
    code::CaseCode,
    deadline::SupplementPolicy,
    ids::{ActionId, CaseId, CommandId, StaffId},
    person::{Name, Person, Phone},
    procedure::{Field, Limit, Paper, PaperForm, Procedure, Step, StepKind, Verified},
    roles::{Actor, Post, Role},
    time::Millis,
    unit::{Counter, Unit, UnitCode, UnitKind},
};
use std::sync::Arc;

pub(crate) const CARD: &str =
    "014088004512||Quàng Văn Thưởng|12041988|Nam|Bản Mòng, xã Hua La, tỉnh Sơn La|25072021";

/// Monday, 23 November 2026, 08:42.
pub(crate) fn now() -> Millis {
    Millis::from_local(jiff::civil::date(2026, 11, 23).at(8, 42, 0, 0))
}

fn unit(code: &str, parent: Option<&str>, kind: UnitKind, name: &str, fields: &[&str]) -> Unit {
    Unit {
        code: code.into(),
        parent: parent.map(Into::into),
        kind,
        level: String::new(),
        name: name.into(),
        short_name: name.rsplit(' ').next().unwrap_or(name).into(),
        gso_code: None,
        mountain: false,
        fields: fields.iter().map(|field| (*field).into()).collect(),
        place: "Mai Sơn".into(),
        verified: true,
        note: String::new(),
    }
}

pub(crate) fn procedure(code: &str, name: &str, fee: i64) -> Procedure {
    let paper =
        |name: &str, required| Paper { name: name.into(), form: PaperForm::Original, count: 1, required };
    let step = |kind, hours| Step { kind, hours };
    Procedure {
        code: code.into(),
        name: name.into(),
        name_en: String::new(),
        field: "ho-tich".into(),
        levels: vec![UnitKind::District],
        subject: String::new(),
        limit: Limit::WorkingDays(3),
        mountain_limit: None,
        fee,
        fee_note: String::new(),
        papers: vec![
            paper("Tờ khai", true),
            paper("Giấy chứng sinh", true),
            paper("Văn bản ủy quyền", false),
        ],
        legal_basis: Vec::new(),
        steps: vec![
            step(StepKind::Receive, 1),
            step(StepKind::Examine, 16),
            step(StepKind::Approve, 4),
            step(StepKind::Seal, 2),
            step(StepKind::Return, 1),
        ],
        result: String::new(),
        bundle: None,
        online_level: 0,
        verified: Verified::default(),
    }
}

pub(crate) fn desk() -> Arc<Desk> {
    Arc::new(Desk::new(Place {
        agency: unit("H52.125", Some("H52"), UnitKind::District, "UBND huyện Mai Sơn", &[]),
        divisions: vec![unit(
            "H52.125.P01",
            Some("H52.125"),
            UnitKind::Division,
            "Phòng Tư pháp",
            &["ho-tich"],
        )],
        counters: vec![Counter {
            unit: "H52.125".into(),
            number: 3,
            name: "Hộ tịch".into(),
            fields: Vec::new(),
        }],
        fields: vec![Field {
            code: "ho-tich".into(),
            order: 1,
            name: "Hộ tịch".into(),
            name_en: String::new(),
        }],
        procedures: vec![
            procedure("1.001193", "Đăng ký khai sinh", 0),
            procedure("1.000893", "Đăng ký khai tử", 0),
            procedure("1.004772", "Đăng ký lại khai sinh", 75_000),
        ],
        calendar: Calendar::default(),
        server_time: now(),
        lookup_base: "http://localhost/tra-cuu".into(),
    }))
}

pub(crate) fn actor(unit: &str, role: Role) -> Actor {
    Actor {
        staff: StaffId::new(), name: "Lò Thị Mai".into(), posts: vec![Post { unit: unit.into(), role }]
    }
}

/// Somebody signed in at Mai Sơn, with everything loaded.
pub(crate) fn signed_in(unit: &str, role: Role) -> Model {
    let setup = Setup { site: Some(UnitCode::from("H52.125")), counter: Some(3), ..Setup::default() };
    let mut model = Model::new(setup, now());
    update(&mut model, Event::Place(Ok(desk())));
    let session = Session {
        token: "t".into(),
        actor: actor(unit, role),
        counter: None,
        must_change_password: false,
        expires_at: now().plus(1_000_000),
    };
    update(&mut model, Event::SignedIn(Ok(Box::new(session))));
    model
}

/// A case just received, of a procedure with this fee.
pub(crate) fn received(fee: i64) -> CaseView {
    let procedure = procedure("1.001193", "Đăng ký khai sinh", fee);
    let papers = vec![HandedPaper { name: "Tờ khai".into(), form: PaperForm::Original, count: 1 }];
    let new = NewCase {
        agency: "H52.125".into(),
        division: "H52.125.P01".into(),
        counter: Some(3),
        procedure: &procedure,
        mountain: false,
        applicant: Person {
            name: Name::parse("Quàng Văn Thưởng").unwrap(),
            phone: Phone::parse("0912345678").unwrap(),
            ..Person::default()
        },
        papers,
        files: Vec::new(),
        sets: 1,
        request: String::new(),
        channel: Channel::Direct,
        policy: SupplementPolicy::Restart,
    };
    let code = CaseCode::parse("H52.125-261123-0032").unwrap();
    let intake = begin(new, code, now(), &Calendar::default()).unwrap();
    let case = CaseId::new();
    let actions = vec![action(case, 1, "H52.125", Role::Clerk, ActionKind::Received(Box::new(intake)))];
    view(actions)
}

fn action(case: CaseId, seq: u32, unit: &str, role: Role, kind: ActionKind) -> Action {
    let by = By { staff: StaffId::new(), name: "Lò Thị Mai".into(), unit: unit.into(), role };
    Action { id: ActionId::new(), case, seq, at: now(), by, kind }
}

fn view(actions: Vec<Action>) -> CaseView {
    CaseView {
        case: Case::fold(&actions).unwrap(),
        actions,
        intact: true,
        status_url: "http://localhost/tra-cuu/H52.125-261123-0032?k=9f3a".into(),
        agency_name: "UBND huyện Mai Sơn".into(),
        division_name: "Phòng Tư pháp".into(),
    }
}

/// The case after a turn that `staff` made, as the server would answer.
pub(crate) fn after(before: &CaseView, turn: Turn, staff: StaffId) -> CaseView {
    let kind = plan(&before.case, turn, staff, now(), &Calendar::default()).unwrap();
    let mut next = action(before.case.id, before.case.version + 1, "H52.125.P01", Role::Specialist, kind);
    next.by.staff = staff;
    let mut actions = before.actions.clone();
    actions.push(next);
    view(actions)
}

/// The case after these turns of `staff`.
pub(crate) fn after_all(before: &CaseView, turns: Vec<Turn>, staff: StaffId) -> CaseView {
    turns.into_iter().fold(before.clone(), |view, turn| after(&view, turn, staff))
}

/// The case ready to be given back.
pub(crate) fn sealed(fee: i64) -> CaseView {
    let turns = vec![
        Turn::TakeUp,
        Turn::Draft { text: "Giấy khai sinh".into() },
        Turn::Submit { note: String::new() },
        Turn::Approve { remark: String::new() },
        Turn::Seal { number: "46/GKS".into() },
    ];
    after_all(&received(fee), turns, StaffId::new())
}

/// What the engine says when the server has a change.
pub(crate) fn accepted(command: CommandId, what: &str, view: &CaseView) -> Event {
    let row = OutboxRow {
        command,
        case: view.case.id,
        what: what.into(),
        path: String::new(),
        pages: Vec::new(),
        body: String::new(),
        made_at: now(),
        tries: 0,
        last_error: None,
    };
    Event::Accepted(Box::new(Accepted { row, view: Box::new(view.clone()), prints: Vec::new() }))
}

/// Puts a case into view on a screen.
pub(crate) fn show(model: &mut Model, screen: Screen, view: &CaseView) {
    update(model, Event::Go(screen));
    update(model, Event::OpenCase(view.case.id));
    update(model, Event::Case(view.case.id, Ok(Box::new(view.clone()))));
}

/// A row of a list, due in so many hours.
pub(crate) fn row(hours: i64) -> WorkItem {
    WorkItem {
        case: CaseId::new(),
        code: CaseCode::parse("H52.125-261123-0007").unwrap(),
        version: 1,
        procedure: "Đăng ký khai sinh".into(),
        applicant: "Cà Văn Dũng".into(),
        state: State::Processing,
        step: StepKind::Examine,
        step_of: (1, 5),
        holder: "H52.125.P01".into(),
        taken: true,
        received_at: now(),
        due: now().plus(hours * 3_600_000),
    }
}

/// The turn of the only turn command in a list.
pub(crate) fn the_turn(commands: &[Command]) -> Option<(CommandId, u32, &Turn)> {
    commands.iter().find_map(|command| match command {
        Command::Turn { command, version, turn, .. } => Some((*command, *version, turn.as_ref())),
        _ => None,
    })
}
