//! What is asked of the server, and the way from a command to its task.

use super::{Shared, lock};
use crate::{Command, Event, model::Desk};
use api::{
    CaseParam, CodeParam, FindCase, GetCase, GetPlace, GetWork, PasswordChange, Pile, SearchCases,
    SearchRequest, SignIn, SignInRequest, SignOut, UnitParam, WorkRequest,
};
use domain::{case::Turn, time::Millis, unit::UnitCode};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

/// How long typing is waited for before a search.
const TYPING: Duration = Duration::from_millis(180);
/// How long reasons to refresh a list are gathered.
const GATHER: Duration = Duration::from_millis(300);

impl Shared {
    pub(super) async fn carry_out(self: Arc<Self>, command: Command) {
        match command {
            Command::LoadPlace(unit) => self.place(unit).await,
            Command::SignIn { login, password } => {
                let answer = self.client.call::<SignIn>(&(), &SignInRequest { login, password }).await;
                if let Ok(session) = &answer {
                    self.client.set_token(Some(session.token.clone()));
                }
                self.events.send(Event::SignedIn(answer.map(Box::new)));
            }
            Command::ChangePassword { current, new } => {
                let change = PasswordChange { current, new };
                let answer = self.client.call::<api::ChangePassword>(&(), &change).await;
                self.events.send(Event::PasswordChanged(answer));
            }
            Command::SignOut => {
                for stream in [&self.live, &self.hall] {
                    if let Some(stream) = lock(stream).take() {
                        stream.abort();
                    }
                }
                if let Err(error) = self.client.call::<SignOut>(&(), &()).await {
                    tracing::debug!(%error, "signed out without the server");
                }
                self.client.set_token(None);
            }
            Command::Begin(staff) => self.begin(staff).await,
            Command::LoadDraft(name) => match self.local.load_draft(&name).await {
                Ok(Some(body)) => self.events.send(Event::Draft(name, body)),
                Ok(None) => {}
                Err(error) => self.broken(&error),
            },
            Command::LoadToday(staff, since) => self.today(staff, since).await,
            Command::LoadWork { pile, after, limit, soft } => self.work(pile, after, limit, soft).await,
            Command::LoadCase(case) => {
                let answer = self.client.call::<GetCase>(&CaseParam { case }, &()).await;
                self.events.send(Event::Case(case, answer.map(Box::new)));
            }
            Command::FindCase(code) => {
                let answer = self.client.call::<FindCase>(&CodeParam { code: code.clone() }, &()).await;
                self.events.send(Event::Found(code, answer.map(Box::new)));
            }
            Command::Search(query) => self.search(query),
            Command::WatchHall(site) => self.watch_hall(site),
            Command::LoadCounter(at) => self.load_counter(&at).await,
            Command::InHall(at, steps) => self.in_hall(&at, steps).await,
            Command::FindTicket(site, ticket) => self.find_ticket(site, ticket).await,
            command => self.handle(command).await,
        }
    }

    /// Commands that concern this machine: files, paper, the outbox.
    async fn handle(self: Arc<Self>, command: Command) {
        match command {
            Command::TakeIn { command, request, pages, began } => {
                if let Some(began) = began {
                    lock(&self.began).insert(request.case, began);
                }
                self.take_in(command, &request, pages).await;
            }
            Command::Turn { command, case, version, turn } => {
                self.turn(command, case, version, *turn, Vec::new()).await;
            }
            Command::Supplement { command, case, version, papers, pages } => {
                let turn = Turn::ReceiveSupplement { papers, files: Vec::new() };
                self.turn(command, case, version, turn, pages).await;
            }
            Command::PickFile(target) => self.pick_file(target).await,
            Command::ReadPage(target, path) => self.read_page(target, path).await,
            Command::TurnPage(target, page) => self.turn_page(target, page).await,
            Command::LoadThumbs(files) => self.load_thumbs(files).await,
            Command::Print(row, view) => self.print(row, &view).await,
            Command::Reprint(view) => self.reprint(&view).await,
            Command::PrintAgain(row) => self.print_again(row).await,
            Command::LetBe(print) => self.let_be(print).await,
            Command::DrawSheet(view) => self.draw_sheet(&view).await,
            Command::ListPrinters => self.list_printers().await,
            Command::TestPage(medium) => self.test_page(medium).await,
            Command::SaveSettings(settings) => self.save_settings(settings).await,
            Command::Examine => self.examine().await,
            Command::PackSupport => self.pack_support().await,
            Command::AskUpdate => self.ask_update(),
            Command::CameUp => self.came_up(),
            command => self.reconsider(command).await,
        }
    }

    async fn place(&self, unit: UnitCode) {
        let answer = self.client.call::<GetPlace>(&UnitParam { unit: unit.clone() }, &()).await;
        if let Ok(place) = &answer {
            *lock(&self.unit) = Some(unit);
            self.clock.set(place.server_time);
            lock(&self.place_name).clone_from(&place.agency.place);
        }
        self.events.send(Event::Place(answer.map(|place| Arc::new(Desk::new(place)))));
    }

    /// After the server was out of reach: its time and its catalogue once more.
    pub(super) async fn refresh_place(&self) {
        let Some(unit) = lock(&self.unit).clone() else { return };
        if self.stale.swap(false, Ordering::SeqCst) {
            self.place(unit).await;
        }
    }

    async fn today(&self, staff: domain::ids::StaffId, since: Millis) {
        match self.local.taken_since(since, staff).await {
            Ok(taken) => self.events.send(Event::Today(taken)),
            Err(error) => self.broken(&error),
        }
    }

    async fn work(&self, pile: Pile, after: Option<String>, limit: u16, soft: bool) {
        if soft {
            {
                let mut waiting = lock(&self.soft);
                if waiting.contains(&pile) {
                    return;
                }
                waiting.push(pile);
            }
            tokio::time::sleep(GATHER).await;
            lock(&self.soft).retain(|other| *other != pile);
        }
        let request = WorkRequest { pile, after: after.clone(), limit: Some(limit) };
        let answer = self.client.call::<GetWork>(&(), &request).await;
        self.events.send(Event::Work(pile, after, answer));
    }

    fn search(self: &Arc<Self>, query: String) {
        let shared = self.clone();
        let task = tokio::spawn(async move {
            tokio::time::sleep(TYPING).await;
            let answer = shared.client.call::<SearchCases>(&(), &SearchRequest { q: query.clone() }).await;
            shared.events.send(Event::Searched(query, answer.map(|page| page.items)));
        });
        if let Some(before) = lock(&self.search).replace(task.abort_handle()) {
            before.abort();
        }
    }
}
