//! The programs' icons: the ban flower of the web pages, in one colour for each app, drawn in the sizes that Windows and
//! Linux ask for.

use crate::app::App;
use anyhow::Context as _;
use clap::Args;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};
use std::{io::Write, path::PathBuf};

const DRAWING: &str = include_str!("../../server/assets/icon.svg");
const TOKENS: &str = include_str!("../../assets/design/tokens.toml");
const SIZES: [u32; 7] = [16, 24, 32, 48, 64, 128, 256];
/// Pixels of the picture that windows and desktop files show.
const PICTURE: u32 = 256;

/// Flags of `icons`.
#[derive(Debug, Args)]
pub(crate) struct DrawIcons {
    /// Where they are kept.
    #[arg(long, default_value = "assets/icons/app")]
    out: PathBuf,
}

impl DrawIcons {
    pub(crate) fn run(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.out)?;
        for app in App::ALL {
            for (ending, bytes) in [("ico", ico(app)?), ("png", png(app)?)] {
                let file = self.out.join(format!("{}.{ending}", app.name()));
                std::fs::write(&file, bytes)?;
                writeln!(out, "{}", file.display())?;
            }
        }
        Ok(())
    }
}

/// All sizes in one file for Windows.
fn ico(app: App) -> anyhow::Result<Vec<u8>> {
    let tree = drawing(app)?;
    let mut folder = ico::IconDir::new(ico::ResourceType::Icon);
    for size in SIZES {
        let pixels = draw(&tree, size)?.take_demultiplied();
        let image = ico::IconImage::from_rgba_data(size, size, pixels);
        // Older parts of Windows read large pictures as PNG, and small ones only as they are.
        let entry = if size >= 256 {
            ico::IconDirEntry::encode_as_png(&image)
        } else {
            ico::IconDirEntry::encode_as_bmp(&image)
        };
        folder.add_entry(entry?);
    }
    let mut bytes = Vec::new();
    folder.write(&mut bytes)?;
    Ok(bytes)
}

/// One large picture.
fn png(app: App) -> anyhow::Result<Vec<u8>> {
    Ok(draw(&drawing(app)?, PICTURE)?.encode_png()?)
}

fn draw(tree: &Tree, size: u32) -> anyhow::Result<Pixmap> {
    let mut picture = Pixmap::new(size, size).context("a picture without a size")?;
    #[expect(clippy::cast_precision_loss, reason = "an icon has a few hundred pixels")]
    let scale = size as f32 / tree.size().width();
    resvg::render(tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    Ok(picture)
}

/// The flower on the colour by which the app is told from the others.
fn drawing(app: App) -> anyhow::Result<Tree> {
    let ground = match app {
        App::Counter => "teal",
        App::Kiosk => "ban",
        App::Server => "ink",
    };
    let tokens: toml::Table = TOKENS.parse()?;
    let colours = tokens.get("colour").and_then(toml::Value::as_table).context("no colours in the tokens")?;
    let mut text = DRAWING.replace("var(--teal)", &format!("var(--{ground})"));
    for (name, value) in colours {
        text = text.replace(&format!("var(--{name})"), value.as_str().unwrap_or_default());
    }
    Ok(Tree::from_str(&text, &Options::default())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icons_in_the_repository_are_those_of_the_drawing() {
        for app in App::ALL {
            assert!(app.ico() == ico(app).unwrap(), "{app:?}: run `installer icons`");
        }
    }

    #[test]
    fn every_app_has_its_own_colour() {
        let corner = |app| draw(&drawing(app).unwrap(), 64).unwrap().pixel(32, 4).unwrap();
        assert_ne!(corner(App::Counter), corner(App::Kiosk));
        assert_ne!(corner(App::Counter), corner(App::Server));
    }
}
