//! What is always there: the bar at the top, the rail at the left, the line at the bottom.

use super::{Out, omni};
use crate::{
    Event, Model, Spot, device_words,
    model::{Line, Screen},
};
use devices::DeviceState;
use domain::roles::Role;
use egui::{Align, Frame, Key, Layout, Margin, Modifiers, Panel, Ui};
use i18n::t;
use ui::{Tone, Weight, icon, nav_item, status_dots, tokens};

/// Keys that work everywhere.
pub(super) fn shortcuts(ui: &Ui, out: &mut Out<'_>) {
    let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::CTRL, Key::K) {
            out.push(Event::Focus(Spot::Omni));
        }
        let places =
            [(Key::N, Spot::Name), (Key::P, Spot::Procedure), (Key::O, Spot::Opinion), (Key::D, Spot::Draft)];
        for (key, spot) in places {
            if input.consume_key(Modifiers::CTRL, key) {
                out.push(Event::Focus(spot));
            }
        }
        for (key, screen) in numbers.into_iter().zip(Screen::ALL) {
            if input.consume_key(Modifiers::ALT, key) {
                out.push(Event::Go(screen));
            }
        }
        if input.key_pressed(Key::Escape) {
            out.push(Event::Escape);
        }
    });
}

/// Where the signed-in person works, for the top bar.
fn place(model: &Model) -> String {
    let Some(desk) = model.place() else {
        return String::new();
    };
    let agency = &desk.place.agency;
    let division = model.actor().and_then(|actor| {
        let post =
            actor.posts.iter().find(|post| matches!(post.role, Role::Specialist | Role::DivisionHead))?;
        (post.unit != agency.code).then(|| desk.unit_name(&post.unit)).flatten()
    });
    match (division, model.counter()) {
        (Some(division), _) if !model.is(Role::Clerk) => format!("{division} · {}", agency.short_name),
        (_, Some(counter)) if model.is(Role::Clerk) => {
            i18n::with("counter.top.place", &[("agency", &agency.name), ("counter", &counter.to_string())])
        }
        _ => agency.name.clone(),
    }
}

pub(super) fn top_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let frame = Frame::new().fill(tokens::TEAL).inner_margin(Margin::symmetric(16, 0));
    Panel::top("top").exact_size(52.0).frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            ui::line(ui, &t("counter.product"), Weight::Bold, 18.0, tokens::ON_TEAL);
            let width = ui.available_width();
            ui.allocate_ui(egui::vec2((width * 0.21).max(160.0), 52.0), |ui| {
                ui.set_min_width(ui.available_width());
                let faint = tokens::ON_TEAL.gamma_multiply(0.85);
                ui.horizontal_centered(|ui| ui::line(ui, &place(model), Weight::Regular, 15.0, faint));
            });
            omni::box_ui(ui, model, out);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 10.0;
                who_ui(ui, model, out);
            });
        });
    });
}

fn who_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    if top_button(ui, icon::SIGN_OUT, &t("counter.top.sign_out")) {
        out.push(Event::SignOut);
    }
    if let Some(actor) = model.actor() {
        ui::line(ui, &actor.name, Weight::Regular, 15.0, tokens::ON_TEAL);
    }
    if top_button(ui, icon::BELL, &t("counter.top.notices")) {
        out.push(Event::Bell);
    }
}

fn top_button(ui: &mut Ui, icon: &str, name: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(32.0, 32.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    let strength = if response.hovered() || response.has_focus() { 0.16 } else { 0.0 };
    ui.painter().rect_filled(rect, tokens::size::RADIUS, tokens::ON_TEAL.gamma_multiply(strength));
    let font = ui::icon_font(ui::Cut::Regular, 21.0);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, icon, font, tokens::ON_TEAL);
    response.on_hover_text(name).clicked()
}

pub(super) fn rail_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>) {
    let frame =
        Frame::new().fill(tokens::TEAL_DEEP).inner_margin(Margin { left: 6, right: 6, top: 10, bottom: 8 });
    Panel::left("rail").exact_size(64.0).resizable(false).frame(frame).show_separator_line(false).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            let places = [
                (Screen::Intake, icon::TRAY_ARROW_DOWN, 0),
                (Screen::Cases, icon::FOLDERS, 0),
                (Screen::Returns, icon::HAND_COINS, model.ready.rows.len()),
                (Screen::Work, icon::LIST_CHECKS, 0),
                (
                    Screen::Seal,
                    icon::STAMP,
                    if model.may_go(Screen::Seal) { model.work.rows.len() } else { 0 },
                ),
            ];
            for (screen, icon, count) in places {
                if model.may_go(screen) {
                    item_ui(ui, model, out, screen, icon, count);
                }
            }
            ui.with_layout(Layout::bottom_up(Align::Center), |ui| {
                let parked = usize::try_from(model.waiting.parked).unwrap_or(usize::MAX);
                item_ui(ui, model, out, Screen::Settings, icon::GEAR, parked);
            });
        },
    );
}

