//! The counter's part in the hall: who is called, who is served, who comes next.

use api::{CounterView, DeedRequest};
use domain::{
    hall::{Opening, State, Ticket},
    ids::{CaseId, CommandId, TicketId},
    unit::ServiceCode,
};

/// The counter in the hall.
#[derive(Clone, Default)]
pub struct Hall {
    /// The counter as the server told last; none before, and at a machine that is no counter.
    pub view: Option<Box<CounterView>>,
    /// A press is on its way.
    pub busy: bool,
    /// What is open below the number.
    pub menu: Option<HallMenu>,
    /// The intake that is on its way, and the ticket of whoever handed it in.
    pub handing_in: Option<(CaseId, TicketId)>,
}

impl Hall {
    /// Who is called to the counter or served there.
    #[must_use]
    pub fn at_hand(&self) -> Option<&Ticket> {
        self.view.as_ref().and_then(|view| view.at_hand.as_ref())
    }

    /// Who is called and not yet here.
    #[must_use]
    pub fn awaited(&self) -> Option<&Ticket> {
        self.at_hand().filter(|ticket| matches!(ticket.state, State::Called { .. }))
    }
}

/// What is open below the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HallMenu {
    /// The services to which the citizen may be sent.
    Transfer,
    /// Setting aside, pausing, closing.
    More,
}

/// What a clerk does in the hall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HallAct {
    /// The one key that goes on: opens the counter, calls, calls again, ends and calls the next.
    Onward,
    /// Call again.
    Recall,
    /// The citizen is here.
    Here,
    /// Nobody came.
    Missed,
    /// Set aside.
    Park,
    /// Send to another service's line.
    Transfer(ServiceCode),
    /// Take up what was set aside.
    Resume(TicketId),
    /// Somebody who was missing is here after all.
    CameBack(TicketId),
    /// Open, pause or close.
    Set(Opening),
    /// Open or close a menu.
    Menu(HallMenu),
}

/// One change that is asked of the server, with the id under which it is sent.
#[derive(Clone, Debug)]
pub struct HallStep {
    /// Its id: sent again, it is done once.
    pub id: CommandId,
    /// What.
    pub what: HallChange,
}

/// See [`HallStep`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HallChange {
    /// Call the next.
    Next,
    /// Do something with a ticket.
    Deed(DeedRequest),
    /// Open, pause or close the counter.
    Opening(Opening),
}
