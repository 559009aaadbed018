#!/usr/bin/env bash
# Brings the newest base backup back into a new data directory and lets PostgreSQL replay the archived log to its end.
# Usage: scripts/pg-restore.sh SECOND-PLACE NEW-DATA-DIRECTORY [BASE-BACKUP-NAME]
# Then start PostgreSQL on it, wait until it accepts writes, and run: mingjing verify --db postgres://… --known CHECKPOINT
# To stop at an instant, set recovery_target_time in NEW-DATA-DIRECTORY/postgresql.auto.conf before the start.
set -euo pipefail
place=$(cd "$1" && pwd) data=$2
pg=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
export PATH="$pg:$PATH"
name=${3:-$(ls "$place/base" | sort | tail -1)}
[ -n "$name" ] || { echo "pg-restore: there is no base backup under $place/base" >&2; exit 1; }
[ ! -e "$data" ] || [ -z "$(ls -A "$data")" ] || { echo "pg-restore: $data is not empty; a restore never goes over a store" >&2; exit 1; }
pg_verifybackup -q "$place/base/$name"
mkdir -p -m 700 "$data"
cp -a "$place/base/$name/." "$data/"
cat >>"$data/postgresql.auto.conf" <<CONF
restore_command = 'cp "$place/wal/%f" "%p"'
recovery_target_timeline = 'latest'
archive_command = ''
CONF
touch "$data/recovery.signal"
echo "pg-restore: $name lies in $data, the archived log follows at the start; set archive_command to a new place afterwards"
