//! Everything that must stand before the story begins: a server with the demo data of Sơn La, a clock that can be moved,
//! the apps' windows and the browsers.

use super::browser::Browser;
use anyhow::ensure;
use serde_json::json;
use std::path::{Path, PathBuf};
use tests::robot::{PASSWORD, Province, SITE, Window, run};

/// The stage.
pub struct Stage {
    pub url: String,
    bin: PathBuf,
    out: PathBuf,
    folder: tempfile::TempDir,
    province: Province,
    windows: usize,
    pub kiosk: Window,
    pub phone: Browser,
}

impl Stage {
    /// Sets it: Thursday 12 November 2026, nine in the morning.
    pub async fn set(bin: &Path, out: &Path) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let province = Province::open(&bin.join("server"), &folder.path().join("server"), 1_500).await?;
        let url = province.url.clone();
        let kiosk_data = folder.path().join("kiosk");
        let kiosk = Window::open(
            &bin.join("kiosk-app"),
            &[
                "--server",
                &url,
                "--site",
                SITE,
                "--idle",
                "600",
                "--renderer",
                "glow",
                "--data",
                &kiosk_data.display().to_string(),
                "--hall-key",
                &province.hall_key(SITE).await?,
                "--roll-printer",
                &format!("file:{}", folder.path().join("tickets").display()),
            ],
            "1920x1080",
            &kiosk_data,
        )
        .await?;
        let phone = Browser::open(390, 844, &folder.path().join("phone")).await?;
        Ok(Self { url, bin: bin.to_owned(), out: out.to_owned(), folder, province, windows: 0, kiosk, phone })
    }

    /// Where the kiosk's printer leaves what it was sent.
    pub fn tickets(&self) -> PathBuf {
        self.folder.path().join("tickets")
    }

    /// A file that is kept with the pictures.
    pub fn kept(&self, name: &str) -> PathBuf {
        self.out.join(name)
    }

    /// Moves everybody's clock to a local time, as days pass in the story.
    pub async fn clock_to(&self, local: &str) -> anyhow::Result<()> {
        let moved = reqwest::Client::new()
            .post(format!("{}/api/demo/clock", self.url))
            .json(&json!({ "now": local }))
            .send()
            .await?;
        ensure!(moved.status().is_success(), "the clock cannot be moved: {}", moved.status());
        Ok(())
    }

    /// Opens counter-app and signs in by keyboard.
    pub async fn desk(&mut self, login: &str, counter: Option<u16>) -> anyhow::Result<Window> {
        self.windows += 1;
        let folder = self.folder.path().join(format!("desk-{}", self.windows));
        let data = folder.display().to_string();
        let print = self.out.display().to_string();
        let counter = counter.map(|n| n.to_string());
        let mut arguments = vec![
            "--server",
            &self.url,
            "--site",
            SITE,
            "--data",
            &data,
            "--print-dir",
            &print,
            "--renderer",
            "glow",
        ];
        if let Some(counter) = &counter {
            arguments.extend(["--counter", counter]);
        }
        let mut window = Window::open(&self.bin.join("counter-app"), &arguments, "1440x900", &folder).await?;
        window.until("the sign-in", |seen| seen["screen"] == "sign_in" && seen["focused"] == "Login").await?;
        window.write(login).await?;
        window.press(&["Return"]).await?;
        window.until("the password field", |seen| seen["focused"] == "Password").await?;
        window.write(PASSWORD).await?;
        window.press(&["Return"]).await?;
        window.until("the desk", |seen| seen["ready"] == true && seen["signed_in"] == true).await?;
        Ok(window)
    }

    /// A scanned page, as the office's scanner leaves them.
    pub fn scanned_page(&self, name: &str) -> anyhow::Result<PathBuf> {
        let file = self.folder.path().join(name);
        std::fs::write(&file, tests::page_png(620, 877))?;
        Ok(file)
    }

    /// What zbar reads from a PDF's first page: the barcode's text and the QR's.
    pub async fn codes(&self, pdf: &Path) -> anyhow::Result<Vec<String>> {
        let picture = self.folder.path().join("codes");
        let (pdf, stem) = (pdf.display().to_string(), picture.display().to_string());
        run("pdftoppm", &["-png", "-r", "200", "-singlefile", &pdf, &stem], &[]).await?;
        let read = run("zbarimg", &["-q", "--raw", &format!("{stem}.png")], &[]).await?;
        Ok(read.lines().map(str::to_owned).collect())
    }

    /// Takes everything down.
    pub async fn close(self) -> anyhow::Result<()> {
        self.kiosk.close().await?;
        self.phone.close().await?;
        self.province.close().await
    }
}
