//! A kiosk, a place and a case for tests.

use crate::{
    event::Event,
    model::Model,
    update::{begin, update},
};
use api::{Place, PublicStatus};
use domain::{
    calendar::Calendar,
    case::{Milestone, Progress, PublicCase, State, Stop},
    code::CaseCode,
    deadline::{Deadline, Reason, Standing},
    procedure::{Field, Limit, Procedure, StepKind},
    time::{HOUR, Millis},
    unit::{Unit, UnitCode, UnitKind},
};
use std::sync::Arc;

/// The case of [`status`].
pub(crate) const CODE: &str = "H52.125-261110-0007";

/// Monday 23 November 2026, 08:42 in Vietnam.
pub(crate) fn morning() -> Millis {
    Millis(1_795_398_120_000)
}

/// Mai Sơn's place, from the pack of 2014.
pub(crate) fn place() -> Arc<Place> {
    let units: Vec<Unit> =
        serde_json::from_str(include_str!("../../../../assets/packs/sonla-2014/units.json")).unwrap();
    let fields: Vec<Field> =
        serde_json::from_str(include_str!("../../../../assets/packs/fields.json")).unwrap();
    let procedures: Vec<Procedure> =
        serde_json::from_str(include_str!("../../../../assets/packs/sonla-2014/procedures.json")).unwrap();
    Arc::new(Place {
        agency: units.into_iter().find(|unit| unit.code == UnitCode::from("H52.125")).unwrap(),
        divisions: Vec::new(),
        counters: Vec::new(),
        fields,
        procedures: procedures.into_iter().filter(|p| p.levels.contains(&UnitKind::District)).collect(),
        calendar: Calendar::default(),
        server_time: morning(),
        lookup_base: "https://motcua.sonla.gov.vn/tra-cuu".into(),
    })
}

pub(crate) fn status() -> PublicStatus {
    let milestone = |stop, progress, at| Milestone { stop, progress, at };
    let step = |kind, progress, at| milestone(Stop::Step(kind), progress, at);
    let (received, due) = (Millis(morning().0 - 13 * 24 * HOUR), Millis(morning().0 + 8 * HOUR));
    let case = PublicCase {
        code: CaseCode::parse(CODE).unwrap(),
        procedure: "Cấp giấy phép xây dựng nhà ở riêng lẻ".into(),
        state: State::Processing,
        received_at: received,
        deadline: Deadline {
            due,
            limit: Limit::WorkingDays(20),
            counted_from: received,
            reasons: vec![Reason::Received { at: received }, Reason::Due { at: due }],
        },
        to_bring: Vec::new(),
        fee_left: 75_000,
        milestones: vec![
            step(StepKind::Receive, Progress::Done, Some(received)),
            milestone(Stop::SupplementAsked, Progress::Done, Some(received)),
            milestone(Stop::SupplementReceived, Progress::Done, Some(received)),
            step(StepKind::Examine, Progress::Here, None),
            step(StepKind::Approve, Progress::Ahead, None),
            step(StepKind::Return, Progress::Ahead, None),
        ],
    };
    PublicStatus {
        case,
        agency: "UBND huyện Mai Sơn".into(),
        division: "Phòng Kinh tế và Hạ tầng".into(),
        standing: Some(Standing::Soon),
        genuine: Some(true),
    }
}

/// A kiosk that has just fetched its place.
pub(crate) fn kiosk() -> Model {
    let mut model = Model::new(UnitCode::from("H52.125"), 60_000, morning());
    assert!(!begin(&mut model).is_empty());
    update(&mut model, Event::Place(Ok(place()), morning()));
    model
}
