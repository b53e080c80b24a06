//! Stories of `update`: what people do, and what the app asks the engine to do.

use super::update;
use crate::{
    Command, Event, Model, Spot,
    model::{GroupKind, Line, List, Printed, Screen},
    tests::sample::{self, CARD, accepted, after, received, row, sealed, show, signed_in, the_turn},
};
use api::{LiveEvent, Pile, Problem, WorkPage};
use client::{ClientError, local::PrintState};
use documents::Medium;
use domain::{case::Turn, ids::StaffId, roles::Role};

fn typed(model: &mut Model, spot: Spot, text: &str) -> Vec<Command> {
    update(model, Event::Typed(spot, text.to_owned()))
}

fn staff(model: &Model) -> StaffId {
    model.actor().unwrap().staff
}

/// A clerk with a card scanned, a procedure picked and the papers ticked.
fn filled() -> Model {
    let mut model = signed_in("H52.125", Role::Clerk);
    update(&mut model, Event::Scanned(CARD.into()));
    typed(&mut model, Spot::Procedure, "dk khai sinh");
    update(&mut model, Event::Entered(Spot::Procedure));
    update(&mut model, Event::Toggled(Spot::Paper(usize::MAX)));
    model
}

fn refusal(code: &str, field: Option<&str>) -> ClientError {
    let problem = Problem {
        code: code.into(),
        message: "Số điện thoại không đúng.".into(),
        field: field.map(Into::into),
        reference: None,
    };
    ClientError::Problem { problem: Box::new(problem), status: 422 }
}

fn offline() -> ClientError {
    ClientError::Offline { detail: "connection refused".into() }
}

#[test]
fn a_scanned_card_fills_the_form_and_leads_to_the_procedure() {
    let mut model = signed_in("H52.125", Role::Clerk);
    update(&mut model, Event::Scanned(CARD.into()));
    assert_eq!(model.form.person.name, "Quàng Văn Thưởng");
    assert_eq!(model.form.person.citizen_id, "014 088 004 512");
    assert_eq!(model.form.person.birth, "12/04/1988");
    assert_eq!(model.focus, Some(Spot::Procedure));
    assert!(model.form.card_read);
}

#[test]
fn another_card_starts_another_form_and_the_first_can_be_brought_back() {
    let mut model = filled();
    update(&mut model, Event::Scanned(CARD.replace("014088004512", "014188004513").replace("Thưởng", "Inh")));
    assert_eq!(model.form.person.name, "Quàng Văn Inh");
    assert!(model.form.procedure.is_none());
    let toast = model.toasts.shown().iter().find(|toast| toast.undo).unwrap().id;
    update(&mut model, Event::Toast(ui::ToastAct::Undo(toast)));
    assert_eq!(model.form.person.name, "Quàng Văn Thưởng");
}

#[test]
fn a_procedure_is_found_by_initials_and_chosen_with_the_arrows() {
    let mut model = signed_in("H52.125", Role::Clerk);
    typed(&mut model, Spot::Procedure, "dk khai");
    assert_eq!(model.hits.len(), 3);
    update(&mut model, Event::Moved(Spot::Procedure, 1));
    update(&mut model, Event::Moved(Spot::Procedure, 9));
    update(&mut model, Event::Entered(Spot::Procedure));
    assert!(model.form.procedure.is_some());
    assert_eq!(model.form.papers.len(), 3);
    assert_eq!(model.focus, Some(Spot::Paper(0)));
    assert!(model.promise.as_ref().is_some_and(|promise| !promise.why.is_empty()));
}

#[test]
fn f9_on_an_empty_form_says_what_is_missing_and_goes_there() {
    let mut model = signed_in("H52.125", Role::Clerk);
    assert!(update(&mut model, Event::Accept).is_empty());
    assert!(model.form_errors.contains_key("name") && model.form_errors.contains_key("procedure"));
    assert_eq!(model.focus, Some(Spot::Name));
    typed(&mut model, Spot::Name, "Lan");
    assert!(!model.form_errors.contains_key("name"));
}

#[test]
fn a_required_paper_that_is_missing_is_named() {
    let mut model = filled();
    update(&mut model, Event::Toggled(Spot::Paper(1)));
    update(&mut model, Event::Accept);
    assert!(model.form_errors["papers"].contains("Giấy chứng sinh"));
    assert!(model.sending.is_none());
}

