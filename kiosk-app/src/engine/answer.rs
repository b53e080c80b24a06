//! Each command, done.

use super::{Tools, keep, number};
use crate::{
    command::Command,
    event::{Event, Failure},
};
use api::{
    CodeParam, CounterParam, GetPlace, GetStatus, LeaveTicket, Place, RateCounter, RateTicket, StatusRequest,
    TicketParam, UnitParam, problem_code,
};
use client::ClientError;
use std::sync::Arc;

/// Does a command.
pub(super) async fn perform(tools: &Tools, command: Command) -> Option<Event> {
    match command {
        Command::ReadKept(unit) => {
            let kept = keep::read_json::<Place>(&keep::place_file(&tools.data, &unit)).await;
            Some(Event::Kept(kept.map(Arc::new)))
        }
        Command::LoadPlace(unit) => {
            let answer = tools.client.call::<GetPlace>(&UnitParam { unit }, &()).await;
            let answer = answer.map(Arc::new).map_err(|error| failure(&error));
            Some(Event::Place(answer, tools.clock.now()))
        }
        Command::KeepPlace(place) => {
            keep::write_json(&keep::place_file(&tools.data, &place.agency.code), &*place).await;
            None
        }
        Command::LoadStatus { ask, code, check } => {
            let answer =
                tools.client.call::<GetStatus>(&CodeParam { code }, &StatusRequest { k: check }).await;
            let answer = answer.map(Box::new).map_err(|error| failure(&error));
            Some(Event::Status { ask, answer })
        }
        Command::LoadTicket { ask, site, scanned } => {
            let answer = number::find(tools, site, scanned).await;
            Some(Event::Stands { ask, answer: answer.map(Box::new).map_err(|error| failure(&error)) })
        }
        Command::GiveUp { ask, ticket } => {
            let answer = tools.client.call::<LeaveTicket>(&TicketParam { ticket }, &()).await;
            Some(Event::Stands { ask, answer: answer.map(Box::new).map_err(|error| failure(&error)) })
        }
        Command::Rate { ask, ticket, said } => {
            let answer = tools.client.call::<RateTicket>(&TicketParam { ticket }, &said).await;
            Some(Event::Rated { ask, answer: answer.map_err(|error| failure(&error)) })
        }
        Command::RateCounter { ask, site, counter, said } => {
            let at = CounterParam { unit: site, number: counter };
            let answer = tools.client.call::<RateCounter>(&at, &said).await;
            Some(Event::Rated { ask, answer: answer.map_err(|error| failure(&error)) })
        }
        Command::Examine => {
            let examine = Arc::clone(&tools.examine);
            let found = tokio::task::spawn_blocking(move || examine()).await;
            found
                .map_err(|error| tracing::error!(%error, "nobody looked at this machine"))
                .ok()
                .map(Event::Examined)
        }
        Command::CameUp => {
            came_up(tools);
            None
        }
        // Done in order by the loop, and by the window.
        Command::TakeNumber { .. } | Command::Report(_) | Command::Close | Command::StartAgain => None,
    }
}

/// By the machine's own clock, which is the keeper's too.
fn came_up(tools: &Tools) {
    if let (Some(talk), Ok(version)) = (&tools.talk, api::VERSION.parse())
        && let Err(error) = talk.say_up(version, tools.clock.now())
    {
        tracing::warn!(%error, "the keeper does not hear that this version has come up");
    }
}

pub(super) fn failure(error: &ClientError) -> Failure {
    tracing::warn!(details = error.details(), "{error}");
    match error.code() {
        Some(problem_code::NOT_FOUND) => Failure::NotFound,
        Some(problem_code::TOO_MANY) => Failure::TooMany,
        Some(problem_code::DENIED) => Failure::Denied,
        Some(problem_code::NOT_ALLOWED) => Failure::NotAllowed,
        Some(other) => Failure::Other(other.to_owned()),
        None if error.is_offline() => Failure::Offline,
        None => Failure::Other(error.to_string()),
    }
}
