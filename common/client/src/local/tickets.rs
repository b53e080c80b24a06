//! The numbers that this kiosk gives: noted before they are asked for, so that after a crash no number stays in the line
//! whose paper nobody has.

use super::{Local, PrintState, Result, read_id};
use domain::{ids::TicketId, time::Millis};
use sqlx::Row as _;

const INSERT: &str = "INSERT INTO tickets (id, state, made_at, changed_at) VALUES ($1, 'intended', $2, $2)
    ON CONFLICT (id) DO UPDATE SET state = 'intended', made_at = $2, changed_at = $2
    WHERE tickets.state IN ('intended', 'failed')";
const MOVE: &str = "UPDATE tickets SET state = $2, changed_at = $3 WHERE id = $1";
const UNFINISHED: &str =
    "SELECT id, state, made_at FROM tickets WHERE state IN ('intended', 'handed') ORDER BY made_at";
const SWEEP: &str = "DELETE FROM tickets WHERE made_at < $1 AND state NOT IN ('intended', 'handed')";

/// A number whose paper was not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnfinishedTicket {
    /// Which.
    pub ticket: TicketId,
    /// How far its paper is: intended, or handed to the printer.
    pub state: PrintState,
    /// When it was asked for last, by this machine's clock.
    pub made_at: Millis,
}

impl Local {
    /// Notes a number that is about to be asked for, or asked for once more.
    ///
    /// # Errors
    /// [`super::LocalError`]; it must not be asked for then.
    pub async fn intend_ticket(&self, ticket: TicketId, now: Millis) -> Result<()> {
        sqlx::query(INSERT).bind(ticket.to_string()).bind(now.0).execute(&self.pool).await?;
        Ok(())
    }

    /// Notes how far a number's paper is.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn ticket_moved(&self, ticket: TicketId, state: PrintState, now: Millis) -> Result<()> {
        let query = sqlx::query(MOVE).bind(ticket.to_string()).bind(state.name()).bind(now.0);
        query.execute(&self.pool).await?;
        Ok(())
    }

    /// Numbers whose paper was not finished when the kiosk went down.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn unfinished_tickets(&self) -> Result<Vec<UnfinishedTicket>> {
        let rows = sqlx::query(UNFINISHED).fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let state: String = row.try_get("state")?;
                Ok(UnfinishedTicket {
                    ticket: read_id("tickets", row.try_get("id")?)?,
                    state: PrintState::read(&state).unwrap_or(PrintState::Unknown),
                    made_at: Millis(row.try_get("made_at")?),
                })
            })
            .collect()
    }

    /// Forgets finished numbers from before an instant.
    ///
    /// # Errors
    /// [`super::LocalError`].
    pub async fn forget_tickets(&self, before: Millis) -> Result<()> {
        sqlx::query(SWEEP).bind(before.0).execute(&self.pool).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_not_finished_is_known_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.db");
        let [printed, handed, asked, refused] = [(); 4].map(|()| TicketId::new());
        {
            let local = Local::open(&path).await.unwrap();
            for (at, ticket) in [printed, handed, asked, refused].into_iter().enumerate() {
                local.intend_ticket(ticket, Millis(at as i64)).await.unwrap();
            }
            local.intend_ticket(asked, Millis(9)).await.unwrap();
            local.ticket_moved(refused, PrintState::Failed, Millis(9)).await.unwrap();
            local.intend_ticket(refused, Millis(10)).await.unwrap();
            local.ticket_moved(handed, PrintState::Handed, Millis(10)).await.unwrap();
            local.ticket_moved(printed, PrintState::Done, Millis(10)).await.unwrap();
            local.intend_ticket(printed, Millis(11)).await.unwrap();
        }
        let local = Local::open(&path).await.unwrap();
        let left = local.unfinished_tickets().await.unwrap();
        let row = |ticket, state, at| UnfinishedTicket { ticket, state, made_at: Millis(at) };
        let again = [row(asked, PrintState::Intended, 9), row(refused, PrintState::Intended, 10)];
        assert_eq!(left, [[row(handed, PrintState::Handed, 1)].as_slice(), &again].concat());
        local.forget_tickets(Millis(100)).await.unwrap();
        assert_eq!(local.unfinished_tickets().await.unwrap().len(), 3, "what is unfinished is not forgotten");
    }
}
