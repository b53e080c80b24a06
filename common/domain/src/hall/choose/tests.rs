use super::{super::class::PriorityReason, *};
use crate::time::MINUTE;
use proptest::prelude::*;
use uuid::Uuid;

const NOW: Millis = Millis(1_795_000_000_000);

#[derive(Clone, Debug)]
struct Waiting {
    place: i64,
    service: usize,
    class: Class,
}

fn priority() -> Class {
    Class::Priority { reason: PriorityReason::Merit }
}

fn id(place: i64) -> TicketId {
    TicketId(Uuid::from_u128(u128::try_from(place).unwrap_or(0)))
}

/// The heads that a server reads: of each service and each of the four kinds, the least place.
fn heads(line: &[Waiting], ratio: Ratio) -> Vec<Head> {
    let kind = |class: &Class| match class {
        Class::Ordinary => 0,
        Class::Priority { .. } => 1,
        Class::Appointment { from, .. } if *from <= NOW => 2,
        Class::Appointment { .. } => 3,
    };
    let mut heads = std::collections::BTreeMap::new();
    for waiting in line {
        let head = Head { ticket: id(waiting.place), place: waiting.place, class: waiting.class, ratio };
        let first = heads.entry((waiting.service, kind(&waiting.class))).or_insert(head);
        if head.place < first.place {
            *first = head;
        }
    }
    heads.into_values().collect()
}

/// Calls the next, takes it out of the line and says which it was.
fn next(line: &mut Vec<Waiting>, streak: &mut Streak, ratio: Ratio) -> Option<Waiting> {
    let chosen = choose(&heads(line, ratio), *streak, NOW)?;
    let at = line.iter().position(|waiting| id(waiting.place) == chosen)?;
    let called = line.remove(at);
    *streak = streak.after(called.class, NOW);
    Some(called)
}

fn any_class() -> impl Strategy<Value = Class> {
    prop_oneof![
        3 => Just(Class::Ordinary),
        2 => Just(priority()),
        1 => Just(Class::appointment(NOW, 5)),
        1 => Just(Class::appointment(NOW.plus(10 * MINUTE), 5)),
    ]
}

fn any_line(most: usize) -> impl Strategy<Value = Vec<Waiting>> {
    let one = (0_usize..3, any_class());
    proptest::collection::vec(one, 0..most).prop_map(|line| {
        let one = |(place, (service, class))| Waiting { place, service, class };
        (1_i64..).zip(line).map(one).collect()
    })
}

#[test]
fn an_appointment_that_is_early_hides_none_that_is_due() {
    let one = |place, class| Waiting { place, service: 0, class };
    let mut line = vec![
        one(1, Class::Ordinary),
        one(2, Class::appointment(NOW.plus(60 * MINUTE), 5)),
        one(3, Class::appointment(NOW, 5)),
    ];
    let (mut streak, ratio) = (Streak::default(), Ratio::default());
    let called: Vec<i64> =
        std::iter::from_fn(|| next(&mut line, &mut streak, ratio)).map(|waiting| waiting.place).collect();
    assert_eq!(called, [3, 1, 2]);
}

#[test]
fn two_to_one_where_both_wait() {
    let mut line: Vec<Waiting> = (1..=9)
        .map(|place| Waiting {
            place,
            service: 0,
            class: if place <= 4 { Class::Ordinary } else { priority() },
        })
        .collect();
    let (mut streak, ratio) = (Streak::default(), Ratio::default());
    let called: Vec<i64> =
        std::iter::from_fn(|| next(&mut line, &mut streak, ratio)).map(|waiting| waiting.place).collect();
    assert_eq!(called, [5, 6, 1, 7, 8, 2, 9, 3, 4]);
}

#[test]
fn a_ratio_that_starves_is_none() {
    assert_eq!(Ratio::new(0), Err(BadRatio));
    assert_eq!(Ratio::new(10), Err(BadRatio));
    assert_eq!(Streak(i16::MAX).after(priority(), NOW), Streak(i16::MAX));
}

proptest! {
    /// First come, first served in each line, however many services a counter has; and nobody is left over.
    #[test]
    fn first_come_first_served(line in any_line(40), ratio in 1_u8..10, streak in 0_i16..12) {
        let (mut left, mut streak, ratio) = (line.clone(), Streak(streak), Ratio::new(ratio).unwrap());
        let called: Vec<Waiting> =
            std::iter::from_fn(|| next(&mut left, &mut streak, ratio)).collect();
        prop_assert_eq!(called.len(), line.len());
        for rank in [Rank::Priority, Rank::Ordinary] {
            let places = called.iter().filter(|waiting| waiting.class.rank(NOW) == rank).map(|waiting| waiting.place);
            prop_assert!(places.is_sorted());
        }
    }

    /// While both wait, so many with priority are called, then one of the ordinary, again and again.
    #[test]
    fn the_ratio_is_kept(line in any_line(60), ratio in 1_u8..10) {
        let (mut left, mut streak, ratio) = (line, Streak::default(), Ratio::new(ratio).unwrap());
        let mut row = 0;
        loop {
            let has = |rank| left.iter().any(|waiting: &Waiting| waiting.class.rank(NOW) == rank);
            let both = has(Rank::Priority) && has(Rank::Ordinary);
            let Some(called) = next(&mut left, &mut streak, ratio) else { break };
            let rank = called.class.rank(NOW);
            if both {
                let due = if row < ratio.priority() { Rank::Priority } else { Rank::Ordinary };
                prop_assert_eq!(rank, due, "after {} in a row", row);
            }
            row = if rank == Rank::Priority { row.saturating_add(1) } else { 0 };
        }
    }

    /// The bounds that the module's head states: whatever comes in meanwhile behind it, a ticket with `k` of its own
    /// line before it is called in time.
    #[test]
    fn nobody_starves(
        line in any_line(30), pick in any::<prop::sample::Index>(), ratio in 1_u8..10, streak in 0_i16..12,
        comers in proptest::collection::vec(proptest::collection::vec((0_usize..3, any_class()), 0..3), 400),
    ) {
        prop_assume!(!line.is_empty());
        let mine = line[pick.index(line.len())].clone();
        let rank = mine.class.rank(NOW);
        let before =
            line.iter().filter(|other| other.class.rank(NOW) == rank && other.place < mine.place).count();
        let bound = match rank {
            Rank::Ordinary => (before + 1) * (usize::from(ratio) + 1),
            Rank::Priority => 2 * (before + 1),
        };
        let (mut left, mut streak, ratio) = (line, Streak(streak), Ratio::new(ratio).unwrap());
        let mut places = 1_000..;
        for calls in 1.. {
            prop_assert!(calls <= bound, "not called within {bound} calls");
            let called = next(&mut left, &mut streak, ratio).unwrap();
            if called.place == mine.place {
                break;
            }
            let comers = comers.get(calls).into_iter().flatten();
            left.extend(comers.zip(&mut places).map(|((service, class), place)| Waiting {
                place, service: *service, class: *class,
            }));
        }
    }

    #[test]
    fn whoever_waits_is_called(line in any_line(8), streak in any::<i16>()) {
        let chosen = choose(&heads(&line, Ratio::default()), Streak(streak), NOW);
        prop_assert_eq!(chosen.is_some(), !line.is_empty());
        prop_assert!(chosen.is_none_or(|ticket| line.iter().any(|waiting| id(waiting.place) == ticket)));
    }
}
