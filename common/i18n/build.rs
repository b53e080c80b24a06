//! The words are read when this crate is compiled: a changed word compiles it again.
fn main() {
    println!("cargo::rerun-if-changed=../../assets/i18n");
}
