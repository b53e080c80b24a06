//! A virtual display.

use super::process::{Started, run, wait_for};
use anyhow::Context as _;
use std::path::Path;
use tokio::process::Command;

/// A display of its own, shown nowhere; gone when dropped.
pub struct Screen {
    name: String,
    size: (u32, u32),
    server: Started,
}

impl Screen {
    /// Opens a display of `size`, such as `1440x900`, that writes its log in `folder`.
    pub async fn open(size: &str, folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let log = folder.join("xvfb.log");
        let (width, height) = size.split_once('x').context("a size is WIDTHxHEIGHT")?;
        let pixels = (width.parse()?, height.parse()?);
        let size = format!("{size}x24");
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", &size, "+extension", "GLX", "-nolisten", "tcp"]);
        let mut server = Started::new("Xvfb", xvfb, &log)?;
        let name = wait_for("the display", async || {
            server.check()?;
            let text = std::fs::read_to_string(&log)?;
            // A number is whole when its line is.
            let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
            Ok(whole.filter_map(|line| line.trim().parse::<u32>().ok()).next().map(|n| format!(":{n}")))
        })
        .await?;
        Ok(Self { name, size: pixels, server })
    }

    /// What programs call it: `:99`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// Keeps what it shows, once that has stood still.
    pub async fn picture(&self, file: &Path) -> anyhow::Result<()> {
        let path = file.to_string_lossy().into_owned();
        let mut before: Option<Vec<u8>> = None;
        wait_for("a screen that stands still", async || {
            run("import", &["-window", "root", &path], &[("DISPLAY", &self.name)]).await?;
            let now = image::open(file)?.into_rgb8().into_raw();
            let still = before.as_ref() == Some(&now);
            before = Some(now);
            Ok(still.then_some(()))
        })
        .await
    }

    /// Ends it.
    pub async fn close(mut self) -> anyhow::Result<()> {
        self.server.stop().await
    }
}
