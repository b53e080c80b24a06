//! A machine with Windows, as far as Wine is one.

use anyhow::{Context as _, ensure};
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::{Duration, Instant},
};
use tests::robot::{PATIENCE, Screen, run};
use tokio::process::{Child, Command};

/// What Windows' installer says when it refused or failed, as far as an exit code of eight bits can say it (1603).
pub const REFUSED: i32 = 1603 & 255;

/// A private machine in a folder.
pub struct Wine {
    prefix: PathBuf,
    /// One for its whole life: the first program that ran on it opened the desktop there.
    pub screen: Arc<Screen>,
    /// Somebody is signed in: without any program of a person, Wine ends its services, too.
    person: Option<Child>,
}

impl Wine {
    /// Sets it up.
    pub async fn new(prefix: PathBuf) -> anyhow::Result<Self> {
        let screen = Arc::new(Screen::open("1920x1080", &prefix.with_extension("screen")).await?);
        let mut wine = Self { prefix, screen, person: None };
        wine.settle(Command::new("wineboot").arg("-i")).await?;
        // Windows arranges its own windows; on a bare display nobody would.
        for (key, name, what) in [("", "Desktop", "Default"), (r"\Desktops", "Default", "1920x1080")] {
            let key = format!(r"HKCU\Software\Wine\Explorer{key}");
            wine.run("reg", &["add", &key, "/v", name, "/d", what, "/f"]).await?;
        }
        // What has begun on the bare display ends; whatever comes next begins on the desktop.
        wine.settle(Command::new("wineserver").arg("-k")).await?;
        let mut person = wine.command("cmd");
        person.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        wine.person = Some(person.spawn()?);
        // Wine before 9 lacks a library that Rust asks for random numbers.
        let stand_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("windows/bcryptprimitives.c");
        let library = wine.drive().join("windows/system32/bcryptprimitives.dll");
        if !library.exists() {
            let (source, library) = (stand_in.display().to_string(), library.display().to_string());
            let arguments = ["-O2", "-shared", "-s", "-o", &library, &source, "-ladvapi32"];
            run("x86_64-w64-mingw32-gcc-posix", &arguments, &[]).await?;
        }
        Ok(wine)
    }

    /// Runs a program to its end; gives its exit code and how long it took.
    pub async fn run(&self, program: &str, arguments: &[&str]) -> anyhow::Result<(i32, Duration)> {
        let began = Instant::now();
        let code = self.settle(self.command(program).args(arguments)).await?;
        Ok((code, began.elapsed()))
    }

    /// Runs Windows' installer, silently.
    pub async fn msiexec(
        &self,
        verb: &str,
        package: &Path,
        properties: &[&str],
    ) -> anyhow::Result<(i32, Duration)> {
        let package = windows_path(package);
        let arguments: Vec<&str> =
            [verb, package.as_str(), "/qn"].into_iter().chain(properties.iter().copied()).collect();
        self.run("msiexec", &arguments).await
    }

    /// A program, to be started.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new("wine");
        self.environment(command.arg(program));
        command
    }

    /// A file of the machine, by its path below `C:`.
    pub fn file(&self, path: &str) -> PathBuf {
        self.drive().join(path)
    }

    /// A file that must be there.
    pub fn has(&self, path: &str) -> anyhow::Result<()> {
        ensure!(self.file(path).exists(), "there is no {path}");
        Ok(())
    }

    /// A file that must not be there.
    pub fn has_not(&self, path: &str) -> anyhow::Result<()> {
        ensure!(!self.file(path).exists(), "there is still {path}");
        Ok(())
    }

    /// What the registry holds at and below a key; none without the key.
    pub async fn registry(&self, key: &str) -> anyhow::Result<Option<String>> {
        let mut command = self.command("reg");
        let output = command.args(["query", key, "/s"]).output().await?;
        Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
    }

    /// The versions that the list of installed programs shows, of packages of Windows' installer.
    pub async fn installed(&self) -> anyhow::Result<Vec<String>> {
        let list = self.registry(r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall").await?;
        let list = list.unwrap_or_default();
        let versions = list
            .lines()
            .filter_map(|line| line.trim().strip_prefix("DisplayVersion")?.split_whitespace().last());
        Ok(versions.map(str::to_owned).collect())
    }

    /// Ends everything that runs on it.
    pub async fn close(mut self) -> anyhow::Result<()> {
        self.person = None;
        self.settle(Command::new("wineserver").arg("-k")).await.map(drop)
    }

    async fn settle(&self, command: &mut Command) -> anyhow::Result<i32> {
        self.environment(command);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let status = tokio::time::timeout(PATIENCE, command.status())
            .await
            .context("a program that does not end")??;
        status.code().context("a program that was killed")
    }

    fn environment(&self, command: &mut Command) {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEARCH", "win64")
            .env("WINEDEBUG", "-all")
            // Neither is needed, and both ask.
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("DISPLAY", self.screen.name())
            .env_remove("WAYLAND_DISPLAY");
    }

    fn drive(&self) -> PathBuf {
        self.prefix.join("drive_c")
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // Also when a step failed: nothing of it may go on running.
        let mut command = std::process::Command::new("wineserver");
        command.arg("-k").env("WINEPREFIX", &self.prefix).stdout(Stdio::null()).stderr(Stdio::null());
        drop(command.status());
    }
}

/// How the machine calls a file of this one.
pub fn windows_path(path: &Path) -> String {
    format!("Z:{}", path.display().to_string().replace('/', "\\"))
}
