//! The MSI packages, which group policy installs: made by wixl, and finished where wixl knows less than Windows does.

use crate::{app::App, tool};
use anyhow::Context as _;
use askama::Template;
use std::{ffi::OsString, fs, path::Path, process::Command};

/// The component that all three share: where Windows finds the texts of our entries in its event log.
const EVENT_LOG: &str = "7D1AC35E-C3EC-4039-B85D-24632E964BAD";

/// Attributes of a component of 64 bits that stays when its product goes, and never replaces what is there.
const KEPT: u32 = 0x100 | 0x10 | 0x80;
/// Versions that an installation replaces: from the first one on, up to and with this one.
const UP_TO_THIS: u32 = 0x100 | 0x200;
/// When services are told what to do if they fail: after they are installed, before they are started.
const AFTER_SERVICES: u32 = 5_850;
/// What the updater leaves beside a program.
const LEFTOVERS: [&str; 3] = ["failed", "new", "previous"];
/// When that goes.
const AT_REMOVAL: u32 = 2;
/// With what a service that fails is helped: started again three times, after these milliseconds, counted anew after a
/// day of seconds.
const RESTART: &str = "1[~]1[~]1";
const PAUSES: &str = "5000[~]30000[~]120000";
const DAY: u32 = 86_400;
/// When that is set: at the first installation and at every later one.
const AT_INSTALL: u32 = 1 | 4;

/// Ids that must never change: by them Windows knows an app again.
struct Ids {
    upgrade: &'static str,
    program: &'static str,
    configuration: &'static str,
    data: &'static str,
    start: &'static str,
}

/// The service that comes with an app.
struct Service {
    name: &'static str,
    account: &'static str,
    arguments: &'static str,
}

#[derive(Template)]
#[template(path = "product.wxs")]
struct Product<'a> {
    app: App,
    ids: Ids,
    service: Service,
    keys: Vec<&'static str>,
    version: &'a str,
}

/// Makes the package of an app from its program.
///
/// # Errors
/// When a tool is missing or a folder cannot be written.
pub(crate) fn make(app: App, version: &str, program: &Path, package: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path();
    fs::copy(program, path.join(format!("{}.exe", app.program())))
        .with_context(|| program.display().to_string())?;
    fs::write(path.join("app.ico"), app.ico())?;
    fs::write(path.join(format!("{}.toml", app.name())), app.template().replace('\n', "\r\n"))?;
    let product = Product { app, ids: ids(app), service: service(app), keys: app.keys(), version };
    fs::write(path.join("product.wxs"), product.render()?)?;
    // It finds files beside its source only.
    let mut wixl = Command::new("wixl");
    wixl.args(["-a", "x64", "-o"]).arg(package).arg("product.wxs").current_dir(path);
    tool::finish(&mut wixl, "wixl")?;

    let letters = path.join("letters.idt");
    fs::write(&letters, "\r\n\r\n65001\t_ForceCodepage\r\n")?;
    tool::run("msibuild", [package.as_os_str(), "-i".as_ref(), letters.as_os_str()])?;
    let queries = texts(app, version).into_iter().chain(abilities(app, version));
    let arguments = [package.into(), "-q".into()].into_iter().chain(queries.map(OsString::from));
    tool::run("msibuild", arguments).map(drop)
}

/// What people read of a package.
fn texts(app: App, version: &str) -> Vec<String> {
    let (title, product) = (app.title(), i18n::t("installer.product"));
    let service = i18n::t(&format!("installer.service.{}", app.name()));
    let about = i18n::t(&format!("installer.about.{}", app.name()));
    let newer = i18n::with("installer.newer", &[("title", &title), ("version", version)]);
    let mut queries = vec![
        format!("UPDATE `Property` SET `Value` = '{title}' WHERE `Property` = 'ProductName'"),
        format!("UPDATE `Property` SET `Value` = '{product}' WHERE `Property` = 'Manufacturer'"),
        format!("UPDATE `LaunchCondition` SET `Description` = '{newer}' WHERE `Condition` = 'NOT NEWER'"),
        format!(
            "UPDATE `ServiceInstall` SET `DisplayName` = '{service}', `Description` = '{about}' \
             WHERE `ServiceInstall` = 'Service'"
        ),
    ];
    if app == App::Counter {
        queries.push(format!(
            "UPDATE `Shortcut` SET `Name` = '{product}', `Description` = '{title}' WHERE `Shortcut` = 'Menu'"
        ));
    }
    queries
}

