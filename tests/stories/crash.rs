//! A server killed at any moment of an intake: what was acknowledged is there, nothing is doubled.

use crate::programs::{Killed, ready, server};
use api::{Intake, Pile};
use client::Client;
use domain::ids::CommandId;
use std::{collections::BTreeMap, net::TcpListener};
use tests::{PASSWORD, birth};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert!(server(data, &["load-pack", "sonla-2014"]).status().unwrap().success());
    assert!(server(data, &["demo-staff", "--password", PASSWORD]).status().unwrap().success());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let listen = format!("127.0.0.1:{port}");
    let start = || Killed(server(data, &["serve", "--listen", &listen]).spawn().unwrap());
    let client = Client::new(&format!("http://{listen}")).unwrap();

    let mut acknowledged: BTreeMap<CommandId, String> = BTreeMap::new();
    let mut asked: Vec<(CommandId, api::IntakeRequest)> = Vec::new();
    for round in 0..5 {
        let running = start();
        ready(&client, "maison.quay3").await;
        // What was asked before the last death is asked again with the same ids.
        for (command, request) in &asked {
            let view = client.command::<Intake>(*command, &(), request).await.unwrap();
            let code = view.case.code.as_str().to_owned();
            let before = acknowledged.insert(*command, code.clone());
            assert!(before.is_none_or(|before| before == code), "an acknowledged code changed");
        }
        // Many intakes under way, and the server dies among them.
        let (told, mut tell) = tokio::sync::mpsc::unbounded_channel();
        let sent: Vec<(CommandId, api::IntakeRequest)> =
            (0..24).map(|_| (CommandId::new(), birth())).collect();
        asked.extend(sent.iter().cloned());
        for (command, request) in sent {
            let (client, told) = (client.clone(), told.clone());
            tokio::spawn(async move {
                if let Ok(view) = client.command::<Intake>(command, &(), &request).await {
                    drop(told.send((command, view.case.code.as_str().to_owned())));
                }
            });
        }
        drop(told);
        for _ in 0..=round * 3 {
            let Some((command, code)) = tell.recv().await else { break };
            acknowledged.insert(command, code);
        }
        drop(running);
        while let Some((command, code)) = tell.recv().await {
            acknowledged.insert(command, code);
        }
    }

    let running = start();
    ready(&client, "maison.quay3").await;
    for (command, request) in &asked {
        let view = client.command::<Intake>(*command, &(), request).await.unwrap();
        if let Some(code) = acknowledged.get(command) {
            assert_eq!(view.case.code.as_str(), code);
        }
    }
    let request = api::WorkRequest { pile: Pile::Agency, limit: Some(500), after: None };
    let page = client.call::<api::GetWork>(&(), &request).await.unwrap();
    assert_eq!(page.items.len(), asked.len(), "each intake once, none lost");
    drop(running);
    assert!(server(data, &["fsck"]).status().unwrap().success());
    assert!(server(data, &["verify"]).status().unwrap().success());
}
