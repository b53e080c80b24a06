//! The live stream: opened again whenever it breaks, from where it broke.

use crate::{Client, ClientError, sse::Parser};
use api::{HALL_LIVE_PATH, HallView, LIVE_PATH, LiveEvent};
use domain::unit::UnitCode;
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::{sync::mpsc::UnboundedSender, time::timeout};

/// What the live stream says.
#[derive(Clone, Debug)]
pub enum Live<T = LiveEvent> {
    /// The line is up.
    Up,
    /// The line is down; it is tried again by itself.
    Down(ClientError),
    /// Something happened.
    Event(Box<T>),
}

/// A stream that is silent longer than this is dead: the server sends a sign of life more often.
const SILENCE: Duration = Duration::from_secs(60);
/// Longest pause before the next try.
const LONGEST: Duration = Duration::from_secs(20);

impl Client {
    /// Follows the live stream of cases until nobody listens.
    pub async fn follow(&self, listener: UnboundedSender<Live>) {
        self.follow_path(LIVE_PATH, listener).await;
    }

    /// Follows a hall until nobody listens: the whole of it comes after every change.
    pub async fn follow_hall(&self, site: &UnitCode, listener: UnboundedSender<Live<HallView>>) {
        self.follow_path(&HALL_LIVE_PATH.replace("{unit}", site.as_str()), listener).await;
    }

    async fn follow_path<T: DeserializeOwned>(&self, path: &str, listener: UnboundedSender<Live<T>>) {
        let mut last: Option<String> = None;
        let mut pause = Duration::from_millis(500);
        loop {
            let began = tokio::time::Instant::now();
            let error = match self.stream_once(path, &mut last, &listener).await {
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

    async fn stream_once<T: DeserializeOwned>(
        &self,
        path: &str,
        last: &mut Option<String>,
        listener: &UnboundedSender<Live<T>>,
    ) -> Result<(), ClientError> {
        let mut request = self.streaming(path).header("accept", "text/event-stream");
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
                match serde_json::from_str::<T>(&message.data) {
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
