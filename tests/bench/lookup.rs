//! What is read most: a case's public status by its code, and a page of work. Against a bare handler that answers as
//! many bytes, with a small and with a large archive: the cost must not grow with what is stored.

use crate::{
    Bench,
    archive::Archive,
    bare,
    figures::{Pace, Rounds, whole},
    report::Report,
    wire::{Client, Wire, drive, get},
};
use anyhow::Context as _;
use api::{Endpoint as _, GetStatus, GetWork};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// Connections that ask.
const CLIENTS: usize = 32;
/// What is left of a bare handler's rate.
const OF_BARE: f64 = 0.50;
/// What is left of the small archive's rate with the large one.
const OF_SMALL: f64 = 0.80;
/// How long each server is asked before anything counts.
const WARM: Duration = Duration::from_secs(5);

/// Status and work, on both archives.
pub fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (few, many) = bench.sizes;
    let small = bench.inside.block_on(Archive::open(bench, few))?;
    let large = bench.inside.block_on(Archive::open(bench, many))?;
    let status = |archive: &Archive| -> anyhow::Result<Arc<[Vec<u8>]>> {
        let codes = bench.inside.block_on(archive.codes())?;
        Ok(codes.iter().map(|code| get(&GetStatus::PATH.replace("{code}", code), None)).collect())
    };
    let work = |archive: &Archive| -> Arc<[Vec<u8>]> {
        [get(&format!("{}?limit=100", GetWork::PATH), Some(&archive.session.token))].into()
    };
    let page = |archive: &Archive| -> anyhow::Result<Arc<[Vec<u8>]>> {
        let codes = bench.inside.block_on(archive.codes())?;
        Ok(codes.iter().map(|code| get(&format!("/tra-cuu/{code}"), None)).collect())
    };
    compare(bench, report, "public status, any code", (&small, status(&small)?), (&large, status(&large)?))?;
    compare(bench, report, "page of 100 rows of work", (&small, work(&small)), (&large, work(&large)))?;
    compare(bench, report, "public status as a page", (&small, page(&small)?), (&large, page(&large)?))?;
    for archive in [small, large] {
        bench.inside.block_on(archive.running.stop());
    }
    Ok(())
}

type Asked<'a> = (&'a Archive, Arc<[Vec<u8>]>);

fn compare(bench: &Bench, report: &mut Report, what: &str, small: Asked, large: Asked) -> anyhow::Result<()> {
    let (few, many) = (whole(f64::from(bench.sizes.0)), whole(f64::from(bench.sizes.1)));
    let size = bench.outside.block_on(mean_size(large.0.running.addr, &large.1))?;
    let bare = bench.inside.block_on(bare::start(size))?;
    let asked = [(bare, &large.1), (small.0.running.addr, &small.1), (large.0.running.addr, &large.1)];
    let run = |at: usize, time: Duration| -> anyhow::Result<Pace> {
        let (to, requests) = asked.get(at).context("nobody to ask")?;
        let open = (0..CLIENTS).map(|at| Reader::open(*to, Arc::clone(requests), at as u64));
        let readers = bench.outside.block_on(async { futures_util::future::try_join_all(open).await })?;
        Ok(drive(&bench.outside, readers, time)?.1)
    };
    for at in 0..asked.len() {
        run(at, WARM.min(bench.round * 2))?;
    }
    let rounds = Rounds::run(bench.rounds, asked.len(), |at| run(at, bench.round))?;
    let bare = format!("a bare handler of {} bytes: {}", whole(size as f64), rounds.said(0));
    for (at, cases) in [(1, &few), (2, &many)] {
        let what = format!("{what}, {cases} cases");
        report.ratio(&what, &rounds.said(at), &bare, rounds.ratio(at, 0), OF_BARE);
    }
    let beside = format!("{few} cases: {}", rounds.said(1));
    let what = format!("{what}, {many} to {few}");
    report.ratio(&what, &rounds.said(2), &beside, rounds.ratio(2, 1), OF_SMALL);
    Ok(())
}

async fn mean_size(to: SocketAddr, requests: &Arc<[Vec<u8>]>) -> anyhow::Result<usize> {
    let mut wire = Wire::open(to).await?;
    let (mut sum, mut count) = (0, 0);
    for request in requests.iter().step_by((requests.len() / 200).max(1)) {
        sum += wire.ask(request).await?.len();
        count += 1;
    }
    Ok(sum / count)
}

/// One who asks for any of the given pages, each as likely as the next.
struct Reader {
    wire: Wire,
    requests: Arc<[Vec<u8>]>,
    dice: StdRng,
}

impl Reader {
    async fn open(to: SocketAddr, requests: Arc<[Vec<u8>]>, seed: u64) -> anyhow::Result<Self> {
        Ok(Self { wire: Wire::open(to).await?, requests, dice: StdRng::seed_from_u64(seed) })
    }
}

impl Client for Reader {
    async fn turn(&mut self) -> anyhow::Result<()> {
        let at = self.dice.random_range(0..self.requests.len());
        let request = self.requests.get(at).context("no such request")?;
        self.wire.ask(request).await.map(drop)
    }
}
