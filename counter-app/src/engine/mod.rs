//! The engine: a thread with its own runtime that carries out commands and sends events.

mod calls;
mod clock;
mod drafts;
mod hall;
mod keep;
mod pages;
mod paper;
mod print;
mod printers;
mod scanner;
mod state;
mod stream;
#[cfg(test)]
mod tests;
mod updates;
mod wake;

pub(crate) use clock::ServerClock;

pub(crate) use keep::load_settings;
pub(crate) use state::Look;

use crate::{Command, Event, Settings, Setup};
use client::{Client, local::Local, update::Talk};
use domain::{
    ids::{CaseId, StaffId},
    time::Millis,
    unit::UnitCode,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
};
use tokio::{
    sync::{Notify, mpsc},
    task::AbortHandle,
};

/// Where events go; each wakes the window.
#[derive(Clone)]
pub(crate) struct Events {
    to: std::sync::mpsc::Sender<Event>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Events {
    /// Events to `to`; `wake` is called after each.
    pub(crate) fn new(to: std::sync::mpsc::Sender<Event>, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { to, wake }
    }

    fn send(&self, event: Event) {
        // Nobody listens when the window has closed: then nothing is to be said.
        if self.to.send(event).is_ok() {
            (self.wake)();
        }
    }
}

/// What all tasks share.
struct Shared {
    setup: Setup,
    client: Client,
    local: Local,
    wake: Arc<Notify>,
    events: Events,
    clock: ServerClock,
    settings: Mutex<Settings>,
    staff: Mutex<Option<StaffId>>,
    began: Mutex<HashMap<CaseId, Millis>>,
    place_name: Mutex<String>,
    /// Whose place was loaded.
    unit: Mutex<Option<UnitCode>>,
    /// The server was out of reach since: its time and its catalogue may be others now.
    stale: AtomicBool,
    drafts: drafts::Drafts,
    running: AtomicBool,
    search: Mutex<Option<AbortHandle>>,
    live: Mutex<Option<AbortHandle>>,
    hall: Mutex<Option<AbortHandle>>,
    soft: Mutex<Vec<api::Pile>>,
    printer: Notify,
    talk: Option<Talk>,
    look: Arc<dyn Look>,
    roll_turn: tokio::sync::Mutex<()>,
}

/// Locks a mutex; a panic elsewhere does not matter for the plain values kept here.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The app's end of the engine.
pub(crate) struct Engine {
    commands: mpsc::UnboundedSender<Command>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Engine {
    /// Starts the engine.
    pub(crate) fn start(
        setup: Setup,
        look: Arc<dyn Look>,
        clock: ServerClock,
        events: Events,
    ) -> std::io::Result<Self> {
        let (commands, inbox) = mpsc::unbounded_channel();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("engine")
            .enable_all()
            .build()?;
        let thread = std::thread::Builder::new()
            .name("engine".to_owned())
            .spawn(move || runtime.block_on(run(setup, look, clock, events, inbox)))?;
        Ok(Self { commands, thread: Some(thread) })
    }

    /// Asks for something.
    pub(crate) fn send(&self, command: Command) {
        // The engine ends only with the app.
        if self.commands.send(command).is_err() {
            tracing::error!("the engine is gone");
        }
    }
}

impl Drop for Engine {
    /// Lets the engine write down what is unfinished before the app goes.
    fn drop(&mut self) {
        let (closed, _) = mpsc::unbounded_channel();
        self.commands = closed;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the engine ended badly");
        }
    }
}

async fn run(
    setup: Setup,
    look: Arc<dyn Look>,
    clock: ServerClock,
    events: Events,
    mut inbox: mpsc::UnboundedReceiver<Command>,
) {
    let shared = match open(setup, look, clock, events.clone()).await {
        Ok(shared) => Arc::new(shared),
        Err(error) => {
            events.send(Event::Broken(format!("{error:#}")));
            return;
        }
    };
    let settings = load_settings(&shared.setup).await;
    lock(&shared.settings).clone_from(&settings);
    shared.events.send(Event::Settings(settings));
    tokio::spawn(printers::watch(shared.clone()));
    tokio::spawn(wake::watch(shared.clone()));
    if let Some(talk) = shared.talk.clone() {
        tokio::spawn(updates::watch(shared.clone(), talk));
    }
    let scanner = scanner::listen(&shared.setup, &shared.events);
    while let Some(command) = inbox.recv().await {
        // Forms are kept in the order in which they were typed; everything else may overlap.
        match command {
            Command::SaveDraft(name, body) => shared.clone().keep_draft(name, Some(body)),
            Command::DropDraft(name) => shared.clone().keep_draft(name, None),
            command => {
                let shared = shared.clone();
                tokio::spawn(async move { shared.carry_out(command).await });
            }
        }
    }
    drop(scanner);
    shared.write_drafts().await;
}

async fn open(
    setup: Setup,
    look: Arc<dyn Look>,
    clock: ServerClock,
    events: Events,
) -> anyhow::Result<Shared> {
    tokio::fs::create_dir_all(setup.data.join("pages")).await?;
    let local = Local::open(&setup.data.join("counter.db")).await?;
    let client = Client::new(&setup.server)?;
    let talk = updates::talk(&setup);
    Ok(Shared {
        client,
        local,
        wake: Arc::new(Notify::new()),
        events,
        clock,
        settings: Mutex::default(),
        staff: Mutex::default(),
        began: Mutex::default(),
        place_name: Mutex::default(),
        unit: Mutex::default(),
        stale: AtomicBool::new(false),
        drafts: drafts::Drafts::default(),
        running: AtomicBool::new(false),
        search: Mutex::default(),
        live: Mutex::default(),
        hall: Mutex::default(),
        soft: Mutex::default(),
        printer: Notify::new(),
        talk,
        look,
        roll_turn: tokio::sync::Mutex::default(),
        setup,
    })
}
