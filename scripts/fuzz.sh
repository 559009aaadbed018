#!/usr/bin/env bash
# Runs every fuzz target of the house for a while (FUZZ, 20s when not said): whatever comes from outside and is parsed has one.
# What breaks a target is printed, kept under its testdata/fuzz and is a test from then on; what it learnt stays in Go's cache.
set -euo pipefail
cd "$(dirname "$0")/.."
said=$(mktemp)
trap 'rm -f "$said"' EXIT
count=0
while IFS=: read -r file name; do
	count=$((count + 1))
	echo "-- $name ($(dirname "$file"))"
	if ! go test -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZ:-20s}" -fuzzminimizetime 5s -parallel 2 "./$(dirname "$file")" >"$said" 2>&1; then
		cat "$said"
		exit 1
	fi
	tail -n 3 "$said"
done < <(grep -rn --include='*_test.go' '^func Fuzz' internal cmd | sed -E 's/^([^:]+):[0-9]+:func (Fuzz[A-Za-z0-9]+)\(.*/\1:\2/')
echo "$count targets"
[ "$count" -ge 14 ] || { echo "fewer than 14 targets: something was lost" >&2; exit 1; }
