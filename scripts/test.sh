#!/usr/bin/env bash
# Runs the whole suite: formatting, vet, unit tests on SQLite and PostgreSQL, browser scenarios, generated docs.
# What is missing is installed through apt when this runs as root on Debian; otherwise it is named and the run stops.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
need() { # need COMMAND-OR-PATH PACKAGE…
	local probe=$1; shift
	command -v "$probe" >/dev/null 2>&1 || [ -e "$probe" ] || missing+=("$@")
}
need /usr/lib/postgresql/15/bin/postgres postgresql-15
need chromium chromium
need pdftotext poppler-utils
need strace strace
need /usr/share/fonts/truetype/lxgw-wenkai fonts-lxgw-wenkai
need /usr/share/fonts/opentype/noto fonts-noto-cjk
if [ ${#missing[@]} -gt 0 ]; then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "installing: ${missing[*]}"
		export DEBIAN_FRONTEND=noninteractive
		apt-get -o DPkg::Lock::Timeout=300 update -qq
		# PostgreSQL's package would start a cluster of its own; the tests start a private one.
		mkdir -p /etc/postgresql-common
		[ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
		apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
	else
		echo "make test needs these Debian packages and cannot install them here: ${missing[*]}" >&2
		exit 1
	fi
fi

work=$(mktemp -d)
chmod 755 "$work"
pg=/usr/lib/postgresql/15/bin
# PostgreSQL refuses to run as root, so a root run lends the cluster to the postgres user.
as() { if [ "$(id -u)" = 0 ]; then su -s /bin/bash postgres -c "$*"; else bash -c "$*"; fi; }
mkdir "$work/pg"
[ "$(id -u)" = 0 ] && chown postgres "$work/pg"
port=$((20000 + RANDOM % 20000))
stop() {
	as "$pg/pg_ctl -D '$work/pg/data' -m immediate stop" >/dev/null 2>&1 || true
	rm -rf "$work"
}
trap stop EXIT
as "$pg/initdb -D '$work/pg/data' -U postgres -E UTF8 --locale=C.UTF-8 -A trust" >/dev/null
as "$pg/pg_ctl -D '$work/pg/data' -w -l '$work/pg/log' -o '-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$work/pg -c fsync=off -c max_connections=200' start" >/dev/null
export MINGJING_PG="postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"
export MINGJING_BROWSER="$(command -v chromium)"

echo "== format"
unformatted=$(gofmt -l cmd internal packs e2e 2>/dev/null || true)
[ -z "$unformatted" ] || { echo "gofmt would change:"; echo "$unformatted"; exit 1; }
echo "== vet"
go vet ./...
# More kills, seeds and flips than in the inner loop (internal/testkit/fault).
export MINGJING_FULL=1
echo "== test (SQLite, PostgreSQL, browser)"
go test -timeout 20m ./...
