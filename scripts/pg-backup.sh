#!/usr/bin/env bash
# Takes a base backup of the PostgreSQL cluster that holds a 明镜 store, and verifies it.
# Usage: scripts/pg-backup.sh SECOND-PLACE [pg_basebackup options, such as -h HOST -p PORT -U USER]
#
# The cluster must archive its log to the same place (postgresql.conf, then restart):
#   wal_level = replica
#   archive_mode = on
#   archive_timeout = 60      # a quiet agency still loses at most a minute
#   archive_command = '/path/scripts/pg-archive.sh %p %f SECOND-PLACE/wal'
# and let the user connect for replication (pg_hba.conf). Evidence and keys lie beside the database: mingjing backup takes them.
set -euo pipefail
place=$1; shift
pg=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
export PATH="$pg:$PATH"
mkdir -p "$place/wal" "$place/base"
mode=$(psql "$@" -d postgres -Atc 'SHOW archive_mode')
[ "$mode" = on ] || [ "$mode" = always ] || { echo "pg-backup: archive_mode is $mode: without the archived log only this instant can be restored" >&2; exit 1; }
name=$(date -u +%Y%m%dT%H%M%SZ)
part="$place/base/.$name.part"
trap 'rm -rf "$part"' EXIT
pg_basebackup "$@" -D "$part" -Fp -X stream -c fast --manifest-checksums=SHA256
pg_verifybackup -q "$part"
sync -f "$part"
mv "$part" "$place/base/$name"
echo "$place/base/$name"
