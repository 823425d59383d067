#!/bin/bash -eu
# Builds every fuzz target into $OUT, with seeds, dictionary and options beside it. The same script serves OSS-Fuzz and
# ClusterFuzzLite; both set $SRC and $OUT.
cd "$SRC/gantry"

# Debug assertions are half of the oracle. Guest code is not instrumented, and its faults are the engine's business, so the
# address sanitizer is left to runs that ask for it.
cargo fuzz build -O --debug-assertions --sanitizer "${GANTRY_FUZZ_SANITIZER:-none}" --strip-dead-code

release=$(dirname "$(find fuzz/target -path '*/release/diff' -type f | head -n 1)")
for file in fuzz/fuzz_targets/*.rs; do
    cp "$release/$(basename "$file" .rs)" "$OUT/"
done

beside=$(mktemp -d)
cargo run -q --release -p gantry-oracles --example seeds -- "$beside"
cp "$beside"/*.dict "$beside"/*.options "$OUT/"
for corpus in "$beside"/*_seed_corpus; do
    (cd "$corpus" && zip -q -r "$OUT/$(basename "$corpus").zip" .)
done
