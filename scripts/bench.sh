#!/usr/bin/env bash
# Runs the benchmarks one package at a time, so that no package competes with another for the disk.
# Compare ratios within one run, never figures from two machines: each figure stands beside its reference in the same run,
# taken in turn and as the median of five pairs or more (import, kept page, search page, start, verification and the bare
# hashing of the same bytes, commands with the ledger's events and with each of them twice), or as the quotient of one run
# (durable commands and the fdatasync rate of the same disk). MINGJING_VERIFY=1000000 verifies a million events.
# The last package runs the built program on a store of 100,000 publications, which its first run makes in some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
for package in workday blob redact form casefile exchange ledger testkit/world; do
  echo "== $package"
  go test -run '^$' -bench . -count "${COUNT:-3}" "./internal/$package"
done
for package in internal/web/portal cmd/mingjing; do
  echo "== $package"
  go test -run '^$' -bench . -benchtime 1x -timeout 60m "./$package"
done
