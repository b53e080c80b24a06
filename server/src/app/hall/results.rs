//! What a hall's screen shows of its agency's cases.

use super::super::{App, catalogue::Catalogue, pages::ResultsEntry};
use crate::{
    error::Error,
    store::results::{self, Seen},
};
use api::{HallResults, ResultSign, Shown};
use domain::{hall::ticket_day, time::Millis, unit::UnitCode};
use i18n::{t, with};
use std::{cmp::Reverse, sync::Arc};

/// Rows that a screen has room for.
const ROOM: usize = 8;
/// How many of them results may take while there is something else to show.
const READY: usize = 5;
/// Likewise those that wait for papers.
const WAITING: usize = 3;
/// From how many of the latest due results those that became ready last are taken.
const LATEST: i64 = 64;

/// The cases as they are shown now; kept until one of the agency's cases changes, or a day ends.
///
/// # Errors
/// [`Error::NotFound`] where there is no hall.
pub async fn results(app: &App, site: &UnitCode) -> Result<Arc<HallResults>, Error> {
    let catalogue = app.catalogue();
    let known = !catalogue.services(site).is_empty();
    known.then_some(()).ok_or(Error::NotFound)?;
    let day = ticket_day(app.now());
    if let Some(kept) = app.pages.results.get(site)
        && kept.day == day
        && app.fresh.holds(kept.seen)
    {
        return Ok(kept.value);
    }
    let seen = app.fresh.unit(site);
    let value = Arc::new(read(app, &catalogue, site).await?);
    app.pages.results.insert(site.clone(), ResultsEntry { value: Arc::clone(&value), seen, day });
    Ok(value)
}

async fn read(app: &App, catalogue: &Catalogue, site: &UnitCode) -> Result<HallResults, Error> {
    let now = app.now();
    let room = i64::try_from(ROOM).unwrap_or(i64::MAX);
    let mut tx = app.db.snapshot().await?;
    let mut ready = results::ready(&mut tx, site, LATEST).await?;
    let waiting = results::waiting(&mut tx, site, room).await?;
    let today = Millis::from_local(ticket_day(now).to_datetime(jiff::civil::Time::midnight()));
    let running = results::running(&mut tx, site, today, room).await?;
    drop(tx);
    ready.sort_by_key(|seen| Reverse(seen.resolved_at));
    let (ready_rows, waiting_rows) = shares(ready.len(), waiting.len(), running.len());
    let is_ready = |seen: &Seen| Shown::Ready { early: early(catalogue, seen) };
    let is_running = |seen: &Seen| {
        if seen.apologised { Shown::Apology { due: seen.due } } else { Shown::Processing }
    };
    let ready = ready.iter().take(ready_rows).map(|seen| sign(seen, is_ready(seen)));
    let waiting = waiting.iter().take(waiting_rows).map(|seen| sign(seen, Shown::Supplement));
    let running = running.iter().map(|seen| sign(seen, is_running(seen)));
    Ok(HallResults { results: ready.chain(waiting).chain(running).take(ROOM).collect() })
}

/// How many rows go to results and to cases that wait for papers; the rest is for running ones. Neither takes the
/// whole screen from the others, and no row stays empty.
fn shares(ready: usize, waiting: usize, running: usize) -> (usize, usize) {
    let (least_ready, least_waiting) = (ready.min(READY), waiting.min(WAITING));
    let spare = ROOM.saturating_sub(least_ready + least_waiting + running);
    let more_ready = (ready - least_ready).min(spare);
    let more_waiting = (waiting - least_waiting).min(spare - more_ready);
    (least_ready + more_ready, least_waiting + more_waiting)
}

/// How many working days before its due day a result was ready.
fn early(catalogue: &Catalogue, seen: &Seen) -> u32 {
    let due = seen.due.local().date();
    let ready = seen.resolved_at.map_or(due, |at| at.local().date());
    if ready < due { catalogue.calendar.working_days_between(ready, due) } else { 0 }
}

fn sign(seen: &Seen, shown: Shown) -> ResultSign {
    ResultSign {
        serial: seen.code.serial().to_owned(),
        received: seen.received_at.local().date(),
        name: seen.applicant.shortened(),
        shown,
        text: words(shown),
    }
}

fn words(shown: Shown) -> String {
    match shown {
        Shown::Ready { early: 0 } => t("web.board.ready").into_owned(),
        Shown::Ready { early } => with("web.board.ready_early", &[("n", &early.to_string())]),
        Shown::Supplement => t("web.board.supplement").into_owned(),
        Shown::Apology { due } => {
            let day = due.local().date();
            with("web.board.apology", &[("day", &format!("{:02}/{:02}", day.day(), day.month()))])
        }
        Shown::Processing => t("web.board.processing").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_filled_and_shared() {
        assert_eq!(shares(0, 0, 0), (0, 0));
        assert_eq!(shares(100, 100, 100), (5, 3));
        assert_eq!(shares(100, 0, 0), (8, 0));
        assert_eq!(shares(100, 0, 2), (6, 0), "both running ones are shown");
        assert_eq!(shares(2, 100, 1), (2, 5));
        assert_eq!(shares(2, 1, 100), (2, 1));
        for (ready, waiting, running) in [(9, 9, 0), (5, 0, 9), (0, 9, 9), (1, 1, 1), (7, 4, 3)] {
            let (ready_rows, waiting_rows) = shares(ready, waiting, running);
            let shown = ready_rows + waiting_rows + running.min(ROOM - ready_rows - waiting_rows);
            assert_eq!(shown, ROOM.min(ready + waiting + running), "{ready} {waiting} {running}");
        }
    }
}
