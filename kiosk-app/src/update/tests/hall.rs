//! A hall and a ticket for tests.

use super::sample::{kiosk, morning, place};
use crate::{event::Event, model::Model, update::update};
use api::{CounterSign, HallView, ServiceView, TicketView};
use devices::DeviceState;
use domain::{
    hall::{Opening, State, TicketCode, Wait, default_services},
    ids::TicketId,
    unit::{Counter, UnitCode},
};
use std::sync::Arc;

fn site() -> UnitCode {
    UnitCode::from("H52.125")
}

/// Mai Sơn's hall, with five who wait for counter 3.
pub(crate) fn hall() -> HallView {
    let counters: Vec<Counter> =
        serde_json::from_str(include_str!("../../../../assets/packs/sonla-2014/counters.json")).unwrap();
    let services = default_services(&site(), &counters, &place().fields);
    let view = |service: domain::hall::Service| {
        let busy = service.code.as_str() == "q3";
        ServiceView {
            waiting: if busy { 5 } else { 0 },
            wait: busy.then_some(Wait { from: 8, to: 12 }),
            counters: vec![3],
            service,
        }
    };
    HallView {
        site: site(),
        site_name: "UBND huyện Mai Sơn".into(),
        version: 1,
        services: services.into_iter().map(view).collect(),
        counters: vec![CounterSign {
            number: 3,
            name: "Hộ tịch, tư pháp".into(),
            opening: Opening::Open,
            at_hand: None,
            serving: false,
        }],
        calls: Vec::new(),
        waiting: 5,
        wait: Some(Wait { from: 8, to: 12 }),
        closed: None,
        server_time: morning(),
    }
}

pub(crate) fn ticket(id: TicketId, state: State) -> TicketView {
    let (day, number) = (domain::hall::ticket_day(morning()), "C006".parse().unwrap());
    TicketView {
        ticket: id,
        site: site(),
        site_name: "UBND huyện Mai Sơn".into(),
        day,
        number,
        code: TicketCode::new(&site(), day, number),
        url: format!("https://motcua.sonla.example/so-thu-tu/{id}"),
        service: "Hộ tịch, tư pháp".into(),
        service_en: "Civil status, justice".into(),
        counters: vec![3],
        priority: false,
        state,
        ahead: 5,
        wait: Some(Wait { from: 8, to: 12 }),
        issued_at: morning(),
        server_time: morning(),
    }
}

/// A kiosk that gives numbers, with a printer.
pub(crate) fn giving() -> Model {
    let mut model = kiosk();
    model.hall.gives = true;
    update(&mut model, Event::Hall(Arc::new(hall())));
    update(&mut model, Event::Printer(DeviceState::Ready));
    model
}
