#!/bin/sh
# Fetches the modules of modules/ again from the npm packages they were taken from, and compares them with SHA256SUMS there.
# They are checked in, so that tests need no network; this shows where they come from. Needs npm.
set -eu
cd "$(dirname "$0")/modules"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch() { # PACKAGE@VERSION PATH-IN-PACKAGE NAME
    archive=$(cd "$work" && npm pack --silent "$1" | tail -n 1)
    tar -xzf "$work/$archive" -C "$work" "package/$2"
    mv "$work/package/$2" "$work/$3"
    chmod 644 "$work/$3"
}
fetch xxhash-wasm@1.1.0 workerd/xxhash.wasm xxhash.wasm
fetch lz4-wasm@0.9.2 lz4_wasm_bg.wasm lz4.wasm
fetch @bokuweb/zstd-wasm@0.0.27 dist/esm/zstd.wasm zstd.wasm
fetch @jsquash/oxipng@2.3.0 codec/pkg/squoosh_oxipng_bg.wasm oxipng.wasm
fetch vscode-oniguruma@2.0.1 release/onig.wasm oniguruma.wasm
fetch @jitl/quickjs-wasmfile-release-sync@0.32.0 dist/emscripten-module.wasm quickjs.wasm
fetch wasmoon@1.16.0 dist/glue.wasm lua.wasm
fetch @sqlite.org/sqlite-wasm@3.41.2 sqlite-wasm/jswasm/sqlite3.wasm sqlite.wasm
(cd "$work" && sha256sum -c -) <SHA256SUMS
mv "$work"/*.wasm .