#[test]
fn an_accepted_case_is_printed_and_the_form_is_ready_for_the_next() {
    let mut model = filled();
    let commands = update(&mut model, Event::Accept);
    let [Command::TakeIn { command, request, .. }] = commands.as_slice() else { panic!() };
    assert_eq!((request.papers.len(), request.counter), (2, Some(3)));
    assert!(update(&mut model, Event::Accept).is_empty(), "F9 twice sends once");
    let mut view = received(0);
    view.case.id = request.case;
    let commands = update(&mut model, accepted(*command, "intake", &view));
    assert!(commands.iter().any(|command| matches!(command, Command::DrawSheet(_))));
    assert!(model.form.is_blank() && model.sending.is_none());
    assert_eq!(model.focus, Some(Spot::Name));
    assert!(model.toasts.shown()[0].text.contains("H52.125-261123-0032"));
}

#[test]
fn a_refused_field_is_shown_at_the_field_and_the_change_is_not_sent_again() {
    let mut model = filled();
    let commands = update(&mut model, Event::Accept);
    let [Command::TakeIn { command, request, .. }] = commands.as_slice() else { panic!() };
    let error = refusal("bad_field", Some("applicant.phone"));
    let commands = update(&mut model, Event::Refused(*command, request.case, error));
    assert!(matches!(commands[0], Command::Discard(_)));
    assert_eq!(model.form_errors["phone"], "Số điện thoại không đúng.");
    assert_eq!(model.focus, Some(Spot::Phone));
    assert_eq!(model.form.person.name, "Quàng Văn Thưởng");
}

#[test]
fn a_cut_line_keeps_the_case_and_lets_the_clerk_go_on() {
    let mut model = filled();
    let commands = update(&mut model, Event::Accept);
    let [Command::TakeIn { command, request, .. }] = commands.as_slice() else { panic!() };
    for _ in 0..3 {
        update(&mut model, Event::Kept(*command, request.case, offline()));
    }
    assert!(model.sending_kept);
    assert!(model.toasts.shown().is_empty(), "the form itself says it");
    update(&mut model, Event::NextPerson);
    assert!(model.form.is_blank() && model.sending.is_none());
    // Later the line is back: the code appears, the form of the next person stays.
    typed(&mut model, Spot::Name, "Lò Thị Ban");
    let mut view = received(0);
    view.case.id = request.case;
    update(&mut model, accepted(*command, "intake", &view));
    assert_eq!(model.form.person.name, "Lò Thị Ban");
    assert!(model.last.is_some());
}

#[test]
fn a_kept_form_comes_back_but_never_over_another_one() {
    let body = serde_json::to_string(&filled().form).unwrap();
    let mut model = signed_in("H52.125", Role::Clerk);
    update(&mut model, Event::Draft("intake".into(), body.clone()));
    assert_eq!(model.form.person.name, "Quàng Văn Thưởng");
    assert!(model.promise.is_some());
    typed(&mut model, Spot::Name, "Ai đó");
    update(&mut model, Event::Draft("intake".into(), body));
    assert_eq!(model.form.person.name, "Ai đó");
}

#[test]
fn a_session_that_ended_keeps_nothing_on_screen() {
    let mut model = filled();
    let error = ClientError::Problem {
        problem: Box::new(Problem {
            code: "signed_out".into(),
            message: String::new(),
            field: None,
            reference: None,
        }),
        status: 401,
    };
    update(&mut model, Event::Work(Pile::Mine, None, Err(error)));
    assert!(model.who.is_none() && model.form.is_blank());
    assert!(model.sign_in.error.is_some());
}

#[test]
fn the_first_sign_in_changes_the_password_before_anything_else() {
    let mut model = signed_in("H52.125", Role::Clerk);
    model.who.as_mut().unwrap().must_change = true;
    assert!(model.actor().is_none());
    model.sign_in.password = "motcua-sonla".into();
    typed(&mut model, Spot::NewPassword, "ngan");
    assert!(update(&mut model, Event::ChangePassword).is_empty());
    assert_eq!(model.sign_in.error_at, Some(Spot::NewPassword));
    typed(&mut model, Spot::NewPassword, "mat-khau-moi-2026");
    typed(&mut model, Spot::AgainPassword, "mat-khau-moi-2026");
    assert!(matches!(update(&mut model, Event::ChangePassword)[..], [Command::ChangePassword { .. }]));
    update(&mut model, Event::PasswordChanged(Ok(())));
    assert_eq!(model.screen, Screen::Intake);
}

