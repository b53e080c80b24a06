//! From an event to a changed model and commands: the whole behaviour of the app, as a pure function.

mod case;
mod hall;
mod intake;
mod lists;
mod notices;
mod returns;
mod scan;
mod session;
mod story;
#[cfg(test)]
mod tests;
mod typing;
mod updates;
mod words;

use crate::{Command, Event, Model, Spot, model::Screen};
use documents::Medium;

pub(crate) use hall::counts_seconds;
pub(crate) use returns::needs_authorisation;
pub(crate) use session::at_start;
pub(crate) use updates::{running, waits_for_restart};

/// Takes an event in; returns what the engine shall do.
pub fn update(model: &mut Model, event: Event) -> Vec<Command> {
    match event {
        Event::Typed(spot, text) => typing::typed(model, spot, text),
        Event::Entered(spot) => typing::entered(model, spot),
        Event::Toggled(spot) => typing::toggled(model, spot),
        Event::Moved(spot, by) => typing::moved(model, spot, by),
        Event::Picked(spot, which) => typing::picked(model, spot, which),
        Event::Focus(spot) => {
            model.focus = Some(spot);
            Vec::new()
        }
        Event::Go(screen) => go(model, screen),
        Event::Escape => escape(model),
        Event::Dragging(over) => {
            model.dragging = over;
            Vec::new()
        }
        Event::Scanned(raw) => scan::scanned(model, &raw),
        Event::Tick(now) => notices::tick(model, now),
        Event::Toast(act) => notices::act(model, act),
        Event::Bell => {
            model.toasts.history_open = !model.toasts.history_open;
            Vec::new()
        }
        event => work(model, event),
    }
}

fn work(model: &mut Model, event: Event) -> Vec<Command> {
    match event {
        Event::SignIn => session::sign_in(model),
        Event::ChangePassword => session::change_password(model),
        Event::SignOut => session::sign_out(model),
        Event::SignedIn(answer) => session::signed_in(model, answer),
        Event::PasswordChanged(answer) => session::password_changed(model, answer),
        Event::Place(answer) => session::place(model, answer),
        Event::Accept => intake::accept(model),
        Event::Clear => intake::clear(model),
        Event::NextPerson => intake::next_person(model),
        Event::Reprint => intake::reprint(model),
        Event::Attach(target) => vec![Command::PickFile(target)],
        Event::AttachNext => intake::attach_next(model),
        Event::FileChosen(target, path) => vec![Command::ReadPage(target, path)],
        Event::Rotate(target, which) => intake::rotate(model, target, which),
        Event::Detach(target, which) => intake::detach(model, target, which),
        Event::PageRead(target, answer) => intake::page_read(model, target, answer),
        Event::PageTurned(target, old, answer) => intake::page_turned(model, target, old, answer),
        Event::Today(taken) => {
            model.today = taken;
            Vec::new()
        }
        Event::Sheet(case, picture) => intake::sheet(model, case, picture),
        Event::Printed(printed) => notices::printed(model, printed),
        Event::OpenCase(id) => case::open(model, id),
        Event::Case(id, answer) => case::arrived(model, id, answer),
        Event::Found(code, answer) => case::found(model, &code, answer),
        Event::Thumb(file, picture) => case::thumb(model, file, picture),
        Event::TakeUp => case::take_up(model),
        Event::SaveWork => case::save(model),
        Event::Submit => case::submit(model),
        Event::AskSupplement => case::ask_supplement(model),
        Event::SendBack => case::send_back(model),
        Event::Seal => case::seal(model),
        Event::GiveBack => returns::give_back(model),
        Event::TakeSupplement => returns::take_supplement(model),
        Event::Hall(act) => hall::act(model, act),
        event => news(model, event),
    }
}

fn news(model: &mut Model, event: Event) -> Vec<Command> {
    match event {
        Event::NearEnd(pile) => lists::near_end(model, pile),
        Event::Refresh => lists::refresh(model, false),
        Event::Work(pile, after, answer) => lists::arrived(model, pile, after.as_deref(), answer),
        Event::Searched(query, answer) => lists::searched(model, &query, answer),
        Event::Live(event) => lists::live(model, &event),
        Event::HallChanged => hall::changed(model),
        Event::Counter(answer) => hall::arrived(model, answer),
        Event::HallDone(answer) => hall::done(model, answer),
        Event::TicketFound(answer) => hall::found(model, answer),
        Event::Line(up) => notices::line(model, up),
        Event::Woke => notices::woke(model),
        Event::Waiting(waiting, parked) => {
            model.waiting = waiting;
            model.parked = parked;
            Vec::new()
        }
        Event::Accepted(accepted) => match accepted.row.what.as_str() {
            "intake" => intake::accepted(model, *accepted),
            _ => case::accepted(model, *accepted),
        },
        Event::Refused(command, case, error) => notices::refused(model, command, case, &error),
        Event::Kept(command, case, error) => notices::kept(model, command, case, &error),
        Event::Broken(detail) => notices::broken(model, detail),
        Event::Draft(name, body) => intake::draft(model, &name, &body),
        Event::DoubtfulPrints(rows) => {
            model.doubtful = rows;
            Vec::new()
        }
        Event::Doubtful(id, again) => notices::doubtful(model, id, again),
        Event::Retry(command) => vec![Command::Retry(command)],
        Event::Discard(command) => vec![Command::Discard(command)],
        event => machine(model, event),
    }
}

