#!/usr/bin/env bash
# Crashes and bad disks at full length, part after part: a thousand kills, ten thousand seeds of a bad disk, a power cut at every
# sync of twelve acts, every bit of everything that is kept, a kill before every statement of an upgrade, every state that four
# people reach, a million trees. Each part prints how far it is, its figures and its time; one that fails does not keep the others from
# running, and the end says which did. A seed that fails is named and is replayed by MINGJING_CRASH_SEED=N.
# Usage: scripts/crash.sh [PART…], the parts by the names below; all of them when none is named. On two idle cores some hours.
set -uo pipefail
cd "$(dirname "$0")/.."
export MINGJING_FULL=1
export MINGJING_CRASH_KILLS=${MINGJING_CRASH_KILLS:-1000} MINGJING_CRASH_SEEDS=${MINGJING_CRASH_SEEDS:-10000}
export MINGJING_CRASH_STRIDE=${MINGJING_CRASH_STRIDE:-1} MINGJING_CRASH_FATES=${MINGJING_CRASH_FATES:-50}
export MINGJING_KILL_STEP=${MINGJING_KILL_STEP:-1} MINGJING_TREES=${MINGJING_TREES:-1000000}

parts=(
	"kills     ./internal/testkit/fault NoAcknowledgedActIsLost"
	"seeds     ./internal/testkit/fault NoSeedOfABadDisk"
	"twelve    ./internal/testkit/fault NoPowerCutAtAnySync"
	"flips     ./internal/testkit/fault NoFlippedBitOfADatabase"
	"logflips  ./internal/testkit/fault NoFlippedBitOfALog"
	"apart     ./internal/testkit/fault NoFlippedBitOfWhat|NoFlippedBitOfEvidence|ADiskThatReadsTooLittle"
	"upgrade   ./internal/db            AMigrationKilled"
	"walk      ./internal/testkit/gate  NoForbiddenStateIsReached|TheSevenVerbs"
	"trees     ./internal/ledger        RandomTrees"
)
passed=() failed=()
for part in "${parts[@]}"; do
	read -r name package tests <<<"$part"
	[ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
	echo "== $name: $package $tests, from $(date +%H:%M:%S)"
	begun=$SECONDS
	if go test -timeout 4h -v -count=1 -run "$tests" "$package" 2>&1 | grep -v --line-buffered -e '^=== ' -e '^PASS$'; then
		passed+=("$name ($((SECONDS - begun)) s)")
	else
		failed+=("$name ($((SECONDS - begun)) s)")
		echo "== $name FAILED; going on with the rest"
	fi
done
echo "== passed: ${passed[*]:-none}"
if [ ${#failed[@]} -gt 0 ]; then
	echo "== FAILED: ${failed[*]}"
	exit 1
fi
[ ${#passed[@]} -gt 0 ] || { echo "== there is no such part: $*"; exit 2; }
