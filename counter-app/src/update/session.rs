//! Signing in and out, and what is fetched then.

use super::{hall, lists, notices};
use crate::{
    Command, Model, Spot,
    model::{Desk, Line, Screen, SignInForm, Who},
};
use api::Session;
use client::ClientError;
use domain::time::{DAY, Millis};
use std::sync::Arc;

/// The shortest new password.
const SHORTEST: usize = 10;

/// What is fetched before anybody signs in.
pub(crate) fn at_start(model: &Model) -> Vec<Command> {
    model.setup.site.iter().map(|site| Command::LoadPlace(site.clone())).collect()
}

pub(super) fn sign_in(model: &mut Model) -> Vec<Command> {
    let form = &mut model.sign_in;
    let missing = [(Spot::Login, form.login.trim().is_empty()), (Spot::Password, form.password.is_empty())];
    if form.busy {
        return Vec::new();
    }
    if let Some((spot, _)) = missing.into_iter().find(|(_, missing)| *missing) {
        model.focus = Some(spot);
        return Vec::new();
    }
    form.busy = true;
    form.error = None;
    form.error_at = None;
    vec![Command::SignIn { login: form.login.trim().to_owned(), password: form.password.clone() }]
}

pub(super) fn signed_in(model: &mut Model, answer: Result<Box<Session>, ClientError>) -> Vec<Command> {
    model.sign_in.busy = false;
    match answer {
        Ok(session) => {
            model.line = Line::Up;
            model.who = Some(Who {
                actor: session.actor,
                counter: session.counter,
                must_change: session.must_change_password,
            });
            if session.must_change_password {
                model.focus = Some(Spot::NewPassword);
                return Vec::new();
            }
            begin(model)
        }
        Err(error) => {
            if error.is_offline() {
                model.line = Line::Down;
            }
            model.sign_in.error = Some(match error.is_offline() {
                true => i18n::t("counter.sign_in.offline").into_owned(),
                false => error.sentence(),
            });
            model.focus = Some(Spot::Password);
            Vec::new()
        }
    }
}

pub(super) fn change_password(model: &mut Model) -> Vec<Command> {
    let form = &mut model.sign_in;
    form.error = None;
    form.error_at = None;
    let wrong = if form.new.chars().count() < SHORTEST {
        Some((Spot::NewPassword, "counter.sign_in.too_short"))
    } else if form.new == form.password {
        Some((Spot::NewPassword, "counter.sign_in.same"))
    } else if form.new != form.again {
        Some((Spot::AgainPassword, "counter.sign_in.differs"))
    } else {
        None
    };
    if let Some((spot, key)) = wrong {
        form.error = Some(i18n::t(key).into_owned());
        form.error_at = Some(spot);
        model.focus = Some(spot);
        return Vec::new();
    }
    form.busy = true;
    vec![Command::ChangePassword { current: form.password.clone(), new: form.new.clone() }]
}

pub(super) fn password_changed(model: &mut Model, answer: Result<(), ClientError>) -> Vec<Command> {
    model.sign_in.busy = false;
    match answer {
        Ok(()) => {
            if let Some(who) = &mut model.who {
                who.must_change = false;
            }
            begin(model)
        }
        Err(error) => {
            model.sign_in.error = Some(error.sentence());
            model.focus = Some(Spot::NewPassword);
            Vec::new()
        }
    }
}

pub(super) fn sign_out(model: &mut Model) -> Vec<Command> {
    leave(model, None);
    vec![Command::SignOut]
}

/// Back to the sign-in form; whatever is unfinished stays on this machine.
pub(super) fn leave(model: &mut Model, why: Option<String>) {
    model.sign_in =
        SignInForm { login: std::mem::take(&mut model.sign_in.login), error: why, ..SignInForm::default() };
    model.focus = Some(if model.sign_in.login.is_empty() { Spot::Login } else { Spot::Password });
    model.who = None;
    model.open = None;
    model.thumbs.clear();
    model.omni = crate::model::Omni::default();
    model.last = None;
    model.form = crate::model::IntakeForm::default();
    model.hits.clear();
    model.promise = None;
    model.sending = None;
    model.sending_kept = false;
    model.today.clear();
    model.hall = crate::model::Hall::default();
    for list in [&mut model.work, &mut model.waits, &mut model.ready] {
        *list = crate::model::List::default();
    }
}

fn begin(model: &mut Model) -> Vec<Command> {
    let login = std::mem::take(&mut model.sign_in.login);
    model.sign_in = SignInForm { login, ..SignInForm::default() };
    let Some(actor) = model.actor().cloned() else {
        return Vec::new();
    };
    model.screen = [Screen::Intake, Screen::Work, Screen::Seal]
        .into_iter()
        .find(|screen| model.may_go(*screen))
        .unwrap_or(Screen::Cases);
    model.focus = super::first_spot(model);
    let mut commands = vec![
        Command::Begin(actor.staff),
        Command::LoadToday(actor.staff, midnight(model.now)),
        Command::LoadDraft("seal-number".to_owned()),
        Command::ListPrinters,
    ];
    if model.may_go(Screen::Intake) {
        commands.push(Command::LoadDraft("intake".to_owned()));
    }
    if model.setup.site.is_none()
        && let Some(post) = actor.posts.first()
    {
        // The server answers a division's code with its agency's place.
        commands.push(Command::LoadPlace(post.unit.clone()));
    }
    commands.extend(hall::begin(model));
    commands.extend(lists::refresh(model, false));
    commands
}

pub(super) fn midnight(now: Millis) -> Millis {
    let start = now.local().date().to_datetime(jiff::civil::Time::midnight());
    Millis::from_local(start).max(now.plus(-DAY))
}

pub(super) fn place(model: &mut Model, answer: Result<Arc<Desk>, ClientError>) -> Vec<Command> {
    match answer {
        Ok(desk) => {
            model.line = Line::Up;
            model.desk.settle(Ok(desk));
            super::intake::refresh(model);
            if let Some(open) = &mut model.open
                && let Some(view) = open.view.value()
            {
                open.moments = super::story::moments(view, model.desk.value().map(AsRef::as_ref));
            }
            return hall::begin(model);
        }
        Err(error) => {
            if error.is_offline() {
                model.line = Line::Down;
            }
            model.desk.settle(Err(error.sentence()));
            if model.actor().is_some() {
                notices::wrong(model, &error);
            }
        }
    }
    Vec::new()
}
