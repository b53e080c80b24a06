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

# What the programs are made from, as one number.
windows_stamp() {
  {
    find Cargo.toml Cargo.lock assets common counter-app kiosk-app server installer/windows/env.sh -type f -print0 |
      sort -z | xargs -0 sha256sum
    cat "$RUST_WIN/.stamp"
    printf '%s %s\n' "$1" "${MOTCUA_UPDATE_KEYS:-}"
  } | sha256sum | cut -c1-16
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
    if [ "$1" = quick ]; then export CARGO_PROFILE_SHIPPED_OPT_LEVEL=1 CARGO_PROFILE_SHIPPED_LTO=false; fi
    cargo build --locked --profile shipped --target "$windows_triple" -p counter-app -p kiosk-app -p server --bins
  )
  # Only the last few are kept.
  mkdir -p "$windows_programs"
  find "$cache/windows" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +5 | cut -d' ' -f2- | xargs -r rm -rf
  for program in counter-app kiosk-app server; do
    cp "$cache/target-windows/$windows_triple/shipped/$program.exe" "$windows_programs/"
  done
  touch "$windows_programs/.done"
}
