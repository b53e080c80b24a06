//! The command line: `server <command>`. Everything is written through one handle; errors go to standard error with
//! their causes.

mod backup;
mod data;
mod demo_data;
mod doctor;
mod due;
mod hall;
mod secret;
mod serve;
mod user;
mod voice;

use crate::{
    config::{Config, Keys},
    store::Db,
};
use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use machine::{
    App,
    care::Care,
    config::{self, Request},
    logs,
};
use std::{io::Write, path::PathBuf, process::ExitCode};

/// One-stop shop of Sơn La: the server.
#[derive(Debug, Parser)]
#[command(name = "server", version, about, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: Command,
}

/// Where the configuration and the database are.
#[derive(Clone, Debug, Args)]
struct Setup {
    /// Configuration file (TOML).
    #[arg(long, global = true, env = "MOTCUA_CONFIG")]
    config: Option<PathBuf>,
    /// The keys of the configuration, as flags.
    #[command(flatten)]
    keys: Keys,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server, until a signal stops it.
    Serve(serve::Serve),
    /// Runs the server under the service control manager of Windows.
    #[cfg(windows)]
    Service,
    /// Secrets, kept by the system instead of the configuration.
    #[command(subcommand)]
    Secret(secret::Secret),
    /// Brings the database's tables up to date.
    Migrate,
    /// Loads a province's units, procedures and calendar; loading twice changes nothing.
    LoadPack {
        /// `sonla-2014` or `sonla-2025`.
        code: String,
    },
    /// Makes the loaded pack's demo accounts, all with one password.
    DemoStaff {
        /// Their password.
        #[arg(long, default_value = "motcua-sonla")]
        password: String,
    },
    /// Adds an invented archive of the loaded pack, worked on by its demo accounts; the same again adds nothing.
    DemoData(demo_data::DemoData),
    /// Writes everything but sessions to a file, while the server runs.
    Backup {
        /// The file.
        file: PathBuf,
    },
    /// Fills an empty database, of either engine, from a backup.
    Restore {
        /// The file.
        file: PathBuf,
    },
    /// Prints the key by which the kiosks and tablets of a hall are known (`hall_key` in their configuration).
    HallKey {
        /// The agency: `H52.125`.
        site: String,
    },
    /// The clips of the loudspeaker.
    #[command(subcommand)]
    Voice(voice::Voice),
    /// Staff accounts.
    #[command(subcommand)]
    User(user::User),
    /// Checks that every case is what its log says, and that figures and numbers agree.
    Fsck,
    /// Recomputes the hash of every entry of the log.
    Verify,
    /// Looks after this installation.
    #[command(flatten)]
    Care(Care),
    /// Computes a due time and says why, as JSON. Needs no database.
    Due(due::Due),
    /// Prints the OpenAPI document.
    Openapi,
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = std::io::stdout();
    match run(cli, &mut out) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever read our output has had enough of it.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // With nowhere to say it, the exit code says it.
            drop(writeln!(std::io::stderr(), "{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Does what was asked for; false when it was done and the answer is bad.
fn run(cli: Cli, out: &mut dyn Write) -> anyhow::Result<bool> {
    match cli.command {
        Command::Due(due) => return due.run(out).map(|()| true),
        Command::Openapi => {
            let document = crate::http::openapi::document();
            writeln!(out, "{}", serde_json::to_string_pretty(&document)?)?;
            return Ok(true);
        }
        Command::Care(care) => return Ok(care.run(&cli.setup, out)?),
        _ => {}
    }
    let config = config::read(&cli.setup.request())?.config();
    #[cfg(windows)]
    if matches!(cli.command, Command::Service) {
        return serve::as_a_service(config);
    }
    if let Command::Secret(secret) = cli.command {
        return secret.run(&config, &mut std::io::stdin().lock(), out);
    }
    if let Command::Voice(voice) = cli.command {
        return voice.run(&config, out);
    }
    let level = if matches!(cli.command, Command::Serve(_)) { &config.log } else { "warn,sqlx=error" };
    logs::start(App::Server, level, config.log_json, &logs::To::Console);
    runtime()?.block_on(run_async(cli.command, config, out)).map(|()| true)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

async fn run_async(command: Command, config: Config, out: &mut dyn Write) -> anyhow::Result<()> {
    match command {
        Command::Serve(serve) => serve.run(config, out).await,
        Command::Migrate => {
            let db = open(&config).await?;
            writeln!(out, "{}: the tables are up to date", config.database_shown())?;
            db.close().await;
            Ok(())
        }
        Command::LoadPack { code } => data::load_pack(&open(&config).await?, &code, out).await,
        Command::DemoStaff { password } => user::demo_staff(&open(&config).await?, password, out).await,
        Command::DemoData(demo) => demo.run(&open(&config).await?, out).await,
        Command::Backup { file } => backup::backup(&open(&config).await?, &file, out).await,
        Command::Restore { file } => backup::restore(&open(&config).await?, &file, out).await,
        Command::HallKey { site } => hall::key(&open(&config).await?, &site, out).await,
        Command::User(user) => user.run(&open(&config).await?, out).await,
        Command::Fsck => data::fsck(&open(&config).await?, out).await,
        Command::Verify => data::verify(&open(&config).await?, out).await,
        // Done before.
        Command::Care(_) | Command::Due(_) | Command::Openapi | Command::Secret(_) | Command::Voice(_) => {
            Ok(())
        }
        #[cfg(windows)]
        Command::Service => Ok(()),
    }
}

impl Setup {
    fn request(&self) -> Request<'_, Keys> {
        Request { file: self.config.as_deref(), flags: &self.keys, environment: &config::environment }
    }
}

async fn open(config: &Config) -> anyhow::Result<Db> {
    crate::run::open(config).await.with_context(|| format!("cannot open {}", config.database_shown()))
}
