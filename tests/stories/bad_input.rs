//! Bad input of every kind: a clear error in Vietnamese, a structured one in the API, and nothing lost.

use crate::on_both;
use api::{CodeParam, FILE_NAME_HEADER, GetStatus, IntakeRequest, Pile, Problem, StatusRequest};
use bytes::Bytes;
use domain::{
    code::CaseCode,
    ids::{CommandId, FileId},
    unit::ProcedureCode,
};
use serde_json::{Value, json};
use tests::{Desk, Engine, World, birth, page_png};

on_both!(every_field_is_checked, requests_that_are_none, files_that_lie);

/// Makes one field of a good request bad.
type Spoil = Box<dyn Fn(&mut IntakeRequest)>;

async fn every_field_is_checked(engine: Engine) {
    let world = World::new(engine).await;
    let clerk = world.desk("maison.quay3").await;
    let cases: Vec<(&str, Spoil)> = vec![
        ("applicant.name", Box::new(|r| r.applicant.name = "  ".to_owned())),
        ("applicant.name", Box::new(|r| r.applicant.name = "Lan 😀".to_owned())),
        ("applicant.name", Box::new(|r| r.applicant.name = "Lan\u{202E}naL".to_owned())),
        ("applicant.name", Box::new(|r| r.applicant.name = "a\u{0}b".to_owned())),
        ("applicant.name", Box::new(|r| r.applicant.name = "a".repeat(201))),
        ("applicant.citizen_id", Box::new(|r| r.applicant.citizen_id = "01408800451".to_owned())),
        ("applicant.birth", Box::new(|r| r.applicant.birth = "30/02/2000".to_owned())),
        ("applicant.birth", Box::new(|r| r.applicant.birth = "01/01/1582".to_owned())),
        ("applicant.phone", Box::new(|r| r.applicant.phone = "12".to_owned())),
        ("applicant.address", Box::new(|r| r.applicant.address = "\u{7}".to_owned())),
        ("procedure", Box::new(|r| r.procedure = ProcedureCode::from("9.999999"))),
        ("counter", Box::new(|r| r.counter = Some(99))),
    ];
    for (field, spoil) in cases {
        let mut request = birth();
        spoil(&mut request);
        let problem = problem_of(clerk.intake(&request).await);
        assert_eq!(
            (problem.code.as_str(), problem.field.as_deref()),
            ("bad_field", Some(field)),
            "{problem:?}"
        );
        assert!(problem.message.chars().count() > 10 && problem.message.contains(' '), "{}", problem.message);
    }
    // Decomposed text is the same name.
    let mut nfd = birth();
    nfd.applicant.name = "Quàng Văn Thưởng".replace('à', "a\u{300}").replace('ă', "a\u{306}");
    assert_eq!(clerk.intake(&nfd).await.unwrap().case.applicant.name.as_str(), "Quàng Văn Thưởng");
    let one_letter = IntakeRequest {
        applicant: api::PersonInput { name: "Ý".to_owned(), ..birth().applicant },
        ..birth()
    };
    assert!(clerk.intake(&one_letter).await.is_ok());
    assert_eq!(clerk.pile(Pile::Agency).await.items.len(), 2, "nothing that was refused left a trace");
    world.end().await;
}

fn problem_of<T: std::fmt::Debug>(result: Result<T, client::ClientError>) -> Problem {
    match result.unwrap_err() {
        client::ClientError::Problem { problem, .. } => *problem,
        other => panic!("{other:?}"),
    }
}

