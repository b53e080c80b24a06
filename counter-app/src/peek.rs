//! For unattended walkthroughs: a file that always says what the app shows, so that a driver can wait for a
//! condition. Off unless asked for at the start. Holds no more than codes and the names of fields.

use crate::{Model, Spot, model::LastReceipt};
use domain::hall::Opening;
use serde::Serialize;
use std::{collections::BTreeMap, path::Path};
use ui::Level;

/// What the app shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Peek {
    version: &'static str,
    screen: &'static str,
    signed_in: bool,
    must_change_password: bool,
    ready: bool,
    focused: Option<String>,
    line: String,
    pending: u32,
    parked: u32,
    busy: bool,
    last_code: Option<String>,
    printed: Option<String>,
    pdf: Option<String>,
    toast: Option<String>,
    toast_level: Option<&'static str>,
    selected: Option<String>,
    selected_state: Option<i16>,
    selected_version: Option<u32>,
    panel: bool,
    procedure: Option<String>,
    hits: usize,
    ticked: usize,
    pages: usize,
    work: Option<usize>,
    waiting: Option<usize>,
    returns: Option<usize>,
    opening: Option<&'static str>,
    number: Option<String>,
    number_state: Option<&'static str>,
    number_case: Option<String>,
    errors: BTreeMap<String, String>,
}

impl Peek {
    pub(crate) fn of(model: &Model, focused: Option<Spot>) -> Self {
        let open = model.open.as_ref();
        let view = open.and_then(|open| open.view.value());
        let toast = model.toasts.history().first();
        let mut errors = model.form_errors.clone();
        errors.extend(open.into_iter().flat_map(|open| open.errors.clone()));
        errors.extend(model.return_error.iter().map(|error| ("return_code".to_owned(), error.clone())));
        errors.extend(model.sign_in.error.iter().map(|error| ("sign_in".to_owned(), error.clone())));
        let count = |list: &crate::model::List| list.loaded.then_some(list.rows.len());
        let signed_in = model.actor().is_some();
        let here = model.hall.at_hand();
        Self {
            version: api::VERSION,
            screen: if signed_in { model.screen.name() } else { "sign_in" },
            signed_in,
            must_change_password: model.who.as_ref().is_some_and(|who| who.must_change),
            ready: model.place().is_some(),
            focused: focused.map(|spot| format!("{spot:?}")),
            line: format!("{:?}", model.line),
            pending: model.waiting.waiting,
            parked: model.waiting.parked,
            busy: model.sending.is_some()
                || model.sign_in.busy
                || open.is_some_and(|open| open.sending.is_some()),
            last_code: model.last.as_ref().map(|last| last.view.case.code.to_string()),
            printed: model.last.as_ref().map(LastReceipt::printed),
            pdf: model.last.as_ref().and_then(|last| last.path.clone()),
            toast: toast.map(|toast| toast.text.clone()),
            toast_level: toast.map(|toast| match toast.level {
                Level::Done => "done",
                Level::Note => "note",
                Level::Wrong => "wrong",
            }),
            selected: view.map(|view| view.case.code.to_string()),
            selected_state: view.map(|view| view.case.state.national_code()),
            selected_version: view.map(|view| view.case.version),
            panel: open.is_some_and(|open| open.panel.is_some()),
            procedure: model.form.procedure.as_ref().map(ToString::to_string),
            hits: model.hits.len(),
            ticked: model.form.papers.iter().filter(|paper| paper.ticked).count(),
            pages: model.form.pages().count() + open.map_or(0, |open| open.pages.len()),
            work: count(&model.work),
            waiting: count(&model.waits),
            returns: count(&model.ready),
            opening: model.hall.view.as_ref().map(|view| match view.opening {
                Opening::Open => "open",
                Opening::Paused { .. } => "paused",
                Opening::Closed => "closed",
            }),
            number: here.map(|ticket| ticket.number.to_string()),
            number_state: here.map(|ticket| ticket.state.name()),
            number_case: here.and_then(|ticket| ticket.case.as_ref()).map(ToString::to_string),
            errors,
        }
    }

    /// Writes it so that a reader sees either the old or the new whole.
    pub(crate) fn write(&self, path: &Path) {
        let unfinished = path.with_extension("part");
        let body = serde_json::to_vec(self).unwrap_or_default();
        if let Err(error) =
            std::fs::write(&unfinished, body).and_then(|()| std::fs::rename(&unfinished, path))
        {
            tracing::warn!(%error, "the test state cannot be written");
        }
    }
}
