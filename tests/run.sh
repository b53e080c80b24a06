#!/usr/bin/env bash
# Everything that must hold before a change lands: formatting, lints, every test on SQLite and on PostgreSQL, doc
# tests, licences, the whole story through the real apps, the packages on machines. Installs what it needs; stops what
# it started.
set -euo pipefail
cd "$(dirname "$0")/.."
. installer/prepare.sh
need_packages "${build_packages[@]}" "${robot_packages[@]}" postgresql

say "Formatting"
cargo fmt --all --check

say "Lints"
cargo clippy --locked --workspace --all-targets -- -D warnings

if ! command -v cargo-nextest >/dev/null; then
  say "Installing cargo-nextest"
  cargo install --locked --root "$cache/tools" --target-dir "$cache/tools/target" cargo-nextest
fi

say "PostgreSQL"
pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
pg_dir=$(mktemp -d /tmp/mot-cua-pg.XXXXXX)
pg_as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$pg_dir"
pg_as "$pg_bin/initdb" -D "$pg_dir/data" -U motcua --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
pg_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
stop() { pg_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$pg_dir"; }
trap stop EXIT
pg_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -l "$pg_dir/log" -w \
  -o "-p $pg_port -k $pg_dir -c listen_addresses=127.0.0.1 -c max_connections=300 -c synchronous_commit=off" start >/dev/null
export MOTCUA_TEST_POSTGRES="postgres://motcua@127.0.0.1:$pg_port/postgres"

say "Tests"
# A virtual display for those that open windows.
cargo build --locked --workspace --bins
xvfb-run -a -s "-screen 0 1440x900x24 +extension GLX" cargo nextest run --locked --workspace

say "Doc tests"
cargo test --locked --workspace --doc --quiet

say "Licences and bans"
if ! command -v cargo-deny >/dev/null; then
  cargo install --locked --root "$cache/tools" --target-dir "$cache/tools/target" --no-default-features cargo-deny
fi
cargo deny --log-level error --config .config/deny.toml check bans licenses sources

say "The whole story, through the real apps"
seen=$(mktemp -d /tmp/mot-cua-walkthrough.XXXXXX)
# A display without a window manager may lose a key on a busy machine: what fails is played once more, from the start.
bash installer/demo.sh --walkthrough "$seen" || bash installer/demo.sh --walkthrough "$seen"
rm -rf "$seen"

. installer/windows/env.sh
if can_build_for_windows; then
  say "The packages, on machines with Windows and Linux"
  seen=$(mktemp -d /tmp/mot-cua-proof.XXXXXX)
  bash installer/windows/prove.sh "$seen"
  rm -rf "$seen"
else
  say "No compiler for Windows here (rustc-web of Debian 12): the packages were not tried"
fi

say "All good"