#[test]
fn a_specialist_takes_up_writes_and_submits_in_order() {
    let mut model = signed_in("H52.125.P01", Role::Specialist);
    let view = received(0);
    show(&mut model, Screen::Work, &view);
    let commands = update(&mut model, Event::TakeUp);
    let (command, version, turn) = the_turn(&commands).unwrap();
    assert_eq!((version, turn), (1, &Turn::TakeUp));
    let taken = after(&view, Turn::TakeUp, staff(&model));
    update(&mut model, accepted(command, "take_up", &taken));
    assert_eq!(model.focus, Some(Spot::Opinion));

    assert!(update(&mut model, Event::Submit).is_empty(), "an opinion and a draft are needed");
    typed(&mut model, Spot::Opinion, "Đủ điều kiện.");
    typed(&mut model, Spot::Draft, "Giấy khai sinh.");
    let commands = update(&mut model, Event::Submit);
    let (command, version, turn) = the_turn(&commands).unwrap();
    assert!(matches!(turn, Turn::Examine { .. }));
    assert_eq!(version, 2);
    assert!(update(&mut model, Event::Submit).is_empty(), "one at a time");
    let examined = after(&taken, turn.clone(), staff(&model));
    let commands = update(&mut model, accepted(command, "examine", &examined));
    let (command, version, turn) = the_turn(&commands).unwrap();
    assert!(matches!(turn, Turn::Draft { .. }));
    assert_eq!(version, 3);
    let drafted = after(&examined, turn.clone(), staff(&model));
    let commands = update(&mut model, accepted(command, "draft", &drafted));
    let (_, version, turn) = the_turn(&commands).unwrap();
    assert!(matches!(turn, Turn::Submit { .. }));
    assert_eq!(version, 4);
}

#[test]
fn a_stale_case_is_fetched_again_and_the_rest_is_not_sent() {
    let mut model = signed_in("H52.125.P01", Role::Specialist);
    let view = after(&received(0), Turn::TakeUp, staff(&model));
    show(&mut model, Screen::Work, &view);
    typed(&mut model, Spot::Opinion, "Đủ.");
    typed(&mut model, Spot::Draft, "Dự thảo.");
    let commands = update(&mut model, Event::Submit);
    let (command, ..) = the_turn(&commands).unwrap();
    let commands = update(&mut model, Event::Refused(command, view.case.id, refusal("stale_version", None)));
    assert!(matches!(commands[..], [Command::Discard(_), Command::LoadCase(_)]));
    let open = model.open.as_ref().unwrap();
    assert!(open.turns.is_empty() && open.sending.is_none());
    assert_eq!(open.opinion, "Đủ.", "what was typed stays");
}

#[test]
fn a_supplement_is_asked_for_in_a_panel() {
    let mut model = signed_in("H52.125.P01", Role::Specialist);
    let view = after(&received(0), Turn::TakeUp, staff(&model));
    show(&mut model, Screen::Work, &view);
    update(&mut model, Event::AskSupplement);
    assert_eq!(model.focus, Some(Spot::SupplementItems));
    assert!(update(&mut model, Event::AskSupplement).is_empty());
    typed(&mut model, Spot::SupplementItems, "Sơ đồ đấu nối\n\n  Bản vẽ ");
    typed(&mut model, Spot::SupplementReason, "Còn thiếu");
    let commands = update(&mut model, Event::AskSupplement);
    let (_, _, turn) = the_turn(&commands).unwrap();
    let wanted = vec!["Sơ đồ đấu nối".to_owned(), "Bản vẽ".to_owned()];
    assert_eq!(turn, &Turn::AskSupplement { items: wanted, reason: "Còn thiếu".into() });
}

#[test]
fn the_counter_takes_a_supplement_in_only_when_all_of_it_is_there() {
    let mut model = signed_in("H52.125", Role::Clerk);
    let somebody = StaffId::new();
    let ask = Turn::AskSupplement {
        items: vec!["Sơ đồ".into(), "Bản vẽ".into()], reason: "Thiếu".into()
    };
    let view = sample::after_all(&received(0), vec![Turn::TakeUp, ask], somebody);
    show(&mut model, Screen::Returns, &view);
    update(&mut model, Event::Toggled(Spot::Supplied(0)));
    assert!(update(&mut model, Event::TakeSupplement).is_empty());
    update(&mut model, Event::Toggled(Spot::Supplied(1)));
    let commands = update(&mut model, Event::TakeSupplement);
    assert!(matches!(&commands[..], [Command::Supplement { papers, .. }] if papers.len() == 2));
}

