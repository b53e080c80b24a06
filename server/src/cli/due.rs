//! `server due`: a due time and why, without a database.

use crate::{
    app::catalogue::Catalogue,
    clock::parse_local,
    pack::{self, Pack},
};
use anyhow::{Context as _, bail};
use clap::Args;
use domain::{
    deadline,
    procedure::Limit,
    unit::{ProcedureCode, Unit},
};
use i18n::Lang;
use serde_json::json;
use std::io::Write;

/// Flags of `due`.
#[derive(Debug, Args)]
pub(super) struct Due {
    /// Local time of reception: `2026-04-29T15:20`.
    #[arg(long)]
    received: String,
    /// Time limit: `same-day`, `8 hours`, `3 working-days`, `20 days`.
    #[arg(long, required_unless_present = "procedure", conflicts_with = "procedure")]
    limit: Option<Limit>,
    /// A procedure, whose limit is taken.
    #[arg(long)]
    procedure: Option<String>,
    /// The commune that receives it, by its code here or by its statistical code.
    #[arg(long)]
    commune: Option<String>,
    /// The unit that receives it.
    #[arg(long, conflicts_with = "commune")]
    unit: Option<String>,
    /// The pack to look in; the first that knows the codes, if none is given.
    #[arg(long)]
    pack: Option<String>,
}

impl Due {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let received = parse_local(&self.received)
            .with_context(|| format!("{:?} is not a time such as 2026-04-29T15:20", self.received))?;
        let (catalogue, unit) = self.find()?;
        let mountain = unit.as_ref().is_some_and(|unit| unit.mountain);
        let procedure = self.procedure.as_deref().map(|code| self.procedure_in(&catalogue, code));
        let procedure = procedure.transpose()?;
        let limit = match (&self.limit, &procedure) {
            (Some(limit), _) => *limit,
            (None, Some(procedure)) => procedure.limit_at(mountain),
            (None, None) => bail!("say --limit or --procedure"),
        };
        let deadline = deadline::due(received, limit, &catalogue.calendar);
        let answer = json!({
            "due": deadline.due.0,
            "due_local": deadline.due.local().to_string(),
            "explanation": i18n::explain_all(Lang::Vi, &deadline),
            "deadline": deadline,
            "procedure": procedure.map(|procedure| procedure.name.clone()),
            "unit": unit.map(|unit| unit.name),
            "mountain": mountain,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&answer)?)?;
        Ok(())
    }

    /// The first pack that knows the codes that were named.
    fn find(&self) -> anyhow::Result<(Catalogue, Option<Unit>)> {
        let packs = match &self.pack {
            Some(code) => vec![code.clone()],
            None => {
                let mut codes = pack::codes();
                codes.sort_by_key(|code| code != pack::DEFAULT);
                codes
            }
        };
        let mut first = None;
        for code in packs {
            let catalogue = Catalogue::of_pack(Pack::read(&code)?);
            let unit = self.unit_in(&catalogue);
            let unit_known = unit.is_some() || (self.unit.is_none() && self.commune.is_none());
            let procedure_known =
                self.procedure.as_deref().is_none_or(|code| self.procedure_in(&catalogue, code).is_ok());
            if unit_known && procedure_known {
                return Ok((catalogue, unit));
            }
            first.get_or_insert(unit_known);
        }
        match (first, &self.procedure) {
            (Some(false), _) => bail!("no pack knows this unit"),
            (_, Some(code)) => bail!("no pack knows procedure {code}"),
            _ => bail!("no pack knows these codes"),
        }
    }

    fn unit_in(&self, catalogue: &Catalogue) -> Option<Unit> {
        let wanted = self.commune.as_deref().or(self.unit.as_deref())?;
        let is = |unit: &&Unit| unit.code.as_str() == wanted || unit.gso_code.as_deref() == Some(wanted);
        catalogue.units().find(is).cloned()
    }

    fn procedure_in<'a>(
        &self,
        catalogue: &'a Catalogue,
        code: &str,
    ) -> anyhow::Result<&'a domain::procedure::Procedure> {
        let found = catalogue.procedure(&ProcedureCode::from(code));
        found.map(AsRef::as_ref).with_context(|| format!("there is no procedure {code}"))
    }
}
