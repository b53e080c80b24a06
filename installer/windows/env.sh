# Sourced after installer/prepare.sh: where the compiler for Windows is, how cargo is told to use it, and the programs
# that are built with it.

export RUST_WIN="${RUST_WIN:-$cache/rust-win}"
windows_triple=x86_64-pc-windows-gnu

windows_compiler_packages=(gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix binutils-mingw-w64-x86-64)
# What packages are made with.
package_packages=(wixl msitools nsis osslsigncode openssl dpkg-dev binutils-mingw-w64-x86-64)
# What the programs for Windows are tried with.
wine_packages=(wine wine64 xvfb xauth xdotool x11-utils imagemagick poppler-utils libgl1 libgl1-mesa-dri)

# Whether this system has the compiler at all.
can_build_for_windows() { [ -e "$RUST_WIN/.stamp" ] || [ -n "$(apt-cache madison rustc-web 2>/dev/null)" ]; }

# For a subshell: from here on cargo compiles with the private rustc, into a folder of its own.
windows_env() {
  unset RUSTFLAGS RUSTC_BOOTSTRAP RUSTC_WRAPPER CARGO_BUILD_TARGET CC CXX CFLAGS CXXFLAGS
  export LD_LIBRARY_PATH="$RUST_WIN/root/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  export RUSTC="$RUST_WIN/root/usr/bin/rustc"
  export CARGO_TARGET_DIR="$cache/target-windows"
  export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc-posix
  # Where this machine keeps the sources of crates is nobody's business.
  export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates"
  export CC_x86_64_pc_windows_gnu=x86_64-w64-mingw32-gcc-posix
  export CXX_x86_64_pc_windows_gnu=x86_64-w64-mingw32-g++-posix
  export AR_x86_64_pc_windows_gnu=x86_64-w64-mingw32-ar
}

# For a subshell: programs that are only tried are built sooner, and are larger.
quickly() { export CARGO_PROFILE_SHIPPED_OPT_LEVEL=1 CARGO_PROFILE_SHIPPED_LTO=false; }

# Builds programs for Windows. The choice of packages is always the same, so that what they share is built once.
cargo_windows() {
  cargo build --profile shipped --target "$windows_triple" -p counter-app -p kiosk-app -p server "$@"
}

# What the programs are made from, as one number.
windows_stamp() {
  {
    find .cargo Cargo.toml Cargo.lock assets common counter-app kiosk-app server installer/windows/env.sh -type f -print0 |
      sort -z | xargs -0 sha256sum
    cat "$RUST_WIN/.stamp"
    printf '%s %s\n' "$1" "${MOTCUA_UPDATE_KEYS:-}"
  } | sha256sum | cut -c1-16
}

# The keys of releases that are only tried: made once on a machine, so that programs which believe them are built once.
# Leaves the private one's file in $trial_key and the public one in MOTCUA_UPDATE_KEYS.
use_trial_key() {
  trial_key="$cache/windows/trial.key"
  if [ ! -e "$trial_key.public" ]; then
    mkdir -p "$cache/windows"
    rm -f "$trial_key"
    "$CARGO_TARGET_DIR/debug/installer" key --out "$trial_key" >"$trial_key.public.part"
    mv "$trial_key.public.part" "$trial_key.public"
  fi
  MOTCUA_UPDATE_KEYS=$(<"$trial_key.public")
  export MOTCUA_UPDATE_KEYS
}

# Builds the counter as it will be in version $1, from a copy of its sources, for tests; leaves it in $newer_counter.
build_newer_counter() {
  newer_counter="$windows_programs/newer/counter-app.exe"
  if [ -e "$newer_counter" ]; then return; fi
  say "Building version $1 of the counter for Windows"
  local copy="$cache/windows/newer-sources"
  rm -rf "$copy"
  mkdir -p "$copy" "$windows_programs/newer"
  git ls-files -z | xargs -0 cp --parents -t "$copy"
  sed -i "0,/^version = .*/s//version = \"$1\"/" "$copy/Cargo.toml"
  (
    windows_env
    quickly
    cd "$copy"
    # Not locked: the lock file names the version that this build changes.
    cargo_windows --offline --bin counter-app
    cp "$CARGO_TARGET_DIR/$windows_triple/shipped/counter-app.exe" "$newer_counter.part"
  )
  mv "$newer_counter.part" "$newer_counter"
}

# Builds the programs for Windows, once for every state of their sources, and leaves them in $windows_programs: `small`,
# as they are handed out, or `quick`, for tests, which need them sooner.
build_windows_programs() {
  bash installer/windows/toolchain.sh
  local stamp
  stamp=$(windows_stamp "$1")
  windows_programs="$cache/windows/$stamp"
  if [ -e "$windows_programs/.done" ]; then return; fi
  say "Building for Windows"
  (
    windows_env
    if [ "$1" = quick ]; then quickly; fi
    cargo_windows --locked --bins
  )
  # Only the last few are kept.
  mkdir -p "$windows_programs"
  find "$cache/windows" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +5 | cut -d' ' -f2- | xargs -r rm -rf
  for program in counter-app kiosk-app server; do
    cp "$cache/target-windows/$windows_triple/shipped/$program.exe" "$windows_programs/"
  done
  touch "$windows_programs/.done"
}
