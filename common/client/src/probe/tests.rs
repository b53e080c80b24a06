//! Every reason why a server is not reached has its own sentence.

use super::{look, look_by};
use axum::{Router, http::StatusCode, routing::get};
use axum_server::tls_rustls::RustlsConfig;
use domain::{
    time::{Clock as _, Millis},
    unit::UnitCode,
};
use machine::report::{Finding, State};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use std::net::{SocketAddr, TcpListener};

const PROBLEM: &str = r#"{"code":"not_found","message":"Không tìm thấy."}"#;

async fn asked(base: &str) -> Vec<Finding> {
    look(base, Some(&UnitCode::from("H52.125")), &crate::SystemClock).await
}

async fn server_line(base: &str) -> Finding {
    let found = asked(base).await;
    assert_eq!(found[0].what, "server");
    found[0].clone()
}

fn says(finding: &Finding, name: &str, base: &str) {
    let expected = i18n::with(&format!("machine.server.said.{name}"), &[("server", base)]);
    assert!(finding.said.starts_with(&expected), "{finding:?} instead of {expected}");
    assert_eq!(finding.state, State::Bad);
    assert_eq!(finding.advice, i18n::t(&format!("machine.server.do.{name}")));
}

/// A server that gives one answer to everything.
fn answering(status: u16, body: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let addr = listener.local_addr().unwrap();
    let answer = move || async move { (StatusCode::from_u16(status).unwrap(), body) };
    let app = Router::new().fallback(get(answer));
    tokio::spawn(axum_server::from_tcp(listener).unwrap().serve(app.into_make_service()));
    addr
}

/// A server of ours behind a certificate for `name`, valid in these years.
async fn certified(name: &str, years: (i32, i32)) -> (SocketAddr, reqwest::Certificate) {
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(years.0, 1, 1);
    params.not_after = date_time_ymd(years.1, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let tls = RustlsConfig::from_pem(certificate.pem().into_bytes(), key.serialize_pem().into_bytes());
    let tls = tls.await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let addr = listener.local_addr().unwrap();
    let app = Router::new().fallback(get(|| async { (StatusCode::NOT_FOUND, PROBLEM) }));
    tokio::spawn(axum_server::from_tcp_rustls(listener, tls).unwrap().serve(app.into_make_service()));
    (addr, reqwest::Certificate::from_der(certificate.der()).unwrap())
}

/// Looks at a server whose certificate is trusted.
async fn trusting(trusted: reqwest::Certificate, base: &str) -> Vec<Finding> {
    look_by(reqwest::Client::builder().tls_certs_only([trusted]), base, None, &crate::SystemClock).await
}

#[tokio::test]
async fn an_address_that_is_none() {
    says(&server_line("motcua").await, "not_an_address", "motcua");
}

#[tokio::test]
async fn a_name_that_nobody_has() {
    let base = "http://motcua.invalid";
    says(&server_line(base).await, "no_such_name", base);
}

#[tokio::test]
async fn a_port_where_nothing_listens() {
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let base = format!("http://{addr}");
    says(&server_line(&base).await, "refused", &base);
}

#[tokio::test]
async fn a_server_of_another_kind() {
    let base = format!("http://{}", answering(200, "<html>Chào mừng đến với bộ định tuyến</html>"));
    says(&server_line(&base).await, "another", &base);
    let base = format!("http://{}", answering(404, "not found"));
    says(&server_line(&base).await, "another", &base);
}

#[tokio::test]
async fn a_server_of_ours_in_trouble() {
    let base = format!("http://{}", answering(500, r#"{"code":"internal","message":""}"#));
    says(&server_line(&base).await, "troubled", &base);
}

#[tokio::test]
async fn a_unit_that_the_server_does_not_have() {
    let base = format!("http://{}", answering(404, PROBLEM));
    let found = asked(&base).await;
    assert!(found[0].said.contains("H52.125") && found[0].state == State::Bad, "{found:?}");
    assert_eq!((found[1].what.as_str(), found[1].state), ("skew", State::Ok), "{found:?}");
    let anywhere = look(&base, None, &crate::SystemClock).await;
    assert_eq!(anywhere[0].state, State::Ok);
}

#[tokio::test]
async fn a_clock_that_is_a_day_wrong() {
    let base = format!("http://{}", answering(404, PROBLEM));
    let tomorrow = domain::time::ManualClock::at(crate::SystemClock.now().plus(domain::time::DAY));
    let found = look(&base, None, &tomorrow).await;
    assert_eq!((found[1].what.as_str(), found[1].state), ("skew", State::Attention));
    assert!(found[1].said.contains("nhanh hơn"), "{found:?}");
}

#[tokio::test]
async fn https_asked_of_a_server_without_it() {
    let base = format!("https://{}", answering(404, PROBLEM));
    says(&server_line(&base).await, "not_https", &base);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for() {
    let (addr, _) = certified("localhost", (2025, 2100)).await;
    let base = format!("https://localhost:{}", addr.port());
    says(&server_line(&base).await, "untrusted", &base);
}

#[tokio::test]
async fn a_certificate_that_has_ended_or_not_begun() {
    for (years, name) in [((2020, 2021), "expired"), ((2098, 2099), "too_early")] {
        let (addr, trusted) = certified("localhost", years).await;
        let base = format!("https://localhost:{}", addr.port());
        says(&trusting(trusted, &base).await[0], name, &base);
    }
}

#[tokio::test]
async fn a_certificate_of_another_name() {
    let (addr, trusted) = certified("motcua.sonla.gov.vn", (2025, 2100)).await;
    let base = format!("https://localhost:{}", addr.port());
    says(&trusting(trusted, &base).await[0], "other_name", &base);
}

#[tokio::test]
async fn a_good_certificate_says_how_long_it_is_good() {
    let (addr, trusted) = certified("localhost", (2025, 2100)).await;
    let found = trusting(trusted, &format!("https://localhost:{}", addr.port())).await;
    assert_eq!(found.iter().map(|one| one.state).max(), Some(State::Ok), "{found:?}");
    assert!(found[2].what == "certificate" && found[2].said.contains("01/01/2100"), "{found:?}");
}

#[test]
fn a_certificate_near_its_end() {
    let now = Millis::from_local("2026-11-25T08:00".parse().unwrap());
    let after = |days: i64| super::certificate(now.plus(days * domain::time::DAY), now);
    assert_eq!(after(90).state, State::Ok);
    assert_eq!(after(10).state, State::Attention);
    assert!(after(10).said.contains("còn 10 ngày"), "{:?}", after(10));
}
