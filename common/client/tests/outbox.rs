//! The outbox against a server that falls over, answers late, refuses, and is asked twice.

#![cfg(test)]

use api::{CaseView, Problem};
use axum::{
    Json, Router,
    body::Bytes,
    extract::State as Shared,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::post,
};
use client::{
    Client, Sender, Sent,
    local::{Local, OutboxPage, OutboxRow, PrintRow, PrintState, Taken, Waiting},
};
use domain::{
    calendar::Calendar,
    case::{Action, ActionKind, Attachment, By, Case, Channel, NewCase, begin},
    code::CaseCode,
    deadline::SupplementPolicy,
    ids::{ActionId, CaseId, CommandId, FileId, PrintId, StaffId},
    person::{Name, Person},
    procedure::{Limit, Procedure, Step, StepKind, Verified},
    roles::Role,
    time::Millis,
};
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::{Notify, mpsc};

/// What the fake server does next, and what it has seen.
#[derive(Default)]
struct Server {
    /// Answers before it works again: status codes; 0 hangs up after having done the work.
    trouble: Mutex<Vec<u16>>,
    /// How often each command was really carried out.
    done: Mutex<BTreeMap<String, u32>>,
    /// Commands in the order of their arrival.
    seen: Mutex<Vec<String>>,
    /// What each change said.
    bodies: Mutex<Vec<Value>>,
}

async fn take(Shared(server): Shared<Arc<Server>>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    server.bodies.lock().unwrap().push(body);
    answer(&server, &headers, view())
}

/// A page arrives.
async fn take_page(Shared(server): Shared<Arc<Server>>, headers: HeaderMap, content: Bytes) -> Response {
    let file = headers["idempotency-key"].to_str().unwrap().parse().unwrap();
    let name = headers[api::FILE_NAME_HEADER].to_str().unwrap().to_owned();
    answer(&server, &headers, Attachment { file, name, pages: 1, sha256: client::sha256_hex(&content) })
}

fn answer(server: &Server, headers: &HeaderMap, good: impl Serialize) -> Response {
    let command = headers["idempotency-key"].to_str().unwrap().to_owned();
    server.seen.lock().unwrap().push(command.clone());
    let trouble = {
        let mut trouble = server.trouble.lock().unwrap();
        (!trouble.is_empty()).then(|| trouble.remove(0))
    };
    if trouble.is_none_or(|status| status == 0) {
        // As the real one: the same id again changes nothing and is answered as the first time.
        server.done.lock().unwrap().entry(command).or_insert(1);
    }
    match trouble {
        None => Json(good).into_response(),
        // Done, but the answer is lost on the way.
        Some(0) => StatusCode::BAD_GATEWAY.into_response(),
        Some(status) => {
            let problem = Problem {
                code: "bad_field".into(),
                message: "Sai.".into(),
                field: Some("applicant.name".into()),
                reference: None,
            };
            (StatusCode::from_u16(status).unwrap(), Json(problem)).into_response()
        }
    }
}

async fn serve(server: Arc<Server>) -> Client {
    let router = Router::new().route("/api/cases", post(take)).route(api::FILES_PATH, post(take_page));
    let router = router.with_state(server);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let client = Client::new(&format!("http://{address}")).unwrap();
    client.set_token(Some("t".into()));
    client
}

fn view() -> CaseView {
    let procedure = Procedure {
        code: "1".into(),
        name: "Đăng ký khai sinh".into(),
        name_en: String::new(),
        field: "ho-tich".into(),
        levels: Vec::new(),
        subject: String::new(),
        limit: Limit::SameDay,
        mountain_limit: None,
        fee: 0,
        fee_note: String::new(),
        papers: Vec::new(),
        legal_basis: Vec::new(),
        steps: vec![Step { kind: StepKind::Examine, hours: 1 }],
        result: String::new(),
        bundle: None,
        online_level: 0,
        verified: Verified::default(),
    };
    let new = NewCase {
        agency: "H52.125".into(),
        division: "H52.125.P01".into(),
        counter: None,
        procedure: &procedure,
        mountain: false,
        applicant: Person { name: Name::parse("Lan").unwrap(), ..Person::default() },
        papers: Vec::new(),
        files: Vec::new(),
        sets: 1,
        request: String::new(),
        channel: Channel::Direct,
        policy: SupplementPolicy::Restart,
    };
    let code = CaseCode::parse("H52.125-261123-0032").unwrap();
    let intake = begin(new, code, Millis(0), &Calendar::default()).unwrap();
    let by = By { staff: StaffId::new(), name: "Mai".into(), unit: "H52.125".into(), role: Role::Clerk };
    let kind = ActionKind::Received(Box::new(intake));
    let action = Action { id: ActionId::new(), case: CaseId::new(), seq: 1, at: Millis(0), by, kind };
    CaseView {
        case: Case::fold([&action]).unwrap(),
        actions: vec![action],
        intact: true,
        status_url: String::new(),
        agency_name: String::new(),
        division_name: String::new(),
    }
}

