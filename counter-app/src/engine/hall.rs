//! The hall: changes are sent until the server has answered, under the same ids; its news are followed.

use super::{Shared, lock};
use crate::{
    Event,
    model::{HallChange, HallStep},
};
use api::{
    CallNext, CounterParam, DoWithTicket, GetCounter, GetTicket, NextCalled, OpenCounter, OpeningRequest,
    ScanTicket, TicketCodeParam, TicketParam,
};
use client::{ClientError, Live};
use domain::{barcode::ScannedTicket, hall::Ticket, unit::UnitCode};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// How often a change is sent when the line is cut, before the clerk is told.
const TRIES: u32 = 4;
/// How long is waited between two of them.
const PAUSE: Duration = Duration::from_millis(400);
/// How long news of the hall are gathered before the counter is fetched again.
const GATHER: Duration = Duration::from_millis(60);

impl Shared {
    /// Follows the hall, in place of any hall followed before.
    pub(super) fn watch_hall(self: &Arc<Self>, site: UnitCode) {
        let shared = self.clone();
        let task = tokio::spawn(async move {
            let (listener, mut news) = mpsc::unbounded_channel();
            let client = shared.client.clone();
            let follow = async move { client.follow_hall(&site, listener).await };
            let hear = async {
                while let Some(first) = news.recv().await {
                    let mut heard = matches!(first, Live::Event(_));
                    tokio::time::sleep(GATHER).await;
                    while let Ok(more) = news.try_recv() {
                        heard |= matches!(more, Live::Event(_));
                    }
                    if heard {
                        shared.events.send(Event::HallChanged);
                    }
                }
            };
            tokio::join!(follow, hear);
        });
        if let Some(before) = lock(&self.hall).replace(task.abort_handle()) {
            before.abort();
        }
    }

    pub(super) async fn load_counter(&self, at: &CounterParam) {
        let answer = self.client.call::<GetCounter>(at, &()).await;
        self.events.send(Event::Counter(answer.map(Box::new)));
    }

    pub(super) async fn find_ticket(&self, site: UnitCode, scanned: ScannedTicket) {
        let answer = self.ticket(site, scanned).await;
        self.events.send(Event::TicketFound(answer.map(Box::new)));
    }

    async fn ticket(&self, unit: UnitCode, scanned: ScannedTicket) -> Result<Ticket, ClientError> {
        let code = match scanned {
            ScannedTicket::Code(code) => code,
            ScannedTicket::Id(ticket) => {
                self.client.call::<GetTicket>(&TicketParam { ticket }, &()).await?.code
            }
        };
        self.client.call::<ScanTicket>(&TicketCodeParam { unit, code }, &()).await
    }

    /// Makes changes one after the other, as far as the server lets them.
    pub(super) async fn in_hall(&self, at: &CounterParam, steps: Vec<HallStep>) {
        let mut answer = Ok(None);
        for step in &steps {
            answer = self.insist(at, step).await;
            if answer.is_err() {
                break;
            }
        }
        self.load_counter(at).await;
        self.events.send(Event::HallDone(answer));
    }

    async fn insist(&self, at: &CounterParam, step: &HallStep) -> Result<Option<NextCalled>, ClientError> {
        let mut tries = 1;
        loop {
            match self.change_hall(at, step).await {
                Err(error) if error.is_offline() && tries < TRIES => {
                    tries += 1;
                    tokio::time::sleep(PAUSE).await;
                }
                answer => return answer,
            }
        }
    }

    async fn change_hall(
        &self,
        at: &CounterParam,
        step: &HallStep,
    ) -> Result<Option<NextCalled>, ClientError> {
        match &step.what {
            HallChange::Next => self.client.command::<CallNext>(step.id, at, &()).await.map(Some),
            HallChange::Deed(deed) => {
                self.client.command::<DoWithTicket>(step.id, at, deed).await.map(|_| None)
            }
            HallChange::Opening(opening) => {
                let request = OpeningRequest { opening: *opening };
                self.client.command::<OpenCounter>(step.id, at, &request).await.map(|()| None)
            }
        }
    }
}
