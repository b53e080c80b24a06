//! A lean HTTP/1.1 client, so that what is measured is the server: one kept connection, requests given as bytes,
//! the answer's body lent from a buffer that is used again.

use crate::figures::Pace;
use anyhow::{Context as _, bail, ensure};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    runtime::Runtime,
};

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection.
pub struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Wire {
    /// Connects.
    pub async fn open(to: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and gives the body of its answer, which has to be a good one.
    pub async fn ask(&mut self, request: &[u8]) -> anyhow::Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (head, whole) = loop {
            let read = self.stream.read_buf(&mut self.buffer).await?;
            ensure!(read > 0, "the connection was closed");
            if let Some(sizes) = sizes(&self.buffer)? {
                break sizes;
            }
        };
        while self.buffer.len() < whole {
            let read = self.stream.read_buf(&mut self.buffer).await?;
            ensure!(read > 0, "the connection was closed");
        }
        let body = self.buffer.get(head..whole).context("no body")?;
        if !self.buffer.starts_with(b"HTTP/1.1 200") {
            bail!("{}", String::from_utf8_lossy(&self.buffer));
        }
        Ok(body)
    }
}

/// Where the head ends and where the body does, once the head is here.
fn sizes(buffer: &[u8]) -> anyhow::Result<Option<(usize, usize)>> {
    let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(buffer.get(..end).unwrap_or_default())?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok()).flatten()
    });
    let length = length.context("an answer without its length")?;
    Ok(Some((end + 4, end + 4 + length)))
}

/// A plain request for a page.
pub fn get(path: &str, token: Option<&str>) -> Vec<u8> {
    let token = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept: */*\r\n{token}\r\n").into_bytes()
}

/// What one client does, again and again.
pub trait Client: Send + 'static {
    /// One request and its answer.
    fn turn(&mut self) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// Lets all clients take turns until the time is up, each finishing what it began, and gives the clients back with
/// their pace.
pub fn drive<C: Client>(on: &Runtime, clients: Vec<C>, time: Duration) -> anyhow::Result<(Vec<C>, Pace)> {
    let many = clients.len();
    let spent = spent()?;
    on.block_on(async {
        let begun = Instant::now();
        let runs = clients.into_iter().map(|mut client| {
            tokio::spawn(async move {
                let mut turns = 0_u64;
                while begun.elapsed() < time {
                    tokio::time::timeout(PATIENCE, client.turn()).await.context("no answer in time")??;
                    turns += 1;
                }
                anyhow::Ok((client, turns))
            })
        });
        let runs: Vec<_> = runs.collect();
        let (mut back, mut turns) = (Vec::with_capacity(many), 0);
        for run in runs {
            let (client, its) = run.await??;
            back.push(client);
            turns += its;
        }
        let a_second = turns as f64 / begun.elapsed().as_secs_f64();
        let micros = (self::spent()? - spent) * 1e6 / turns as f64;
        Ok((back, Pace { a_second, micros }))
    })
}

/// Seconds of processor that this process, servers and clients, has used so far.
fn spent() -> anyhow::Result<f64> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = text.rsplit_once(')').context("no such table")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    // The kernel counts in hundredths.
    Ok(ticks as f64 / 100.0)
}
