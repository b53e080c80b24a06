//! Agency, catalogue and calendar, with what is looked up in them.

use api::Place;
use domain::{
    procedure::Procedure,
    unit::{FieldCode, ProcedureCode, Unit, UnitCode},
};
use std::collections::HashMap;

/// A place with indices.
#[derive(Debug)]
pub struct Desk {
    /// As the server gave it.
    pub place: Place,
    by_code: HashMap<ProcedureCode, usize>,
    fields: HashMap<FieldCode, String>,
}

impl Desk {
    /// A place with indices.
    #[must_use]
    pub fn new(place: Place) -> Self {
        let by_code = place.procedures.iter().enumerate().map(|(at, p)| (p.code.clone(), at)).collect();
        let fields = place.fields.iter().map(|field| (field.code.clone(), field.name.clone())).collect();
        Self { place, by_code, fields }
    }

    /// The procedure with a code.
    #[must_use]
    pub fn procedure(&self, code: &ProcedureCode) -> Option<&Procedure> {
        self.by_code.get(code).and_then(|at| self.place.procedures.get(*at))
    }

    /// The name of a field.
    #[must_use]
    pub fn field<'a>(&'a self, code: &'a FieldCode) -> &'a str {
        self.fields.get(code).map_or(code.as_str(), String::as_str)
    }

    /// The division that examines a field here; none where the agency has no divisions.
    #[must_use]
    pub fn division(&self, field: &FieldCode) -> Option<&Unit> {
        self.place.divisions.iter().find(|unit| unit.fields.contains(field))
    }

    /// The name of the agency or one of its divisions.
    #[must_use]
    pub fn unit_name(&self, code: &UnitCode) -> Option<&str> {
        let units = std::iter::once(&self.place.agency).chain(&self.place.divisions);
        units.into_iter().find(|unit| unit.code == *code).map(|unit| unit.name.as_str())
    }
}