fn row() -> OutboxRow {
    OutboxRow {
        command: CommandId::new(),
        case: CaseId::new(),
        what: "intake".into(),
        path: "/api/cases".into(),
        body: "{}".into(),
        pages: Vec::new(),
        made_at: Millis(0),
        tries: 0,
        last_error: None,
    }
}

fn sheet(view: &CaseView) -> PrintRow {
    PrintRow {
        id: PrintId::new(),
        what: "receipt".into(),
        case: view.case.id,
        code: view.case.code.clone(),
        content_hash: String::new(),
        state: PrintState::Intended,
        copy: 0,
        made_at: Millis(0),
        changed_at: Millis(0),
        note: String::new(),
    }
}

/// A sender as the counter starts it; each accepted intake intends a sheet.
fn start(
    client: &Client,
    local: &Local,
) -> (mpsc::UnboundedReceiver<Sent>, tokio::task::JoinHandle<()>, Arc<Notify>) {
    let wake = Arc::new(Notify::new());
    let follow = Arc::new(|row: &OutboxRow, view: &CaseView| {
        let taken = Taken {
            case: row.case,
            code: view.case.code.clone(),
            procedure: "x".into(),
            staff: StaffId::new(),
            at: Millis(0),
            seconds: 1,
        };
        (vec![sheet(view)], Some(taken))
    });
    let sender = Sender::new(client.clone(), local.clone(), wake.clone(), follow);
    let (to, news) = mpsc::unbounded_channel();
    (news, tokio::spawn(sender.run(to)), wake)
}

async fn next(news: &mut mpsc::UnboundedReceiver<Sent>) -> Sent {
    tokio::time::timeout(Duration::from_secs(20), news.recv()).await.unwrap().unwrap()
}

#[tokio::test]
async fn what_the_server_did_before_the_answer_was_lost_is_not_done_twice() {
    let dir = tempfile::tempdir().unwrap();
    let local = Local::open(&dir.path().join("counter.db")).await.unwrap();
    let server = Arc::new(Server { trouble: Mutex::new(vec![0, 503]), ..Server::default() });
    let client = serve(server.clone()).await;
    let row = row();
    local.put(&row, None).await.unwrap();
    let (mut news, ..) = start(&client, &local);
    assert!(matches!(next(&mut news).await, Sent::Kept { .. }));
    assert!(matches!(next(&mut news).await, Sent::Kept { .. }));
    assert!(matches!(next(&mut news).await, Sent::Accepted(_)));
    assert_eq!(server.done.lock().unwrap().values().sum::<u32>(), 1);
    assert_eq!(server.seen.lock().unwrap().len(), 3);
    assert_eq!(local.waiting().await.unwrap(), Waiting::default());
}

#[tokio::test]
async fn scanned_pages_wait_for_the_line_with_their_change() {
    let dir = tempfile::tempdir().unwrap();
    let local = Local::open(&dir.path().join("counter.db")).await.unwrap();
    // The line is cut at the first page.
    let server = Arc::new(Server::default());
    let client = serve(server.clone()).await;
    let page = |name: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, name).unwrap();
        OutboxPage {
            file: FileId::new(),
            name: name.into(),
            mime: "image/png".into(),
            path,
            into: "/files".into(),
        }
    };
    let pages = vec![page("to-khai.png"), page("giay-chung-sinh.png")];
    let row = OutboxRow { body: r#"{"sets":1,"files":[]}"#.into(), pages: pages.clone(), ..row() };
    local.put(&row, None).await.unwrap();
    assert_eq!(local.next().await.unwrap().unwrap().pages, pages, "they survive a restart");
    *server.trouble.lock().unwrap() = vec![503];
    let (mut news, ..) = start(&client, &local);
    assert!(matches!(next(&mut news).await, Sent::Kept { .. }));
    let Sent::Accepted(accepted) = next(&mut news).await else { panic!() };
    assert_eq!(accepted.row.pages, pages, "whoever keeps the files knows which may go");
    let bodies = server.bodies.lock().unwrap().clone();
    let [body] = &bodies[..] else { panic!("the change arrived once") };
    let named: Vec<&str> =
        body["files"].as_array().unwrap().iter().filter_map(|f| f["name"].as_str()).collect();
    assert_eq!(named, ["to%2Dkhai%2Epng", "giay%2Dchung%2Dsinh%2Epng"]);
    assert_eq!(server.done.lock().unwrap().len(), 3, "two pages and the change, each once");

    // A page that somebody has deleted: the change waits for a person, and nothing is sent without it.
    std::fs::remove_file(&pages[0].path).unwrap();
    let lost = OutboxRow { command: CommandId::new(), ..row.clone() };
    local.put(&lost, None).await.unwrap();
    let (mut news, ..) = start(&client, &local);
    assert!(matches!(next(&mut news).await, Sent::Refused { command, .. } if command == lost.command));
    assert_eq!(local.waiting().await.unwrap(), Waiting { waiting: 0, parked: 1 });
    local.discard(lost.command).await.unwrap();
    assert_eq!(local.waiting().await.unwrap(), Waiting::default());
}