/// What wixl has no elements for: which properties are handed on from a person to the system, a configuration that is
/// never overwritten, what the updater leaves beside the program, and services that are started again when they fail.
fn abilities(app: App, version: &str) -> Vec<String> {
    let keys = app.keys().into_iter().map(|key| app.property(key));
    let secure: Vec<String> = keys.chain(["REMOVE_DATA", "OLDER", "NEWER"].map(str::to_owned)).collect();
    let leftover = |ending: &str| {
        format!(
            "INSERT INTO `RemoveFile` (`FileKey`, `Component_`, `FileName`, `DirProperty`, `InstallMode`) \
             VALUES ('Leftover.{ending}', 'Program', '{}.exe.{ending}', 'INSTALLDIR', {AT_REMOVAL})",
            app.program()
        )
    };
    let mut queries: Vec<String> = LEFTOVERS.map(leftover).into();
    queries.extend([
        format!(
            "UPDATE `Property` SET `Value` = '{}' WHERE `Property` = 'SecureCustomProperties'",
            secure.join(";")
        ),
        "DELETE FROM `Upgrade` WHERE `ActionProperty` = 'OLDER'".to_owned(),
        format!(
            "INSERT INTO `Upgrade` (`UpgradeCode`, `VersionMin`, `VersionMax`, `Attributes`, `ActionProperty`) \
             VALUES ('{{{}}}', '0.0.0', '{version}', {UP_TO_THIS}, 'OLDER')",
            ids(app).upgrade
        ),
        format!("UPDATE `Component` SET `Attributes` = {KEPT} WHERE `Component` = 'Configuration'"),
        format!("UPDATE `Component` SET `Attributes` = {KEPT} WHERE `Component` = 'Data'"),
        // So that the folder above goes, too, when it is empty.
        "INSERT INTO `CreateFolder` (`Directory_`, `Component_`) VALUES ('COMPANYDIR', 'Program')".to_owned(),
        "CREATE TABLE `MsiServiceConfigFailureActions` (`MsiServiceConfigFailureActions` CHAR(72) NOT NULL, \
         `Name` CHAR(255) NOT NULL LOCALIZABLE, `Event` INT NOT NULL, `ResetPeriod` LONG, \
         `RebootMessage` CHAR(255) LOCALIZABLE, `Command` CHAR(255) LOCALIZABLE, `Actions` CHAR(255), \
         `DelayActions` CHAR(255), `Component_` CHAR(72) NOT NULL PRIMARY KEY `MsiServiceConfigFailureActions`)"
            .to_owned(),
        format!(
            "INSERT INTO `MsiServiceConfigFailureActions` (`MsiServiceConfigFailureActions`, `Name`, `Event`, \
             `ResetPeriod`, `Actions`, `DelayActions`, `Component_`) \
             VALUES ('Service', '{}', {AT_INSTALL}, {DAY}, '{RESTART}', '{PAUSES}', 'Program')",
            service(app).name
        ),
        format!(
            "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) \
             VALUES ('MsiConfigureServices', 'VersionMsi >= \"5.00\"', {AFTER_SERVICES})"
        ),
    ]);
    queries
}

fn ids(app: App) -> Ids {
    match app {
        App::Counter => Ids {
            upgrade: "EA8239F0-023A-4039-BF15-E66CB02955E8",
            program: "0F5333C0-CC20-40C3-AA63-4CA7180F4AA3",
            configuration: "A329B1C8-DF27-43A5-9656-E59E71B48F0F",
            data: "FEA53C19-7D12-4DBC-A636-4DCB5AF1684F",
            start: "9DC80718-0BE0-43DA-9E8E-3BE7E491EE74",
        },
        App::Kiosk => Ids {
            upgrade: "5226FC3B-E3C4-4EFB-9E4A-36AE2BF33668",
            program: "C8274DD5-B2A9-44A9-9D0E-75124B483EC9",
            configuration: "B07FE794-3BCC-4B38-8AA9-4E9140433694",
            data: "CCF6F9AA-E144-4D1C-9A3B-61FB0ACBC446",
            start: "DE051047-D846-4598-BF02-26529133CD52",
        },
        App::Server => Ids {
            upgrade: "72F8EA47-402D-4845-BCC4-27B6076B98F0",
            program: "57F00BE8-DAF5-4F4D-87C4-280291949DAC",
            configuration: "E2B2F975-32A0-4A21-A39C-45C235311AD9",
            data: "0D736AD5-8A61-4B28-80F6-D5A9703CBBD0",
            start: "EE4528C3-1E8F-4BE4-8C4F-228338D28F51",
        },
    }
}

fn service(app: App) -> Service {
    // Whoever keeps a program up to date writes its folder; the server only needs its own data.
    let (system, local) = ("LocalSystem", r"NT AUTHORITY\LocalService");
    match app {
        App::Counter => Service { name: "MotCuaCounterKeeper", account: system, arguments: "keep --service" },
        App::Kiosk => Service { name: "MotCuaKioskKeeper", account: system, arguments: "keep --service" },
        App::Server => Service { name: "MotCuaServer", account: local, arguments: "service" },
    }
}
