//! A model check: every way that a small hall can go is gone. Two services, two counters, three tickets, all acts.

use domain::{
    hall::{
        Act, Class, CounterState, Head, NewTicket, Opening, PriorityReason, Ratio, Refused, State, Streak,
        Ticket, TicketNumber, choose,
    },
    ids::{StaffId, TicketId},
    time::Millis,
    unit::{ServiceCode, UnitCode},
};
use jiff::civil::date;
use stateright::{Checker as _, Model, Property};

const TICKETS: usize = 3;
const COUNTERS: [u16; 2] = [1, 2];
const SERVICES: [&str; 2] = ["land", "births"];
/// So many with priority to one of the ordinary.
const RATIO: u8 = 1;
/// Calls before somebody counts as missing.
const PATIENCE: u16 = 2;

/// The second ticket has priority.
fn class(ticket: usize) -> Class {
    if ticket == 1 { Class::Priority { reason: PriorityReason::Aged80 } } else { Class::Ordinary }
}

/// The first counter serves both services, the second one only births.
fn serves(counter: u16, service: usize) -> bool {
    counter == 1 || service == 1
}

/// A ticket without what never changes or only says when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Mini {
    state: State,
    service: usize,
    calls: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    tickets: [Option<Mini>; TICKETS],
    open: [bool; 2],
    streaks: [Streak; 2],
    /// The day is over.
    over: bool,
    /// Something happened to a ticket that had ended.
    risen: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Issue { service: usize },
    Next { counter: u16 },
    Do { ticket: usize, act: Act },
    Open { counter: u16, open: bool },
    Midnight,
}

fn id(ticket: usize) -> TicketId {
    TicketId(uuid::Uuid::from_u128(ticket as u128))
}

fn number(ticket: usize) -> TicketNumber {
    TicketNumber::new(None, ticket as u32 + 1).unwrap()
}

fn place(counter: u16) -> usize {
    usize::from(counter) - 1
}

impl Mini {
    /// The real ticket, as of this morning.
    fn ticket(self, ticket: usize) -> Ticket {
        let service = ServiceCode::from(SERVICES[self.service]);
        let new = NewTicket {
            id: id(ticket),
            site: UnitCode::from("H52.125"),
            service,
            class: class(ticket),
            case: None,
        };
        let mut made = Ticket::issue(new, date(2026, 11, 23), number(ticket), ticket as i64, morning());
        (made.state, made.calls) = (self.state, self.calls);
        made
    }

    fn of(ticket: &Ticket) -> Self {
        let service = SERVICES.iter().position(|code| *code == ticket.service.as_str()).unwrap();
        // What has ended differs in nothing that matters.
        let (service, calls) = if ticket.state.is_final() { (0, 0) } else { (service, ticket.calls) };
        Self { state: ticket.state, service, calls }
    }
}

fn morning() -> Millis {
    Millis::from_local(date(2026, 11, 23).at(8, 0, 0, 0))
}

impl World {
    fn new() -> Self {
        Self {
            tickets: [None; TICKETS],
            open: [false; 2],
            streaks: [Streak::default(); 2],
            over: false,
            risen: false,
        }
    }

    fn now(&self) -> Millis {
        if self.over { morning().plus(domain::time::DAY) } else { morning() }
    }

    fn issued(&self) -> impl Iterator<Item = (usize, Mini)> {
        self.tickets.iter().enumerate().filter_map(|(at, ticket)| ticket.map(|ticket| (at, ticket)))
    }

    fn at_hand(&self, counter: u16) -> Vec<usize> {
        let here =
            |(_, mini): &(usize, Mini)| mini.state.is_at_counter() && mini.state.counter() == Some(counter);
        self.issued().filter(here).map(|(at, _)| at).collect()
    }

    fn counter(&self, counter: u16) -> CounterState {
        CounterState {
            opening: if self.open[place(counter)] { Opening::Open } else { Opening::Closed },
            at_hand: self.at_hand(counter).first().map(|at| number(*at)),
        }
    }

    fn apply(&mut self, ticket: usize, act: &Act) -> Result<(), Refused> {
        let before = self.tickets[ticket].unwrap();
        if let Act::Resume { counter, .. } = act {
            self.counter(*counter).may_take()?;
        }
        let after = before.ticket(ticket).apply(act, self.now())?;
        self.risen |= before.state.is_final();
        self.tickets[ticket] = Some(Mini::of(&after));
        Ok(())
    }

    /// What the server does for a counter that asks for the next.
    fn next(&mut self, counter: u16) -> Option<usize> {
        self.counter(counter).may_take().ok()?;
        let mut heads: Vec<Head> = Vec::new();
        for (at, mini) in self.issued() {
            let is_new = |head: &Head| head.class != class(at);
            if mini.state == State::Waiting && serves(counter, mini.service) && heads.iter().all(is_new) {
                let ratio = Ratio::new(RATIO).unwrap();
                heads.push(Head { ticket: id(at), place: at as i64, class: class(at), ratio });
            }
        }
        let streak = &mut self.streaks[place(counter)];
        let chosen = choose(&heads, *streak, morning())?;
        let at = (0..TICKETS).find(|at| id(*at) == chosen)?;
        let after = streak.after(class(at), morning());
        // A longer row says no more than one as long as the ratio.
        *streak = Streak(after.0.min(i16::from(RATIO)));
        self.apply(at, &Act::Call { counter }).ok()?;
        Some(at)
    }

