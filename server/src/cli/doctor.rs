//! `server doctor`: is this installation healthy, and if not, what to do.

use crate::{
    app::{catalogue::Catalogue, load},
    clock::SystemClock,
    config::Config,
    store::{self, Db},
};
use anyhow::bail;
use domain::time::Clock as _;
use serde::Serialize;
use std::{io::Write, time::Instant};

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    ok: bool,
    said: String,
}

impl Finding {
    fn new(what: &'static str, result: anyhow::Result<String>) -> Self {
        match result {
            Ok(said) => Self { what, ok: true, said },
            Err(error) => Self { what, ok: false, said: format!("{error:#}") },
        }
    }
}

pub(super) async fn run(config: &Config, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut findings = vec![
        Finding::new("configuration", Ok(described(config))),
        Finding::new("clock", clock()),
        Finding::new("disk", disk(config)),
        Finding::new("certificate", certificate(config).await),
    ];
    let db = super::open(config).await;
    match &db {
        Ok(db) => {
            findings.push(Finding::new("database", database(config, db).await));
            findings.push(Finding::new("statements", statements(db).await));
            findings.push(Finding::new("catalogue", catalogue(db).await));
        }
        Err(error) => findings.push(Finding { what: "database", ok: false, said: format!("{error:#}") }),
    }
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&findings)?)?;
    } else {
        for finding in &findings {
            let mark = if finding.ok { "ok " } else { "BAD" };
            writeln!(out, "{mark}  {:14} {}", finding.what, finding.said)?;
        }
    }
    if findings.iter().any(|finding| !finding.ok) {
        bail!("something is wrong");
    }
    Ok(())
}

fn described(config: &Config) -> String {
    let url = config.public_base(config.listen);
    format!("listens at {}, known as {url}, database {}", config.listen, config.database_shown())
}

fn clock() -> anyhow::Result<String> {
    let local = SystemClock.now().local();
    if local.year() < 2024 {
        bail!("the machine believes it is {local}; due times would be wrong");
    }
    Ok(format!("{local} in Vietnam"))
}

/// Writes a little and flushes it, as every commit does.
fn disk(config: &Config) -> anyhow::Result<String> {
    if config.database.is_some() {
        return Ok("no data folder: the database is elsewhere".to_owned());
    }
    std::fs::create_dir_all(&config.data)?;
    let path = config.data.join(".doctor");
    let begun = Instant::now();
    let written = std::fs::File::create(&path).and_then(|mut file| {
        file.write_all(&[0; 65_536])?;
        file.sync_all()
    });
    let took = begun.elapsed();
    let removed = std::fs::remove_file(&path);
    written?;
    removed?;
    Ok(format!(
        "{} can be written; a flush takes {:.1} ms",
        config.data.display(),
        took.as_secs_f64() * 1_000.0
    ))
}

async fn certificate(config: &Config) -> anyhow::Result<String> {
    let Some(tls) = &config.tls else {
        return Ok("none: plain HTTP, for a loopback address or behind a proxy".to_owned());
    };
    drop(rustls::crypto::ring::default_provider().install_default());
    axum_server::tls_rustls::RustlsConfig::from_pem_file(&tls.certificate, &tls.key).await?;
    Ok(format!("{} fits its key", tls.certificate.display()))
}

async fn database(config: &Config, db: &Db) -> anyhow::Result<String> {
    let mut tx = db.snapshot().await?;
    let log = store::actions::head(&mut tx).await?;
    Ok(format!("{} ({}), the log stands at {log}", config.database_shown(), db.engine().name()))
}

async fn statements(db: &Db) -> anyhow::Result<String> {
    match store::prepare_all(db).await {
        Ok(count) => Ok(format!("all {count} are understood")),
        Err((name, error)) => Err(anyhow::Error::new(error).context(name)),
    }
}

async fn catalogue(db: &Db) -> anyhow::Result<String> {
    let Some(pack) = load::loaded(db).await? else {
        bail!("no pack is loaded; `server serve` loads one, or `server load-pack`");
    };
    let catalogue = Catalogue::read(db).await?;
    let (units, procedures) = (catalogue.units().count(), catalogue.procedures().count());
    let open = catalogue.procedures().filter(|procedure| !procedure.verified.all()).count();
    Ok(format!("{pack}: {units} units, {procedures} procedures, {open} of them not wholly verified"))
}
