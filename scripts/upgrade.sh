#!/usr/bin/env bash
# Holds an upgrade to its promise: the program before this one makes a store, this one migrates it, and the one before still
# verifies and serves it, with the same root. Before is the last tag, or the commit before HEAD where there is none.
# Usage: scripts/upgrade.sh [COMMIT]
set -euo pipefail
cd "$(dirname "$0")/.."
before=${1:-$(git describe --tags --abbrev=0 2>/dev/null || git rev-parse --verify -q HEAD~1 || true)}
[ -n "$before" ] || { echo "upgrade: no earlier commit here (a shallow clone); nothing to compare with"; exit 0; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; git worktree remove --force "$work/before" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
git worktree add -q --detach "$work/before" "$before"
(cd "$work/before" && go build -trimpath -o "$work/old" ./cmd/mingjing)
go build -trimpath -o "$work/new" ./cmd/mingjing
store="sqlite:$work/data/mingjing.db"
root() { "$1" verify --db "$store" 2>/dev/null | sed -n 's/^根：//p'; }
"$work/old" demo --only --folder "$work/data" >/dev/null 2>&1
made=$(root "$work/old")
"$work/new" migrate --db "$store"
now=$(root "$work/new")
still=$(root "$work/old")
[ -n "$made" ] && [ "$made" = "$now" ] && [ "$made" = "$still" ] || { echo "upgrade: the roots differ: before $made, after $now, by the earlier program $still"; exit 1; }
port=$((20000 + RANDOM % 20000))
"$work/old" serve --db "$store" --listen "127.0.0.1:$port" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 100); do
	curl -fs -o "$work/page" "http://127.0.0.1:$port/" && break
	sleep 0.1
done
grep -q '</html>' "$work/page" || { echo "upgrade: the earlier program does not serve the migrated store"; cat "$work/log"; exit 1; }
echo "upgrade: $(git rev-parse --short "$before") verifies and serves what $(git rev-parse --short HEAD) migrated, root $now"