    /// The least that an office does: it opens, finishes whom it has, fetches back whoever is away and calls on. Whoever
    /// had not ended must be served by that.
    fn everybody_can_be_served(&self) -> bool {
        let (mut world, clerk) = (self.clone(), StaffId(uuid::Uuid::nil()));
        if world.over {
            return true;
        }
        world.open = [true; 2];
        for (at, mini) in self.issued() {
            let act = match mini.state {
                State::Missed => Act::ComeBack,
                State::Parked { .. } => {
                    Act::Transfer { counter: 2, to: ServiceCode::from(SERVICES[mini.service]) }
                }
                _ => continue,
            };
            if world.apply(at, &act).is_err() {
                return false;
            }
        }
        for _round in 0..2 * TICKETS {
            for counter in COUNTERS {
                for at in world.at_hand(counter) {
                    // Refused for whoever is being served already.
                    let _serving = world.apply(at, &Act::Serve { counter, clerk }).is_ok();
                    if world.apply(at, &Act::Finish { counter }).is_err() {
                        return false;
                    }
                }
                world.next(counter);
            }
        }
        let gone = |mini: Mini| matches!(mini.state, State::Left | State::Expired);
        self.issued()
            .filter(|(_, mini)| !gone(*mini))
            .all(|(at, _)| world.tickets[at].is_some_and(|mini| mini.state == State::Done))
    }
}

struct Hall;

impl Model for Hall {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World::new()]
    }

    fn actions(&self, world: &World, steps: &mut Vec<Step>) {
        steps.extend((0..SERVICES.len()).map(|service| Step::Issue { service }));
        for counter in COUNTERS {
            steps.push(Step::Next { counter });
            steps.push(Step::Open { counter, open: !world.open[place(counter)] });
        }
        let clerk = StaffId(uuid::Uuid::nil());
        for (ticket, _) in world.issued() {
            let mut acts = vec![Act::ComeBack, Act::Leave, Act::Expire];
            for counter in COUNTERS {
                acts.extend([
                    Act::Recall { counter },
                    Act::Serve { counter, clerk },
                    Act::Finish { counter },
                    Act::Miss { counter, after: PATIENCE },
                    Act::Park { counter },
                    Act::Resume { counter, clerk },
                ]);
                acts.extend(SERVICES.map(|to| Act::Transfer { counter, to: ServiceCode::from(to) }));
            }
            steps.extend(acts.into_iter().map(|act| Step::Do { ticket, act }));
        }
        steps.push(Step::Midnight);
    }

    fn next_state(&self, before: &World, step: Step) -> Option<World> {
        let mut world = before.clone();
        match step {
            Step::Issue { service } => {
                let free = world.tickets.iter().position(Option::is_none).filter(|_| !world.over)?;
                world.tickets[free] = Some(Mini { state: State::Waiting, service, calls: 0 });
            }
            Step::Next { counter } => {
                world.next(counter)?;
            }
            Step::Do { ticket, act } => world.apply(ticket, &act).ok()?,
            Step::Open { counter, open } => {
                let opening = if open { Opening::Open } else { Opening::Closed };
                world.counter(counter).may_become(opening).ok()?;
                world.open[place(counter)] = open;
            }
            Step::Midnight => world.over = true,
        }
        (world != *before).then_some(world)
    }

    fn within_boundary(&self, world: &World) -> bool {
        world.issued().all(|(_, mini)| mini.calls <= PATIENCE)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(
                "a ticket is at one counter at most, and a counter has one at most",
                |_, world: &World| {
                    let [first, second] = COUNTERS.map(|counter| world.at_hand(counter));
                    first.len() <= 1 && second.len() <= 1 && first.iter().all(|at| !second.contains(at))
                },
            ),
            Property::always("nobody stands before a closed counter", |_, world: &World| {
                COUNTERS
                    .iter()
                    .all(|counter| world.open[place(*counter)] || world.at_hand(*counter).is_empty())
            }),
            Property::always(
                "nothing is lost: tickets stand in the order of issue, none taken away",
                |_, world: &World| {
                    world.tickets.iter().skip_while(|ticket| ticket.is_some()).all(Option::is_none)
                },
            ),
            Property::always("what has ended stays ended", |_, world: &World| !world.risen),
            Property::always("whoever is still there can be served", |_, world: &World| {
                world.everybody_can_be_served()
            }),
            Property::sometimes("all are served", |_, world: &World| {
                world.tickets.iter().all(|ticket| ticket.is_some_and(|mini| mini.state == State::Done))
            }),
            Property::sometimes("one is served, one set aside, one missed", |_, world: &World| {
                let has = |wanted: fn(State) -> bool| world.issued().any(|(_, mini)| wanted(mini.state));
                has(|state| matches!(state, State::Serving { .. }))
                    && has(|state| matches!(state, State::Parked { .. }))
                    && has(|state| state == State::Missed)
            }),
            Property::sometimes(
                "the one with priority is called before who came first",
                |_, world: &World| {
                    let state = |at: usize| world.tickets[at].map(|mini| mini.state);
                    state(0) == Some(State::Waiting) && matches!(state(1), Some(State::Called { .. }))
                },
            ),
        ]
    }
}

#[test]
fn every_way_that_a_small_hall_can_go() {
    let checker = Hall.checker().spawn_bfs().join();
    checker.assert_properties();
    assert!(checker.unique_state_count() > 20_000, "{} states", checker.unique_state_count());
}
