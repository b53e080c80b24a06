//! Is the server reached, and if not, why? Each reason has a sentence of its own, since each wants another cure.

mod fault;

use crate::call::{RING, path};
use api::{GetPlace, Problem, UnitParam, VERSION_HEADER, problem_code};
use domain::{
    time::{Clock, DAY, Millis},
    unit::UnitCode,
};
use fault::Fault;
use machine::report::Finding;
use reqwest::{ClientBuilder, Response, Url, tls::TlsInfo};
use std::time::{Duration, UNIX_EPOCH};
use x509_cert::{Certificate, der::Decode as _};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(10);
/// A machine's clock may be wrong by so much: times on the screen come from the server.
const SKEW_MS: i64 = 60_000;
/// Days before its end at which a certificate should be renewed.
const RENEW_DAYS: i64 = 21;
/// A unit that every server can be asked for; one that does not have it says so in its own way.
const ANY_UNIT: &str = "H52";

/// Looks at the line to the server at `base`: reached, the unit known there, the clocks together, the certificate good
/// for a while.
pub async fn look(base: &str, unit: Option<&UnitCode>, clock: &dyn Clock) -> Vec<Finding> {
    RING.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    look_by(reqwest::Client::builder(), base, unit, clock).await
}

/// As [`look`]; `http` says whom to trust.
async fn look_by(
    http: ClientBuilder,
    base: &str,
    unit: Option<&UnitCode>,
    clock: &dyn Clock,
) -> Vec<Finding> {
    let asked = unit.cloned().unwrap_or_else(|| UnitCode::from(ANY_UNIT));
    let answered = match ask(http, base, &asked).await {
        Ok(answered) => answered,
        Err(fault) => return vec![fault.finding(base)],
    };
    let certificate = answered.certificate_ends.map(|ends| certificate(ends, clock.now()));
    let skew = answered.time.map(|time| skew(clock.now().0 - time.0));
    let server = if answered.knows_unit || unit.is_none() {
        Finding::ok("server", i18n::with("machine.server.reached", &[("server", base)]))
    } else {
        let values = [("server", base), ("unit", asked.as_str())];
        Finding::bad(
            "server",
            i18n::with("machine.server.no_unit", &values),
            i18n::t("machine.server.no_unit_do"),
        )
    };
    std::iter::once(server).chain(skew).chain(certificate).collect()
}

/// What a server of ours answered.
struct Answered {
    knows_unit: bool,
    /// Its clock, by the second.
    time: Option<Millis>,
    /// When its certificate ends.
    certificate_ends: Option<Millis>,
}

async fn ask(http: ClientBuilder, base: &str, unit: &UnitCode) -> Result<Answered, Fault> {
    let path = path::<GetPlace>(&UnitParam { unit: unit.clone() }).map_err(|_| Fault::NotAnAddress)?;
    let base = Url::parse(base.trim_end_matches('/')).map_err(|_| Fault::NotAnAddress)?;
    let http = http
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
        .tls_info(true)
        .build()
        .map_err(|error| Fault::of(&error))?;
    let address = format!("{}{path}", base.as_str().trim_end_matches('/'));
    let request = http.get(address).header(VERSION_HEADER, api::VERSION);
    let response = request.send().await.map_err(|error| Fault::of(&error))?;
    let (time, certificate_ends) = (date(&response), certificate_end(&response));
    let status = response.status().as_u16();
    let body = response.bytes().await.map_err(|error| Fault::of(&error))?;
    if status == 200 && serde_json::from_slice::<api::Place>(&body).is_ok() {
        return Ok(Answered { knows_unit: true, time, certificate_ends });
    }
    match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) if problem.code == problem_code::NOT_FOUND => {
            Ok(Answered { knows_unit: false, time, certificate_ends })
        }
        Ok(problem) if problem.code == problem_code::UPGRADE => Err(Fault::TooOld),
        Ok(problem) => Err(Fault::Troubled { detail: format!("HTTP {status} · {}", problem.code) }),
        Err(_) => Err(Fault::Another { detail: format!("HTTP {status}") }),
    }
}

fn date(response: &Response) -> Option<Millis> {
    let text = response.headers().get(reqwest::header::DATE)?.to_str().ok()?;
    let since = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Millis)
}

fn certificate_end(response: &Response) -> Option<Millis> {
    let der = response.extensions().get::<TlsInfo>()?.peer_certificate()?;
    let ends = Certificate::from_der(der).ok()?.tbs_certificate.validity.not_after.to_unix_duration();
    i64::try_from(ends.as_millis()).ok().map(Millis)
}

/// `ahead_ms`: by how much this machine's clock is ahead of the server's.
fn skew(ahead_ms: i64) -> Finding {
    let seconds = (ahead_ms / 1_000).abs().to_string();
    if ahead_ms.abs() <= SKEW_MS {
        return Finding::ok("skew", i18n::with("machine.skew.together", &[("s", &seconds)]));
    }
    let key = if ahead_ms > 0 { "machine.skew.ahead" } else { "machine.skew.behind" };
    Finding::attention("skew", i18n::with(key, &[("s", &seconds)]), i18n::t("machine.clock.do"))
}

fn certificate(ends: Millis, now: Millis) -> Finding {
    let days = (ends.0 - now.0).div_euclid(DAY);
    let date = ends.local().strftime("%d/%m/%Y").to_string();
    let said = i18n::with("machine.certificate.days", &[("n", &days.to_string()), ("date", &date)]);
    if days > RENEW_DAYS {
        Finding::ok("certificate", said)
    } else {
        Finding::attention("certificate", said, i18n::t("machine.certificate.renew_do"))
    }
}

#[cfg(test)]
mod tests;
