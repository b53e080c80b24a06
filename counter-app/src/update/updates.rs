//! New versions: what the keeper of this machine says, and restarting into what it installed.

use super::notices;
use crate::{Command, Model};
use domain::update::{Standing, Version};
use ui::Level;

/// The version that runs.
pub(crate) fn running() -> Option<Version> {
    api::VERSION.parse().ok()
}

/// Whether another version than the running one is in place and waits for a restart.
pub(crate) fn waits_for_restart(model: &Model) -> bool {
    matches!(model.update, Some(Standing::Installed { version }) if Some(version) != running())
}

pub(super) fn stands(model: &mut Model, standing: Standing) -> Vec<Command> {
    match &standing {
        Standing::Ready { .. } if !matches!(model.update, Some(Standing::Ready { .. })) => {
            notices::say(model, Level::Note, "counter.update.ready");
        }
        Standing::RolledBack { .. } if model.update.as_ref() != Some(&standing) => {
            notices::say(model, Level::Wrong, "counter.update.rolled_back");
        }
        _ => {}
    }
    model.update = Some(standing);
    // Nobody is in the middle of anything, or somebody said now.
    let may = model.restart_asked || model.who.is_none();
    if may && waits_for_restart(model) { restart(model) } else { Vec::new() }
}

/// Somebody cannot wait for the night.
pub(super) fn install(model: &mut Model) -> Vec<Command> {
    model.restart_asked = true;
    vec![Command::AskUpdate]
}

pub(super) fn restart(model: &mut Model) -> Vec<Command> {
    model.restart_asked = false;
    vec![Command::Restart]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::sample;
    use domain::roles::Role;

    fn installed(version: &str) -> Standing {
        Standing::Installed { version: version.parse().unwrap() }
    }

    fn restarts(commands: &[Command]) -> bool {
        commands.iter().any(|command| matches!(command, Command::Restart))
    }

    #[test]
    fn nobody_is_thrown_out_of_their_work() {
        let mut model = sample::signed_in("H52.125", Role::Clerk);
        assert!(!restarts(&stands(&mut model, installed("9.0.0"))), "a clerk is at work");
        assert!(waits_for_restart(&model));
        assert!(restarts(&restart(&mut model)), "the clerk says so");

        model.who = None;
        assert!(restarts(&stands(&mut model, installed("9.0.0"))), "nobody is there");
        assert!(!restarts(&stands(&mut model, installed(api::VERSION))), "it runs already");
    }

    #[test]
    fn whoever_cannot_wait_is_restarted_once_it_is_there() {
        let mut model = sample::signed_in("H52.125", Role::Clerk);
        let ready = Standing::Ready { version: "9.0.0".parse().unwrap(), notes: String::new() };
        assert!(stands(&mut model, ready).is_empty());
        assert!(matches!(install(&mut model).as_slice(), [Command::AskUpdate]));
        assert!(restarts(&stands(&mut model, installed("9.0.0"))));
    }
}
