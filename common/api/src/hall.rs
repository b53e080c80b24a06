//! The hall: numbers, counters and screens. Citizens and screens are told a number's class, never the reason of a
//! priority; staff see the whole ticket.

use crate::{desk::UnitParam, endpoint::endpoints};
use domain::{
    code::CaseCode,
    hall::{
        Act, Complaint, HallFigures, Level, MISS_AFTER, NoTicket, Opening, PriorityReason, Ratings, Service,
        State, Ticket, TicketCode, TicketNumber, Wait,
    },
    ids::{StaffId, TicketId},
    time::Millis,
    unit::{ServiceCode, UnitCode},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Header by which the kiosks and tablets of a hall show that they stand there.
pub const HALL_KEY_HEADER: &str = "x-hall-key";

/// The live stream of a hall: `event: hall`, each with a whole [`HallView`] and its version as `id`.
pub const HALL_LIVE_PATH: &str = "/api/public/halls/{unit}/live";

/// Where a citizen follows a number by telephone: `…/so-thu-tu/<id>`.
pub const TICKET_PAGE: &str = "/so-thu-tu";

/// A service of a hall as citizens see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceView {
    /// The service.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub service: Service,
    /// How many wait for it.
    pub waiting: u32,
    /// The wait of somebody who takes a number now.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub wait: Option<Wait>,
    /// The counters that serve it.
    pub counters: Vec<u16>,
}

/// A counter as citizens see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CounterSign {
    /// Its number.
    pub number: u16,
    /// What hangs above it.
    pub name: String,
    /// Whether it calls.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub opening: Opening,
    /// The number that is called to it or served there.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub at_hand: Option<TicketNumber>,
    /// Whether it is served by now, not only called.
    pub serving: bool,
}

/// A call, as shown and spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Called {
    /// Its place among all calls of the hall; a later call has a greater one. Calling again is a call.
    pub seq: i64,
    /// The number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: TicketNumber,
    /// To which counter.
    pub counter: u16,
    /// Whether it has priority, now.
    pub priority: bool,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Millis,
    /// The clips that the loudspeaker joins, in Vietnamese.
    pub clips: Vec<String>,
    /// The same in English.
    pub clips_en: Vec<String>,
    /// The same in words.
    pub text: String,
}

/// A hall at a moment, as anybody may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HallView {
    /// Whose hall.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub site: UnitCode,
    /// Its name.
    pub site_name: String,
    /// Counts up with every change of this hall.
    pub version: i64,
    /// What numbers are given for.
    pub services: Vec<ServiceView>,
    /// The counters, by number.
    pub counters: Vec<CounterSign>,
    /// The latest calls, the newest first, each number once.
    pub calls: Vec<Called>,
    /// How many wait in all.
    pub waiting: u32,
    /// The longest of the services' waits.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub wait: Option<Wait>,
    /// Why no number is given now; none while numbers are given.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub closed: Option<NoTicket>,
    /// The server's clock at the moment of the answer.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub server_time: Millis,
}

/// Asks for a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeTicket {
    /// Made by the kiosk: asked again, the same ticket is answered.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub ticket: TicketId,
    /// What for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub service: ServiceCode,
    /// Why it goes before others, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub priority: Option<PriorityReason>,
    /// The receipt that was scanned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub case: Option<CaseCode>,
}

/// A ticket as the citizen sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketView {
    /// Its id: whoever knows it may follow it, give it up and rate it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub ticket: TicketId,
    /// Whose hall.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub site: UnitCode,
    /// Its name.
    pub site_name: String,
    /// The day on which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date"))]
    pub day: Date,
    /// The number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: TicketNumber,
    /// What its barcode says.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: TicketCode,
    /// What its QR says.
    pub url: String,
    /// What for.
    pub service: String,
    /// The same in English; may be empty.
    pub service_en: String,
    /// The counters that may call it.
    pub counters: Vec<u16>,
    /// Whether it has priority.
    pub priority: bool,
    /// Where it stands.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub state: State,
    /// How many are called before it at most; nought once it is called.
    pub ahead: u32,
    /// How long it still waits.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub wait: Option<Wait>,
    /// When it was issued.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub issued_at: Millis,
    /// The server's clock at the moment of the answer.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub server_time: Millis,
}

/// Which ticket.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TicketParam {
    /// Its id.
    pub ticket: TicketId,
}

/// Which ticket, by the code under its bars.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TicketCodeParam {
    /// Of which agency.
    pub unit: UnitCode,
    /// The code.
    pub code: TicketCode,
}

/// How content a citizen was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RateRequest {
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub level: Level,
    /// With what not.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub complaints: BTreeSet<Complaint>,
}

/// Which counter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CounterParam {
    /// Of which agency.
    pub unit: UnitCode,
    /// Its number.
    pub number: u16,
}