#[test]
fn a_result_is_given_back_after_the_fee() {
    let mut model = signed_in("H52.125", Role::Clerk);
    let view = sealed(75_000);
    show(&mut model, Screen::Returns, &view);
    assert_eq!(model.open.as_ref().unwrap().handing.amount, "75.000");
    assert_eq!(model.focus, Some(Spot::FeeAmount));
    assert!(update(&mut model, Event::GiveBack).is_empty(), "a fee receipt is needed");
    assert_eq!(model.focus, Some(Spot::FeeReceipt));
    typed(&mut model, Spot::FeeReceipt, "AB/26E 0012");
    let commands = update(&mut model, Event::GiveBack);
    let (command, _, turn) = the_turn(&commands).unwrap();
    let Turn::TakeFee { payment } = turn else { panic!() };
    assert_eq!(payment.amount, 75_000);
    let paid = after(&view, turn.clone(), staff(&model));
    let commands = update(&mut model, accepted(command, "take_fee", &paid));
    assert!(matches!(the_turn(&commands).unwrap().2, Turn::Return { .. }));
}

#[test]
fn somebody_else_needs_an_authorisation() {
    let mut model = signed_in("H52.125", Role::Clerk);
    show(&mut model, Screen::Returns, &sealed(0));
    typed(&mut model, Spot::Receiver, "Lò Thị Ban");
    assert!(update(&mut model, Event::GiveBack).is_empty());
    assert_eq!(model.focus, Some(Spot::Authorisation));
    typed(&mut model, Spot::Receiver, "quang van thuong");
    assert!(the_turn(&update(&mut model, Event::GiveBack)).is_some(), "the applicant, typed without marks");
}

#[test]
fn the_seal_clerk_gets_the_next_number_offered() {
    let mut model = signed_in("H52.125", Role::SealClerk);
    update(&mut model, Event::Draft("seal-number".into(), "046/GPXD".into()));
    let turns = vec![
        Turn::TakeUp,
        Turn::Draft { text: "x".into() },
        Turn::Submit { note: String::new() },
        Turn::Approve { remark: String::new() },
    ];
    show(&mut model, Screen::Seal, &sample::after_all(&received(0), turns, StaffId::new()));
    assert_eq!(model.open.as_ref().unwrap().number, "047/GPXD");
    assert_eq!(model.focus, Some(Spot::SealNumber));
    let commands = update(&mut model, Event::Seal);
    assert_eq!(the_turn(&commands).unwrap().2, &Turn::Seal { number: "047/GPXD".into() });
}

#[test]
fn keys_do_nothing_that_the_rules_forbid() {
    let mut model = signed_in("H52.125", Role::Clerk);
    show(&mut model, Screen::Cases, &received(0));
    for event in
        [Event::TakeUp, Event::Submit, Event::Seal, Event::GiveBack, Event::SendBack, Event::TakeSupplement]
    {
        assert!(update(&mut model, event).is_empty());
    }
    assert!(update(&mut model, Event::Go(Screen::Seal)).is_empty());
    assert_eq!(model.screen, Screen::Cases);
}

#[test]
fn rows_are_grouped_by_due_time_and_pages_are_appended() {
    let mut list = List::default();
    let page = WorkPage { items: [-30, 2, 60, 400].map(row).into(), next: Some("a".into()) };
    list.take(page, None, sample::now());
    let kinds: Vec<GroupKind> = list.groups.iter().map(|group| group.kind).collect();
    assert_eq!(kinds, [GroupKind::Late, GroupKind::Today, GroupKind::Week, GroupKind::Later]);
    list.take(WorkPage { items: vec![row(500)], next: None }, Some("a"), sample::now());
    assert_eq!(list.rows.len(), 5);
    assert_eq!(list.groups.last().unwrap().rows, 3..5);
}

