//! Intake, durable: through the whole stack (HTTP, rights, hash chain, group commit, full sync) against the same
//! statements issued directly, one transaction each, on the same engine and disk.

use crate::{
    Bench,
    direct::Direct,
    figures::{Rounds, whole},
    report::Report,
    wire::{Client, Wire, drive},
};
use anyhow::{Context as _, ensure};
use api::{COMMAND_HEADER, CaseView, Endpoint as _, Intake, IntakeRequest};
use domain::ids::{CaseId, CommandId};
use tests::{Desk, Engine, World};

/// So many clients at one unit, and so many times the rate of the statements alone.
const CROWD: (usize, f64, f64) = (64, 5.0, 3.0);
/// What is left of the statements' rate for a client alone.
const ALONE: f64 = 0.70;
/// The counters of the one unit.
const CLERKS: [&str; 5] = ["maison.quay1", "maison.quay2", "maison.quay3", "maison.quay4", "maison.quay5"];

/// Every engine, crowded and alone.
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
    // The first case gives the statements their values; the numbers after it are counted.
    let (world, clerks, first) = bench.inside.block_on(async {
        let world = World::new(engine).await;
        let mut clerks = Vec::with_capacity(CROWD.0);
        for at in 0..CROWD.0 {
            let desk = world.desk(CLERKS[at % CLERKS.len()]).await;
            clerks.push(Clerk::sit_down(&world, desk).await?);
        }
        let first = clerks.first().context("no clerk")?.desk.intake(&tests::birth()).await?;
        anyhow::Ok((world, clerks, first))
    })?;
    let direct = bench.inside.block_on(Direct::beside(&world, CROWD.0))?;
    let mut clerks = Some(clerks);
    for (many, goal) in [(CROWD.0, if engine == Engine::Sqlite { CROWD.1 } else { CROWD.2 }), (1, ALONE)] {
        let mut direct_clients = Some(direct.clients(many));
        let rounds = Rounds::run(bench.rounds, 2, |at| {
            if at == 1 {
                let clients = direct_clients.take().context("no clients")?;
                let (clients, pace) = drive(&bench.inside, clients, bench.round)?;
                direct_clients = Some(clients);
                return Ok(pace);
            }
            let mut working = clerks.take().context("no clerks")?;
            let resting = working.split_off(many);
            let (mut working, pace) = drive(&bench.outside, working, bench.round)?;
            working.extend(resting);
            clerks = Some(working);
            Ok(pace)
        })?;
        let what = match many {
            1 => format!("intake, {name}, 1 client"),
            many => format!("intake, {name}, {many} clients at one unit"),
        };
        let alone = format!("the statements alone: {}", rounds.said(1));
        report.ratio(&what, &rounds.said(0), &alone, rounds.ratio(0, 1), goal);
    }
    let given = clerks.into_iter().flatten().flat_map(|clerk| clerk.given);
    let count = whole_series(first, given)?;
    bench.inside.block_on(async {
        let stored = server::upkeep::check::fsck(&world.server().app.db).await?;
        ensure!(stored.cases == count, "{count} cases were acknowledged, {} are stored", stored.cases);
        // Checks every chain, every row, the figures and the series.
        world.end().await;
        anyhow::Ok(())
    })?;
    bench.inside.block_on(direct.end())?;
    report.note(format!(
        "Intake on {name}: {} cases acknowledged, all of them stored, codes 1 to {} with no gap and no double; every \
         hash, row and figure recomputed.",
        whole(count as f64),
        whole(count as f64),
    ));
    Ok(())
}

/// How many codes were given; an error unless they are 1 to that number, each once.
fn whole_series(first: CaseView, given: impl Iterator<Item = u32>) -> anyhow::Result<u64> {
    let mut serials: Vec<u32> = given.chain([first.case.code.serial().parse()?]).collect();
    serials.sort_unstable();
    let mut expected = 0;
    for serial in serials {
        expected += 1;
        ensure!(serial == expected, "code {serial} stands where {expected} was due");
    }
    Ok(u64::from(expected))
}

/// A clerk with a connection and a session of their own.
struct Clerk {
    desk: Desk,
    wire: Wire,
    request: IntakeRequest,
    given: Vec<u32>,
    text: Vec<u8>,
}

impl Clerk {
    async fn sit_down(world: &World, desk: Desk) -> anyhow::Result<Self> {
        let wire = Wire::open(world.server().addr).await?;
        Ok(Self { desk, wire, request: tests::birth(), given: Vec::with_capacity(4_096), text: Vec::new() })
    }
}

impl Client for Clerk {
    async fn turn(&mut self) -> anyhow::Result<()> {
        self.request.case = CaseId::new();
        let body = serde_json::to_vec(&self.request)?;
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {}\r\n{COMMAND_HEADER}: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            Intake::PATH,
            self.desk.session.token,
            CommandId::new(),
            body.len(),
        );
        self.text.clear();
        self.text.extend_from_slice(head.as_bytes());
        self.text.extend_from_slice(&body);
        let answer = self.wire.ask(&self.text).await?;
        self.given.push(serial(answer).context("an answer without a code")?);
        Ok(())
    }
}

/// The serial in the first code of an answer.
fn serial(answer: &[u8]) -> Option<u32> {
    const KEY: &[u8] = b"\"code\":\"H52.125-";
    let at = answer.windows(KEY.len()).position(|part| part == KEY)? + KEY.len();
    let rest = answer.get(at..)?;
    let code = std::str::from_utf8(rest.get(..rest.iter().position(|byte| *byte == b'"')?)?).ok()?;
    code.rsplit('-').next()?.parse().ok()
}
