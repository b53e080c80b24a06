//! A server that cuts lines, lies and offers old things.

use super::*;
use domain::{
    time::Millis,
    update::{Package, Stage, System, Version},
};
use ed25519_dalek::SigningKey;
use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// A server with one release and one package. It writes exactly so many bytes of an answer, then cuts the line.
struct Line {
    content: Vec<u8>,
    offer: Option<Signed>,
    cut_after: Mutex<Vec<usize>>,
    sent: AtomicU64,
}

impl Line {
    fn new(content: Vec<u8>, cut_after: &[usize]) -> Arc<Self> {
        let cut_after = Mutex::new(cut_after.to_vec());
        Arc::new(Self { content, offer: None, cut_after, sent: AtomicU64::new(0) })
    }

    async fn answer(&self, mut stream: TcpStream) {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0);
        }
        let request = String::from_utf8(request).unwrap().to_lowercase();
        if request.contains(".json") {
            let body = self.offer.as_ref().map(|signed| serde_json::to_vec(signed).unwrap());
            let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
            return say(&mut stream, status, "", &body.unwrap_or_default(), usize::MAX).await;
        }
        let from = request.lines().find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-'));
        let (status, from, range) = match from {
            Some(from) => {
                let range = format!("content-range: bytes {from}-{0}/{0}\r\n", self.content.len());
                ("206 Partial Content", from.parse().unwrap(), range)
            }
            None => ("200 OK", 0, String::new()),
        };
        let rest = &self.content[from..];
        let most = self.cut_after.lock().unwrap().pop().unwrap_or(usize::MAX).min(rest.len());
        self.sent.fetch_add(most as u64, Ordering::SeqCst);
        say(&mut stream, status, &range, rest, most).await;
    }
}

async fn say(stream: &mut TcpStream, status: &str, header: &str, body: &[u8], most: usize) {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{header}\r\n", body.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    // Whoever has enough hangs up.
    drop(stream.write_all(&body[..most.min(body.len())]).await);
    drop(stream.shutdown().await);
}

async fn serve(line: Arc<Line>) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            line.answer(stream).await;
        }
    });
    Client::new(&address).unwrap()
}

