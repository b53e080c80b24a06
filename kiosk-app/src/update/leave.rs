//! The way in and out, for IT: five touches in the corner, then the code, then how this machine stands.

use crate::{
    command::Command,
    model::{Leave, LeaveTrouble, Model, Screen},
};
use domain::{machine::Finding, time::MINUTE};
use std::cmp::Reverse;

/// So many touches in the corner ask for the code…
const TOUCHES: usize = 5;
/// …when they come within this time.
const WITHIN_MS: i64 = 5_000;
/// After so many wrong codes none is taken for a while.
const TRIES: u8 = 5;
/// How long none is taken.
const LOCKED_MS: i64 = MINUTE;
/// No code is longer.
const LONGEST: usize = 32;

/// A touch in the corner.
pub(super) fn corner(model: &mut Model) -> Vec<Command> {
    let now = model.machine;
    let exit = &mut model.exit;
    exit.touches.retain(|at| (0..WITHIN_MS).contains(&(now.0 - at.0)));
    exit.touches.push(now);
    if exit.touches.len() >= TOUCHES && exit.code.is_some() {
        exit.touches.clear();
        super::open(model, Screen::Leave(Leave::default()));
    }
    Vec::new()
}

/// Looks at the machine again.
pub(super) fn examine(model: &mut Model) -> Vec<Command> {
    match &mut model.visit.screen {
        Screen::Machine(shown) => {
            *shown = None;
            vec![Command::Examine]
        }
        _ => Vec::new(),
    }
}

/// What was found, the worst first; whoever has gone on sees nothing of it.
pub(super) fn examined(model: &mut Model, mut findings: Vec<Finding>) -> Vec<Command> {
    if let Screen::Machine(shown) = &mut model.visit.screen {
        findings.sort_by_key(|finding| Reverse(finding.state));
        *shown = Some(findings);
    }
    Vec::new()
}

/// Leaves the kiosk; only whoever gave the code is there.
pub(super) fn leave(model: &Model) -> Vec<Command> {
    if matches!(model.visit.screen, Screen::Machine(_)) { vec![Command::Close] } else { Vec::new() }
}

/// One more digit of the code.
pub(super) fn digit(leave: &mut Leave, letter: char) {
    if letter.is_ascii_digit() && leave.typed.len() < LONGEST {
        leave.typed.push(letter);
        leave.trouble = None;
    }
}

/// The code is whole.
pub(super) fn enter(model: &mut Model) -> Vec<Command> {
    let now = model.machine;
    let (Screen::Leave(leave), exit) = (&mut model.visit.screen, &mut model.exit) else {
        return Vec::new();
    };
    let typed = std::mem::take(&mut leave.typed);
    // A clock that was put back must not lock IT out for longer.
    let locked = exit.locked_until.filter(|until| (1..=LOCKED_MS).contains(&(until.0 - now.0)));
    if locked.is_some() {
        leave.trouble = Some(LeaveTrouble::Locked);
        return Vec::new();
    }
    if exit.code.as_ref().is_some_and(|code| code.is(&typed)) {
        // Nobody comes back to the code, and what was found is forgotten with the visit.
        model.visit.screen = Screen::Machine(None);
        return vec![Command::Examine];
    }
    exit.wrong += 1;
    leave.trouble = Some(LeaveTrouble::Wrong);
    if exit.wrong >= TRIES {
        exit.wrong = 0;
        exit.locked_until = Some(now.plus(LOCKED_MS));
        leave.trouble = Some(LeaveTrouble::Locked);
    }
    Vec::new()
}
