#!/usr/bin/env bash
# Brings the newest base backup and the archived log back into a scratch cluster, has the program judge what came back, records the
# result (ledger, public log, integrity page), and throws the cluster away. Run it once a week (cron, systemd timer) as a user that
# PostgreSQL accepts (not root), on a machine with room for one more copy.
# Usage: scripts/pg-drill.sh SECOND-PLACE SCRATCH-FOLDER DATABASE [options of mingjing backup drill: --db postgres://… --folder …]
#   MINGJING   the program, also with words before it: MINGJING="sudo -n -u mingjing /usr/local/bin/mingjing"; else mingjing
#   DRILL_AS   the system user that MINGJING runs as; else the one that runs this
#   PGUSER     the role that owns the tables; else postgres
set -euo pipefail
place=$1 scratch=$2 database=$3; shift 3
here=$(cd "$(dirname "$0")" && pwd)
pg=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
export PATH="$pg:$PATH"
me=$(id -un) role=${PGUSER:-postgres}
[ "$(id -u)" != 0 ] || { echo "pg-drill: PostgreSQL does not run as root; run this as the user of the cluster" >&2; exit 2; }
name=$(ls "$place/base" 2>/dev/null | sort | tail -1) || true
work=$(mktemp -d "$scratch/drill.XXXXXX")
socket=$(mktemp -d /tmp/mingjing-drill.XXXXXX) # the path of a socket is short
chmod 711 "$socket"
trap 'pg_ctl -D "$work/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$work" "$socket"' EXIT
judge() { ${MINGJING:-mingjing} backup drill "${options[@]}" --base "$name" "$@"; }
options=("$@")
failed() { echo "pg-drill: $1" >&2; judge --failed "$1" || true; exit 1; }
[ -n "$name" ] || failed "没有基础备份（scripts/pg-backup.sh）"
said=$("$here/pg-restore.sh" "$place" "$work/data" "$name" 2>&1) || failed "基础备份 $name 没有通过校验：$(tail -1 <<<"$said" | cut -c1-300)"
# Settings of its own: those of the cluster may lie elsewhere, and nothing of the copy may archive, listen on a network or trust anybody.
cat >"$work/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$socket'
unix_socket_permissions = 0777
port = 5432
CONF
echo "local all all peer map=drill" >"$work/pg_hba.conf"
for who in "$me" "${DRILL_AS:-$me}"; do echo "drill $who $role"; done | sort -u >"$work/pg_ident.conf"
pg_ctl -D "$work/data" -l "$work/log" -w -t 86400 -o "-c config_file=$work/postgresql.conf -c hba_file=$work/pg_hba.conf -c ident_file=$work/pg_ident.conf \
	-c data_directory=$work/data -c listen_addresses='' -c unix_socket_directories=$socket -c port=5432 -c archive_mode=off -c hot_standby=off -c ssl=off -c shared_preload_libraries=''" \
	start >/dev/null || failed "恢复的数据库不能启动：$(grep -E 'FATAL|PANIC' "$work/log" | tail -1 | cut -c1-300)"
until pg_isready -q -h "$socket" -p 5432; do # the archived log is still being replayed
	pg_ctl -D "$work/data" status >/dev/null || failed "恢复的数据库没有重放完归档日志：$(grep -E 'FATAL|PANIC' "$work/log" | tail -1 | cut -c1-300)"
	sleep 0.2
done
judge --restored "postgres://$role@/$database?host=$socket&port=5432&sslmode=disable"
