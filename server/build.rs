//! Gives the Windows program its icon, its version and the manifest that says what it understands of Windows; its names
//! stand in `Cargo.toml`.

use std::{env, error::Error};

const ICON: &str = "../assets/icons/app/server.ico";
const MANIFEST: &str = "../assets/windows/app.manifest";
const VIETNAMESE: u16 = 0x042A;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={ICON}");
    println!("cargo::rerun-if-changed={MANIFEST}");
    // They are built in; a new one is a change of the program.
    println!("cargo::rerun-if-changed=migrations");
    if env::var("CARGO_CFG_TARGET_OS")? == "windows" {
        winresource::WindowsResource::new()
            .set_icon(ICON)
            .set_manifest_file(MANIFEST)
            .set_language(VIETNAMESE)
            .compile()?;
    }
    Ok(())
}
