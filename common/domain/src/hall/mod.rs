//! The hall (sảnh chờ): citizens take a number, wait, and are called to a counter.
//!
//! A [`Ticket`] knows what may happen to it and nothing of the others; [`choose()`] says which one is called next;
//! [`CounterState`] says whether a counter may call at all. The server puts the three together inside one transaction,
//! so that no ticket is at two counters and no counter has two. Nothing here names a citizen.

mod act;
mod choose;
mod class;
mod code;
mod counter;
mod estimate;
mod figures;
mod hours;
mod number;
mod rating;
mod service;
mod ticket;
mod times;

pub use act::{Act, MAX_SPELLS, MISS_AFTER, Refused};
pub use choose::{BadRatio, Head, Ratio, Streak, choose};
pub use class::{Basis, Class, PriorityReason, Rank};
pub use code::{NotATicket, TicketCode};
pub use counter::{CounterState, Opening, PauseReason};
pub use estimate::{Ahead, KNOWN_ENOUGH, RECENT, Wait, expected_wait};
pub use figures::{CounterFigures, HallFigures, ServiceFigures};
pub use hours::{NoTicket, TicketHours, WhyNot, ticket_day};
pub use number::{BadNumber, MAX_NUMBER, Prefix, TicketNumber};
pub use rating::{Complaint, Level, NotRated, Rated, Rating, Ratings, rate_case, rate_ticket};
pub use service::{Purpose, Service, default_services, find_service, serves};
pub use ticket::{NewTicket, Spell, State, Stretch, Ticket};
pub use times::Times;
