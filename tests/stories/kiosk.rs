//! The kiosk's own engine in the hall of Mai Sơn: one touch is one number and one paper, whatever breaks in between.

use crate::on_both;
use api::{GetTicket, TakeTicket, TicketParam, TicketView};
use client::local::{Local, PrintState};
use devices::printer::escpos;
use domain::{hall::State, time::Clock as _};
use i18n::Lang;
use kiosk_app::{
    command::Command,
    engine::{Engine as Works, Press, Tools},
    event::{Event, Failure},
    model::Paper,
};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tests::{
    Engine, World,
    hall::{ask, hall, mai_son, take},
};
use tokio::{
    sync::{Notify, OnceCell},
    time::timeout,
};

on_both!(
    one_touch_is_one_number_and_one_paper,
    a_cut_line_gives_the_same_number,
    a_crash_before_the_paper_prints_it_or_gives_the_number_back,
    a_number_that_nobody_has_is_given_back_when_the_line_is,
    without_a_printer_the_number_is_there_all_the_same,
);

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a kiosk leaves on its machine.
struct Machine(tempfile::TempDir);

impl Machine {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn journal(&self) -> PathBuf {
        self.0.path().join("kiosk.db")
    }

    fn printer(&self) -> String {
        format!("file:{}", self.0.path().join("papers").display())
    }

    /// Until the journal holds nothing that is under way.
    async fn settled(&self) {
        let local = Local::open(&self.journal()).await.unwrap();
        let settled = async {
            while !local.unfinished_tickets().await.unwrap().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, settled).await.unwrap();
    }

    /// The names of all papers that were printed; each is one that a printer's decoder understands.
    fn papers(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.0.path().join("papers")) else { return Vec::new() };
        let mut names: Vec<String> = folder
            .map(|file| {
                let path = file.unwrap().path();
                assert!(escpos::decode(&std::fs::read(&path).unwrap()).is_some(), "{path:?}");
                path.file_name().unwrap().to_string_lossy().into_owned()
            })
            .collect();
        names.sort();
        names
    }
}

/// A running kiosk; switched off when dropped.
struct Kiosk {
    works: Works,
    woken: Arc<Notify>,
}

impl Kiosk {
    fn start(world: &World, machine: &Machine, printer: Option<&str>) -> Self {
        let key = world.server().app.hall_secret.key(&mai_son());
        let woken = Arc::new(Notify::new());
        let wake = Arc::clone(&woken);
        let works = Works::start(Tools {
            client: world.visitor().with_hall_key(Some(&key)),
            clock: world.clock.clone(),
            data: machine.0.path().to_owned(),
            examine: Arc::new(Vec::new),
            site: mai_son(),
            hears_hall: true,
            journal: Some(machine.journal()),
            local: OnceCell::new(),
            press: printer.map(|address| Press::at(address.parse().unwrap())),
            talk: None,
            test_state: None,
            wake: Arc::new(move || wake.notify_one()),
        });
        Self { works: works.unwrap(), woken }
    }

    fn touch(&self, asked: &TakeTicket) {
        let asked = Box::new(asked.clone());
        self.works.send(Command::TakeNumber { site: mai_son(), asked, lang: Lang::Vi });
    }

    /// The next event that means something here.
    async fn until<T>(&self, what: &str, means: impl Fn(Event) -> Option<T>) -> T {
        let found = async {
            loop {
                while let Some(event) = self.works.next_event() {
                    if let Some(found) = means(event) {
                        return found;
                    }
                }
                self.woken.notified().await;
            }
        };
        timeout(PATIENCE, found).await.unwrap_or_else(|_| panic!("{what} did not come"))
    }

    async fn taken(&self) -> Result<TicketView, Failure> {
        let taken = |event| match event {
            Event::Taken { answer, .. } => Some(answer.map(|view| *view)),
            _ => None,
        };
        self.until("an answer", taken).await
    }

    async fn paper(&self) -> Paper {
        let paper = |event| match event {
            Event::Printed { paper, .. } => Some(paper),
            _ => None,
        };
        self.until("word of the paper", paper).await
    }

    /// Until the hall, as the kiosk hears of it, has so many waiting.
    async fn waiting(&self, many: u32) {
        let hall = |event| match event {
            Event::Hall(view) => (view.waiting == many).then_some(()),
            _ => None,
        };
        self.until("the hall", hall).await;
    }
}

async fn state(world: &World, asked: &TakeTicket) -> State {
    let param = TicketParam { ticket: asked.ticket };
    world.visitor().call::<GetTicket>(&param, &()).await.unwrap().state
}

/// From now on the server comes back at the address that it has, as a real one does.
fn keep_address(world: &mut World) {
    world.config.listen = world.server().addr;
}

