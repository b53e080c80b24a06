//! The packages for Debian and Ubuntu: program, configuration, units, and scripts that survive upgrades.

use crate::{app::App, tool};
use anyhow::Context as _;
use askama::Template;
use std::{
    fs,
    io::Write as _,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::Command,
};

/// Libraries that windows are opened through, which are looked up only when the program runs.
const WINDOW_LIBRARIES: &str = "libegl1, libgl1, libgl1-mesa-dri, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon-x11-0, libxrandr2";

#[derive(Template)]
#[template(path = "package.control")]
struct Control<'a> {
    package: &'a str,
    version: &'a str,
    kilobytes: u64,
    depends: String,
    recommends: &'a str,
    summary: &'a str,
    about: &'a str,
}

#[derive(Template)]
#[template(path = "changelog.control")]
struct Changelog<'a> {
    package: &'a str,
    version: &'a str,
    date: &'a str,
}

/// Makes the package of an app from its program.
///
/// # Errors
/// When a tool is missing or a folder cannot be written.
pub(crate) fn make(app: App, version: &str, program: &Path, package: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let tree = Tree { root: folder.path().join("tree") };
    let name = format!("mot-cua-{}", app.name());
    let installed = tree.add(&format!("usr/lib/mot-cua/{}", app.program()), &fs::read(program)?, 0o755)?;
    tool::run("strip", ["--strip-unneeded".as_ref(), installed.as_os_str()])?;
    tree.link(&format!("usr/bin/{name}"), &format!("../lib/mot-cua/{}", app.program()))?;
    tree.text(&format!("etc/mot-cua/{}.toml", app.name()), app.template())?;
    tree.text(&format!("usr/share/doc/{name}/copyright"), include_str!("../linux/copyright"))?;
    tree.add(&format!("usr/share/doc/{name}/changelog.gz"), &changelog(&name, version)?, 0o644)?;
    add_own_files(app, &tree)?;

    let about = about(app);
    let control = Control {
        package: &name,
        version,
        kilobytes: tree.kilobytes()?,
        depends: depends(app, &installed, folder.path())?,
        recommends: about.recommends,
        summary: about.summary,
        about: about.text,
    };
    tree.text("DEBIAN/md5sums", &tree.md5sums()?)?;
    tree.text("DEBIAN/control", &format!("{}\n", control.render()?))?;
    tree.text("DEBIAN/conffiles", &tree.configuration()?)?;
    for (script, text) in scripts(app) {
        tree.add(&format!("DEBIAN/{script}"), text.as_bytes(), 0o755)?;
    }
    let arguments = ["--root-owner-group", "-Zxz", "-z3", "--build"].map(AsRef::as_ref);
    tool::run("dpkg-deb", arguments.into_iter().chain([tree.root.as_os_str(), package.as_os_str()])).map(drop)
}

/// The files of a package as they will lie on a machine.
struct Tree {
    root: PathBuf,
}

impl Tree {
    fn add(&self, path: &str, bytes: &[u8], mode: u32) -> anyhow::Result<PathBuf> {
        let file = self.place(path)?;
        fs::write(&file, bytes)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(mode))?;
        Ok(file)
    }

    fn text(&self, path: &str, text: &str) -> anyhow::Result<()> {
        self.add(path, text.as_bytes(), 0o644).map(drop)
    }

    fn link(&self, path: &str, to: &str) -> anyhow::Result<()> {
        Ok(symlink(to, self.place(path)?)?)
    }

    /// Makes the folders above a file, which everybody may read.
    fn place(&self, path: &str) -> anyhow::Result<PathBuf> {
        let file = self.root.join(path);
        let folder = file.parent().context("a file without a folder")?;
        fs::create_dir_all(folder)?;
        for folder in folder.ancestors().take_while(|folder| folder.starts_with(&self.root)) {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
        }
        Ok(file)
    }

    fn kilobytes(&self) -> anyhow::Result<u64> {
        let said =
            tool::run("du", ["--summarize".as_ref(), "--block-size=1024".as_ref(), self.root.as_os_str()])?;
        said.split_whitespace().next().and_then(|number| number.parse().ok()).context("du said no number")
    }

    /// What the operator may change, and an upgrade asks about.
    fn configuration(&self) -> anyhow::Result<String> {
        let mut find = Command::new("find");
        find.args(["etc", "-type", "f", "-printf", "/%p\\n"]).current_dir(&self.root);
        tool::finish(&mut find, "find")
    }

    fn md5sums(&self) -> anyhow::Result<String> {
        let mut find = Command::new("find");
        find.args(["etc", "usr", "-type", "f", "-exec", "md5sum", "{}", "+"]).current_dir(&self.root);
        let all = tool::finish(&mut find, "find")?;
        let mut lines: Vec<&str> = all.lines().filter(|line| !line.contains("  etc/")).collect();
        lines.sort_unstable();
        Ok(lines.iter().map(|line| format!("{line}\n")).collect())
    }
}

