#!/usr/bin/env bash
# Measures a release build and prints one table: each figure against a baseline of the same run. `--quick` takes a few
# minutes with small archives and short rounds; without it, archives of up to a million cases are made once and kept.
# Other arguments go to the program: `--only intake,hall,lookup,window,frames,paper`. Installs what it needs, stops what it
# started, listens on this machine only.
set -euo pipefail
cd "$(dirname "$0")/.."
. installer/prepare.sh
need_packages "${build_packages[@]}" xvfb postgresql

say "Building"
cargo build --locked --release -p server -p counter-app -p tests --bin server --bin counter-app --bin bench

# Archives belong to the program that made them: another schema, pack or inventor makes others.
makers=(server/migrations server/src/store/archive* server/src/store/lookup* server/src/upkeep/demo_data* assets/packs)
stamp=$(find "${makers[@]}" -type f 2>/dev/null | LC_ALL=C sort | xargs cat | sha256sum | cut -c 1-12)
export MOTCUA_BENCH_ARCHIVES="$cache/bench/$stamp"
mkdir -p "$MOTCUA_BENCH_ARCHIVES"
find "$cache/bench" -mindepth 1 -maxdepth 1 ! -name "$stamp" -exec rm -rf {} +

say "PostgreSQL, with every commit flushed"
# A folder that survives a restart, so that it lies on a disk: what is measured is its flushes.
work=$(mktemp -d /var/tmp/mot-cua-bench.XXXXXX)
export TMPDIR="$work"
pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
pg_as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
mkdir "$work/pg"
chmod 711 "$work"
if [ "$(id -u)" = 0 ]; then chown postgres "$work/pg"; fi
pg_as "$pg_bin/initdb" -D "$work/pg/data" -U motcua --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
pg_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
bench=""
stop() {
  if [ -n "$bench" ]; then kill "$bench" 2>/dev/null || true; fi
  pg_as "$pg_bin/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM
pg_as "$pg_bin/pg_ctl" -D "$work/pg/data" -l "$work/pg/log" -w -o "-p $pg_port -k $work/pg \
  -c listen_addresses=127.0.0.1 -c max_connections=300 -c fsync=on -c synchronous_commit=on" start >/dev/null
export MOTCUA_TEST_POSTGRES="postgres://motcua@127.0.0.1:$pg_port/postgres"

say "Measuring on $(nproc) cores; load $(cut -d ' ' -f 1-3 /proc/loadavg)"
timeout 5400 "$CARGO_TARGET_DIR/release/bench" "$@" &
bench=$!
wait "$bench"
bench=""
