//! A day in the hall of Mai Sơn: numbers are taken, called, served, missed, rated.

use crate::on_both;
use api::{
    Deed, FindTicket, GetHallDay, GetTicket, IssueTicket, LeaveTicket, RateCounter, RateRequest, RateTicket,
    ScanTicket, TicketCodeParam, TicketParam, UnitParam,
};
use client::Live;
use domain::{
    hall::{Complaint, Level, Opening, PauseReason, PriorityReason, State},
    ids::CommandId,
};
use std::collections::BTreeSet;
use tests::{
    Engine, World, birth,
    hall::{Counter, ask, hall, mai_son, take},
};

on_both!(
    a_morning,
    priority_starves_nobody,
    those_who_do_not_come,
    sent_elsewhere_and_set_aside,
    two_presses_at_one_instant,
    sent_twice_is_done_once,
    whoever_has_no_key_takes_no_number,
    out_of_hours,
    ratings_count_once,
    a_screen_hears_of_a_call,
    yesterdays_numbers_hold_no_longer,
);

async fn a_morning(engine: Engine) {
    let world = World::new(engine).await;
    let kiosk = world.kiosk();
    let empty = hall(&kiosk).await;
    let civil = empty.services.iter().find(|view| view.service.name == "Hộ tịch, tư pháp").unwrap();
    assert_eq!((civil.service.code.as_str(), civil.waiting, civil.counters.as_slice()), ("q3", 0, &[3][..]));
    assert!(empty.closed.is_none() && empty.calls.is_empty());

    let first = take(&kiosk, &ask("q3", None)).await.unwrap();
    let second = take(&kiosk, &ask("q3", None)).await.unwrap();
    let pregnant = take(&kiosk, &ask("q3", Some(PriorityReason::Pregnant))).await.unwrap();
    let land = take(&kiosk, &ask("q1", None)).await.unwrap();
    let numbers = [&first, &second, &pregnant, &land].map(|ticket| ticket.number.to_string());
    assert_eq!(numbers, ["C001", "C002", "C003", "A001"]);
    assert_eq!(
        (first.ahead, second.ahead, pregnant.ahead, land.ahead),
        (0, 1, 1, 0),
        "one of the ordinary may go before"
    );
    assert!(first.url.ends_with(&format!("/so-thu-tu/{}", first.ticket)) && first.wait.is_none());

    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    let closed = clerk.next().await.unwrap_err();
    assert_eq!(closed.code(), Some("not_allowed"));
    clerk.set(Opening::Open).await.unwrap();
    let view = clerk.view().await;
    let order: Vec<String> = view.next.iter().map(|ticket| ticket.number.to_string()).collect();
    assert_eq!((order, view.waiting), (vec!["C003".into(), "C001".into(), "C002".into()], 3));

    let called = clerk.next().await.unwrap().unwrap();
    assert_eq!(called.number, pregnant.number, "priority goes first");
    assert_eq!(clerk.next().await.unwrap_err().code(), Some("not_allowed"), "one at a time");
    let shown = hall(&kiosk).await;
    let call = &shown.calls[0];
    assert_eq!((call.number, call.counter, call.priority), (pregnant.number, 3, true));
    assert_eq!(call.text, "Mời số ưu tiên C không không ba đến quầy số ba.");
    assert!(!serde_json::to_string(&shown).unwrap().contains("pregnant"), "nobody is told why");

    clerk.deed(called.id, Deed::Serve).await.unwrap();
    let case = clerk.desk.intake(&birth()).await.unwrap().case.code;
    clerk.deed(called.id, Deed::Attach { case: case.clone() }).await.unwrap();
    world.clock_to("2026-11-23T08:49");
    let done = clerk.deed(called.id, Deed::Finish).await.unwrap();
    assert_eq!((done.state, done.case.clone(), done.served()), (State::Done, Some(case), 7 * 60_000));
    assert_eq!(clerk.next().await.unwrap().unwrap().number, first.number, "then by order of coming");

    let head = world.desk("maison.truong").await;
    let day = head.client.call::<GetHallDay>(&UnitParam { unit: mai_son() }, &()).await.unwrap();
    assert_eq!((day.figures.issued, day.figures.counters[&3].served), (4, 1));
    world.end().await;
}

async fn priority_starves_nobody(engine: Engine) {
    let world = World::new(engine).await;
    let kiosk = world.kiosk();
    for priority in [false, true, true, true, false] {
        take(&kiosk, &ask("q3", priority.then_some(PriorityReason::Merit))).await.unwrap();
    }
    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    let expected: Vec<String> =
        clerk.view().await.next.iter().map(|ticket| ticket.number.to_string()).collect();
    assert_eq!(
        expected,
        ["C002", "C003", "C001", "C004", "C005"],
        "two with priority, then one of the others"
    );
    for number in expected {
        let called = clerk.next().await.unwrap().unwrap();
        assert_eq!(called.number.to_string(), number, "as it was shown before");
        clerk.deed(called.id, Deed::Leave).await.unwrap();
    }
    world.end().await;
}

