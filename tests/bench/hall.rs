//! The hall, durable: numbers of one series and calls, through the whole stack against the same statements issued
//! directly, one transaction each, on the same engine and disk.

use crate::{
    Bench,
    apart::{Apart, Pool, text},
    figures::{Rounds, whole},
    report::Report,
    wire::{Client, Wire, drive},
};
use anyhow::{Context as _, ensure};
use api::{COMMAND_HEADER, CallNext, DoWithTicket, Endpoint as _, HALL_KEY_HEADER, IssueTicket};
use domain::{
    hall::{Act, Class, NewTicket, Opening, Prefix, Ticket, TicketNumber},
    ids::{CommandId, TicketId},
    time::Millis,
};
use jiff::civil::{Date, date};
use server::store::{Db, tickets::Columns};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tests::{
    Engine, World,
    hall::{Counter, mai_son},
};
use uuid::Uuid;

/// Kiosks, and counters.
const CROWD: u16 = 64;
/// So many times the rate of the statements alone: numbers, calls.
const GOALS: (f64, f64) = (5.0, 1.0);
/// The day of the world's clock.
const DAY: Date = date(2026, 11, 23);

/// Every engine.
pub fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    for engine in tests::engines() {
        measure_engine(bench, report, engine)?;
    }
    Ok(())
}

fn measure_engine(bench: &Bench, report: &mut Report, engine: Engine) -> anyhow::Result<()> {
    let name = match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    let (world, kiosks, counters) = bench.inside.block_on(open(engine))?;
    let apart = bench.inside.block_on(Apart::beside(&world, CROWD.into()))?;
    let texts = Arc::new(Texts::of(&world.server().app.db)?);
    let line = Arc::new(AtomicI64::new(0));
    let direct =
        |at: u16| Direct { pool: apart.pool.clone(), texts: Arc::clone(&texts), line: Arc::clone(&line), at };
    let issued = (0..CROWD).map(|at| Issues(direct(at))).collect();
    let kiosks = compare(
        bench,
        report,
        &format!("numbers of one series, {name}, {CROWD} kiosks"),
        kiosks,
        issued,
        GOALS.0,
    )?;
    let called = (0..CROWD).map(|at| Calls(direct(at))).collect();
    let counters =
        compare(bench, report, &format!("calls, {name}, {CROWD} counters"), counters, called, GOALS.1)?;

    let mut given: Vec<u32> = kiosks.into_iter().flat_map(|kiosk| kiosk.given).collect();
    given.sort_unstable();
    ensure!(
        given.iter().copied().eq(1..=u32::try_from(given.len())?),
        "a number is missing or was given twice"
    );
    let calls: Vec<Uuid> = counters.into_iter().flat_map(|counter| counter.called).collect();
    let once: BTreeSet<&Uuid> = calls.iter().collect();
    ensure!(once.len() == calls.len(), "somebody was called twice");
    report.note(format!(
        "The hall on {name}: numbers 1 to {} given, each once; {} called, each once; every line recomputed.",
        whole(given.len() as f64),
        whole(calls.len() as f64),
    ));
    bench.inside.block_on(async {
        world.end().await;
        apart.end().await
    })
}

/// A hall with kiosks at the door and all counters open.
async fn open(engine: Engine) -> anyhow::Result<(World, Vec<Kiosk>, Vec<Caller>)> {
    let world = World::new(engine).await;
    world.more_counters(CROWD).await;
    let key = world.server().app.hall_secret.key(&mai_son());
    let addr = world.server().addr;
    let (mut kiosks, mut counters) = (Vec::new(), Vec::new());
    for number in 6..6 + CROWD {
        kiosks.push(Kiosk { wire: Wire::open(addr).await?, key: key.clone(), given: Vec::new() });
        let counter = Counter::of(&world, "maison.quay3", number).await;
        counter.set(Opening::Open).await?;
        let token = counter.desk.session.token.clone();
        counters.push(Caller { wire: Wire::open(addr).await?, token, number, called: Vec::new() });
    }
    Ok((world, kiosks, counters))
}

/// Lets the server and the statements take turns.
fn compare<S: Client, D: Client>(
    bench: &Bench,
    report: &mut Report,
    what: &str,
    through: Vec<S>,
    direct: Vec<D>,
    goal: f64,
) -> anyhow::Result<Vec<S>> {
    let (mut through, mut direct) = (Some(through), Some(direct));
    let rounds = Rounds::run(bench.rounds, 2, |at| {
        if at == 1 {
            let (clients, pace) = drive(&bench.inside, direct.take().context("no clients")?, bench.round)?;
            direct = Some(clients);
            return Ok(pace);
        }
        let (clients, pace) = drive(&bench.outside, through.take().context("no clients")?, bench.round)?;
        through = Some(clients);
        Ok(pace)
    })?;
    let alone = format!("the statements alone: {}", rounds.said(1));
    report.ratio(what, &rounds.said(0), &alone, rounds.ratio(0, 1), goal);
    through.context("no clients")
}