fn add_own_files(app: App, tree: &Tree) -> anyhow::Result<()> {
    match app {
        App::Counter => {
            tree.text(
                "usr/lib/systemd/system/mot-cua-keeper@counter.service",
                include_str!("../linux/mot-cua-keeper@counter.service"),
            )?;
            tree.text(
                "usr/share/applications/mot-cua-counter.desktop",
                include_str!("../linux/mot-cua-counter.desktop"),
            )?;
            icon(app, tree)
        }
        App::Kiosk => {
            tree.text(
                "usr/lib/systemd/system/mot-cua-keeper@kiosk.service",
                include_str!("../linux/mot-cua-keeper@kiosk.service"),
            )?;
            tree.text(
                "usr/lib/systemd/user/mot-cua-kiosk.service",
                include_str!("../linux/mot-cua-kiosk.service"),
            )?;
            tree.text(
                "etc/xdg/autostart/mot-cua-kiosk.desktop",
                include_str!("../linux/mot-cua-kiosk-autostart.desktop"),
            )?;
            icon(app, tree)
        }
        App::Server => {
            tree.text(
                "usr/lib/systemd/system/mot-cua-server.service",
                include_str!("../linux/mot-cua-server.service"),
            )?;
            tree.text(
                "usr/lib/sysusers.d/mot-cua-server.conf",
                include_str!("../linux/mot-cua-server.sysusers"),
            )
        }
    }
}

fn icon(app: App, tree: &Tree) -> anyhow::Result<()> {
    let path = format!("usr/share/icons/hicolor/256x256/apps/mot-cua-{}.png", app.name());
    tree.add(&path, app.png(), 0o644).map(drop)
}

/// What people read about a package before they install it.
struct About {
    summary: &'static str,
    text: &'static str,
    recommends: &'static str,
}

fn about(app: App) -> About {
    match app {
        App::Counter => About {
            summary: "one-stop shop of a Vietnamese province: counter",
            text: "The app of counters and divisions: cases are received, worked on and\nreturned, and receipts are printed.",
            recommends: "cups-client, zenity",
        },
        App::Kiosk => About {
            summary: "one-stop shop of a Vietnamese province: kiosk",
            text: "The kiosk in the hall, where citizens look up their cases. It starts at\nsign-in and takes the whole screen.",
            recommends: "",
        },
        App::Server => About {
            summary: "one-stop shop of a Vietnamese province: server",
            text: "The server that holds the cases of a province, decides, and answers the\ncounters, the kiosks and browsers. It runs as a service of systemd.",
            recommends: "postgresql",
        },
    }
}

/// What the program is linked with, and what it looks for when it runs.
fn depends(app: App, program: &Path, folder: &Path) -> anyhow::Result<String> {
    // dpkg-shlibdeps reads a source package's control file and wants one to be there.
    fs::create_dir_all(folder.join("debian"))?;
    fs::write(folder.join("debian/control"), "Source: mot-cua\n\nPackage: mot-cua\nArchitecture: amd64\n")?;
    let mut look = Command::new("dpkg-shlibdeps");
    look.arg("-O").arg("--ignore-missing-info").arg("-e").arg(program).current_dir(folder);
    let said = tool::finish(&mut look, "dpkg-shlibdeps")?;
    let linked =
        said.lines().find_map(|line| line.strip_prefix("shlibs:Depends=")).context("no dependencies")?;
    Ok(match app {
        App::Counter | App::Kiosk => format!("{linked}, {WINDOW_LIBRARIES}"),
        App::Server => format!("{linked}, systemd"),
    })
}

fn scripts(app: App) -> [(&'static str, &'static str); 3] {
    match app {
        App::Counter => [
            ("postinst", include_str!("../linux/counter.postinst")),
            ("prerm", include_str!("../linux/counter.prerm")),
            ("postrm", include_str!("../linux/counter.postrm")),
        ],
        App::Kiosk => [
            ("postinst", include_str!("../linux/kiosk.postinst")),
            ("prerm", include_str!("../linux/kiosk.prerm")),
            ("postrm", include_str!("../linux/kiosk.postrm")),
        ],
        App::Server => [
            ("postinst", include_str!("../linux/server.postinst")),
            ("prerm", include_str!("../linux/server.prerm")),
            ("postrm", include_str!("../linux/server.postrm")),
        ],
    }
}

fn changelog(package: &str, version: &str) -> anyhow::Result<Vec<u8>> {
    let date = tool::run("date", ["--rfc-email"])?;
    let text = Changelog { package, version, date: date.trim() }.render()?;
    let mut gzip = flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::best());
    writeln!(gzip, "{text}")?;
    Ok(gzip.finish()?)
}
