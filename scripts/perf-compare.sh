#!/usr/bin/env bash
# Compares this revision with the one that it is based on (first argument, the merge base with main by default) by instruction
# counts and sizes. Exit code 3: slower beyond the gate. More arguments go to `gantry-bench compare`.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "perf-compare: valgrind is not installed (Debian: apt-get install valgrind)" >&2; exit 1; }
base=${1:-$(git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main)}
[ $# -eq 0 ] || shift
# What measures is built here, what is measured in target/perf: two source trees must not share a folder of build products, in
# which cargo tells packages apart by their paths within the tree.
# The command as the tests build it: another choice of packages has other features, and compiles most of the rest once more.
cargo build --quiet --workspace --bin gantry-bench
exec "${CARGO_TARGET_DIR:-target}/debug/gantry-bench" compare "$base" HEAD "$@"
