#!/bin/sh
# Fetches large modules of real programs from npm packages into this folder, for compile throughput, and compares them with
# SHA256SUMS. Needs npm and a registry of packages.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch() { # PACKAGE@VERSION PATH-IN-PACKAGE NAME
    echo "fetching $3 from $1"
    archive=$(cd "$work" && npm pack --silent "$1" | tail -n 1)
    tar -xzf "$work/$archive" -C "$work" "package/$2"
    mv "$work/package/$2" "$work/$3"
    chmod 644 "$work/$3"
    rm "$work/$archive"
}
# A bundler, compiled by Go; an interpreter, compiled from C; a typesetter, compiled by Rust.
fetch esbuild-wasm@0.28.2 esbuild.wasm esbuild.wasm
fetch @ruby/3.4-wasm-wasi@2.10.1 dist/ruby.wasm ruby.wasm
fetch @myriaddreamin/typst-ts-web-compiler@0.7.0 pkg/typst_ts_web_compiler_bg.wasm typst.wasm
if [ "${1:-}" = --bless ]; then
    (cd "$work" && sha256sum ./*.wasm | sed 's| \./| |') >SHA256SUMS
fi
(cd "$work" && sha256sum -c -) <SHA256SUMS
mv "$work"/*.wasm .
