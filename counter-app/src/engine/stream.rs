//! The live stream.

use super::{Shared, lock};
use crate::Event;
use client::Live;
use std::sync::{Arc, atomic::Ordering};
use tokio::sync::mpsc;

impl Shared {
    /// Follows the live stream, in place of any stream followed before.
    pub(super) fn follow(self: Arc<Self>) {
        let shared = self.clone();
        let task = tokio::spawn(async move {
            let (listener, mut news) = mpsc::unbounded_channel();
            let client = shared.client.clone();
            let stream = async move { client.follow(listener).await };
            let hear = async {
                while let Some(news) = news.recv().await {
                    match news {
                        Live::Up => {
                            shared.events.send(Event::Line(true));
                            shared.wake.notify_one();
                            shared.refresh_place().await;
                        }
                        Live::Down(error) if error.is_offline() => {
                            shared.stale.store(true, Ordering::SeqCst);
                            shared.events.send(Event::Line(false));
                        }
                        Live::Down(error) => tracing::debug!(%error, "no live stream"),
                        Live::Event(event) => shared.events.send(Event::Live(event)),
                    }
                }
            };
            tokio::join!(stream, hear);
        });
        if let Some(before) = lock(&self.live).replace(task.abort_handle()) {
            before.abort();
        }
    }
}
