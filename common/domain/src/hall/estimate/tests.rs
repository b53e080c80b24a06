use super::{super::choose::Ratio, *};
use proptest::prelude::*;

fn minutes(n: i64) -> i64 {
    n * MINUTE
}

fn expected(recent: &[i64], priority: u32, ordinary: u32, rank: Rank, counters: u16) -> Option<Wait> {
    expected_wait(recent, Ahead { priority, ordinary }, rank, Ratio::default(), counters)
}

#[test]
fn too_little_is_known() {
    let five = [minutes(5); 5];
    assert_eq!(expected(&five[..4], 0, 0, Rank::Ordinary, 1), None);
    assert_eq!(expected(&five, 0, 0, Rank::Ordinary, 0), None);
    assert_eq!(expected(&five, 0, 0, Rank::Ordinary, 1), Some(Wait { from: 0, to: 5 }));
}

#[test]
fn priority_waits_less_and_lengthens_the_others() {
    let five = [minutes(5); 10];
    assert_eq!(expected(&five, 0, 6, Rank::Ordinary, 1), Some(Wait { from: 30, to: 35 }));
    assert_eq!(expected(&five, 6, 6, Rank::Ordinary, 1), Some(Wait { from: 60, to: 65 }));
    assert_eq!(expected(&five, 100, 1, Rank::Ordinary, 1), Some(Wait { from: 15, to: 30 }));
    assert_eq!(expected(&five, 0, 6, Rank::Priority, 1), Some(Wait { from: 0, to: 10 }));
    assert_eq!(expected(&five, 4, 6, Rank::Priority, 1), Some(Wait { from: 30, to: 40 }));
}

#[test]
fn one_forgotten_finish_moves_nothing() {
    let mut recent = vec![minutes(5); 20];
    let sound = expected(&recent, 0, 4, Rank::Ordinary, 2);
    recent[7] = minutes(240);
    recent[9] = -minutes(3);
    assert_eq!(expected(&recent, 0, 4, Rank::Ordinary, 2), sound);
}

#[test]
fn only_the_latest_count() {
    let mut recent = vec![minutes(60); 100];
    recent.extend([minutes(2); RECENT]);
    assert_eq!(expected(&recent, 0, 1, Rank::Ordinary, 1), Some(Wait { from: 2, to: 4 }));
}

/// A hall of services that are mostly short and sometimes very long, played through: the range holds what it promises.
#[test]
fn four_in_five_wait_as_long_as_they_were_told() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut chance = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut service = move || {
        // Log-normal by the sum of twelve: a median of 6 minutes, and one in six over 13.
        let normal: f64 = (0..12).map(|_| chance()).sum::<f64>() - 6.0;
        (6.0 * (0.8 * normal).exp() * MINUTE as f64) as i64
    };
    let (mut held, mut told) = (0, 0);
    for counters in [1_u16, 3, 8] {
        for ahead in [0_u32, 1, 4, 12, 30] {
            for _round in 0..200 {
                let recent: Vec<i64> = (0..RECENT).map(|_| service()).collect();
                // Everybody ahead goes to the counter that is free first; each is somewhere within a service.
                let mut free: Vec<i64> = (0..counters).map(|_| service() * 2 / 5).collect();
                for _one in 0..ahead {
                    let first = free.iter_mut().min().unwrap();
                    *first += service();
                }
                let waited = *free.iter().min().unwrap();
                let wait = expected(&recent, 0, ahead, Rank::Ordinary, counters).unwrap();
                let fits = i64::from(wait.from) * MINUTE <= waited && waited <= i64::from(wait.to) * MINUTE;
                held += i32::from(fits);
                told += 1;
            }
        }
    }
    assert!(held * 100 >= told * 80, "{held} of {told}");
}

fn any_rank() -> impl Strategy<Value = Rank> {
    prop_oneof![Just(Rank::Priority), Just(Rank::Ordinary)]
}

/// Times as a hall has them; seldom such as no hall has.
fn any_recent() -> impl Strategy<Value = Vec<i64>> {
    let possible = proptest::collection::vec(0_i64..3_600_000, 5..80);
    prop_oneof![9 => possible, 1 => proptest::collection::vec(any::<i64>(), 5..80)]
}

fn any_crowd() -> impl Strategy<Value = u32> {
    prop_oneof![0_u32..8, 0_u32..400]
}

proptest! {
    #[test]
    fn more_people_never_shorten_it_and_more_counters_never_lengthen_it(
        recent in any_recent(),
        priority in any_crowd(), ordinary in any_crowd(), more in 0_u32..50,
        counters in 1_u16..60, further in 0_u16..10, rank in any_rank(), ratio in 1_u8..10,
    ) {
        let ratio = Ratio::new(ratio).unwrap();
        let wait = |priority, ordinary, counters| {
            expected_wait(&recent, Ahead { priority, ordinary }, rank, ratio, counters).unwrap()
        };
        let now = wait(priority, ordinary, counters);
        prop_assert!(now.from <= now.to);
        for longer in [wait(priority + more, ordinary, counters), wait(priority, ordinary + more, counters)] {
            prop_assert!(now.from <= longer.from && now.to <= longer.to, "{now:?} {longer:?}");
        }
        let quicker = wait(priority, ordinary, counters + further);
        prop_assert!(quicker.from <= now.from && quicker.to <= now.to, "{now:?} {quicker:?}");
    }

    #[test]
    fn nothing_overflows(
        recent in proptest::collection::vec(any::<i64>(), 0..80),
        priority: u32, ordinary: u32, counters: u16, rank in any_rank(), ratio in 1_u8..10,
    ) {
        let _wait =
            expected_wait(&recent, Ahead { priority, ordinary }, rank, Ratio::new(ratio).unwrap(), counters);
    }
}
