#!/usr/bin/env bash
# Everything that is handed out, on a fresh Debian 12 or later: programs for Windows and Linux, their packages, bills of
# materials and checksums, all from the version in Cargo.toml. Installs what it needs.
#   bash installer/windows/build.sh [--out DIR] [--version-override 1.2.3]      into dist/, if no DIR is named
# Signs when MOTCUA_SIGN_CERT and MOTCUA_SIGN_KEY name a certificate and its key (PEM); MOTCUA_UPDATE_KEYS is the public
# key of the updater, as `installer key` says it.
set -euo pipefail
cd "$(dirname "$0")/../.."
. installer/prepare.sh
. installer/windows/env.sh
need_packages "${build_packages[@]}" "${package_packages[@]}"

build_windows_programs small

say "Building for Linux"
cargo build --locked --profile shipped -p counter-app -p kiosk-app -p server --bins
cargo build --locked -p installer

say "Packing"
"$CARGO_TARGET_DIR/debug/installer" pack --windows "$windows_programs" --linux "$CARGO_TARGET_DIR/shipped" "$@"
