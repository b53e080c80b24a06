#!/usr/bin/env bash
# Một Cửa on this machine, with the demo data of Sơn La.
#   bash installer/demo.sh                      server, counter and kiosk, until Ctrl+C
#   bash installer/demo.sh --walkthrough DIR    plays the whole story unattended and leaves pictures, receipts
#                                               and walkthrough.json in DIR; exits non-zero if a step fails
# Options: --pack sonla-2014|sonla-2025   --port 8080   --cases 3000   --data DIR
set -euo pipefail
cd "$(dirname "$0")/.."

walkthrough='' pack=sonla-2014 port=8080 cases=3000
data="${XDG_DATA_HOME:-$HOME/.local/share}/mot-cua-demo"
while [ $# -gt 0 ]; do
  case "$1" in
    --walkthrough) mkdir -p "$2"; walkthrough=$(cd "$2" && pwd); shift 2 ;;
    --pack) pack=$2; shift 2 ;;
    --port) port=$2; shift 2 ;;
    --cases) cases=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    *) sed -n '2,6p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2 ;;
  esac
done

. installer/prepare.sh
need_packages "${build_packages[@]}"
[ -n "$walkthrough" ] && need_packages "${robot_packages[@]}"

say "Building"
cargo build --locked --workspace --bins
bin="$CARGO_TARGET_DIR/debug"

if [ -n "$walkthrough" ]; then
  say "Playing the story into $walkthrough"
  exec "$bin/walkthrough" --bin "$bin" --out "$walkthrough"
fi

password='motcua-2026'
database="$data/$pack"
mkdir -p "$database"
if [ ! -e "$database/mot-cua.db" ]; then
  say "Demo data of $pack"
  "$bin/server" --data "$database" load-pack "$pack"
  "$bin/server" --data "$database" demo-staff --password "$password"
  "$bin/server" --data "$database" demo-data --cases "$cases" --years 1 --seed 1
fi

started=()
stop() { for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; }
trap stop EXIT INT TERM

say "Starting"
"$bin/server" --data "$database" serve --listen "127.0.0.1:$port" >"$database/server.log" 2>&1 &
started+=($!)
for _ in $(seq 100); do
  curl -fs "http://127.0.0.1:$port/readyz" >/dev/null 2>&1 && break
  kill -0 "${started[0]}" 2>/dev/null || { tail -n 20 "$database/server.log" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done

site=H52.125 slug=maison
[ "$pack" = sonla-2025 ] && site=H52.04105 slug=xamaison
if [ -n "${DISPLAY:-}" ]; then
  "$bin/counter-app" --server "http://127.0.0.1:$port" --site "$site" --counter 3 --data "$database/counter" &
  started+=($!)
  MOTCUA_HALL_KEY=$("$bin/server" --data "$database" hall-key "$site") \
    "$bin/kiosk-app" --server "http://127.0.0.1:$port" --site "$site" --windowed --data "$database/kiosk" \
    --roll-printer "file:$database/tickets" &
  started+=($!)
fi

cat <<TEXT

  Trang chủ, tra cứu          http://127.0.0.1:$port/
  Lãnh đạo duyệt (tablet)     http://127.0.0.1:$port/lanh-dao
  Giám sát toàn tỉnh          http://127.0.0.1:$port/giam-sat
  Màn hình sảnh, có loa       http://127.0.0.1:$port/sanh/$site?loa=1
  OpenAPI                     http://127.0.0.1:$port/api/openapi.json

  Đăng nhập (mật khẩu chung: $password)
    $slug.quay3      tiếp nhận và trả kết quả      $slug.lanhdao   lãnh đạo
    $slug.tuphap     chuyên viên Phòng Tư pháp     $slug.vanthu    văn thư
    $slug.ktht       chuyên viên Kinh tế, hạ tầng  $slug.tp.ktht   trưởng phòng
    tinh.quantri     quản trị tỉnh

  counter-app --server http://127.0.0.1:$port --site $site --counter 3
  Ctrl+C để dừng / to stop.
TEXT
wait "${started[0]}"
