//! The day's end: numbers that are still open when their day is over hold no longer.

use super::{super::App, ticket::expire};
use crate::{
    error::Error,
    store::{halls, tickets},
};
use domain::hall::ticket_day;

/// How many are ended at once.
const AT_ONCE: i64 = 200;

/// Ends what is left over of days before; how many there were.
///
/// # Errors
/// [`Error`].
pub async fn sweep(app: &App) -> Result<usize, Error> {
    let today = ticket_day(app.now());
    let mut ended = 0;
    loop {
        let left = tickets::left_over(&mut app.db.snapshot().await?, today, AT_ONCE).await?;
        if left.is_empty() {
            return Ok(ended);
        }
        let ends = left.iter().map(|stored| expire(app, stored.ticket.id));
        for done in futures_util::future::join_all(ends).await {
            done?;
            ended += 1;
        }
    }
}

/// Looks whether other processes have changed a hall that somebody here looks at.
///
/// # Errors
/// [`Error`].
pub async fn catch_up(app: &App) -> Result<(), Error> {
    if app.halls.any() {
        let versions = halls::versions(&mut app.db.snapshot().await?).await?;
        app.halls.compare(versions).await;
    }
    Ok(())
}
