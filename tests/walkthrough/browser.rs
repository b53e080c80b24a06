//! A real headless browser.

use std::path::Path;
use tests::robot::{Started, wait_for};
use thirtyfour::prelude::*;
use tokio::process::Command;

/// A browser with one page.
pub struct Browser {
    pub driver: WebDriver,
    service: Started,
}

impl Browser {
    /// Opens a browser whose page is `width` by `height` pixels.
    pub async fn open(width: u32, height: u32, folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}"));
        let mut service = Started::new("chromedriver", command, &folder.join("chromedriver.log"))?;
        let mut capabilities = DesiredCapabilities::chrome();
        let profile = folder.join("profile");
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--lang=vi",
        ] {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--window-size={width},{height}"))?;
        capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
        let driver = wait_for("the browser", async || {
            service.check()?;
            Ok(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities.clone()).await.ok())
        })
        .await?;
        // The window has a frame; the page shall have the size asked for.
        let sizes = driver.execute("return [window.innerWidth, window.innerHeight]", Vec::new()).await?;
        let (inner_width, inner_height): (u32, u32) = sizes.convert()?;
        driver.set_window_rect(0, 0, width * 2 - inner_width, height * 2 - inner_height).await?;
        Ok(Self { driver, service })
    }

    pub async fn go(&self, url: &str) -> anyhow::Result<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// Waits until the page holds `text`.
    pub async fn until_shows(&self, text: &str) -> anyhow::Result<()> {
        let what = format!("{text:?} on the page");
        let shown = wait_for(&what, async || {
            // The page may be swapped under our eyes, and has no body for a moment.
            let Ok(body) = self.driver.find(By::Tag("body")).await else { return Ok(None) };
            let found = body.text().await.is_ok_and(|page| page.contains(text));
            Ok(found.then_some(()))
        });
        shown.await
    }

    pub async fn fill(&self, css: &str, text: &str) -> anyhow::Result<()> {
        let field = self.driver.find(By::Css(css)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    pub async fn click(&self, css: &str) -> anyhow::Result<()> {
        let element = wait_for(css, async || Ok(self.driver.find(By::Css(css)).await.ok())).await?;
        element.scroll_into_view().await?;
        Ok(element.click().await?)
    }

    /// Clicks the first link or button whose words contain `text`.
    pub async fn click_words(&self, text: &str) -> anyhow::Result<()> {
        let xpath =
            format!("//*[self::a or self::button or self::summary][contains(normalize-space(.), '{text}')]");
        let element =
            wait_for(text, async || Ok(self.driver.find(By::XPath(xpath.as_str())).await.ok())).await?;
        element.scroll_into_view().await?;
        Ok(element.click().await?)
    }

    /// Keeps what it shows, once nothing on the page moves.
    pub async fn picture(&self, file: &Path) -> anyhow::Result<()> {
        let moving = "return document.getAnimations().some((each) => each.playState === 'running')";
        wait_for("the page to stand still", async || {
            let moves: bool = self.driver.execute(moving, vec![]).await?.convert()?;
            Ok((!moves).then_some(()))
        })
        .await?;
        Ok(self.driver.screenshot(file).await?)
    }

    pub async fn close(mut self) -> anyhow::Result<()> {
        self.driver.quit().await?;
        self.service.stop().await
    }
}

impl Browser {
    /// Opens the row of a list that names a case.
    pub async fn click_row(&self, code: &str) -> anyhow::Result<()> {
        let xpath = format!("//*[@id='ds']//a[contains(., '{code}')]");
        let row = wait_for(code, async || Ok(self.driver.find(By::XPath(xpath.as_str())).await.ok())).await?;
        row.scroll_into_view().await?;
        Ok(row.click().await?)
    }

    /// Waits until the leader's list no longer names a case.
    pub async fn until_gone(&self, code: &str) -> anyhow::Result<()> {
        wait_for(&format!("{code} to leave the list"), async || {
            let list = self.driver.find(By::Id("ds")).await?;
            // The list may be swapped under our eyes.
            let gone = list.text().await.is_ok_and(|rows| !rows.contains(code));
            Ok(gone.then_some(()))
        })
        .await
    }
}