/// A counter as its clerk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CounterView {
    /// Its number.
    pub number: u16,
    /// Counts up with every change of this hall.
    pub version: i64,
    /// Whether it calls.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub opening: Opening,
    /// Who is called to it or served there.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub at_hand: Option<Ticket>,
    /// Whom it has set aside.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub parked: Vec<Ticket>,
    /// Who is called next there, in that order as it is now; the first twenty.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub next: Vec<Ticket>,
    /// How many wait for what it serves.
    pub waiting: u32,
    /// Who did not come, of all that it serves; the latest ten.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub missed: Vec<Ticket>,
    /// How many it has served today.
    pub served: u64,
    /// How long those called to it today had waited on average, in milliseconds; none where nobody was.
    pub mean_wait: Option<i64>,
    /// What those served there said today.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub ratings: Ratings,
    /// All services of the hall, for transfers.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub services: Vec<Service>,
    /// The server's clock at the moment of the answer.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub server_time: Millis,
}

/// What became of asking for the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextCalled {
    /// Who is called; none when nobody waits.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub ticket: Option<Ticket>,
}

/// What a clerk does with a ticket. The counter is that of the path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Deed {
    /// Call it out of turn: somebody who is late, or was sent.
    Call,
    /// Call it again.
    Recall,
    /// The citizen is here.
    Serve,
    /// Say which case it led to.
    Attach {
        /// The case.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        case: CaseCode,
    },
    /// Served.
    Finish,
    /// Nobody came.
    Miss,
    /// Somebody who was missed is here after all.
    ComeBack,
    /// Send it to another service's line, with its place.
    Transfer {
        /// Which.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        to: ServiceCode,
    },
    /// Set it aside.
    Park,
    /// Take it up again.
    Resume,
    /// The citizen gives it up.
    Leave,
}

/// A deed with its ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeedRequest {
    /// Which ticket.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub ticket: TicketId,
    /// What is done with it.
    #[serde(flatten)]
    pub deed: Deed,
}

/// Opens, pauses or closes a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpeningRequest {
    /// What it becomes.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub opening: Opening,
}

/// The day of a hall, for its head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HallDay {
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date"))]
    pub day: Date,
    /// Waits and service times.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub figures: HallFigures,
    /// What citizens said.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub ratings: Ratings,
}

impl Deed {
    /// The act that it is at a counter, by a clerk.
    #[must_use]
    pub fn act(&self, counter: u16, clerk: StaffId) -> Act {
        match self {
            Self::Call => Act::Call { counter },
            Self::Recall => Act::Recall { counter },
            Self::Serve => Act::Serve { counter, clerk },
            Self::Attach { case } => Act::Attach { counter, case: case.clone() },
            Self::Finish => Act::Finish { counter },
            Self::Miss => Act::Miss { counter, after: MISS_AFTER },
            Self::ComeBack => Act::ComeBack,
            Self::Transfer { to } => Act::Transfer { counter, to: to.clone() },
            Self::Park => Act::Park { counter },
            Self::Resume => Act::Resume { counter, clerk },
            Self::Leave => Act::Leave,
        }
    }
}

endpoints! {
    /// A hall as everybody sees it.
    GetHall: GET "/api/public/halls/{unit}" Public false UnitParam, () => HallView;
    /// Gives a number. The same request again gives the same one.
    IssueTicket: POST "/api/public/halls/{unit}/tickets" Hall false UnitParam, TakeTicket => TicketView;
    /// A ticket by the code under its bars.
    FindTicket: GET "/api/public/halls/{unit}/tickets/{code}" Hall false TicketCodeParam, () => TicketView;
    /// Whoever is served at a counter, or was served there last, says how content they were; each once.
    RateCounter: POST "/api/public/halls/{unit}/counters/{number}/rating" Hall false CounterParam, RateRequest => ();
    /// A ticket, for whoever holds it.
    GetTicket: GET "/api/public/tickets/{ticket}" Public false TicketParam, () => TicketView;
    /// The holder gives it up. Again, it changes nothing.
    LeaveTicket: POST "/api/public/tickets/{ticket}/leave" Public false TicketParam, () => TicketView;
    /// The holder says how content they were; once.
    RateTicket: POST "/api/public/tickets/{ticket}/rating" Public false TicketParam, RateRequest => ();
    /// A counter, for its clerk.
    GetCounter: GET "/api/halls/{unit}/counters/{number}" Staff false CounterParam, () => CounterView;
    /// Opens, pauses or closes a counter.
    OpenCounter: POST "/api/halls/{unit}/counters/{number}/opening" Staff true CounterParam, OpeningRequest => ();
    /// Calls the next number that waits; `ticket` is none when nobody does.
    CallNext: POST "/api/halls/{unit}/counters/{number}/next" Staff true CounterParam, () => NextCalled;
    /// Does something with a ticket at a counter.
    DoWithTicket: POST "/api/halls/{unit}/counters/{number}/deeds" Staff true CounterParam, DeedRequest => Ticket;
    /// A ticket by the code under its bars, for staff.
    ScanTicket: GET "/api/halls/{unit}/tickets/{code}" Staff false TicketCodeParam, () => Ticket;
    /// The hall's day, for its head.
    GetHallDay: GET "/api/halls/{unit}/day" Staff false UnitParam, () => HallDay;
}