async fn post(world: &World, desk: &Desk, path: &str, body: impl Into<reqwest::Body>) -> (u16, Problem) {
    let response = reqwest::Client::new()
        .post(format!("{}{path}", world.url()))
        .bearer_auth(&desk.session.token)
        .header("content-type", "application/json")
        .header(api::COMMAND_HEADER, CommandId::new().to_string())
        .body(body)
        .send()
        .await
        .unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

async fn requests_that_are_none(engine: Engine) {
    let world = World::new(engine).await;
    let desk = world.desk("maison.quay3").await;
    let good = serde_json::to_value(birth()).unwrap();
    let spoiled = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body.to_string()
    };
    // 400: not JSON at all; 422: JSON of another shape; 413: too much of it.
    for (body, status) in [
        (String::new(), 400),
        ("{".to_owned(), 400),
        ("[]".to_owned(), 422),
        ("null".to_owned(), 422),
        (spoiled("sets", json!("hai")), 422),
        (spoiled("sets", json!(-1)), 422),
        (spoiled("case", json!("not-a-uuid")), 422),
        (spoiled("papers", json!({})), 422),
        (" ".repeat(300_000), 413),
    ] {
        let (found, problem) = post(&world, &desk, "/api/cases", body.clone()).await;
        assert_eq!(found, status, "{:.60} {problem:?}", body);
        assert!(!problem.message.is_empty());
    }
    // Nesting without end is refused, whatever it is called.
    let (status, _) = post(&world, &desk, "/api/cases", "[".repeat(100_000)).await;
    assert!((400..500).contains(&status));
    let (status, problem) = post(&world, &desk, "/api/khong-co", "{}").await;
    assert_eq!((status, problem.code.as_str()), (404, "not_found"));
    let raw = reqwest::Client::new();
    let without_id = raw
        .post(format!("{}/api/cases", world.url()))
        .bearer_auth(&desk.session.token)
        .json(&birth())
        .send()
        .await
        .unwrap();
    assert_eq!(without_id.status(), 400, "a change without a command id is refused");
    let wrong_method = raw.put(format!("{}/api/cases", world.url())).send().await.unwrap();
    assert_eq!(wrong_method.status(), 405);
    let unknown = CodeParam { code: CaseCode::parse("H52.125-261123-9999").unwrap() };
    let problem = problem_of(world.visitor().call::<GetStatus>(&unknown, &StatusRequest::default()).await);
    assert_eq!(problem.code, "not_found");
    for torn in ["H52.125-2611", "%00", "..%2f..", "H52.125-269923-0001", "😀"] {
        let response = raw.get(format!("{}/api/public/status/{torn}", world.url())).send().await.unwrap();
        assert!(response.status().is_client_error(), "{torn}: {}", response.status());
    }
    assert!(desk.pile(Pile::Agency).await.items.is_empty());
    world.end().await;
}

async fn files_that_lie(engine: Engine) {
    let world = World::new(engine).await;
    let desk = world.desk("maison.quay3").await;
    let send = |mime: &'static str, content: Vec<u8>| {
        let client = desk.client.clone();
        async move { client.upload(FileId::new(), "Trang 1.png", mime, Bytes::from(content)).await }
    };
    assert_eq!(send("image/png", page_png(40, 56)).await.unwrap().pages, 1);
    for (mime, content) in [
        ("image/png", b"MZ\x90\x00 not a picture".to_vec()),
        ("application/pdf", page_png(8, 8)),
        ("image/png", b"<svg onload=alert(1)>".to_vec()),
        ("image/png", Vec::new()),
        ("image/png", bomb()),
    ] {
        let problem = problem_of(send(mime, content).await);
        assert!(problem.code.starts_with("bad_") || problem.code == "too_large", "{problem:?}");
    }
    let huge = reqwest::Client::new()
        .post(format!("{}/api/files", world.url()))
        .bearer_auth(&desk.session.token)
        .header(api::COMMAND_HEADER, FileId::new().to_string())
        .header(FILE_NAME_HEADER, "to.png")
        .header("content-type", "image/png")
        .body(vec![0_u8; api::MAX_FILE + 1])
        .send()
        .await;
    // The server may answer, or close the line while more is sent.
    assert!(huge.map_or(true, |response| response.status() == 413));
    world.end().await;
}

/// A PNG of a few bytes that says it is 60,000 pixels wide and high.
fn bomb() -> Vec<u8> {
    let mut png = page_png(4, 4);
    png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    png
}