/// A kiosk that gives one number after the other.
struct Kiosk {
    wire: Wire,
    key: String,
    given: Vec<u32>,
}

impl Client for Kiosk {
    async fn turn(&mut self) -> anyhow::Result<()> {
        let body = format!("{{\"ticket\":\"{}\",\"service\":\"q3\"}}", TicketId::new());
        let path = IssueTicket::PATH.replace("{unit}", mai_son().as_str());
        let request = post(&path, &format!("{HALL_KEY_HEADER}: {}\r\n", self.key), &body);
        let answer = self.wire.ask(&request).await?;
        let number: TicketNumber = value(answer, "number").context("no number")?.parse()?;
        self.given.push(number.count());
        Ok(())
    }
}

/// A counter that calls the next, who has changed their mind.
struct Caller {
    wire: Wire,
    token: String,
    number: u16,
    called: Vec<Uuid>,
}

impl Client for Caller {
    async fn turn(&mut self) -> anyhow::Result<()> {
        let next = self.post(CallNext::PATH, "null").await?;
        let ticket: Uuid = value(&next, "id").context("nobody waits any more")?.parse()?;
        self.called.push(ticket);
        let leaves = format!("{{\"ticket\":\"{ticket}\",\"act\":\"leave\"}}");
        self.post(DoWithTicket::PATH, &leaves).await.map(drop)
    }
}

impl Caller {
    async fn post(&mut self, path: &str, body: &str) -> anyhow::Result<Vec<u8>> {
        let path = path.replace("{unit}", mai_son().as_str()).replace("{number}", &self.number.to_string());
        let head =
            format!("authorization: Bearer {}\r\n{COMMAND_HEADER}: {}\r\n", self.token, CommandId::new());
        Ok(self.wire.ask(&post(&path, &head, body)).await?.to_vec())
    }
}

