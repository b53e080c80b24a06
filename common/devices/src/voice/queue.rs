//! Announcements wait for each other on a thread of their own, so that nobody else waits and no two are heard at once.

use super::{Sound, Speaker, Volume};
use crate::DeviceState;
use std::{
    io,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, JoinHandle},
    time::Instant,
};

/// Something to be said.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// Its place among all; what comes with the same or an earlier place was said already and is not said again.
    pub seq: i64,
    /// What is heard.
    pub sound: Sound,
    /// How loud.
    pub volume: Volume,
    /// From when on it is too late to say it.
    pub until: Instant,
}

/// A loudspeaker with those announcements that wait for it. Dropped, it says nothing more after the present one.
#[derive(Debug)]
pub struct Queue {
    sender: mpsc::Sender<Told>,
    state: Arc<Mutex<DeviceState>>,
    thread: JoinHandle<()>,
}

#[derive(Debug)]
enum Told {
    Say(Announcement),
    Finish,
}

impl Queue {
    /// Starts the thread that speaks.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(speaker: impl Speaker + 'static) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let state = Arc::new(Mutex::new(DeviceState::Unknown));
        let told = Arc::clone(&state);
        let speak = move || speak_all(speaker, &receiver, &told);
        let thread = thread::Builder::new().name("voice".to_owned()).spawn(speak)?;
        Ok(Self { sender, state, thread })
    }

    /// Says something after all that was to be said before; false when nothing is said any more.
    pub fn say(&self, announcement: Announcement) -> bool {
        self.sender.send(Told::Say(announcement)).is_ok()
    }

    /// How the loudspeaker stood when something was said last.
    #[must_use]
    pub fn state(&self) -> DeviceState {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until all was said.
    pub fn finish(self) {
        // Whoever no longer listens has nothing more to say.
        drop(self.sender.send(Told::Finish));
        drop(self.thread.join());
    }
}

fn speak_all(mut speaker: impl Speaker, told: &mpsc::Receiver<Told>, state: &Mutex<DeviceState>) {
    let mut last = i64::MIN;
    while let Ok(Told::Say(next)) = told.recv() {
        if next.seq <= last {
            continue;
        }
        last = next.seq;
        if Instant::now() >= next.until {
            continue;
        }
        let heard = speaker.play(&next.sound, next.volume);
        let stands = heard.map_or_else(|error| error.state(), |()| DeviceState::Ready);
        *state.lock().unwrap_or_else(PoisonError::into_inner) = stands;
    }
}
