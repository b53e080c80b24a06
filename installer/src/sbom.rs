//! Bills of materials: what an app is made of, for whoever has to know which machines a flaw in a library concerns.

use crate::app::App;
use anyhow::Context as _;
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, PackageId};
use cyclonedx_bom::{
    models::{
        bom::UrnUuid,
        component::Classification,
        dependency::{Dependencies, Dependency},
        hash::{Hash, HashAlgorithm, HashValue, Hashes},
        license::{LicenseChoice, Licenses},
    },
    prelude::{Bom, Component, Components, Metadata as About, Purl, SpdxExpression, SpecVersion},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The systems that packages are made for.
const SYSTEMS: [&str; 2] = ["x86_64-pc-windows-gnu", "x86_64-unknown-linux-gnu"];

/// CycloneDX (JSON) of an app: every crate that is in its program on either system, with licence, checksum and what it
/// needs in turn.
///
/// # Errors
/// When cargo cannot tell, or the lock file does not fit.
pub(crate) fn of(app: App, version: &str, manifest: &Path) -> anyhow::Result<Vec<u8>> {
    let metadata = metadata(manifest)?;
    let lock = checksums(&metadata)?;
    let used = used_by(&metadata, app.program())?;
    let mut components = Vec::new();
    for package in metadata.packages.iter().filter(|package| used.contains_key(&package.id)) {
        let (name, number) = (package.name.as_str(), package.version.to_string());
        if package.source.is_none() && name == app.program() {
            continue;
        }
        let mut component =
            Component::new(Classification::Library, name, &number, Some(reference(name, &number)));
        component.purl = Some(Purl::new("cargo", name, &number)?);
        component.licenses = package.license.as_deref().map(licences);
        component.hashes = lock.get(&(name.to_owned(), number)).map(|sha256| hashes(sha256));
        components.push(component);
    }
    let about = About {
        component: Some(Component::new(
            Classification::Application,
            app.program(),
            version,
            Some(reference(app.program(), version)),
        )),
        ..About::new()?
    };
    let names = names(&metadata, app, version);
    let bom = Bom {
        serial_number: Some(UrnUuid::generate()),
        metadata: Some(about),
        components: Some(Components(components)),
        dependencies: Some(dependencies(&used, &names)),
        spec_version: SpecVersion::V1_5,
        ..Bom::default()
    };
    let mut bytes = Vec::new();
    bom.output_as_json_v1_5(&mut bytes)?;
    Ok(bytes)
}

fn metadata(manifest: &Path) -> anyhow::Result<Metadata> {
    let systems = SYSTEMS.iter().flat_map(|system| ["--filter-platform", *system]).map(str::to_owned);
    let others = ["--locked".to_owned()].into_iter().chain(systems).collect::<Vec<_>>();
    Ok(MetadataCommand::new().manifest_path(manifest).other_options(others).exec()?)
}

/// What is built into the program itself: neither tools of its build nor of its tests.
fn used_by<'a>(
    metadata: &'a Metadata,
    program: &str,
) -> anyhow::Result<BTreeMap<PackageId, Vec<&'a PackageId>>> {
    let resolve = metadata.resolve.as_ref().context("cargo resolved nothing")?;
    let nodes: BTreeMap<&PackageId, &Node> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let root = metadata.workspace_packages().into_iter().find(|package| package.name.as_str() == program);
    let mut open = vec![&root.with_context(|| format!("no {program} in the workspace"))?.id];
    let mut found = BTreeMap::new();
    while let Some(id) = open.pop() {
        if found.contains_key(id) {
            continue;
        }
        let node = nodes.get(id).with_context(|| format!("cargo knows no {id}"))?;
        let is_built_in = |dependency: &&cargo_metadata::NodeDep| {
            dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
        };
        let needs: Vec<&PackageId> = node.deps.iter().filter(is_built_in).map(|needed| &needed.pkg).collect();
        open.extend(&needs);
        found.insert(id.clone(), needs);
    }
    Ok(found)
}

