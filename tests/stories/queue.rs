//! Never lose, never double: repeated commands, many counters at one instant.

use crate::on_both;
use api::{Intake, Pile};
use domain::ids::CommandId;
use std::collections::BTreeSet;
use tests::{Engine, World, birth};

on_both!(a_repeated_command_changes_nothing, many_counters_one_series, a_restart_goes_on_counting);

async fn a_repeated_command_changes_nothing(engine: Engine) {
    let world = World::new(engine).await;
    let clerk = world.desk("maison.quay3").await;
    let (command, request) = (CommandId::new(), birth());
    let first = clerk.client.command::<Intake>(command, &(), &request).await.unwrap();
    let again = clerk.client.command::<Intake>(command, &(), &request).await.unwrap();
    assert_eq!(first, again);
    let mut other = request.clone();
    other.applicant.name = "Lò Văn Khác".to_owned();
    let reused = clerk.client.command::<Intake>(command, &(), &other).await.unwrap_err();
    assert_eq!(reused.code(), Some("command_reused"));
    assert_eq!(clerk.pile(Pile::Agency).await.items.len(), 1);
    world.end().await;
}

async fn many_counters_one_series(engine: Engine) {
    let world = World::new(engine).await;
    let clerk = world.desk("maison.quay3").await;
    let intakes: Vec<_> = (0..40)
        .map(|_| {
            let client = clerk.client.clone();
            // Every counter sends twice, as over a bad line.
            tokio::spawn(async move {
                let (command, request) = (CommandId::new(), birth());
                let (first, second) = tokio::join!(
                    client.command::<Intake>(command, &(), &request),
                    client.command::<Intake>(command, &(), &request)
                );
                let (first, second) = (first.unwrap(), second.unwrap());
                assert_eq!(first.case.code, second.case.code);
                first.case.code
            })
        })
        .collect();
    let mut codes = BTreeSet::new();
    for intake in intakes {
        codes.insert(intake.await.unwrap().as_str().to_owned());
    }
    let expected: BTreeSet<String> = (1..=40).map(|n| format!("H52.125-261123-{n:04}")).collect();
    assert_eq!(codes, expected, "no number twice, none left out");
    world.end().await;
}

async fn a_restart_goes_on_counting(engine: Engine) {
    let mut world = World::new(engine).await;
    world.desk("maison.quay3").await.intake(&birth()).await.unwrap();
    world.restart().await;
    let clerk = world.desk("maison.quay3").await;
    let second = clerk.intake(&birth()).await.unwrap();
    assert_eq!(second.case.code.as_str(), "H52.125-261123-0002");
    world.clock_to("2026-11-25T08:00");
    let clerk = world.desk("maison.quay3").await;
    let next_day = clerk.intake(&birth()).await.unwrap();
    assert_eq!(next_day.case.code.as_str(), "H52.125-261125-0001");
    // The clock jumps back: the series of that day goes on where it stood.
    world.clock_to("2026-11-23T10:00");
    let clerk = world.desk("maison.quay3").await;
    let back = clerk.intake(&birth()).await.unwrap();
    assert_eq!(back.case.code.as_str(), "H52.125-261123-0003");
    world.end().await;
}
