//! The product's own programs as processes.

use api::{SignIn, SignInRequest};
use client::Client;
use std::{
    path::Path,
    process::{Child, Command, Stdio},
};
use tests::PASSWORD;

/// A running program, killed when it is no longer needed.
pub struct Killed(pub Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let gone = self.0.kill().and_then(|()| self.0.wait());
        assert!(gone.is_ok());
    }
}

/// The server's program on a data folder of its own.
pub fn server(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program("server"));
    command.arg("--data").arg(data).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// A program of this workspace, beside the test's own.
pub fn program(name: &str) -> std::path::PathBuf {
    let here = std::env::current_exe().unwrap();
    let folder = here.ancestors().find(|folder| folder.join(name).is_file());
    folder.unwrap_or_else(|| panic!("{name} is not built: cargo build --workspace --bins")).join(name)
}

/// Waits for a server, and signs in there.
pub async fn ready(client: &Client, login: &str) {
    let request = SignInRequest { login: login.to_owned(), password: PASSWORD.to_owned() };
    loop {
        match client.call::<SignIn>(&(), &request).await {
            Ok(session) => return client.set_token(Some(session.token)),
            Err(client::ClientError::Offline { .. }) => tokio::task::yield_now().await,
            Err(other) => panic!("{other:?}"),
        }
    }
}
