#!/usr/bin/env bash
# Measures Gantry beside the other engines in one run, and writes the tables of docs/performance.md from the results, which are
# appended to the file of the first argument (target/perf/tables.jsonl by default). About eight minutes on an idle machine, once
# benches/peers is built. Large modules are measured if benches/modules/fetch.sh fetched them.
set -euo pipefail
cd "$(dirname "$0")/.."
# With it, every error of an engine records the stack of the host: traps would cost what that costs.
unset RUST_BACKTRACE RUST_LIB_BACKTRACE
results=${1:-target/perf/tables.jsonl}
mkdir -p "$(dirname "$results")"
cargo build --release --quiet --manifest-path benches/peers/Cargo.toml --bin gantry-bench-peers
bench=${CARGO_TARGET_DIR:-benches/peers/target}/release/gantry-bench-peers
large=esbuild,ruby,typst
"$bench" run --results "$results" --meter time --suite call,trap,instantiate,artifact --rounds 15
"$bench" run --results "$results" --meter time --suite execute --rounds 3
"$bench" run --results "$results" --meter time --suite execute-explicit --backend cranelift,winch,wasmtime-cranelift --rounds 5
"$bench" run --results "$results" --meter time --suite compile,compile-parallel --except "$large" --rounds 5
"$bench" run --results "$results" --meter code-bytes,peak-bytes --suite size,memory --except "$large"
if "$bench" list --suite compile --backend winch --only "$large" >/dev/null 2>&1; then
    "$bench" run --results "$results" --meter time --suite compile --only "$large" --backend winch,wasmtime-winch --rounds 5
fi
"$bench" tables "$results" --into docs/performance.md
