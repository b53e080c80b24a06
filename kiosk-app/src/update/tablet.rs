//! The tablet at a counter: who is before it.

use crate::model::{Guest, Model, Opinion, Screen, Visit};
use domain::time::Millis;

/// The hall has changed: somebody else may be served, or nobody any more.
pub(super) fn hall(model: &mut Model) {
    let (Some(tablet), Some(view)) = (&mut model.tablet, &model.hall.view) else { return };
    let sign = view.counters.iter().find(|sign| sign.number == tablet.counter);
    let serving = sign.filter(|sign| sign.serving).and_then(|sign| sign.at_hand);
    match (serving, &mut tablet.guest) {
        (Some(number), Some(guest)) if guest.number == number => guest.ended = None,
        (Some(number), guest) => {
            model.asks += 1;
            let opinion = Opinion::default();
            *guest = Some(Guest { number, ended: None, ask: model.asks, opinion, trouble: None });
            forget_visit(model);
        }
        (None, Some(guest)) => {
            guest.ended.get_or_insert(model.machine);
        }
        (None, None) => {}
    }
}

/// Time has passed: whoever was served has gone.
pub(super) fn tick(model: &mut Model, machine: Millis) {
    if let Some(tablet) = &mut model.tablet
        && tablet.is_over(machine)
    {
        tablet.guest = None;
        forget_visit(model);
    }
}

/// Language and size of type were another's. IT, who may be behind the code, is left alone.
fn forget_visit(model: &mut Model) {
    if matches!(model.visit.screen, Screen::Home) {
        model.visit = Visit::default();
    }
}

#[cfg(test)]
mod tests;
