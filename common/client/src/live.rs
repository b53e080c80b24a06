//! The live stream: opened again whenever it breaks, from where it broke.

use crate::{Client, ClientError, sse::Parser};
use api::{LIVE_PATH, LiveEvent};
use futures_util::StreamExt as _;
use std::time::Duration;
use tokio::{sync::mpsc::UnboundedSender, time::timeout};

/// What the live stream says.
#[derive(Clone, Debug)]
pub enum Live {
    /// The line is up.
    Up,
    /// The line is down; it is tried again by itself.
    Down(ClientError),
    /// Something happened.
    Event(Box<LiveEvent>),
}

/// A stream that is silent longer than this is dead: the server sends a sign of life more often.
const SILENCE: Duration = Duration::from_secs(60);
/// Longest pause before the next try.
const LONGEST: Duration = Duration::from_secs(20);

impl Client {
    /// Follows the live stream until nobody listens.
    pub async fn follow(&self, listener: UnboundedSender<Live>) {
        let mut last: Option<String> = None;
        let mut pause = Duration::from_millis(500);
        loop {
            let began = tokio::time::Instant::now();
            let error = match self.stream_once(&mut last, &listener).await {
                Ok(()) => ClientError::Offline { detail: "the stream ended".to_owned() },
                Err(error) => error,
            };
            if listener.send(Live::Down(error)).is_err() {
                return;
            }
            pause =
                if began.elapsed() > SILENCE { Duration::from_millis(500) } else { (pause * 2).min(LONGEST) };
            tokio::time::sleep(pause).await;
        }
    }

    async fn stream_once(
        &self,
        last: &mut Option<String>,
        listener: &UnboundedSender<Live>,
    ) -> Result<(), ClientError> {
        let mut request = self.streaming(LIVE_PATH).header("accept", "text/event-stream");
        if let Some(last) = last.as_deref() {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.map_err(|error| ClientError::of(&error))?;
        let response = response.error_for_status().map_err(|error| ClientError::of(&error))?;
        if listener.send(Live::Up).is_err() {
            return Ok(());
        }
        let mut pieces = response.bytes_stream();
        let mut parser = Parser::default();
        loop {
            let piece = match timeout(SILENCE, pieces.next()).await {
                Ok(Some(piece)) => piece.map_err(|error| ClientError::of(&error))?,
                Ok(None) => return Ok(()),
                Err(_) => return Err(ClientError::Offline { detail: "the stream fell silent".to_owned() }),
            };
            for message in parser.push(&piece) {
                if message.id.is_some() {
                    last.clone_from(&message.id);
                }
                match serde_json::from_str::<LiveEvent>(&message.data) {
                    Ok(event) => {
                        if listener.send(Live::Event(Box::new(event))).is_err() {
                            return Ok(());
                        }
                    }
                    Err(error) => tracing::debug!(%error, "an event of another kind"),
                }
            }
        }
    }
}
