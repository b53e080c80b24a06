//! A kiosk, a place and a case for tests.

use crate::{
    event::Event,
    model::Model,
    update::{begin, update},
};
use api::{Milestone, Place, Progress, PublicStatus};
use domain::{
    calendar::Calendar,
    case::State,
    code::CaseCode,
    deadline::Standing,
    procedure::{Field, Procedure, StepKind},
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
    let milestone = |what: &str, step, progress, at| Milestone {
        what: what.to_owned(),
        step,
        progress,
        place: "Phòng Kinh tế và Hạ tầng".into(),
        at,
    };
    let received = Millis(morning().0 - 13 * 24 * HOUR);
    PublicStatus {
        code: CaseCode::parse(CODE).unwrap(),
        procedure: "Cấp giấy phép xây dựng nhà ở riêng lẻ".into(),
        agency: "UBND huyện Mai Sơn".into(),
        state: State::Processing,
        received_at: received,
        due: Millis(morning().0 + 8 * HOUR),
        standing: Some(Standing::Soon),
        to_bring: Vec::new(),
        fee_left: 75_000,
        milestones: vec![
            milestone("receive", StepKind::Receive, Progress::Done, Some(received)),
            milestone("supplement_asked", StepKind::Examine, Progress::Done, Some(received)),
            milestone("supplement_received", StepKind::Examine, Progress::Done, Some(received)),
            milestone("examine", StepKind::Examine, Progress::Here, None),
            milestone("approve", StepKind::Approve, Progress::Ahead, None),
            milestone("return", StepKind::Return, Progress::Ahead, None),
        ],
        explanation: vec!["Thời hạn giải quyết: 20 ngày làm việc.".into(), "Hẹn trả kết quả: 16:42.".into()],
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
