use super::*;
use crate::store::{check, settings};

/// Takes a number and writes a setting; or fails, or panics, before or after that.
#[derive(Clone, Copy)]
enum Deed {
    Put,
    Refuse,
    Panic,
    /// What the database itself refuses.
    Spoil,
}

struct Put(usize, Deed);

const SPOILED: &str = "INSERT INTO settings (name, value) VALUES ('spoiled', NULL)";

impl Change for Put {
    type Out = i64;
    fn run<'a>(&'a self, batch: &'a mut Batch) -> BoxFuture<'a, Result<i64, Error>> {
        Box::pin(async move {
            let serial = batch.next_serial("S-261123").await?;
            match self.1 {
                Deed::Refuse => {
                    batch.give_back("S-261123");
                    return Err(Error::NotFound);
                }
                Deed::Panic => panic!("on purpose"),
                Deed::Spoil => {
                    let spoiled = crate::store::db::on!(batch.tx, |c| {
                        sqlx::query(SPOILED).execute(c).await.map(drop)
                    });
                    spoiled.map_err(StoreError::from)?;
                }
                Deed::Put => settings::set(&mut batch.tx, &format!("s{}", self.0), "x").await?,
            }
            Ok(serial)
        })
    }
}

async fn submit_all(deeds: impl Fn(usize) -> Deed) -> (Vec<Result<i64, Error>>, Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&format!("sqlite:{}/a.db", folder.path().display()), 2).await.unwrap();
    db.migrate().await.unwrap();
    let (_stop, stopped) = watch::channel(false);
    let (queue, _task) = Queue::start(db.clone(), Box::new(|_| Box::pin(async {})), stopped);
    let answers = (0..60).map(|n| queue.submit(Put(n, deeds(n))));
    (futures_util::future::join_all(answers).await, db, folder)
}

async fn check(deeds: impl Fn(usize) -> Deed) {
    let (answers, db, _folder) = submit_all(&deeds).await;
    let mut tx = db.snapshot().await.unwrap();
    for (n, answer) in answers.iter().enumerate() {
        let kept = settings::get(&mut tx, &format!("s{n}")).await.unwrap().is_some();
        assert_eq!(answer.is_ok(), matches!(deeds(n), Deed::Put), "{n}");
        assert_eq!(kept, answer.is_ok(), "{n}");
    }
    let mut given: Vec<i64> = answers.into_iter().flatten().collect();
    given.sort_unstable();
    assert_eq!(given, (1..=i64::try_from(given.len()).unwrap()).collect::<Vec<_>>());
    let stored = check::serials(&mut tx).await.unwrap();
    assert_eq!(stored, [("S-261123".to_owned(), *given.last().unwrap())]);
}

#[tokio::test]
async fn a_refusal_costs_the_others_nothing() {
    check(|n| if n % 5 == 1 { Deed::Refuse } else { Deed::Put }).await;
}

#[tokio::test]
async fn one_that_fails_spoils_nothing_for_the_others() {
    check(|n| if n == 17 { Deed::Spoil } else { Deed::Put }).await;
}

#[tokio::test]
async fn a_mistake_in_one_does_not_end_the_queue() {
    check(|n| if n == 30 { Deed::Panic } else { Deed::Put }).await;
}
