#!/usr/bin/env bash
# Runs the benchmarks one package at a time, so that no package competes with another for the disk.
# Compare ratios within one run, never figures from two machines: BenchmarkAppendBy64Writers reports durable
# commands beside the fdatasync rate of the same disk, BenchmarkImport stands beside BenchmarkReferenceImport.
set -euo pipefail
cd "$(dirname "$0")/.."
for package in workday blob redact form exchange ledger; do
  echo "== $package"
  go test -run '^$' -bench . -count "${COUNT:-3}" "./internal/$package"
done
