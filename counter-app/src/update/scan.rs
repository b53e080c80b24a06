//! What a scanner sent: a receipt opens its case, a citizen's card starts or fills an intake.

use super::{go, hall, intake, notices};
use crate::{Command, Model, Spot, model::Screen};
use domain::barcode::{self, CardWarning, CitizenCard, Scan};
use ui::Level;

pub(super) fn scanned(model: &mut Model, raw: &str) -> Vec<Command> {
    if model.actor().is_none() {
        return Vec::new();
    }
    model.devices.scanned_at = Some(model.now);
    match barcode::read(raw) {
        Ok(Scan::Case(code, _)) => {
            model.omni = crate::model::Omni::default();
            if model.screen == Screen::Returns {
                model.return_code = code.to_string();
                model.return_error = None;
            }
            vec![Command::FindCase(code)]
        }
        Ok(Scan::Citizen(card)) if model.may_go(Screen::Intake) => citizen(model, card),
        Ok(Scan::Citizen(_)) => {
            notices::say(model, Level::Note, "counter.scan.not_a_counter");
            Vec::new()
        }
        Ok(Scan::Ticket(ticket)) => hall::scanned(model, ticket),
        Ok(Scan::Unknown(text)) => {
            model.focus = Some(Spot::Omni);
            super::lists::omni_typed(model, text)
        }
        Err(error) => {
            let text = i18n::t("counter.scan.unreadable").into_owned();
            model.toasts.push(Level::Wrong, text, Some(error.to_string()), false, model.now);
            Vec::new()
        }
    }
}

fn citizen(model: &mut Model, card: CitizenCard) -> Vec<Command> {
    if model.sending.is_some() {
        notices::say(model, Level::Note, "counter.scan.busy");
        return Vec::new();
    }
    let mut commands = if model.screen == Screen::Intake { Vec::new() } else { go(model, Screen::Intake) };
    let other =
        !model.form.person.name.is_empty() && model.form.person.citizen_id != i18n::citizen_id(&card.number);
    if other {
        commands.extend(intake::clear(model));
    }
    let person = &mut model.form.person;
    person.name = card.name;
    person.citizen_id = i18n::citizen_id(&card.number);
    if let Some(birth) = card.birth {
        person.birth = i18n::date(birth);
    }
    if !card.address.is_empty() {
        person.address = card.address;
    }
    model.form.card_read = true;
    model.form.card_warnings = card.warnings.iter().map(|warning| warn(*warning)).collect();
    model.form_errors.clear();
    model.focus = Some(if model.form.procedure.is_some() { Spot::Phone } else { Spot::Procedure });
    commands.extend(intake::changed(model));
    commands.extend(hall::is_here(model));
    commands
}

fn warn(warning: CardWarning) -> String {
    let key = match warning {
        CardWarning::Incomplete => "incomplete",
        CardWarning::OldNumber => "old_number",
        CardWarning::Garbled => "garbled",
        CardWarning::BirthImpossible => "birth",
        CardWarning::IssuedImpossible => "issued",
        CardWarning::SexUnknown => "sex_unknown",
        CardWarning::SexDiffers => "sex_differs",
        CardWarning::BirthYearDiffers => "birth_year",
    };
    i18n::t(&format!("counter.card.{key}")).into_owned()
}