#[tokio::test]
async fn a_crash_before_the_answer_sends_the_same_command_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("counter.db");
    let row = row();
    {
        // The app falls over after F9: the row is on disk, the form it was made from is not.
        let local = Local::open(&path).await.unwrap();
        local.save_draft("intake", "{}", Millis(0)).await.unwrap();
        local.put(&row, Some("intake")).await.unwrap();
    }
    let local = Local::open(&path).await.unwrap();
    assert_eq!(local.load_draft("intake").await.unwrap(), None);
    let server = Arc::new(Server::default());
    let client = serve(server.clone()).await;
    let (mut news, ..) = start(&client, &local);
    let Sent::Accepted(accepted) = next(&mut news).await else { panic!() };
    assert_eq!(accepted.row.command, row.command);
    assert_eq!(*server.seen.lock().unwrap(), [row.command.to_string()]);
    // The sheet was intended in the same stroke: a crash now cannot lose it.
    let unfinished = local.unfinished_prints().await.unwrap();
    assert_eq!(unfinished.iter().map(|row| row.state).collect::<Vec<_>>(), [PrintState::Intended]);
}

#[tokio::test]
async fn changes_go_in_order_and_a_refused_one_steps_aside() {
    let dir = tempfile::tempdir().unwrap();
    let local = Local::open(&dir.path().join("counter.db")).await.unwrap();
    let server = Arc::new(Server { trouble: Mutex::new(vec![422]), ..Server::default() });
    let client = serve(server.clone()).await;
    let rows = [row(), row(), row()];
    for row in &rows {
        local.put(row, None).await.unwrap();
    }
    let (mut news, ..) = start(&client, &local);
    let Sent::Refused { command, error, .. } = next(&mut news).await else { panic!() };
    assert_eq!((command, error.field()), (rows[0].command, Some("applicant.name")));
    for row in &rows[1..] {
        let Sent::Accepted(accepted) = next(&mut news).await else { panic!() };
        assert_eq!(accepted.row.command, row.command);
    }
    assert_eq!(local.waiting().await.unwrap(), Waiting { waiting: 0, parked: 1 });
    local.unpark(rows[0].command).await.unwrap();
    assert_eq!(local.next().await.unwrap().map(|row| row.tries), Some(1));
}

#[tokio::test]
async fn nothing_is_sent_while_nobody_is_signed_in() {
    let dir = tempfile::tempdir().unwrap();
    let local = Local::open(&dir.path().join("counter.db")).await.unwrap();
    let server = Arc::new(Server::default());
    let client = serve(server.clone()).await;
    client.set_token(None);
    local.put(&row(), None).await.unwrap();
    let (mut news, _task, wake) = start(&client, &local);
    wake.notify_one();
    let quiet = tokio::time::timeout(Duration::from_millis(200), news.recv()).await;
    assert!(quiet.is_err() && server.seen.lock().unwrap().is_empty());
    client.set_token(Some("t".into()));
    wake.notify_one();
    assert!(matches!(next(&mut news).await, Sent::Accepted(_)));
}

#[tokio::test]
async fn the_journal_keeps_what_a_crash_left_between_printer_and_paper() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("counter.db");
    let view = view();
    let (first, second) = (sheet(&view), PrintRow { copy: 1, ..sheet(&view) });
    {
        let local = Local::open(&path).await.unwrap();
        local.intend(&first).await.unwrap();
        local.intend(&second).await.unwrap();
        local.print_moved(first.id, PrintState::Handed, "", Millis(5)).await.unwrap();
        local.print_moved(second.id, PrintState::Done, "/prints/a.pdf", Millis(6)).await.unwrap();
    }
    let local = Local::open(&path).await.unwrap();
    let unfinished = local.unfinished_prints().await.unwrap();
    assert_eq!(
        unfinished.iter().map(|row| (row.id, row.state)).collect::<Vec<_>>(),
        [(first.id, PrintState::Handed)]
    );
    assert_eq!(local.copies(view.case.id, "receipt").await.unwrap(), 2);
}
