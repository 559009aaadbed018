#!/usr/bin/env bash
# Crashes and bad disks at full length (internal/testkit/fault): a thousand kills, ten thousand seeds of a bad disk, a power
# cut at every sync of twelve acts, every bit of everything that is kept. Prints the figures; a seed that fails is named and
# is replayed by MINGJING_CRASH_SEED=N.
set -euo pipefail
cd "$(dirname "$0")/.."
export MINGJING_FULL=1
export MINGJING_CRASH_KILLS=${MINGJING_CRASH_KILLS:-1000} MINGJING_CRASH_SEEDS=${MINGJING_CRASH_SEEDS:-10000}
export MINGJING_CRASH_STRIDE=${MINGJING_CRASH_STRIDE:-1} MINGJING_CRASH_FATES=${MINGJING_CRASH_FATES:-5}
go test -timeout 3h -v -count=1 ./internal/testkit/fault "$@" | grep -v '^=== '
MINGJING_TREES=1000000 go test -timeout 1h -v -count=1 -run RandomTrees ./internal/ledger | grep -v '^=== '