async fn those_who_do_not_come(engine: Engine) {
    let world = World::new(engine).await;
    let kiosk = world.kiosk();
    let late = take(&kiosk, &ask("q3", None)).await.unwrap();
    let other = take(&kiosk, &ask("q3", None)).await.unwrap();
    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    assert_eq!(clerk.next().await.unwrap().unwrap().id, late.ticket);
    let early = clerk.deed(late.ticket, Deed::Miss).await.unwrap_err();
    assert_eq!(early.code(), Some("not_allowed"), "called once only");
    clerk.deed(late.ticket, Deed::Recall).await.unwrap();
    clerk.deed(late.ticket, Deed::Recall).await.unwrap();
    clerk.deed(late.ticket, Deed::Miss).await.unwrap();
    let calls = hall(&kiosk).await.calls;
    assert_eq!((calls.len(), calls[0].seq), (1, 3), "a number is shown once, with its latest call");
    assert_eq!(clerk.view().await.missed[0].id, late.ticket);

    assert_eq!(clerk.next().await.unwrap().unwrap().id, other.ticket);
    clerk.deed(other.ticket, Deed::Serve).await.unwrap();
    // The one who was late is here after all, and keeps the old place.
    let third = take(&kiosk, &ask("q3", None)).await.unwrap();
    clerk.deed(late.ticket, Deed::ComeBack).await.unwrap();
    clerk.deed(other.ticket, Deed::Finish).await.unwrap();
    assert_eq!(clerk.next().await.unwrap().unwrap().id, late.ticket);

    let gone = kiosk.call::<LeaveTicket>(&TicketParam { ticket: third.ticket }, &()).await.unwrap();
    assert_eq!(gone.state, State::Left);
    let again = kiosk.call::<LeaveTicket>(&TicketParam { ticket: third.ticket }, &()).await.unwrap();
    assert_eq!(again.state, State::Left, "again, it changes nothing");
    assert_eq!(hall(&kiosk).await.waiting, 0);
    world.end().await;
}

async fn sent_elsewhere_and_set_aside(engine: Engine) {
    let world = World::new(engine).await;
    let kiosk = world.kiosk();
    let ticket = take(&kiosk, &ask("q3", None)).await.unwrap();
    let later = take(&kiosk, &ask("q1", None)).await.unwrap();
    let (civil, land) =
        (Counter::of(&world, "maison.quay3", 3).await, Counter::of(&world, "maison.quay1", 1).await);
    civil.set(Opening::Open).await.unwrap();
    land.set(Opening::Open).await.unwrap();
    civil.next().await.unwrap().unwrap();
    let foreign = land.deed(ticket.ticket, Deed::Serve).await.unwrap_err();
    assert_eq!(foreign.code(), Some("not_allowed"), "it was called elsewhere");
    civil.deed(ticket.ticket, Deed::Serve).await.unwrap();
    let unknown = civil.deed(ticket.ticket, Deed::Transfer { to: "q99".into() }).await.unwrap_err();
    assert_eq!(unknown.code(), Some("bad_field"));
    civil.deed(ticket.ticket, Deed::Transfer { to: "q1".into() }).await.unwrap();
    let called = land.next().await.unwrap().unwrap();
    assert_eq!((called.id, called.number), (ticket.ticket, ticket.number), "place and number stay");

    land.deed(called.id, Deed::Serve).await.unwrap();
    land.deed(called.id, Deed::Park).await.unwrap();
    assert_eq!(land.view().await.parked[0].id, called.id);
    assert_eq!(land.next().await.unwrap().unwrap().id, later.ticket);
    let busy = land.deed(called.id, Deed::Resume).await.unwrap_err();
    assert_eq!(busy.code(), Some("not_allowed"));
    land.deed(later.ticket, Deed::Serve).await.unwrap();
    land.deed(later.ticket, Deed::Finish).await.unwrap();
    land.deed(called.id, Deed::Resume).await.unwrap();
    let closing = land.set(Opening::Closed).await.unwrap_err();
    assert_eq!(closing.code(), Some("not_allowed"), "somebody stands there");
    land.set(Opening::Paused { reason: PauseReason::Break }).await.unwrap();
    land.deed(called.id, Deed::Finish).await.unwrap();
    assert_eq!(land.next().await.unwrap_err().code(), Some("not_allowed"));
    world.end().await;
}

