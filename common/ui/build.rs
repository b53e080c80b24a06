//! Turns `assets/design/tokens.toml` into constants, so that a colour exists in one place only.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

const SOURCE: &str = "../../assets/design/tokens.toml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    let tokens: toml::Table = fs::read_to_string(SOURCE)?.parse()?;
    let mut code = String::new();
    colours(&mut code, table(&tokens, "colour")?)?;
    code.push_str("/// Colours of wall screens.\npub mod dark {\n");
    colours(&mut code, table(&tokens, "dark")?)?;
    code.push_str("}\n/// Lengths in points.\npub mod size {\n");
    for (name, value) in table(&tokens, "size")? {
        let points = value.as_integer().ok_or("a size is a whole number")?;
        writeln!(code, "/// `{name}`.\npub const {}: f32 = {points}.0;", constant(name))?;
    }
    code.push_str("}\n/// Spans of time in milliseconds.\npub mod duration {\n");
    for (name, value) in table(&tokens, "duration")? {
        let millis = value.as_integer().ok_or("a duration is a whole number")?;
        writeln!(code, "/// `{name}`.\npub const {}: i64 = {millis};", constant(name))?;
    }
    code.push_str("}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("tokens.rs"), code)?;
    Ok(())
}

fn table<'a>(tokens: &'a toml::Table, name: &str) -> Result<&'a toml::Table, String> {
    tokens.get(name).and_then(toml::Value::as_table).ok_or_else(|| format!("no [{name}] in tokens.toml"))
}

fn colours(code: &mut String, table: &toml::Table) -> Result<(), Box<dyn Error>> {
    for (name, value) in table {
        let hex = value.as_str().and_then(|text| text.strip_prefix('#')).ok_or("a colour is `#rrggbb`")?;
        let rgb = u32::from_str_radix(hex, 16)?;
        let (r, g, b) = (rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
        writeln!(
            code,
            "/// `{name}`.\npub const {}: egui::Color32 = egui::Color32::from_rgb({r}, {g}, {b});",
            constant(name)
        )?;
    }
    Ok(())
}

fn constant(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}