fn content() -> Vec<u8> {
    (0..1_000_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect()
}

fn package(content: &[u8]) -> Package {
    let sha256 = crate::sha256_hex(content);
    Package { system: System::Windows, file: "mot-cua.msi".into(), size: content.len() as u64, sha256 }
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn release(serial: u64) -> Release {
    Release {
        app: AppKind::Counter,
        version: Version { major: 0, minor: 2, patch: 0 },
        serial,
        issued_at: Millis(0),
        expires_at: Millis(1),
        packages: Vec::new(),
        stages: vec![Stage { from: Millis(0), sites: Vec::new(), percent: 100 }],
        notes: String::new(),
    }
}

/// Tries until it is here, as the app does.
async fn fetch_at_last(client: &Client, package: &Package, folder: &Path) -> (usize, Vec<u8>) {
    for tries in 1..20 {
        match fetch(client, package, folder, |_| ()).await {
            Ok(path) => return (tries, std::fs::read(path).unwrap()),
            Err(FetchError::Client(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    panic!("it never came");
}

#[tokio::test]
async fn a_cut_line_costs_no_byte_twice() {
    let (content, folder) = (content(), tempfile::tempdir().unwrap());
    let line = Line::new(content.clone(), &[50_000, 1, 0, 300_000]);
    let client = serve(Arc::clone(&line)).await;
    let (tries, fetched) = fetch_at_last(&client, &package(&content), folder.path()).await;
    assert_eq!((tries, fetched == content), (5, true));
    assert_eq!(line.sent.load(Ordering::SeqCst), content.len() as u64);
    // What is here is not asked for again.
    fetch_at_last(&client, &package(&content), folder.path()).await;
    assert_eq!(line.sent.load(Ordering::SeqCst), content.len() as u64);
}

#[tokio::test]
async fn what_was_not_signed_is_thrown_away() {
    let (content, folder) = (content(), tempfile::tempdir().unwrap());
    let mut other = content.clone();
    other[500_000] ^= 1;
    let longer = [content.as_slice(), b"and more"].concat();
    for sent in [other, longer] {
        let client = serve(Line::new(sent, &[])).await;
        let error = fetch(&client, &package(&content), folder.path(), |_| ()).await.unwrap_err();
        assert!(matches!(error, FetchError::Tampered), "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
    // And the true one comes after all.
    let client = serve(Line::new(content.clone(), &[])).await;
    assert_eq!(fetch_at_last(&client, &package(&content), folder.path()).await.1, content);
}

#[tokio::test]
async fn a_disk_without_room_is_said_before() {
    let folder = tempfile::tempdir().unwrap();
    let client = serve(Line::new(content(), &[])).await;
    let huge = Package { size: u64::MAX / 2, ..package(&content()) };
    let error = fetch(&client, &huge, folder.path(), |_| ()).await.unwrap_err();
    assert!(matches!(error, FetchError::NoRoom { .. }), "{error}");
}

#[tokio::test]
async fn only_what_a_known_key_signed_is_believed() {
    let signed = Signed::seal(&release(3), &key()).unwrap();
    let (known, strange) = (key().verifying_key(), SigningKey::from_bytes(&[8; 32]).verifying_key());
    assert_eq!(signed.open(&[strange, known]).unwrap(), release(3));
    assert_eq!(signed.open(&[strange]), Err(NotBelieved::BadSignature));
    assert_eq!(signed.open(&[]), Err(NotBelieved::NoKey));
    let changed =
        Signed { release: signed.release.replace("\"serial\":3", "\"serial\":9"), ..signed.clone() };
    assert_eq!(changed.open(&[known]), Err(NotBelieved::BadSignature));
    for signature in ["", "zz", &"0".repeat(128)] {
        let unsigned = Signed { signature: signature.to_owned(), ..signed.clone() };
        assert_eq!(unsigned.open(&[known]), Err(NotBelieved::BadSignature));
    }

    let nothing = serve(Line::new(Vec::new(), &[])).await;
    assert_eq!(offer(&nothing, AppKind::Counter, &[known]).await.unwrap(), None);
    let mut line = Line::new(Vec::new(), &[]);
    Arc::get_mut(&mut line).unwrap().offer = Some(signed);
    let client = serve(line).await;
    assert_eq!(offer(&client, AppKind::Counter, &[known]).await.unwrap(), Some(release(3)));
    assert!(matches!(offer(&client, AppKind::Counter, &[strange]).await, Err(OfferError::NotBelieved(_))));
}

#[test]
fn a_machine_remembers() {
    let folder = tempfile::tempdir().unwrap();
    let mut memory = Memory::open(folder.path()).unwrap();
    let (old, new) = (Version { major: 0, minor: 1, patch: 0 }, Version { major: 0, minor: 2, patch: 0 });
    memory.saw(&release(7));
    memory.saw(&release(5));
    let package = folder.path().join("a.msi");
    memory.pending = Some(Pending { to: new, from: old, package, since: Millis(1) });
    memory.save(folder.path()).unwrap();

    let mut again = Memory::open(folder.path()).unwrap();
    assert_eq!((again.serial, &again), (7, &memory));
    again.came_up(old);
    assert!(again.pending.is_some());
    let mut failed = again.clone();
    failed.rolled_back();
    assert_eq!((failed.pending, failed.failed), (None, Some(new)));
    again.came_up(new);
    assert_eq!((again.pending, again.failed), (None, None));

    std::fs::write(folder.path().join("memory.json"), "{ torn").unwrap();
    assert!(matches!(Memory::open(folder.path()), Err(MemoryError::Broken(_))));
}