fn machine(model: &mut Model, event: Event) -> Vec<Command> {
    match event {
        Event::Settings(settings) => {
            let printer = model.setup.printer.clone().or(settings.printer.clone());
            let roll_printer = model.setup.roll_printer.clone().or(settings.roll_printer.clone());
            model.settings = crate::Settings { printer, roll_printer, ..settings };
            Vec::new()
        }
        Event::ChoosePrinter(printer) => {
            model.settings.printer = printer;
            vec![Command::SaveSettings(model.settings.clone())]
        }
        Event::Examine => {
            model.report = None;
            vec![Command::Examine]
        }
        Event::Examined(report) => {
            model.report = Some(report);
            Vec::new()
        }
        Event::PackSupport => {
            model.packed = None;
            vec![Command::PackSupport]
        }
        Event::Packed(answer) => {
            model.packed = Some(match answer {
                Ok(path) => i18n::with("machine.support.done", &[("path", &path.display().to_string())]),
                Err(detail) => i18n::with("counter.machine.not_packed", &[("detail", &detail)]),
            });
            Vec::new()
        }
        Event::Update(standing) => updates::stands(model, standing),
        Event::InstallUpdate => updates::install(model),
        Event::RestartApp => updates::restart(model),
        Event::TextSize(percent) => {
            model.settings.text_percent = percent;
            vec![Command::SaveSettings(model.settings.clone())]
        }
        Event::ChooseRoll(printer) => {
            model.settings.roll_printer = printer;
            vec![Command::SaveSettings(model.settings.clone())]
        }
        Event::ReceiptOn(receipt_on) => {
            model.settings.receipt_on = Some(receipt_on);
            vec![Command::SaveSettings(model.settings.clone())]
        }
        Event::TestPage(medium) => {
            model.devices.test = None;
            vec![Command::TestPage(medium)]
        }
        Event::Tested(medium, answer) => {
            let say = |key: &str, detail: &str| i18n::with(key, &[("detail", detail)]);
            let said = match answer {
                Ok(detail) => say("counter.settings.test_ok", &detail),
                Err(detail) => say("counter.settings.test_failed", &detail),
            };
            model.devices.test = Some((medium, said));
            Vec::new()
        }
        Event::Printer(Medium::Roll, state) => {
            model.devices.roll = state;
            Vec::new()
        }
        Event::Printer(Medium::A4 | Medium::A5, state) => {
            model.devices.printer = state;
            Vec::new()
        }
        Event::Scanner(state) => {
            model.devices.scanner = state;
            Vec::new()
        }
        Event::TornScan => {
            notices::say(model, ui::Level::Wrong, "counter.scan.torn");
            Vec::new()
        }
        Event::Printers(names) => {
            model.devices.printers = names;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn go(model: &mut Model, screen: Screen) -> Vec<Command> {
    if !model.may_go(screen) || model.actor().is_none() {
        return Vec::new();
    }
    model.screen = screen;
    model.omni.open = false;
    model.focus = first_spot(model);
    match screen {
        Screen::Work | Screen::Seal | Screen::Returns => lists::refresh(model, false),
        Screen::Settings => vec![Command::ListPrinters, Command::Examine],
        Screen::Intake | Screen::Cases => Vec::new(),
    }
}

/// Where the keyboard goes when a screen opens.
fn first_spot(model: &Model) -> Option<Spot> {
    match model.screen {
        Screen::Intake => Some(Spot::Name),
        Screen::Returns => Some(Spot::ReturnCode),
        Screen::Seal if model.open.is_some() => Some(Spot::SealNumber),
        _ => None,
    }
}

fn escape(model: &mut Model) -> Vec<Command> {
    if model.hall.menu.take().is_some() {
        return Vec::new();
    }
    if model.omni.open || !model.omni.text.is_empty() {
        model.omni = crate::model::Omni::default();
        model.focus = first_spot(model);
    } else if let Some(open) = &mut model.open
        && open.panel.is_some()
    {
        open.panel = None;
        model.focus = Some(Spot::Opinion);
    }
    Vec::new()
}
