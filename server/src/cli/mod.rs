//! The command line: `server <command>`. Everything is written through one handle; errors go to standard error with
//! their causes.

mod backup;
mod data;
mod demo_data;
mod doctor;
mod due;
mod serve;
mod user;

use crate::{config::Config, store::Db};
use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
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
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(long, global = true, env = "MOTCUA_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// Folder of the embedded database.
    #[arg(long, global = true, env = "MOTCUA_DATA")]
    data: Option<PathBuf>,
    /// What to log: `warn`, `info`, `server=debug`.
    #[arg(long, global = true, env = "MOTCUA_LOG")]
    log: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server.
    Serve(serve::Serve),
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
    /// Staff accounts.
    #[command(subcommand)]
    User(user::User),
    /// Checks that every case is what its log says, and that figures and numbers agree.
    Fsck,
    /// Recomputes the hash of every entry of the log.
    Verify,
    /// Looks whether this installation is healthy.
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
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
        Ok(()) => ExitCode::SUCCESS,
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

fn run(cli: Cli, out: &mut dyn Write) -> anyhow::Result<()> {
    let config = cli.setup.config()?;
    match cli.command {
        Command::Due(due) => return due.run(out),
        Command::Openapi => {
            let document = crate::http::openapi::document();
            return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&document)?)?);
        }
        _ => {}
    }
    let serving = matches!(cli.command, Command::Serve(_));
    log_to_stderr(&config, serving);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run_async(cli.command, config, out))
}

async fn run_async(command: Command, config: Config, out: &mut dyn Write) -> anyhow::Result<()> {
    match command {
        Command::Serve(serve) => serve.run(config, out).await,
        Command::Doctor { json } => doctor::run(&config, json, out).await,
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
        Command::User(user) => user.run(&open(&config).await?, out).await,
        Command::Fsck => data::fsck(&open(&config).await?, out).await,
        Command::Verify => data::verify(&open(&config).await?, out).await,
        // Done before.
        Command::Due(_) | Command::Openapi => Ok(()),
    }
}

impl Setup {
    fn config(&self) -> anyhow::Result<Config> {
        let mut config = match &self.config {
            Some(path) => Config::read(path)?,
            None => Config::default(),
        };
        if let Some(database) = &self.database {
            config.database = Some(database.clone());
        }
        if let Some(data) = &self.data {
            config.data.clone_from(data);
        }
        if let Some(log) = &self.log {
            config.log.clone_from(log);
        }
        Ok(config)
    }
}

async fn open(config: &Config) -> anyhow::Result<Db> {
    crate::run::open(config).await.with_context(|| format!("cannot open {}", config.database_shown()))
}

fn log_to_stderr(config: &Config, serving: bool) {
    let level = if serving { config.log.clone() } else { "warn,sqlx=error".to_owned() };
    let filter = tracing_subscriber::EnvFilter::try_new(level).unwrap_or_default();
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber in one process would be a test's; the first one stays.
    let set = if config.log_json { builder.json().try_init() } else { builder.try_init() };
    drop(set);
}
