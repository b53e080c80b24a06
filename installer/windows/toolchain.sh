#!/usr/bin/env bash
# A Rust compiler for x86_64-pc-windows-gnu beside the one of rustup, from Debian's own packages: its rustc and the
# source of its standard library, unpacked into one folder and never installed. Does nothing when it is already there.
#   bash installer/windows/toolchain.sh         into $RUST_WIN, or rust-win in the cache
set -euo pipefail
cd "$(dirname "$0")/../.."
. installer/prepare.sh
. installer/windows/env.sh
triple=x86_64-pc-windows-gnu

need_packages "${windows_compiler_packages[@]}"
if [ -e "$RUST_WIN/.stamp" ]; then
  need_packages $(sed -n 2p "$RUST_WIN/.stamp")
  exit 0
fi

as_root apt-get update -qq
version=$(apt-cache madison rustc-web | awk '{ print $3; exit }')
std=$(apt-cache depends "libstd-rust-web-dev=$version" 2>/dev/null | awk '/Depends: libstd-rust-web-[0-9]/ { print $2; exit }')
llvm=$(apt-cache depends "$std=$version" 2>/dev/null | awk '/Depends: libllvm/ { print $2; exit }')
if [ -z "$version" ] || [ -z "$std" ] || [ -z "$llvm" ]; then
  echo "This system has no rustc-web package; Debian 12 or later is needed to build for Windows." >&2
  exit 1
fi
need_packages "$llvm"

say "Unpacking Rust $version for Windows into $RUST_WIN"
rm -rf "$RUST_WIN"
mkdir -p "$RUST_WIN/debs" "$RUST_WIN/root"
(
  cd "$RUST_WIN/debs"
  apt-get -o APT::Sandbox::User=root download -qq \
    "rustc-web=$version" "libstd-rust-web-dev=$version" "$std=$version" "rust-web-src=$version"
)
for package in rustc-web libstd-rust-web-dev "$std"; do
  dpkg -x "$RUST_WIN/debs/${package}_"*.deb "$RUST_WIN/root"
done
# Of the whole source only the standard library and its lock file are needed.
dpkg-deb --fsys-tarfile "$RUST_WIN"/debs/rust-web-src_*.deb | tar -x -C "$RUST_WIN/root" --wildcards \
  './usr/src/rustc-*/library/*' './usr/src/rustc-*/Cargo.lock' './usr/src/rustc-*/Cargo.toml' './usr/lib/rustlib/src/*'
rm -rf "$RUST_WIN/debs"

say "Building the standard library for $triple"
# Built once from an empty crate and then laid down as an ordinary target, so that the product needs no nightly switch.
work="$RUST_WIN/std"
mkdir -p "$work/src"
: >"$work/src/lib.rs"
cat >"$work/Cargo.toml" <<TOML
[package]
name = "empty"
version = "0.0.0"
edition = "2024"
[workspace]
TOML
(
  windows_env
  cd "$work"
  env -u CARGO_TARGET_DIR RUSTC_BOOTSTRAP=1 RUSTFLAGS="--remap-path-prefix=$RUST_WIN/root/usr/src=/rust" \
    cargo build --quiet --release -Zbuild-std=std,panic_unwind,panic_abort,test --target "$triple"
)
libraries="$RUST_WIN/root/usr/lib/rustlib/$triple/lib"
mkdir -p "$libraries"
cp "$work/target/$triple/release/deps/"*.rlib "$libraries/"
rm -rf "$libraries/libempty"* "$work"
printf '%s\n' "$version" "$llvm" >"$RUST_WIN/.stamp"