fn item_ui(ui: &mut Ui, model: &Model, out: &mut Out<'_>, screen: Screen, icon: &str, count: usize) {
    let label = t(&format!("counter.rail.{}", screen.name()));
    if nav_item(ui, icon, &label, model.screen == screen, count).clicked() {
        out.push(Event::Go(screen));
    }
}

pub(super) fn status_ui(ui: &mut Ui, model: &Model) {
    let frame = Frame::new().fill(tokens::PAPER).inner_margin(Margin::symmetric(16, 0));
    Panel::bottom("status").exact_size(34.0).frame(frame).show_separator_line(false).show(ui, |ui| {
        let top = ui.max_rect().top();
        ui.painter().hline(ui.clip_rect().x_range(), top + 0.5, egui::Stroke::new(1.0, tokens::LINE));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 26.0;
            ui::line(ui, &i18n::clock(model.now.local()), Weight::Medium, 13.5, tokens::INK_2);
            let (text, ink) = saved(model);
            ui::line(ui, &text, Weight::Regular, 13.5, ink);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let roll = model.settings.roll_printer.as_ref().map(|_| roll(model));
                let devices: Vec<(Tone, String)> =
                    [server(model), printer(model)].into_iter().chain(roll).chain([scanner(model)]).collect();
                status_dots(ui, &devices);
            });
        });
    });
}

fn server(model: &Model) -> (Tone, String) {
    let (tone, key) = match model.line {
        Line::Up => (Tone::Ok, "counter.status.server"),
        Line::Down => (Tone::Late, "counter.status.server_down"),
        Line::Unknown => (Tone::Quiet, "counter.status.server_unknown"),
    };
    (tone, t(key).into_owned())
}

fn printer(model: &Model) -> (Tone, String) {
    match &model.settings.printer {
        None => (Tone::Quiet, t("counter.status.printer_folder").into_owned()),
        Some(name) => stands(&A4_WORDS, name, &model.devices.printer),
    }
}

fn roll(model: &Model) -> (Tone, String) {
    stands(&ROLL_WORDS, "", &model.devices.roll)
}

/// What is said of a printer.
struct PrinterWords {
    ready: &'static str,
    unknown: &'static str,
    absent: &'static str,
    wants: &'static str,
}

const A4_WORDS: PrinterWords = PrinterWords {
    ready: "counter.status.printer_ready",
    unknown: "counter.status.printer_unknown",
    absent: "counter.status.printer_absent",
    wants: "counter.status.printer_wants",
};

const ROLL_WORDS: PrinterWords = PrinterWords {
    ready: "counter.status.roll_ready",
    unknown: "counter.status.roll_unknown",
    absent: "counter.status.roll_absent",
    wants: "counter.status.roll_wants",
};

/// How a printer stands.
fn stands(words: &PrinterWords, name: &str, state: &DeviceState) -> (Tone, String) {
    let say = |key: &str, detail: &str| i18n::with(key, &[("name", name), ("detail", detail)]);
    match state {
        DeviceState::Ready => (Tone::Ok, say(words.ready, "")),
        DeviceState::Unknown => (Tone::Quiet, say(words.unknown, "")),
        DeviceState::Absent => (Tone::Late, say(words.absent, "")),
        DeviceState::Attention(why) => (Tone::Soon, say(words.wants, &device_words::trouble(why))),
        DeviceState::Broken(why) => (Tone::Late, say(words.wants, &device_words::trouble(why))),
    }
}

/// A scanner that types cannot be asked: only what it read shows that it is there. One on a serial port can.
fn scanner(model: &Model) -> (Tone, String) {
    let port = model.setup.scanner_port.as_deref().unwrap_or_default();
    let say = |word: &str, detail: &str| {
        i18n::with(&format!("counter.status.scanner_{word}"), &[("port", port), ("detail", detail)])
    };
    match (&model.devices.scanner, model.devices.scanned_at) {
        (DeviceState::Absent, _) if !port.is_empty() => (Tone::Late, say("absent", "")),
        (DeviceState::Broken(why) | DeviceState::Attention(why), _) => {
            (Tone::Late, say("wants", &device_words::trouble(why)))
        }
        (_, Some(at)) => {
            let time = i18n::clock(at.local());
            (Tone::Ok, i18n::with("counter.status.scanner", &[("time", &time)]))
        }
        (DeviceState::Ready, None) => (Tone::Ok, say("ready", "")),
        (_, None) => (Tone::Quiet, t("counter.status.scanner_unheard").into_owned()),
    }
}

fn saved(model: &Model) -> (String, egui::Color32) {
    let (waiting, parked) = (model.waiting.waiting, model.waiting.parked);
    if parked > 0 {
        return (i18n::with("counter.status.parked", &[("n", &parked.to_string())]), tokens::LATE);
    }
    if waiting > 0 {
        return (i18n::with("counter.status.waiting", &[("n", &waiting.to_string())]), tokens::SOON);
    }
    (t("counter.status.saved").into_owned(), tokens::INK_2)
}