async fn two_presses_at_one_instant(engine: Engine) {
    let world = World::new(engine).await;
    world.second_counter().await;
    let kiosk = world.kiosk();
    let asked: Vec<_> = (0..40).map(|_| ask("q3", None)).collect();
    let taken = futures_util::future::join_all(asked.iter().map(|asked| take(&kiosk, asked))).await;
    let numbers: BTreeSet<_> = taken.into_iter().map(|ticket| ticket.unwrap().number.to_string()).collect();
    assert_eq!(numbers, (1..=40).map(|n| format!("C{n:03}")).collect(), "no number twice, none left out");

    let counters =
        [Counter::of(&world, "maison.quay3", 3).await, Counter::of(&world, "maison.quay4", 6).await];
    for counter in &counters {
        counter.set(Opening::Open).await.unwrap();
    }
    let mut served = Vec::new();
    loop {
        let (here, there) = tokio::join!(counters[0].next(), counters[1].next());
        let called = [here.unwrap(), there.unwrap()];
        if called.iter().all(Option::is_none) {
            break;
        }
        for (counter, ticket) in counters.iter().zip(called) {
            let Some(ticket) = ticket else { continue };
            served.push(ticket.number.to_string());
            counter.deed(ticket.id, Deed::Serve).await.unwrap();
            counter.deed(ticket.id, Deed::Finish).await.unwrap();
        }
    }
    let once: BTreeSet<_> = served.iter().cloned().collect();
    assert_eq!((served.len(), once.len()), (40, 40), "everybody is called, nobody twice");
    world.end().await;
}

async fn sent_twice_is_done_once(engine: Engine) {
    let world = World::new(engine).await;
    let kiosk = world.kiosk();
    let asked = ask("q3", None);
    let (first, second) = tokio::join!(take(&kiosk, &asked), take(&kiosk, &asked));
    assert_eq!(first.unwrap().number, second.unwrap().number);
    take(&kiosk, &ask("q3", None)).await.unwrap();
    let mut other = asked.clone();
    other.priority = Some(PriorityReason::Aged80);
    assert_eq!(take(&kiosk, &other).await.unwrap_err().code(), Some("command_reused"));

    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    let press = CommandId::new();
    let called = clerk.next_as(press).await.unwrap().unwrap();
    assert_eq!(clerk.next_as(press).await.unwrap().unwrap(), called, "the same press, the same number");
    clerk.deed(called.id, Deed::Serve).await.unwrap();
    assert_eq!(
        clerk.next_as(press).await.unwrap().unwrap(),
        called,
        "also when it would not be possible now"
    );
    assert_eq!(hall(&kiosk).await.waiting, 1);
    world.end().await;
}

async fn whoever_has_no_key_takes_no_number(engine: Engine) {
    let world = World::new(engine).await;
    let asked = ask("q3", None);
    assert_eq!(take(&world.visitor(), &asked).await.unwrap_err().code(), Some("denied"));
    let elsewhere = world.server().app.hall_secret.key(&"H52.119".into());
    let stranger = world.visitor().with_hall_key(Some(&elsewhere));
    assert_eq!(take(&stranger, &asked).await.unwrap_err().code(), Some("denied"));
    let ticket = take(&world.kiosk(), &asked).await.unwrap();
    let by_code = TicketCodeParam { unit: mai_son(), code: ticket.code };
    assert_eq!(stranger.call::<FindTicket>(&by_code, &()).await.unwrap_err().code(), Some("denied"));
    assert_eq!(world.kiosk().call::<FindTicket>(&by_code, &()).await.unwrap().ticket, ticket.ticket);
    // Whoever holds the paper follows it by telephone, with no key.
    let held = world.visitor().call::<GetTicket>(&TicketParam { ticket: ticket.ticket }, &()).await.unwrap();
    assert_eq!((held.number, held.state), (ticket.number, State::Waiting));
    // A clerk of another agency calls nobody here.
    let other = world.desk("mocchau.quay1").await;
    assert_eq!(other.client.call::<ScanTicket>(&by_code, &()).await.unwrap_err().code(), Some("denied"));
    let foreign = Counter { desk: other, at: api::CounterParam { unit: mai_son(), number: 3 } };
    assert_eq!(foreign.set(Opening::Open).await.unwrap_err().code(), Some("denied"));
    assert_eq!(foreign.next().await.unwrap_err().code(), Some("denied"));
    world.end().await;
}

