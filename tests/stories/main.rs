//! Stories: what people do with the product, on real servers and both databases.

mod bad_input;
mod birth;
mod board;
mod crash;
mod hall;
mod hall_history;
mod kiosk;
mod lookup;
mod machines;
mod permit;
mod programs;
mod queue;
mod rights;
mod sleep;
mod updates;

/// Makes one test a database from an async story that takes an engine.
macro_rules! on_both {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        mod $name {
            $(#[$doc])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(tests::Engine::Sqlite).await;
            }
            $(#[$doc])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if tests::engines().contains(&tests::Engine::Postgres) {
                    super::$name(tests::Engine::Postgres).await;
                } else {
                    assert!(std::env::var_os("CI").is_none(), "CI has PostgreSQL");
                }
            }
        }
    )+};
}
pub(crate) use on_both;
