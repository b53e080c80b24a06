#!/usr/bin/env bash
# The packages on machines: those for Windows installed under Wine by each installer, started, used, upgraded and
# removed; those for Linux in a scratch root. Leaves pictures and windows.json in DIR; ends with failure if a step fails.
#   bash installer/windows/prove.sh DIR
set -euo pipefail
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
. installer/prepare.sh
. installer/windows/env.sh
need_packages "${build_packages[@]}" "${package_packages[@]}" "${wine_packages[@]}"

cargo build --locked --workspace --bins
bin="$CARGO_TARGET_DIR/debug"
use_trial_key
build_windows_programs quick
build_newer_counter 0.8.0

work=$(mktemp -d /tmp/mot-cua-windows.XXXXXX)
trap 'rm -rf "$work"' EXIT
say "Packing, and signing with a certificate of our own"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout "$work/key.pem" -out "$work/certificate.pem" \
  -subj "/CN=Một Cửa (thử)" -utf8 -addext extendedKeyUsage=codeSigning -addext keyUsage=digitalSignature 2>/dev/null
export MOTCUA_SIGN_CERT="$work/certificate.pem" MOTCUA_SIGN_KEY="$work/key.pem"
"$bin/installer" pack --windows "$windows_programs" --linux "$bin" --out "$work/now"
"$bin/installer" pack --windows "$windows_programs" --only msi --app counter --version-override 0.9.0 --out "$work/next"

say "On machines"
"$bin/windows" --packages "$work/now" --next "$work/next" --newer "$newer_counter" --key "$trial_key" \
  --certificate "$work/certificate.pem" --bin "$bin" --out "$out"
cp "$work/now/SHA256SUMS" "$out/"
