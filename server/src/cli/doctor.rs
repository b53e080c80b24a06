//! `server doctor`: is this installation healthy, and if not, what to do.

use super::Setup;
use crate::{
    app::{catalogue::Catalogue, load},
    clock::SystemClock,
    config::{Config, Keys, Tls},
    store::{self, Db},
};
use axum_server::tls_rustls::RustlsConfig;
use domain::time::{Clock, DAY, Millis};
use machine::{
    care::Cared,
    config::{Gathered, Request, Trouble},
    report::Finding,
};
use std::path::PathBuf;
use x509_cert::Certificate;

/// Days before its end at which a certificate should be renewed.
const RENEW_DAYS: i64 = 21;

impl Cared for Setup {
    type Settings = Keys;

    fn request(&self) -> Request<'_, Keys> {
        self.request()
    }

    fn clock(&self) -> &dyn Clock {
        &SystemClock
    }

    fn data(&self, settings: &Keys) -> PathBuf {
        settings.clone().config().data
    }

    fn logs(&self, settings: &Keys) -> PathBuf {
        settings.clone().config().logs()
    }

    fn fits(&self, gathered: &mut Gathered<Keys>, settings: &Keys) {
        let config = settings.clone().config();
        // A file that cannot be read at all was told already.
        let readable = config.tls.filter(|tls| tls.certificate.is_file() && tls.key.is_file());
        if let Some(tls) = readable
            && let Err(error) = block_on(fitting(&tls))
        {
            gathered.add("tls_certificate", Trouble::BadCertificate { detail: format!("{error:#}") });
        }
    }

    fn examine(&self, settings: &Keys) -> Vec<Finding> {
        let config = settings.clone().config();
        let mut found = vec![address(&config)];
        found.extend(config.tls.as_ref().map(|tls| certificate(tls, SystemClock.now())));
        match block_on(async { Ok(database(&config).await) }) {
            Ok(findings) => found.extend(findings),
            Err(error) => {
                found.push(Finding::bad("database", error.to_string(), i18n::t("machine.restart_do")))
            }
        }
        found
    }
}

/// Runs a question to its end; the program has no runtime while it is looked after.
fn block_on<T>(question: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    super::runtime()?.block_on(question)
}

fn address(config: &Config) -> Finding {
    let url = config.public_base(config.listen);
    let listen = config.listen.to_string();
    let said = i18n::with("machine.address.said", &[("listen", &listen), ("url", &url)]);
    if config.listen.ip().is_loopback() || config.tls.is_some() {
        Finding::ok("address", said)
    } else {
        Finding::attention("address", said, i18n::t("machine.address.plain_do"))
    }
}

async fn fitting(tls: &Tls) -> anyhow::Result<()> {
    drop(rustls::crypto::ring::default_provider().install_default());
    RustlsConfig::from_pem_file(&tls.certificate, &tls.key).await?;
    Ok(())
}

fn certificate(tls: &Tls, now: Millis) -> Finding {
    let path = tls.certificate.display().to_string();
    let Some(ends) = ends(tls) else {
        let said = i18n::with("machine.certificate.unreadable", &[("path", &path)]);
        return Finding::bad("certificate", said, i18n::t("machine.config.advice.certificate"));
    };
    let days = (ends.0 - now.0).div_euclid(DAY);
    let (n, date) = (days.to_string(), ends.local().strftime("%d/%m/%Y").to_string());
    let said = i18n::with("machine.certificate.days", &[("n", &n), ("date", &date)]);
    if days < 0 {
        let said = i18n::with("machine.certificate.over", &[("path", &path), ("date", &date)]);
        Finding::bad("certificate", said, i18n::t("machine.certificate.renew_now_do"))
    } else if days <= RENEW_DAYS {
        Finding::attention("certificate", said, i18n::t("machine.certificate.renew_do"))
    } else {
        Finding::ok("certificate", said)
    }
}

/// When a certificate ends.
fn ends(tls: &Tls) -> Option<Millis> {
    let chain = Certificate::load_pem_chain(&std::fs::read(&tls.certificate).ok()?).ok()?;
    let ends = chain.first()?.tbs_certificate.validity.not_after.to_unix_duration();
    i64::try_from(ends.as_millis()).ok().map(Millis)
}