async fn out_of_hours(engine: Engine) {
    let world = World::new(engine).await;
    let kiosk = world.kiosk();
    let asked = ask("q3", None);
    take(&kiosk, &asked).await.unwrap();
    world.clock_to("2026-11-23T11:20");
    let refused = take(&kiosk, &ask("q3", None)).await.unwrap_err();
    assert_eq!(refused.code(), Some("not_allowed"));
    assert!(refused.sentence().contains("13:"), "it says when to come back: {}", refused.sentence());
    assert!(hall(&kiosk).await.closed.is_some());
    take(&kiosk, &asked).await.expect("what was taken before is answered at any hour");
    let unknown = kiosk.call::<IssueTicket>(&UnitParam { unit: "H52.125.P01".into() }, &asked).await;
    assert_eq!(unknown.unwrap_err().code(), Some("denied"), "the key of another place");
    world.end().await;
}

async fn ratings_count_once(engine: Engine) {
    let world = World::new(engine).await;
    let kiosk = world.kiosk();
    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    let said = |level| RateRequest { level, complaints: BTreeSet::new() };
    let early = kiosk.call::<RateCounter>(&clerk.at, &said(Level::Satisfied)).await.unwrap_err();
    assert_eq!(early.code(), Some("not_allowed"), "nobody was served yet");
    let first = take(&kiosk, &ask("q3", None)).await.unwrap();
    let second = take(&kiosk, &ask("q3", None)).await.unwrap();
    clerk.set(Opening::Open).await.unwrap();
    for _ in 0..2 {
        let called = clerk.next().await.unwrap().unwrap();
        clerk.deed(called.id, Deed::Serve).await.unwrap();
        clerk.deed(called.id, Deed::Finish).await.unwrap();
    }
    kiosk.call::<RateCounter>(&clerk.at, &said(Level::VerySatisfied)).await.unwrap();
    let again = kiosk.call::<RateCounter>(&clerk.at, &said(Level::Unsatisfied)).await.unwrap_err();
    assert_eq!(again.code(), Some("not_allowed"));
    let second = TicketParam { ticket: second.ticket };
    assert!(
        kiosk.call::<RateTicket>(&second, &said(Level::Unsatisfied)).await.is_err(),
        "the tablet was faster"
    );
    let long = RateRequest { level: Level::Unsatisfied, complaints: BTreeSet::from([Complaint::Waiting]) };
    let first = TicketParam { ticket: first.ticket };
    world.visitor().call::<RateTicket>(&first, &long).await.unwrap();
    let ratings = clerk.view().await.ratings;
    assert_eq!((ratings.count(), ratings.content_per_mille()), (2, Some(500)));
    assert_eq!(ratings.complaints[&Complaint::Waiting], 1);
    world.end().await;
}

async fn a_screen_hears_of_a_call(engine: Engine) {
    let world = World::new(engine).await;
    let (kiosk, screen) = (world.kiosk(), world.visitor());
    let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let watching = tokio::spawn(async move { screen.follow_hall(&mai_son(), said).await });
    let ticket = take(&kiosk, &ask("q3", None)).await.unwrap();
    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    clerk.next().await.unwrap().unwrap();
    let call = loop {
        match heard.recv().await.unwrap() {
            Live::Event(hall) if !hall.calls.is_empty() => break hall.calls[0].clone(),
            Live::Down(error) => panic!("{error}"),
            Live::Up | Live::Event(_) => {}
        }
    };
    assert_eq!((call.number, call.counter, call.seq), (ticket.number, 3, 1));
    assert_eq!(call.clips.first().map(String::as_str), Some("chime"));
    drop(heard);
    world.end().await;
    watching.abort();
}

async fn yesterdays_numbers_hold_no_longer(engine: Engine) {
    let world = World::new(engine).await;
    let kiosk = world.kiosk();
    let left = take(&kiosk, &ask("q3", None)).await.unwrap();
    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    clerk.set(Opening::Open).await.unwrap();
    world.clock_to("2026-11-25T07:35");
    let clerk = Counter::of(&world, "maison.quay3", 3).await;
    assert_eq!(clerk.view().await.opening, Opening::Closed, "each day begins closed");
    clerk.set(Opening::Open).await.unwrap();
    assert_eq!(clerk.next().await.unwrap(), None, "nobody of yesterday is called");
    let today = take(&kiosk, &ask("q3", None)).await.unwrap();
    assert_eq!(today.number, left.number, "numbers begin anew");
    assert_eq!(clerk.next().await.unwrap().unwrap().id, today.ticket);
    let app = &world.server().app;
    assert_eq!(server::app::hall::sweep::sweep(app).await.unwrap(), 1);
    let expired = kiosk.call::<GetTicket>(&TicketParam { ticket: left.ticket }, &()).await.unwrap();
    assert_eq!(expired.state, State::Expired);
    world.end().await;
}
