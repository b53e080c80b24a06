//! Whether the lines of the halls are what their tickets say.

use super::{CHUNK, Report};
use crate::store::{
    StoreError, Tx,
    check::{self, StoredTicket},
    tickets::Columns,
};
use domain::{
    hall::{Ticket, TicketNumber},
    ids::TicketId,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Looks at every ticket, and counts the numbers of each series.
pub(super) async fn walk(
    tx: &mut Tx,
    report: &mut Report,
    series: &mut HashMap<String, (i64, i64)>,
) -> Result<(), StoreError> {
    let places: HashMap<String, i64> = check::halls(tx).await?.into_iter().collect();
    let (mut taken, mut busy) = (HashSet::new(), HashSet::new());
    let mut last = TicketId(Uuid::nil());
    loop {
        let rows = check::tickets(tx, last, CHUNK).await?;
        let Some(end) = rows.last().map(|row| row.id) else {
            return Ok(());
        };
        last = end;
        for row in &rows {
            let ticket = match read(row) {
                Ok(ticket) => ticket,
                Err(said) => {
                    report.bad(|| format!("ticket {}: {said}", row.id));
                    continue;
                }
            };
            let (count, highest) = series
                .entry(TicketNumber::series(&ticket.site, ticket.day, ticket.number.prefix()))
                .or_default();
            *count += 1;
            *highest = i64::from(ticket.number.count()).max(*highest);
            let given = places.get(ticket.site.as_str()).copied().unwrap_or(0);
            if ticket.place > given || !taken.insert((ticket.site.clone(), ticket.place)) {
                report.bad(|| format!("ticket {}: place {} was not given so", row.id, ticket.place));
            }
            let at_counter = ticket.state.counter().filter(|_| ticket.state.is_at_counter());
            if let Some(counter) = at_counter
                && !busy.insert((ticket.site.clone(), ticket.day, counter))
            {
                report.bad(|| format!("ticket {}: counter {counter} has another one at hand", row.id));
            }
        }
    }
}

/// The ticket of a row, if the row agrees with it.
fn read(row: &StoredTicket) -> Result<Ticket, String> {
    let ticket: Ticket = serde_json::from_str(&row.body).map_err(|error| error.to_string())?;
    let same = ticket.id == row.id && Columns::of(&ticket) == row.columns;
    same.then_some(ticket).ok_or_else(|| "the columns of the row differ from its body".to_owned())
}
