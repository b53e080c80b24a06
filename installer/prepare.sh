# Sourced by installer/demo.sh and tests/run.sh: where things are built, and the system packages they need.
# Works as root or through sudo, on Debian and Ubuntu.

cache="${MOTCUA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mot-cua}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export PATH="$cache/tools/bin:$PATH"
mkdir -p "$CARGO_TARGET_DIR" "$cache/tools"

say() { printf '\n== %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Installs those of the named packages that are missing.
need_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "Installing ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# What the apps are built with and need to show a window.
build_packages=(build-essential pkg-config libudev-dev libasound2-dev libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2
  libgl1 libegl1 libgl1-mesa-dri mesa-vulkan-drivers cups-client)
# What drives and reads them from outside: a virtual display, a keyboard, a browser, barcode and PDF readers.
robot_packages=(xvfb xauth xdotool xclip x11-utils imagemagick zenity chromium chromium-driver zbar-tools poppler-utils
  cups printer-driver-cups-pdf curl ca-certificates)
# Ubuntu has its browser as a snap; there the first Chromium with a driver that is installed is used.
