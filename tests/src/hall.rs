//! The hall of Mai Sơn, with the verbs of those who come and those who serve.

use crate::{Desk, World};
use api::{
    CallNext, CounterParam, CounterView, Deed, DeedRequest, DoWithTicket, GetCounter, GetHall, HallView,
    IssueTicket, OpenCounter, OpeningRequest, TakeTicket, TicketView, UnitParam,
};
use client::{Client, ClientError};
use domain::{
    hall::{Opening, PriorityReason, Ticket},
    ids::{CommandId, TicketId},
    unit::{ServiceCode, UnitCode},
};

/// The agency whose hall it is.
pub fn mai_son() -> UnitCode {
    UnitCode::from("H52.125")
}

impl World {
    /// A machine that stands in the hall.
    pub fn kiosk(&self) -> Client {
        let key = self.server().app.hall_secret.key(&mai_son());
        self.visitor().with_hall_key(Some(&key))
    }

    /// Opens a second counter beside counter 3, for the same fields: number 6.
    pub async fn second_counter(&self) {
        self.more_counters(1).await;
    }

    /// So many counters beside counter 3, for the same fields: from number 6 on.
    pub async fn more_counters(&self, many: u16) {
        let app = &self.server().app;
        let mut pack = server::pack::Pack::read(&self.config.pack).unwrap();
        let third = pack.counters.iter().find(|counter| counter.unit == mai_son() && counter.number == 3);
        let third = third.unwrap().clone();
        let more = (6..6 + many).map(|number| domain::unit::Counter { number, ..third.clone() });
        pack.counters.extend(more);
        server::app::load::load(&app.db, &pack).await.unwrap();
        app.reload_catalogue().await.unwrap();
    }
}

/// What a citizen asks the kiosk for.
pub fn ask(service: &str, priority: Option<PriorityReason>) -> TakeTicket {
    TakeTicket { ticket: TicketId::new(), service: ServiceCode::from(service), priority, case: None }
}

/// Takes a number.
pub async fn take(kiosk: &Client, asked: &TakeTicket) -> Result<TicketView, ClientError> {
    kiosk.call::<IssueTicket>(&UnitParam { unit: mai_son() }, asked).await
}

/// The hall as anybody sees it.
pub async fn hall(visitor: &Client) -> HallView {
    visitor.call::<GetHall>(&UnitParam { unit: mai_son() }, &()).await.unwrap()
}

/// A clerk at a counter of the hall.
pub struct Counter {
    pub desk: Desk,
    pub at: CounterParam,
}

impl Counter {
    pub async fn of(world: &World, login: &str, number: u16) -> Self {
        Self { desk: world.desk(login).await, at: CounterParam { unit: mai_son(), number } }
    }

    pub async fn set(&self, opening: Opening) -> Result<(), ClientError> {
        let request = OpeningRequest { opening };
        self.desk.client.command::<OpenCounter>(CommandId::new(), &self.at, &request).await
    }

    pub async fn next(&self) -> Result<Option<Ticket>, ClientError> {
        self.next_as(CommandId::new()).await
    }

    pub async fn next_as(&self, command: CommandId) -> Result<Option<Ticket>, ClientError> {
        self.desk.client.command::<CallNext>(command, &self.at, &()).await.map(|next| next.ticket)
    }

    pub async fn deed(&self, ticket: TicketId, deed: Deed) -> Result<Ticket, ClientError> {
        let request = DeedRequest { ticket, deed };
        self.desk.client.command::<DoWithTicket>(CommandId::new(), &self.at, &request).await
    }

    pub async fn view(&self) -> CounterView {
        self.desk.client.call::<GetCounter>(&self.at, &()).await.unwrap()
    }
}