#[test]
fn what_happens_elsewhere_changes_the_lists_by_itself() {
    let mut model = signed_in("H52.125.P01", Role::Specialist);
    let event = |agency: &str, holder: &str| {
        Event::Live(Box::new(LiveEvent {
            pos: 1,
            at: sample::now(),
            case: domain::ids::CaseId::new(),
            agency: agency.into(),
            agency_name: String::new(),
            holder: holder.into(),
            kind: "received".into(),
            procedure: String::new(),
            field: "ho-tich".into(),
        }))
    };
    assert!(update(&mut model, event("H52.118", "H52.118.P01")).is_empty());
    let commands = update(&mut model, event("H52.125", "H52.125.P01"));
    assert!(commands.iter().all(|command| matches!(command, Command::LoadWork { soft: true, .. })));
    assert!(!commands.is_empty());
}

#[test]
fn the_omnibox_opens_a_code_and_searches_words() {
    let mut model = signed_in("H52.125", Role::Clerk);
    let commands = typed(&mut model, Spot::Omni, "thuong");
    assert!(matches!(&commands[..], [Command::Search(query)] if query == "thuong"));
    update(&mut model, Event::Searched("thu".into(), Ok(vec![row(1)])));
    assert!(model.omni.found.value().is_none_or(Vec::is_empty), "an answer to an older question");
    update(&mut model, Event::Searched("thuong".into(), Ok(vec![row(1)])));
    update(&mut model, Event::Entered(Spot::Omni));
    assert_eq!(model.screen, Screen::Cases);
    assert!(model.open.is_some());
    typed(&mut model, Spot::Omni, "h52.125-261123-0032");
    assert!(matches!(update(&mut model, Event::Entered(Spot::Omni))[..], [Command::FindCase(_)]));
}

#[test]
fn a_receipt_on_two_media_is_followed_on_each() {
    let mut model = filled();
    update(&mut model, Event::Accept);
    let view = received(0);
    model.form.case = view.case.id;
    let Event::Accepted(mut answer) = accepted(model.sending.unwrap(), "intake", &view) else { panic!() };
    let line = |what: &str| client::local::PrintRow {
        id: domain::ids::PrintId::new(),
        what: what.into(),
        case: view.case.id,
        code: view.case.code.clone(),
        content_hash: String::new(),
        state: PrintState::Intended,
        copy: 0,
        made_at: sample::now(),
        changed_at: sample::now(),
        note: String::new(),
    };
    answer.prints = vec![line("receipt_roll"), line("receipt")];
    let commands = update(&mut model, Event::Accepted(answer));
    assert_eq!(commands.iter().filter(|command| matches!(command, Command::Print(..))).count(), 2);

    let mut goes = |medium, state, note: &str| {
        let printed = Printed { case: view.case.id, medium, state, note: note.into() };
        update(&mut model, Event::Printed(printed));
        model.last.as_ref().unwrap().printed()
    };
    assert_eq!(goes(Medium::A4, PrintState::Done, "/a.pdf"), "Biên nhận đã in. Phiếu cuộn 80 mm đang in…");
    let held = goes(Medium::Roll, PrintState::Handed, "hết giấy");
    assert!(held.contains("hết giấy") && held.contains("đừng in lại"), "{held}");
    assert_eq!(goes(Medium::Roll, PrintState::Done, ""), "Biên nhận đã in. Phiếu cuộn 80 mm đã in.");
    assert_eq!(model.last.as_ref().unwrap().path.as_deref(), Some("/a.pdf"));
}

#[test]
fn a_machine_that_was_away_fetches_everything_again() {
    let mut model = signed_in("H52.125.P01", Role::Specialist);
    show(&mut model, Screen::Work, &received(0));
    update(&mut model, Event::Line(true));
    let commands = update(&mut model, Event::Woke);
    assert_eq!(model.line, Line::Unknown);
    assert!(commands.iter().any(|command| matches!(command, Command::LoadWork { .. })));
    assert!(commands.iter().any(|command| matches!(command, Command::LoadCase(_))));
    // Before the network was up again nothing came of that: the line brings it.
    assert!(!update(&mut model, Event::Line(true)).is_empty());
    assert!(update(&mut model, Event::Line(true)).is_empty());
}

#[test]
fn a_torn_scan_changes_nothing_and_is_said() {
    let mut model = filled();
    let before = model.form.person.name.clone();
    assert!(update(&mut model, Event::TornScan).is_empty());
    assert_eq!(model.form.person.name, before);
    assert!(model.toasts.history().first().unwrap().text.contains("quét lại"));
}