async fn database(config: &Config) -> Vec<Finding> {
    let broken = |what, error: &anyhow::Error| {
        let said = i18n::with("machine.database.broken", &[("detail", &format!("{error:#}"))]);
        Finding::bad(what, said, i18n::t("machine.database.broken_do"))
    };
    let db = match super::open(config).await {
        Ok(db) => db,
        Err(error) => return vec![broken("database", &error)],
    };
    let found = [
        ("database", log_head(config, &db).await),
        ("statements", statements(&db).await),
        ("catalogue", catalogue(&db).await),
    ];
    db.close().await;
    let one = |(what, result): (&'static str, anyhow::Result<Result<String, String>>)| match result {
        Ok(Ok(said)) => Finding::ok(what, said),
        Ok(Err(said)) => Finding::bad(what, said, i18n::t("machine.catalogue.none_do")),
        Err(error) => broken(what, &error),
    };
    found.into_iter().map(one).collect()
}

async fn log_head(config: &Config, db: &Db) -> anyhow::Result<Result<String, String>> {
    let mut tx = db.snapshot().await?;
    let head = store::actions::head(&mut tx).await?.to_string();
    let shown = config.database_shown();
    let values = [("database", shown.as_str()), ("engine", db.engine().name()), ("head", head.as_str())];
    Ok(Ok(i18n::with("machine.database.said", &values)))
}

async fn statements(db: &Db) -> anyhow::Result<Result<String, String>> {
    match store::prepare_all(db).await {
        Ok(count) => Ok(Ok(i18n::with("machine.database.statements", &[("n", &count.to_string())]))),
        Err((name, error)) => Err(anyhow::Error::new(error).context(name)),
    }
}

async fn catalogue(db: &Db) -> anyhow::Result<Result<String, String>> {
    let Some(pack) = load::loaded(db).await? else {
        return Ok(Err(i18n::t("machine.catalogue.none").into_owned()));
    };
    let catalogue = Catalogue::read(db).await?;
    let (units, procedures) = (catalogue.units().count(), catalogue.procedures().count());
    let open = catalogue.procedures().filter(|procedure| !procedure.verified.all()).count();
    let counts = [units, procedures, open].map(|count| count.to_string());
    let [units, procedures, open] = counts.each_ref().map(String::as_str);
    let values = [("pack", pack.as_str()), ("units", units), ("procedures", procedures), ("open", open)];
    Ok(Ok(i18n::with("machine.catalogue.said", &values)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use machine::{
        care::examine,
        report::{Report, State},
    };

    /// A server with its data in a folder of its own and an empty configuration file.
    fn looked_at(change: impl FnOnce(&mut Keys, &std::path::Path)) -> Report {
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("server.toml");
        std::fs::write(&config, "").unwrap();
        let mut keys = Keys { data: Some(dir.path().join("data")), ..Keys::default() };
        change(&mut keys, dir.path());
        examine(&Setup { config: Some(config), keys })
    }

    fn state(report: &Report, what: &str) -> State {
        report.findings.iter().find(|finding| finding.what == what).unwrap().state
    }

    #[test]
    fn a_new_installation_lacks_only_its_pack() {
        let report = looked_at(|_, _| {});
        for what in ["configuration", "clock", "logs", "address", "database", "statements"] {
            assert_eq!(state(&report, what), State::Ok, "{what}: {report:?}");
        }
        assert_eq!(state(&report, "catalogue"), State::Bad);
    }

    #[test]
    fn a_certificate_that_is_none_is_explained_before_anything_is_started() {
        let report = looked_at(|keys, folder| {
            for name in ["a.pem", "a.key"] {
                std::fs::write(folder.join(name), "-----BEGIN RUBBISH-----").unwrap();
            }
            keys.tls_certificate = Some(folder.join("a.pem"));
            keys.tls_key = Some(folder.join("a.key"));
        });
        assert_eq!(state(&report, "configuration"), State::Bad);
        assert_eq!(state(&report, "certificate"), State::Bad);
        assert_eq!(state(&report, "database"), State::Ok);
    }

    #[test]
    fn an_open_door_without_encryption_is_pointed_at() {
        let report = looked_at(|keys, _| keys.listen = "0.0.0.0:8080".parse().ok());
        assert_eq!(state(&report, "address"), State::Attention);
    }
}
