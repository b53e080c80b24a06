//! The hall as a whole: ticket, choice and counter put together, as the server does it in one transaction.
#![cfg(test)]

mod agree;
mod history;
#[expect(unreachable_pub, reason = "the tests of the server take this file in, too")]
mod reference;
mod world;
