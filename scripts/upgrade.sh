#!/usr/bin/env bash
# Holds an upgrade to its promise across a real migration. The program before is the one of the commit before the newest file
# came into internal/db/migrations, so that a migration is pending; another may be named.
#   1. It makes a store and lives the demo bureau's year in it; this program copies the file and migrates it. The roots are
#      the same before and after, by both programs and in the copy.
#   2. The one before goes on with the migrated store: it imports decisions and publishes them, and serves them.
#   3. The one before lives a whole year on a store whose schema is the new one from the start: every kind of row.
# At the end both programs verify and re-check both stores. Usage: scripts/upgrade.sh [COMMIT]
set -euo pipefail
cd "$(dirname "$0")/.."
# The store of this proof is SQLite's, so a migration of PostgreSQL alone does not count.
added=$(git log -1 --diff-filter=A --format=%H -- internal/db/migrations ':!internal/db/migrations/*.postgres.sql' 2>/dev/null || true)
before=${1:-$(git rev-parse --verify -q "${added:-none}~1" || true)}
[ -n "$before" ] || { echo "upgrade: no commit before the newest migration here (a shallow clone); nothing to compare with"; exit 0; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; git worktree remove --force "$work/before" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
fail() { echo "upgrade: $*" >&2; [ ! -s "$work/log" ] || tail -20 "$work/log" >&2; exit 1; }
say() { echo "upgrade: $*"; }

say "building $(git rev-parse --short "$before") and $(git rev-parse --short HEAD)"
git worktree add -q --detach "$work/before" "$before"
(cd "$work/before" && go build -trimpath -o "$work/old" ./cmd/mingjing)
go build -trimpath -o "$work/new" ./cmd/mingjing
# What a program says of each log: how many events, how many of them signed, and the root of these.
roots() { "$1" verify --db "$2" 2>/dev/null | sed -n 's/^根：//p; s/^日志 //p' | paste -sd' '; }
sound() { # sound PROGRAM STORE FOLDER WHAT
	"$1" verify --db "$2" >"$work/log" 2>&1 || fail "$4: the record is not sound"
	"$1" recheck --db "$2" --folder "$3" >"$work/log" 2>&1 || fail "$4: the re-check finds something"
	say "$4: verify and recheck are sound"
}

store="sqlite:$work/data/mingjing.db"
"$work/old" demo --only --folder "$work/data" >"$work/log" 2>&1 || fail "the earlier program makes no store"
made=$(roots "$work/old" "$store")
[ -n "$made" ] || fail "the earlier program says no root"
"$work/new" migrate --db "$store" | sed 's/^/upgrade: /'
copy=$(ls "$work"/data/mingjing.db.v* 2>/dev/null | head -1)
[ -n "$copy" ] || fail "no migration was pending between these two, so nothing was copied and nothing is proved"
mkdir "$work/copy"
cp "$copy" "$work/copy/mingjing.db" && cp -r "$work/data/keys" "$work/copy/"
for by in "new $store" "old $store" "old sqlite:$work/copy/mingjing.db"; do
	now=$(roots "$work/${by%% *}" "${by#* }")
	[ "$now" = "$made" ] || fail "the roots differ: before $made, by $by $now"
done
say "from $(basename "$copy" | sed 's/.*\.v0*//'), copied before; the roots are the same by both programs and in the copy"

"$work/old" recheck --db "$store" --folder "$work/data" >"$work/log" 2>&1 || fail "the earlier program re-checks the migrated store"
{
	echo "题名,文号,正文,决定日期,当事人,结果"
	for n in 1 2 3; do echo "对云杉养老服务中心$n的行政处罚决定,示民罚决字〔2025〕8$n号,经查当事人虚报床位骗取运营补助。决定罚款30000元。,2025-03-0$n,云杉养老服务中心$n,罚款30000元"; done
} >"$work/table.csv"
columns="title=题名,number=文号,body=正文,decided=决定日期,party=当事人,result=结果"
"$work/old" import decisions --db "$store" --map "$columns" --class 处罚 --as su --publish --checked-by tang "$work/table.csv" \
	>"$work/log" 2>&1 || fail "the earlier program does not import into the migrated store"
grown=$(roots "$work/old" "$store")
[ "$grown" != "$made" ] || fail "the earlier program wrote nothing"
say "the earlier program imported and published on the migrated store"
port=$((20000 + RANDOM % 20000))
"$work/old" serve --db "$store" --listen "127.0.0.1:$port" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 300); do
	curl -fs -o "$work/page" "http://127.0.0.1:$port/" && break
	sleep 0.1
done
grep -q '</html>' "$work/page" || fail "the earlier program does not serve the migrated store"
curl -fs -o "$work/page" -G --data-urlencode "q=云杉养老服务中心2" "http://127.0.0.1:$port/publications" || fail "the earlier program does not search the migrated store"
grep -q '云杉养老服务中心2' "$work/page" || fail "what was written after the migration is not found"
kill "$server" && wait "$server" 2>/dev/null || true
server=
say "the earlier program serves it and finds what it wrote"
sound "$work/old" "$store" "$work/data" "the earlier program on the migrated store"
sound "$work/new" "$store" "$work/data" "this program on the same"

year="sqlite:$work/year/mingjing.db"
mkdir "$work/year"
"$work/new" migrate --db "$year" >"$work/log"
"$work/old" demo --only --folder "$work/year" >"$work/log" 2>&1 || fail "the earlier program does not live a year on the new schema"
say "the earlier program lived a year on the new schema"
sound "$work/old" "$year" "$work/year" "the earlier program on that year"
sound "$work/new" "$year" "$work/year" "this program on that year"
say "passed: $(git rev-parse --short "$before") reads, writes and serves what $(git rev-parse --short HEAD) migrated; before and after: $made"