/// SHA-256 of every crate in the lock file, by name and version.
fn checksums(metadata: &Metadata) -> anyhow::Result<BTreeMap<(String, String), String>> {
    let path = metadata.workspace_root.join("Cargo.lock");
    let lock: toml::Table = std::fs::read_to_string(&path).with_context(|| path.to_string())?.parse()?;
    let packages =
        lock.get("package").and_then(toml::Value::as_array).context("a lock file without packages")?;
    let text = |package: &toml::Value, key: &str| package.get(key)?.as_str().map(str::to_owned);
    let one = |package: &toml::Value| {
        Some(((text(package, "name")?, text(package, "version")?), text(package, "checksum")?))
    };
    Ok(packages.iter().filter_map(one).collect())
}

fn names(metadata: &Metadata, app: App, version: &str) -> BTreeMap<PackageId, String> {
    let name = |package: &cargo_metadata::Package| {
        let own = package.source.is_none() && package.name.as_str() == app.program();
        let number = if own { version.to_owned() } else { package.version.to_string() };
        (package.id.clone(), reference(&package.name, &number))
    };
    metadata.packages.iter().map(name).collect()
}

fn dependencies(
    used: &BTreeMap<PackageId, Vec<&PackageId>>,
    names: &BTreeMap<PackageId, String>,
) -> Dependencies {
    let name = |id: &PackageId| names.get(id).cloned();
    let one = |(id, needs): (&PackageId, &Vec<&PackageId>)| {
        let needs: BTreeSet<String> = needs.iter().filter_map(|id| name(id)).collect();
        Some(Dependency { dependency_ref: name(id)?, dependencies: needs.into_iter().collect() })
    };
    Dependencies(used.iter().filter_map(one).collect())
}

fn reference(name: &str, version: &str) -> String {
    format!("{name}@{version}")
}

/// Crates of old write `MIT/Apache-2.0` where an expression says `MIT OR Apache-2.0`.
fn licences(text: &str) -> Licenses {
    let choice = match SpdxExpression::parse_lax(text.to_owned()) {
        Ok(expression) => LicenseChoice::Expression(expression),
        Err(_) => LicenseChoice::license(text),
    };
    Licenses(vec![choice])
}

fn hashes(sha256: &str) -> Hashes {
    Hashes(vec![Hash { alg: HashAlgorithm::SHA_256, content: HashValue(sha256.to_owned()) }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use cyclonedx_bom::prelude::Validate as _;

    fn components(app: App) -> Vec<Component> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
        let bom = Bom::parse_from_json_v1_5(of(app, "9.9.9", &manifest).unwrap().as_slice()).unwrap();
        assert!(bom.validate().passed(), "{:?}", bom.validate());
        bom.components.unwrap().0
    }

    #[test]
    fn every_crate_of_the_program_is_named_as_the_lock_file_has_it() {
        let lock: toml::Table = include_str!("../../Cargo.lock").parse().unwrap();
        let components = components(App::Counter);
        for component in &components {
            let (name, version) =
                (component.name.to_string(), component.version.as_ref().unwrap().to_string());
            let locked = lock["package"].as_array().unwrap().iter().find(|package| {
                package["name"].as_str() == Some(&name) && package["version"].as_str() == Some(&version)
            });
            let locked = locked.unwrap_or_else(|| panic!("{name} {version} is not in the lock file"));
            let checksum = locked.get("checksum").and_then(toml::Value::as_str);
            let said = component.hashes.as_ref().map(|hashes| hashes.0[0].content.0.as_str());
            assert_eq!(said, checksum, "{name}");
            assert!(component.licenses.is_some(), "{name} has no licence");
        }
        let has = |name: &str| components.iter().any(|component| component.name.to_string() == name);
        assert!(has("eframe") && has("windows-sys") && has("libsqlite3-sys") && has("domain"));
    }

    #[test]
    fn what_only_builds_or_tests_it_is_not_in_the_program() {
        let components = components(App::Server);
        for tool in ["winresource", "tempfile", "egui_kittest", "installer"] {
            assert!(!components.iter().any(|component| component.name.to_string() == tool), "{tool}");
        }
    }
}
