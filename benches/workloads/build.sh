#!/bin/sh
# Builds every workload of src/ into a module beside this script, and writes SHA256SUMS.
#
# Needs clang and lld with the WebAssembly target (Debian: clang lld). The modules checked in were made by clang 14; another
# version gives other bytes and the same checksums, which `check.mjs` verifies under node.
set -eu
cd "$(dirname "$0")"
: "${CLANG:=clang}"
for source in src/*.c; do
    name=$(basename "$source" .c)
    case $name in
        simd-*) simd=-msimd128 ;;
        *) simd= ;;
    esac
    # shellcheck disable=SC2086  # an empty $simd is no argument
    "$CLANG" --target=wasm32 -std=c11 -O2 -Wall -Wextra -Wno-shift-op-parentheses -Wno-parentheses -ffreestanding -nostdlib \
        -fvisibility=hidden -ffp-contract=off -mbulk-memory -msign-ext -mnontrapping-fptoint $simd \
        -Wl,--no-entry -Wl,--export=run -Wl,-z,stack-size=262144 -Wl,--strip-debug \
        -o "$name.wasm" "$source"
done
sha256sum ./*.wasm | sed 's| \./| |' >SHA256SUMS
wc -c ./*.wasm
