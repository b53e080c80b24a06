//! The hall: numbers are given, called and served. The rules are `domain::hall`; here they are put together in the
//! transactions of the queue.

pub mod counter;
pub mod day;
pub mod halls;
pub mod key;
pub mod moment;
pub mod rating;
pub mod results;
pub mod sweep;
pub mod ticket;
pub mod voice;

use super::{Asked, catalogue::Catalogue};
use crate::{error::Error, store::commands::CommandRow};
use domain::{
    ids::StaffId,
    time::Millis,
    unit::{Counter, UnitCode},
};
use serde::{Serialize, de::DeserializeOwned};

/// The counter of a hall.
fn counter<'a>(catalogue: &'a Catalogue, site: &UnitCode, number: u16) -> Result<&'a Counter, Error> {
    catalogue.counters(site).iter().find(|counter| counter.number == number).ok_or(Error::NotFound)
}

/// What is kept of a command in the hall, with its reply.
fn command(asked: &Asked, reply: &impl Serialize, at: Millis) -> Result<CommandRow, Error> {
    let reply = serde_json::to_string(reply).map_err(|_| Error::Internal("a reply is no JSON"))?;
    Ok(CommandRow {
        id: asked.id,
        actor: asked.actor,
        route: asked.route.clone(),
        body_hash: asked.body_hash.clone(),
        case_id: None,
        case_seq: None,
        reply: Some(reply),
        at,
    })
}

/// The reply to a command that was done before.
fn repeated<T: DeserializeOwned>(row: &CommandRow, asked: &Asked) -> Result<T, Error> {
    let same = row.actor == asked.actor && row.route == asked.route && row.body_hash == asked.body_hash;
    let reply = row.reply.as_deref().filter(|_| same).ok_or(Error::Reused)?;
    serde_json::from_str(reply).map_err(|_| Error::Internal("a kept reply is no JSON"))
}

/// Who calls, at which counter of which hall.
#[derive(Clone, Debug)]
struct Place {
    site: UnitCode,
    number: u16,
    clerk: StaffId,
}
