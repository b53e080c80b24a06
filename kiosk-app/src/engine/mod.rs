//! The thread that does what the model asks for, and says what came of it.

mod answer;
mod keep;
mod number;

pub use number::Press;

use crate::{command::Command, event::Event};
use client::{Client, Live, local::Local, update::Talk};
use domain::{machine::Finding, time::Clock, unit::UnitCode};
use std::{path::PathBuf, sync::Arc, sync::mpsc};
use tokio::sync::{
    OnceCell,
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

/// The way to the engine's thread. The thread ends when this is dropped.
pub struct Engine {
    commands: UnboundedSender<Command>,
    events: mpsc::Receiver<Event>,
}

/// What the engine works with.
pub struct Tools {
    /// The server.
    pub client: Client,
    /// The machine's clock.
    pub clock: Arc<dyn Clock>,
    /// Folder of this machine's own data.
    pub data: PathBuf,
    /// Finds out how this machine stands; takes its time.
    pub examine: Arc<dyn Fn() -> Vec<Finding> + Send + Sync>,
    /// In which hall the kiosk stands.
    pub site: UnitCode,
    /// Whether it needs to know how the hall stands.
    pub hears_hall: bool,
    /// Where the journal of its numbers lies; none where it gives none.
    pub journal: Option<PathBuf>,
    /// That journal, once it is open.
    pub local: OnceCell<Local>,
    /// The printer of numbers, if there is one.
    pub press: Option<Press>,
    /// The way to the keeper of this machine, where there is one.
    pub talk: Option<Talk>,
    /// For tests: a file that always says what the kiosk shows.
    pub test_state: Option<PathBuf>,
    /// Called after every event, to draw it.
    pub wake: Arc<dyn Fn() + Send + Sync>,
}

impl Engine {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the machine has no thread to give.
    pub fn start(tools: Tools) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (commands, todo) = unbounded_channel();
        let (done, events) = mpsc::channel();
        std::thread::Builder::new().name("engine".to_owned()).spawn(move || {
            runtime.block_on(run(Arc::new(tools), todo, done));
        })?;
        Ok(Self { commands, events })
    }

    /// Asks for something.
    pub fn send(&self, command: Command) {
        if self.commands.send(command).is_err() {
            tracing::error!("the engine has stopped");
        }
    }

    /// Something that happened since.
    #[must_use]
    pub fn next_event(&self) -> Option<Event> {
        self.events.try_recv().ok()
    }
}

/// Says how the machine stands with updates, as long as the kiosk runs.
async fn hear_keeper(tools: Arc<Tools>, talk: Talk, done: mpsc::Sender<Event>) {
    if let Ok(version) = api::VERSION.parse()
        && let Err(error) = talk.say_started(version, tools.clock.now())
    {
        tracing::warn!(%error, "the keeper does not hear that this version has started");
    }
    talk.watch(|standing| {
        if done.send(Event::Update(standing)).is_ok() {
            (tools.wake)();
        }
    })
    .await;
}

/// Says how the hall stands, as long as the kiosk runs.
async fn hear_hall(tools: Arc<Tools>, done: mpsc::Sender<Event>) {
    let (listener, mut news) = unbounded_channel();
    let (client, site) = (tools.client.clone(), tools.site.clone());
    let hear = async {
        while let Some(news) = news.recv().await {
            match news {
                Live::Event(hall) => {
                    if done.send(Event::Hall(Arc::from(hall))).is_ok() {
                        (tools.wake)();
                    }
                }
                Live::Up => {
                    let tools = Arc::clone(&tools);
                    tokio::spawn(async move {
                        if let Some(local) = tools.local.get() {
                            number::give_back_lost(&tools, local).await;
                        }
                    });
                }
                Live::Down(_) => {}
            }
        }
    };
    tokio::join!(client.follow_hall(&site, listener), hear);
}

async fn run(tools: Arc<Tools>, mut todo: UnboundedReceiver<Command>, done: mpsc::Sender<Event>) {
    if tools.hears_hall {
        tokio::spawn(hear_hall(Arc::clone(&tools), done.clone()));
    }
    if let Some(journal) = tools.journal.clone() {
        match Local::open(&journal).await {
            Ok(local) => drop(tools.local.set(local)),
            Err(error) => tracing::error!(%error, "no numbers can be given: their journal cannot be opened"),
        }
        let tools = Arc::clone(&tools);
        tokio::spawn(async move {
            if let Some(local) = tools.local.get() {
                number::recover(&tools, local).await;
            }
        });
    }
    if tools.press.is_some() {
        let (tools, done) = (Arc::clone(&tools), done.clone());
        tokio::spawn(async move {
            if let Some(press) = &tools.press {
                number::watch(&tools, press, &done).await;
            }
        });
    }
    if let Some(talk) = tools.talk.clone() {
        tokio::spawn(hear_keeper(Arc::clone(&tools), talk, done.clone()));
    }
    while let Some(command) = todo.recv().await {
        // Files in order, so that a driver never reads an older state after a newer one.
        if let Command::Report(seen) = &command {
            if let Some(path) = &tools.test_state {
                keep::write_json(path, seen).await;
            }
            continue;
        }
        let (tools, done) = (Arc::clone(&tools), done.clone());
        tokio::spawn(async move {
            if let Command::TakeNumber { site, asked, lang } = command {
                number::take(&tools, &done, site, *asked, lang).await;
                return;
            }
            if let Some(event) = answer::perform(&tools, command).await
                && done.send(event).is_ok()
            {
                (tools.wake)();
            }
        });
    }
}
