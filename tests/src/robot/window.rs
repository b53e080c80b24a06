//! A native app in a real window on a virtual display, used with keyboard and scanner.

use super::{
    process::{PATIENCE, Started, run, wait_for},
    screen::Screen,
};
use anyhow::Context as _;
use serde_json::Value;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::process::Command;

/// How a program is started that then always says in a file what it shows.
pub struct Launch {
    /// What to call it.
    pub name: String,
    /// The program with its arguments.
    pub command: Command,
    /// Where that file is.
    pub state: PathBuf,
    /// How its window is told from others, for xdotool: `--name .` for any.
    pub window: [&'static str; 2],
    /// How the program is told of it; a program for Windows has other paths.
    pub said: OsString,
}

/// One app on a display.
pub struct Window {
    screen: Arc<Screen>,
    state: PathBuf,
    app: Started,
    folder: PathBuf,
}

impl Window {
    /// Opens a program of this machine on a new display of `size`, such as `1440x900`.
    pub async fn open(program: &Path, arguments: &[&str], size: &str, folder: &Path) -> anyhow::Result<Self> {
        let name = program.file_name().context("no name")?.to_string_lossy().into_owned();
        let mut command = Command::new(program);
        command.args(arguments);
        let state = folder.join("state.json");
        let said = state.as_os_str().to_owned();
        let screen = Arc::new(Screen::open(size, folder).await?);
        Self::launch(Launch { name, command, state, window: ["--name", "."], said }, screen, folder).await
    }

    /// Opens a program on a display that may have other windows.
    pub async fn launch(launch: Launch, screen: Arc<Screen>, folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let Launch { name, mut command, state, window: [by, what], said } = launch;
        command
            .env("DISPLAY", screen.name())
            .env("LC_ALL", "C.UTF-8")
            .env("MOTCUA_TEST_STATE", said)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        let app = Started::new(&name, command, &folder.join("app.log"))?;
        let window = Self { screen, state, app, folder: folder.to_owned() };
        window.give_keyboard(by, what).await?;
        // The pointer out of the way: what it hovers would look chosen.
        window.xdotool(&["mousemove", "0", "0"]).await?;
        Ok(window)
    }

    /// Waits until the app says that `condition` holds.
    pub async fn until(&mut self, what: &str, condition: impl Fn(&Value) -> bool) -> anyhow::Result<Value> {
        let (state, app) = (&self.state, &mut self.app);
        let found = wait_for(what, async || {
            app.check()?;
            let Ok(text) = std::fs::read(state) else { return Ok(None) };
            Ok(serde_json::from_slice::<Value>(&text).ok().filter(|value| condition(value)))
        })
        .await;
        if found.is_err() {
            let failed = std::env::temp_dir().join(format!("mot-cua-{}-failed.png", self.app.name));
            self.picture(&failed).await?;
        }
        found.with_context(|| {
            let shown = std::fs::read_to_string(&self.state).unwrap_or_default();
            format!("{} showed {shown}", self.app.name)
        })
    }

    /// Presses keys, in xdotool's names: `F9`, `alt+3`, `ctrl+k`.
    pub async fn press(&self, keys: &[&str]) -> anyhow::Result<()> {
        let arguments: Vec<&str> = ["key", "--delay", "60"].into_iter().chain(keys.iter().copied()).collect();
        self.xdotool(&arguments).await
    }

    /// Writes as a person does: slower than any scanner. What has Vietnamese letters is pasted, since the display's
    /// keyboard has none.
    pub async fn write(&self, text: &str) -> anyhow::Result<()> {
        if text.is_ascii() {
            return self.xdotool(&["type", "--delay", "55", "--", text]).await;
        }
        let (said, log) = (self.folder.join("paste.txt"), self.folder.join("paste.log"));
        std::fs::write(&said, text)?;
        let mut command = Command::new("xclip");
        command
            .args(["-quiet", "-loops", "1", "-selection", "clipboard", "-i"])
            .arg(&said)
            .envs(self.environment());
        let mut clipboard = Started::new("xclip", command, &log)?;
        wait_for("the clipboard", async || {
            Ok(std::fs::read_to_string(&log)?.contains("Waiting").then_some(()))
        })
        .await?;
        self.press(&["ctrl+v"]).await?;
        clipboard.ended().await
    }

    /// Touches a place, given as shares of the screen's width and height.
    pub async fn touch(&self, (across, down): (f32, f32)) -> anyhow::Result<()> {
        let (width, height) = self.screen.size();
        let (x, y) = ((across * width as f32).round(), (down * height as f32).round());
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]).await
    }

    /// Scans: a keyboard-wedge scanner types fast and ends with Enter.
    pub async fn scan(&self, text: &str) -> anyhow::Result<()> {
        self.xdotool(&["type", "--delay", "2", "--args", "1", text, "key", "Return"]).await
    }

    /// Waits for the native file dialog and gives it the keyboard.
    pub async fn file_dialog(&self) -> anyhow::Result<()> {
        self.give_keyboard("--class", "zenity").await
    }

    /// Gives the keyboard back to the app's own window.
    pub async fn back(&self) -> anyhow::Result<()> {
        let name = self.app.name.clone();
        self.give_keyboard("--class", &name).await
    }

    /// Gives the keyboard to the window found in this way; no window manager runs here to do it.
    async fn give_keyboard(&self, by: &str, what: &str) -> anyhow::Result<()> {
        let seconds = PATIENCE.as_secs().to_string();
        let search = [&seconds, "xdotool", "search", "--sync", "--onlyvisible", by, what];
        let found = run("timeout", &search, &self.environment()).await?;
        let id = found.lines().last().unwrap_or_default().to_owned();
        self.xdotool(&["windowfocus", "--sync", &id]).await
    }

    async fn xdotool(&self, arguments: &[&str]) -> anyhow::Result<()> {
        run("xdotool", arguments, &self.environment()).await.map(drop)
    }

    fn environment(&self) -> [(&str, &str); 2] {
        [("DISPLAY", self.screen.name()), ("LC_ALL", "C.UTF-8")]
    }

    /// Keeps what the screen shows, once it has stood still.
    pub async fn picture(&self, file: &Path) -> anyhow::Result<()> {
        self.screen.picture(file).await
    }

    /// Closes the app, and its display unless others use it.
    pub async fn close(mut self) -> anyhow::Result<()> {
        self.app.stop().await?;
        match Arc::try_unwrap(self.screen) {
            Ok(screen) => screen.close().await,
            Err(_shared) => Ok(()),
        }
    }
}