fn post(path: &str, head: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\n{head}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The first text of this name in an answer.
fn value<'a>(answer: &'a [u8], name: &str) -> Option<&'a str> {
    let (_, rest) = std::str::from_utf8(answer).ok()?.split_once(&format!("\"{name}\":\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The server's own statements.
struct Texts {
    find_command: &'static str,
    keep_command: &'static str,
    serial: &'static str,
    find_ticket: &'static str,
    insert_ticket: &'static str,
    update_ticket: &'static str,
    heads: &'static str,
    at_counter: &'static str,
    counter: &'static str,
    put_counter: &'static str,
    counts: &'static str,
    put_counts: &'static str,
    notify: &'static str,
}

impl Texts {
    fn of(db: &Db) -> anyhow::Result<Self> {
        let need = |wanted: &str| text(db, wanted);
        Ok(Self {
            find_command: need("commands.find_many")?,
            keep_command: need("commands.insert")?,
            serial: need("serials.next")?,
            find_ticket: need("tickets.find_many")?,
            insert_ticket: need("tickets.insert")?,
            update_ticket: need("tickets.update")?,
            heads: need("tickets.heads")?,
            at_counter: need("tickets.at_counter")?,
            counter: need("halls.counter")?,
            put_counter: need("halls.put_counter")?,
            counts: need("halls.counts")?,
            put_counts: need("halls.put_counts")?,
            notify: text(db, "dialect.notify_hall").unwrap_or_default(),
        })
    }
}

/// One who issues statements, and at which counter.
struct Direct {
    pool: Pool,
    texts: Arc<Texts>,
    line: Arc<AtomicI64>,
    at: u16,
}

/// Runs statements as one transaction, on either engine.
macro_rules! transaction {
    ($direct:expr, |$c:ident| $body:expr) => {
        match &$direct.pool {
            Pool::Sqlite(pool) => {
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                let done = {
                    let $c = &mut *tx;
                    $body
                };
                tx.commit().await?;
                done
            }
            Pool::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                let done = {
                    let $c = &mut *tx;
                    $body
                };
                let site = mai_son();
                sqlx::query($direct.texts.notify).bind(site.as_str()).execute(&mut *tx).await?;
                tx.commit().await?;
                done
            }
        }
    };
}

/// Reads and writes what counts up in the hall.
macro_rules! count_up {
    ($c:expr, $texts:expr, $place:expr) => {{
        let site = mai_son();
        sqlx::query($texts.counts).bind(site.as_str()).fetch_optional(&mut *$c).await?;
        let put = sqlx::query($texts.put_counts).bind(site.as_str()).bind($place).bind($place).bind($place);
        put.execute(&mut *$c).await?;
    }};
}

/// Looks for a command, and keeps it.
macro_rules! command {
    ($c:expr, $texts:expr, $reply:expr) => {{
        let id = Uuid::now_v7();
        sqlx::query($texts.find_command).bind(id).fetch_optional(&mut *$c).await?;
        let keep =
            sqlx::query($texts.keep_command).bind(id).bind(Uuid::nil()).bind("POST /api/halls/H52.125");
        let keep = keep.bind([7_u8; 32].as_slice()).bind(None::<Uuid>).bind(None::<i32>).bind($reply);
        keep.bind(1_795_000_000_000_i64).execute(&mut *$c).await?;
    }};
}

/// Writes a ticket that has changed.
macro_rules! update {
    ($c:expr, $texts:expr, $ticket:expr, $seq:expr) => {{
        let (columns, body) = (Columns::of($ticket), serde_json::to_string($ticket)?);
        let update = sqlx::query($texts.update_ticket).bind($ticket.id.0).bind(&columns.service);
        let update = update
            .bind(&columns.state)
            .bind(columns.counter)
            .bind($seq)
            .bind(columns.finished_at.map(|at| at.0));
        update.bind(&body).execute(&mut *$c).await?;
        body
    }};
}

/// Numbers, by the statements alone.
struct Issues(Direct);

impl Client for Issues {
    async fn turn(&mut self) -> anyhow::Result<()> {
        let Direct { texts, line, .. } = &self.0;
        let place = line.fetch_add(1, Ordering::SeqCst) + 1;
        transaction!(self.0, |c| {
            let id = TicketId::new();
            sqlx::query(texts.find_ticket).bind(id.0).fetch_optional(&mut *c).await?;
            let last: i64 = sqlx::query_scalar(texts.serial).bind("so direct").fetch_one(&mut *c).await?;
            let ticket = new_ticket(id, last, place)?;
            let (columns, body) = (Columns::of(&ticket), serde_json::to_string(&ticket)?);
            let insert = sqlx::query(texts.insert_ticket).bind(id.0).bind(&columns.site).bind(&columns.day);
            let insert = insert.bind(&columns.number).bind(columns.place).bind(&columns.service);
            let insert = insert.bind(&columns.class).bind(columns.from_at.0).bind(&columns.state);
            let insert = insert.bind(columns.counter).bind(0_i64).bind(columns.finished_at.map(|at| at.0));
            insert.bind(&body).execute(&mut *c).await?;
            count_up!(c, texts, place);
        });
        Ok(())
    }
}

fn new_ticket(id: TicketId, last: i64, place: i64) -> anyhow::Result<Ticket> {
    let number = TicketNumber::new(Prefix::try_from('C').ok(), u32::try_from(last)?)?;
    let new = NewTicket { id, site: mai_son(), service: "q3".into(), class: Class::Ordinary, case: None };
    Ok(Ticket::issue(new, DAY, number, place, now()))
}

fn now() -> Millis {
    tests::at("2026-11-23T08:42")
}

/// Calls of people who have changed their minds, by the statements alone.
struct Calls(Direct);

impl Client for Calls {
    async fn turn(&mut self) -> anyhow::Result<()> {
        let Direct { texts, at, .. } = &self.0;
        let (site, day) = (mai_son(), DAY.to_string());
        let called: Ticket = transaction!(self.0, |c| {
            let here = sqlx::query(texts.counter).bind(site.as_str()).bind(&day).bind(i32::from(*at));
            here.fetch_optional(&mut *c).await?;
            let busy = sqlx::query(texts.at_counter).bind(site.as_str()).bind(&day).bind(i32::from(*at));
            ensure!(busy.fetch_optional(&mut *c).await?.is_none(), "the counter is busy");
            let heads = sqlx::query_as(texts.heads).bind(site.as_str()).bind(&day).bind("q3").bind(now().0);
            let heads: Vec<(String, i64)> = heads.fetch_all(&mut *c).await?;
            let (body, _) = heads.first().context("nobody waits any more")?;
            let ticket: Ticket = serde_json::from_str(body)?;
            let ticket = ticket.apply(&Act::Call { counter: *at }, now())?;
            let reply = update!(c, texts, &ticket, 1_i64);
            let put = sqlx::query(texts.put_counter).bind(site.as_str()).bind(i32::from(*at)).bind(&day);
            put.bind("{\"opening\":\"open\"}").bind(0_i16).execute(&mut *c).await?;
            command!(c, texts, &reply);
            count_up!(c, texts, ticket.place);
            ticket
        });
        transaction!(self.0, |c| {
            sqlx::query(texts.find_ticket).bind(called.id.0).fetch_optional(&mut *c).await?;
            let gone = called.apply(&Act::Leave, now())?;
            let reply = update!(c, texts, &gone, 1_i64);
            command!(c, texts, &reply);
            count_up!(c, texts, gone.place);
        });
        Ok(())
    }
}
