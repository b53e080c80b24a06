//! A day in the life of a kiosk that dies, told with a clock of its own.

use super::{Child, Ended, How, Over, Pace, Program, keep_running};
use std::{collections::VecDeque, io, sync::Mutex, time::Duration};

/// A clock that jumps, and remembers how long it was waited on.
#[derive(Default)]
struct Jumping {
    now: Mutex<Duration>,
    pauses: Mutex<Vec<u64>>,
}

impl Jumping {
    fn on(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }
}

impl Pace for Jumping {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    async fn pause(&self, time: Duration) {
        self.pauses.lock().unwrap().push(time.as_secs());
        self.on(time);
    }
}

/// A program that runs for so many seconds each time, and ends in this way.
struct Play<'a> {
    clock: &'a Jumping,
    lives: VecDeque<(u64, io::Result<How>)>,
}

impl Program for Play<'_> {
    async fn run(&mut self) -> io::Result<Ended> {
        let (seconds, end) = self.lives.pop_front().unwrap_or((0, Ok(How::OnPurpose)));
        self.clock.on(Duration::from_secs(seconds));
        end.map(|how| Ended { how, last: VecDeque::from(["panicked at …".to_owned()]) })
    }
}

async fn pauses(lives: impl IntoIterator<Item = (u64, io::Result<How>)>) -> Vec<u64> {
    let clock = Jumping::default();
    let mut play = Play { clock: &clock, lives: lives.into_iter().collect() };
    assert_eq!(keep_running(&mut play, &clock).await, Over::Closed);
    assert!(play.lives.is_empty());
    clock.pauses.into_inner().unwrap()
}

#[tokio::test]
async fn pauses_grow_to_half_a_minute() {
    let died = || (2, Ok(How::Code(101)));
    assert_eq!(
        pauses([died(), died(), died(), died(), died(), died(), died()]).await,
        [1, 2, 4, 8, 16, 30, 30]
    );
}

#[tokio::test]
async fn ten_good_minutes_are_forgiven() {
    let lives =
        [(1, Ok(How::Code(1))), (1, Ok(How::Signal(11))), (601, Ok(How::Signal(9))), (1, Ok(How::Code(1)))];
    assert_eq!(pauses(lives).await, [1, 2, 1, 2]);
}

#[tokio::test]
async fn a_program_that_cannot_be_started_is_tried_again() {
    let gone = || (0, Err(io::Error::from(io::ErrorKind::NotFound)));
    assert_eq!(pauses([gone(), gone()]).await, [1, 2]);
}

#[tokio::test]
async fn closed_on_purpose_is_the_end() {
    assert_eq!(pauses([(5, Ok(How::OnPurpose))]).await, Vec::<u64>::new());
    let updated = [(5, Ok(How::ToStartAgain)), (5, Ok(How::OnPurpose))];
    assert_eq!(pauses(updated).await, Vec::<u64>::new(), "a new version does not wait");
}

#[cfg(unix)]
#[tokio::test]
async fn a_real_program_leaves_its_reason_and_its_last_words() {
    let shell = |script: &str| Child {
        program: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into()],
        environment: vec![("WORD", "vỡ")],
    };
    let ended =
        shell("for i in $(seq 40); do echo $i >&2; done; echo $WORD >&2; exit 3").run().await.unwrap();
    assert_eq!((ended.how, ended.last.len()), (How::Code(3), super::LAST_LINES));
    assert_eq!(ended.last.back().map(String::as_str), Some("vỡ"));
    assert_eq!(shell("kill -9 $$").run().await.unwrap().how, How::Signal(9));
    assert_eq!(shell("exit 0").run().await.unwrap().how, How::OnPurpose);
    assert_eq!(shell("exit 75").run().await.unwrap().how, How::ToStartAgain);
    let nowhere =
        Child { program: "/nowhere/kiosk-app".into(), arguments: Vec::new(), environment: Vec::new() };
    assert!({ nowhere }.run().await.is_err());
}

#[test]
fn windows_codes_are_read_in_hexadecimal() {
    assert_eq!(How::Code(-1_073_741_819).to_string(), "exit code 0xC0000005");
    assert_eq!(How::Code(101).to_string(), "exit code 101");
}
