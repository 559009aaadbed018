#!/usr/bin/env bash
# PostgreSQL's archive_command: archive_command = '/path/scripts/pg-archive.sh %p %f /second/place/wal'
# A segment that lies there already with the same content is done; with another content it is an error (PostgreSQL manual 26.3.1).
set -euo pipefail
from=$1 name=$2 to=$3
if [ -e "$to/$name" ]; then
	cmp -s "$from" "$to/$name"
	exit
fi
cp "$from" "$to/.$name.new"
sync "$to/.$name.new"
mv "$to/.$name.new" "$to/$name"
sync "$to"