async fn one_touch_is_one_number_and_one_paper(engine: Engine) {
    let (world, machine) = (World::new(engine).await, Machine::new());
    let kiosk = Kiosk::start(&world, &machine, Some(&machine.printer()));
    let asked = ask("q3", None);
    kiosk.touch(&asked);
    assert_eq!(kiosk.taken().await.unwrap().number.to_string(), "C001");
    assert_eq!(kiosk.paper().await, Paper::Out);
    assert_eq!(machine.papers(), ["C001.escpos"]);
    machine.settled().await;
    drop(kiosk);
    // Switched on again, nothing of it is done once more.
    let kiosk = Kiosk::start(&world, &machine, Some(&machine.printer()));
    kiosk.waiting(1).await;
    kiosk.touch(&ask("q3", None));
    assert_eq!(kiosk.paper().await, Paper::Out);
    machine.settled().await;
    assert_eq!(machine.papers(), ["C001.escpos", "C002.escpos"]);
    drop(kiosk);
    world.end().await;
}

async fn a_cut_line_gives_the_same_number(engine: Engine) {
    let (mut world, machine) = (World::new(engine).await, Machine::new());
    keep_address(&mut world);
    let kiosk = Kiosk::start(&world, &machine, Some(&machine.printer()));
    kiosk.waiting(0).await;
    let asked = ask("q3", None);
    // The number arrives at the server; its answer does not arrive here.
    take(&world.kiosk(), &asked).await.unwrap();
    world.stop().await;
    kiosk.touch(&asked);
    assert_eq!(kiosk.taken().await, Err(Failure::Offline));
    assert_eq!(machine.papers(), Vec::<String>::new());
    world.start().await;
    kiosk.touch(&asked);
    assert_eq!(kiosk.taken().await.unwrap().number.to_string(), "C001");
    assert_eq!(kiosk.paper().await, Paper::Out);
    assert_eq!((hall(&world.kiosk()).await.waiting, machine.papers().len()), (1, 1));
    drop(kiosk);
    world.end().await;
}

async fn a_crash_before_the_paper_prints_it_or_gives_the_number_back(engine: Engine) {
    let (world, machine) = (World::new(engine).await, Machine::new());
    let [gone, here, handed] = [(); 3].map(|()| ask("q3", None));
    {
        let local = Local::open(&machine.journal()).await.unwrap();
        for asked in [&gone, &handed] {
            local.intend_ticket(asked.ticket, world.clock.now()).await.unwrap();
            take(&world.kiosk(), asked).await.unwrap();
        }
        local.ticket_moved(handed.ticket, PrintState::Handed, world.clock.now()).await.unwrap();
        world.clock_to("2026-11-23T08:47");
        local.intend_ticket(here.ticket, world.clock.now()).await.unwrap();
        take(&world.kiosk(), &here).await.unwrap();
    }
    let kiosk = Kiosk::start(&world, &machine, Some(&machine.printer()));
    kiosk.waiting(2).await;
    assert_eq!(state(&world, &gone).await, State::Left, "nobody is called who has no paper");
    assert_eq!(state(&world, &handed).await, State::Waiting, "its paper may be out");
    machine.settled().await;
    assert_eq!(machine.papers(), ["C003.escpos"], "whoever asked just now is still there");
    drop(kiosk);
    world.end().await;
}

async fn a_number_that_nobody_has_is_given_back_when_the_line_is(engine: Engine) {
    let (mut world, machine) = (World::new(engine).await, Machine::new());
    keep_address(&mut world);
    let kiosk = Kiosk::start(&world, &machine, Some(&machine.printer()));
    kiosk.waiting(0).await;
    let asked = ask("q3", None);
    take(&world.kiosk(), &asked).await.unwrap();
    kiosk.waiting(1).await;
    world.stop().await;
    kiosk.touch(&asked);
    assert_eq!(kiosk.taken().await, Err(Failure::Offline));
    world.clock_to("2026-11-23T08:45");
    world.start().await;
    kiosk.waiting(0).await;
    assert_eq!(state(&world, &asked).await, State::Left);
    assert_eq!(machine.papers(), Vec::<String>::new());
    drop(kiosk);
    world.end().await;
}

async fn without_a_printer_the_number_is_there_all_the_same(engine: Engine) {
    let (world, machine) = (World::new(engine).await, Machine::new());
    for (printer, paper) in [(None, Paper::None), (Some("tcp:127.0.0.1:1"), Paper::Failed)] {
        let kiosk = Kiosk::start(&world, &machine, printer);
        let asked = ask("q3", None);
        kiosk.touch(&asked);
        kiosk.taken().await.unwrap();
        assert_eq!(kiosk.paper().await, paper);
        assert_eq!(state(&world, &asked).await, State::Waiting);
    }
    world.end().await;
}
