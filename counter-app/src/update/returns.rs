//! Giving results back, and taking supplements in.

use super::{case, words};
use crate::{
    Command, Model, Spot,
    model::{Right, may},
};
use domain::{
    case::{HandedPaper, Payment, ReturnedTo, Turn},
    ids::CommandId,
    person::Name,
    procedure::PaperForm,
    search::fold,
};

/// Whether somebody other than the applicant takes the result.
#[must_use]
pub(crate) fn needs_authorisation(model: &Model) -> bool {
    model.open.as_ref().is_some_and(|open| {
        let applicant = open.view.value().map(|view| view.case.applicant.name.as_str()).unwrap_or_default();
        fold(&open.handing.receiver) != fold(applicant)
    })
}

/// Đồng as typed: digits, with points or spaces between them.
fn amount(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ' | '\u{A0}' | 'đ')).collect();
    digits.parse().ok().filter(|amount| (0..=1_000_000_000).contains(amount))
}

pub(super) fn give_back(model: &mut Model) -> Vec<Command> {
    let authorised = needs_authorisation(model);
    let Some(open) = &model.open else {
        return Vec::new();
    };
    let Some(view) = open.view.value() else {
        return Vec::new();
    };
    if open.sending.is_some() || !may(model, view, Right::GiveBack) {
        return Vec::new();
    }
    let left = view.case.fee_left();
    let form = open.handing.clone();
    let mut wrong: Vec<(&str, String, Spot)> = Vec::new();
    let mut turns = Vec::new();
    if left > 0 {
        match amount(&form.amount) {
            Some(paid) if paid == left => {
                let payment = Payment { amount: paid, receipt_no: form.receipt_no.trim().to_owned() };
                turns.push(Turn::TakeFee { payment });
            }
            _ => {
                let text = i18n::with("counter.error.amount", &[("left", &i18n::Lang::Vi.money(left))]);
                wrong.push(("amount", text, Spot::FeeAmount));
            }
        }
        if form.receipt_no.trim().is_empty() {
            wrong.push(("receipt_no", i18n::t("counter.error.empty").into_owned(), Spot::FeeReceipt));
        }
    }
    match Name::parse(&form.receiver) {
        Ok(name) => {
            let authorisation = authorised.then(|| form.authorisation.trim().to_owned());
            if authorisation.as_ref().is_some_and(String::is_empty) {
                let text = i18n::t("counter.error.authorisation").into_owned();
                wrong.push(("authorisation", text, Spot::Authorisation));
            }
            turns.push(Turn::Return { to: ReturnedTo { name, authorisation } });
        }
        Err(problem) => wrong.push(("receiver", words::bad_text(problem), Spot::Receiver)),
    }
    if let Some(open) = &mut model.open {
        open.errors = wrong.iter().map(|(field, text, _)| ((*field).to_owned(), text.clone())).collect();
    }
    match wrong.first() {
        Some((_, _, spot)) => {
            model.focus = Some(*spot);
            Vec::new()
        }
        None => case::turns(model, turns),
    }
}

pub(super) fn take_supplement(model: &mut Model) -> Vec<Command> {
    let Some(open) = &model.open else {
        return Vec::new();
    };
    let Some(view) = open.view.value() else {
        return Vec::new();
    };
    if open.sending.is_some() || !may(model, view, Right::TakeSupplement) {
        return Vec::new();
    }
    let version = view.case.version;
    if open.supplied.iter().any(|paper| !paper.ticked) {
        let text = i18n::t("counter.returns.not_all").into_owned();
        if let Some(open) = &mut model.open {
            open.errors.insert("supplied".to_owned(), text);
        }
        model.focus = Some(Spot::Supplied(0));
        return Vec::new();
    }
    let paper = |item: &crate::model::Supplied| HandedPaper {
        name: item.item.clone(),
        form: PaperForm::Original,
        count: 1,
    };
    let papers = open.supplied.iter().map(paper).collect();
    let (case, pages, command) = (open.id, open.pages.clone(), CommandId::new());
    if let Some(open) = &mut model.open {
        open.sending = Some(command);
        open.kept = false;
    }
    vec![Command::Supplement { command, case, version, papers, pages }]
}
