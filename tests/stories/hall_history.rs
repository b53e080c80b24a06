//! Kiosks and counters that press at the same moments: what each was told is written down, and must be what a hall that
//! does one thing after the other could have told them.

use crate::on_both;
use api::{Deed, LeaveTicket, TicketParam};
use client::ClientError;
use domain::{
    hall::{Opening, PriorityReason, State, Ticket},
    unit::ServiceCode,
};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use reference::{Op, ReferenceHall, Ret};
use stateright::semantics::{ConsistencyTester as _, LinearizabilityTester, SequentialSpec};
use std::sync::{Arc, Mutex};
use tests::{
    Engine, World,
    hall::{Counter, ask, take},
};

#[path = "../../common/domain/tests/hall/reference.rs"]
mod reference;

on_both!(what_everybody_was_told_could_have_happened_one_after_the_other);

/// Histories of each run, and what each actor does in one.
const HISTORIES: u64 = 5;
const DEEDS: usize = 9;

/// The reference, as far as the API tells: that something is refused, not by which rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Told(ReferenceHall);

impl SequentialSpec for Told {
    type Op = Op;
    type Ret = Ret;

    fn invoke(&mut self, op: &Op) -> Ret {
        match self.0.invoke(op) {
            Ret::Refused(_) => Ret::Refused("refused"),
            ret => ret,
        }
    }
}

type History = Arc<Mutex<LinearizabilityTester<u16, Told>>>;

/// Does something, and writes down when it was asked and when it was answered.
async fn noted<T>(
    history: &History,
    who: u16,
    op: Op,
    does: impl Future<Output = Result<T, ClientError>>,
    ret: impl FnOnce(&T) -> Ret,
) -> Option<T> {
    history.lock().unwrap().on_invoke(who, op).unwrap();
    let answer = does.await;
    let told = match &answer {
        Ok(answer) => ret(answer),
        Err(error) => {
            assert_eq!(error.code(), Some("not_allowed"), "{error}");
            Ret::Refused("refused")
        }
    };
    history.lock().unwrap().on_return(who, told).unwrap();
    answer.ok()
}

async fn what_everybody_was_told_could_have_happened_one_after_the_other(engine: Engine) {
    for seed in 0..HISTORIES {
        let world = World::new(engine).await;
        world.second_counter().await;
        let (services, both): (_, &[&str]) = ([("q3", Some('C')), ("q1", Some('A'))], &["q3"]);
        let counters = [(3, both), (6, both)];
        let reference = Told(ReferenceHall::new(services, counters, 2, 3));
        let history = History::new(Mutex::new(LinearizabilityTester::new(reference)));
        let clerks =
            [Counter::of(&world, "maison.quay3", 3).await, Counter::of(&world, "maison.quay4", 6).await];
        let dice = |who: u64| StdRng::seed_from_u64(seed * 100 + who);
        let kiosk = citizens(&world, &history, dice(0));
        let (here, there) = clerks.each_ref().into();
        tokio::join!(kiosk, serves(here, &history, dice(1)), serves(there, &history, dice(2)));
        let consistent = history.lock().unwrap().is_consistent();
        assert!(consistent, "seed {seed}: {history:?}");
        world.end().await;
    }
}

/// Citizens take numbers, and some give theirs up.
async fn citizens(world: &World, history: &History, mut dice: StdRng) {
    let kiosk = world.kiosk();
    let mut taken = Vec::new();
    for _ in 0..DEEDS {
        if dice.random_ratio(1, 4)
            && let Some((ticket, number)) = taken.pop()
        {
            let param = TicketParam { ticket };
            let leaves = kiosk.call::<LeaveTicket>(&param, &());
            noted(history, 0, Op::Leave { number }, leaves, |_| Ret::Done).await;
            continue;
        }
        let priority = dice.random_ratio(1, 3).then_some(PriorityReason::Merit);
        let asked = ask("q3", priority);
        let op = Op::Issue { service: ServiceCode::from("q3"), priority: priority.is_some() };
        let ticket = noted(history, 0, op, take(&kiosk, &asked), |ticket| Ret::Issued(ticket.number)).await;
        taken.extend(ticket.map(|ticket| (ticket.ticket, ticket.number)));
    }
}

/// A clerk opens, calls, and does this and that with whoever comes, came, or is to come again.
async fn serves(clerk: &Counter, history: &History, mut dice: StdRng) {
    let who = clerk.at.number;
    let open = clerk.set(Opening::Open);
    noted(history, who, Op::Open { counter: who }, open, |()| Ret::Done).await;
    let (mut here, mut aside): (Option<Ticket>, Option<(Ticket, Op, Deed)>) = (None, None);
    for _ in 0..DEEDS {
        let Some(ticket) = here.take() else {
            match (dice.random_range(0..6), aside.take()) {
                (0, _) => {
                    let close = clerk.set(Opening::Closed);
                    noted(history, who, Op::Close { counter: who }, close, |()| Ret::Done).await;
                    let open = clerk.set(Opening::Open);
                    noted(history, who, Op::Open { counter: who }, open, |()| Ret::Done).await;
                }
                (1..=3, Some((ticket, op, deed))) => {
                    let resumes = matches!(deed, Deed::Resume);
                    let done = noted(history, who, op, clerk.deed(ticket.id, deed), |_| Ret::Done).await;
                    here = done.filter(|_| resumes);
                }
                (_, kept) => {
                    aside = kept;
                    let op = Op::CallNext { counter: who };
                    let called =
                        |ticket: &Option<Ticket>| Ret::Called(ticket.as_ref().map(|ticket| ticket.number));
                    here = noted(history, who, op, clerk.next(), called).await.flatten();
                }
            }
            continue;
        };
        let number = ticket.number;
        let (op, deed) = match dice.random_range(0..7) {
            0 => (Op::Recall { counter: who, number }, Deed::Recall),
            1 => (Op::Miss { counter: who, number }, Deed::Miss),
            2 => {
                let to = ServiceCode::from("q1");
                (Op::Transfer { counter: who, number, to: to.clone() }, Deed::Transfer { to })
            }
            3 => (Op::Finish { counter: who, number }, Deed::Finish),
            4 => (Op::Park { counter: who, number }, Deed::Park),
            _ => (Op::Serve { counter: who, number }, Deed::Serve),
        };
        match noted(history, who, op, clerk.deed(ticket.id, deed), |_| Ret::Done).await {
            None => here = Some(ticket),
            Some(ticket) => match ticket.state {
                State::Called { .. } | State::Serving { .. } => here = Some(ticket),
                State::Parked { .. } => {
                    aside = Some((ticket, Op::Resume { counter: who, number }, Deed::Resume));
                }
                State::Missed => aside = Some((ticket, Op::ComeBack { number }, Deed::ComeBack)),
                _ => {}
            },
        }
    }
}
