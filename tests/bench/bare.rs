//! The baseline of every lookup: an axum handler that answers the same bytes to everybody.

use axum::{Router, body::Bytes, response::IntoResponse as _, serve::ListenerExt as _};
use http::header;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Starts a server whose every answer is a body of `size` bytes.
pub async fn start(size: usize) -> anyhow::Result<SocketAddr> {
    let body = Bytes::from(vec![b'x'; size]);
    let answer = move || {
        let body = body.clone();
        async move { ([(header::CONTENT_TYPE, "application/json")], body).into_response() }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let at = listener.local_addr()?;
    let router = Router::new().fallback(answer);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(at)
}
