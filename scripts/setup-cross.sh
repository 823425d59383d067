#!/usr/bin/env bash
# Makes this machine able to build Rust programs for other targets, with std (bare targets: with core and alloc), and to run them
# under emulation.
#
# Where rustup can be reached it adds the target. Elsewhere (Debian on x86-64, stable Rust) std is built once from its source,
# which comes from Debian's rust-src package of exactly rustc's version, and put where rustup would have put it. Either way
# `cargo build --target T` then works as usual. Emulators are single static binaries, unpacked and not installed.
set -euo pipefail

usage() {
    cat <<'EOF'
usage: setup-cross.sh [options] TARGET...
       setup-cross.sh --list

options:
  -j N             compile jobs (default: number of cores)
  --force          build the standard library again
  --rust-src PATH  use this `library` folder of rust-src, or a tar of it, instead of Debian's archive
environment:
  CROSS_HOME       where things are kept (default: ~/.cache/rust-cross)
EOF
}

say() { printf 'setup-cross: %s\n' "$*"; }
die() { printf 'setup-cross: error: %s\n' "$*" >&2; exit 1; }

# Target, Debian packages, linker (-: the toolchain's own), emulator (-: the machine runs it itself), folder of the target's C library.
TABLE='
aarch64-unknown-linux-gnu     gcc-aarch64-linux-gnu,libc6-dev-arm64-cross    aarch64-linux-gnu-gcc   aarch64 /usr/aarch64-linux-gnu
riscv64gc-unknown-linux-gnu   gcc-riscv64-linux-gnu,libc6-dev-riscv64-cross  riscv64-linux-gnu-gcc   riscv64 /usr/riscv64-linux-gnu
s390x-unknown-linux-gnu       gcc-s390x-linux-gnu,libc6-dev-s390x-cross      s390x-linux-gnu-gcc     s390x   /usr/s390x-linux-gnu
armv7-unknown-linux-gnueabihf gcc-arm-linux-gnueabihf,libc6-dev-armhf-cross  arm-linux-gnueabihf-gcc arm     /usr/arm-linux-gnueabihf
i686-unknown-linux-gnu        gcc-i686-linux-gnu,libc6-dev-i386-cross,libc6-i386,lib32gcc-s1 i686-linux-gnu-gcc - -
x86_64-unknown-none           - - -   -
thumbv7em-none-eabihf         - - arm -
'
field() { awk -v t="$1" -v n="$2" '$1 == t { print $n }' <<<"$TABLE"; }

JOBS=$(nproc) FORCE=0 RUST_SRC='' TARGETS=()
while [ $# -gt 0 ]; do
    case $1 in
        -h|--help) usage; exit 0 ;;
        --list) awk 'NF { print $1 }' <<<"$TABLE"; exit 0 ;;
        -j) [ $# -gt 1 ] || die "-j needs a number"; JOBS=$2; shift ;;
        --force) FORCE=1 ;;
        --rust-src) [ $# -gt 1 ] || die "--rust-src needs a path"; RUST_SRC=$2; shift ;;
        -*) usage >&2; die "unknown option $1" ;;
        *) [ -n "$(field "$1" 1)" ] || die "unknown target $1 (see --list)"; TARGETS+=("$1") ;;
    esac
    shift
done
[ ${#TARGETS[@]} -gt 0 ] || { usage >&2; exit 2; }

CROSS_HOME=${CROSS_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/rust-cross}
# The settings of the caller's project must not leak into the build of std.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET CARGO_TARGET_DIR RUSTC_WRAPPER RUSTC_BOOTSTRAP
SYSROOT=$(rustc --print sysroot)
VERSION=$(rustc -vV | sed -n 's/^release: //p')
COMMIT=$(rustc -vV | sed -n 's/^commit-hash: //p')
MARK=.made-by-setup-cross
BIN=$CROSS_HOME/bin
LIBRARY=$CROSS_HOME/src/$VERSION/library
mkdir -p "$BIN" "$CROSS_HOME/log"
exec 9>"$CROSS_HOME/lock"; flock 9
TMP=$(mktemp -d "$CROSS_HOME/tmp.XXXXXX"); trap 'rm -rf "$TMP"' EXIT
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

install_packages() {
    local missing=() p
    for p in "$@"; do
        [ "$p" != - ] || continue
        dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || die "install these by hand: ${missing[*]}"
    say "installing ${missing[*]}"
    as_root apt-get -o DPkg::Lock::Timeout=600 update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}" >"$TMP/apt.log" 2>&1 \
        </dev/null || { tail -20 "$TMP/apt.log" >&2; die "apt-get install ${missing[*]} failed"; }
}

# Packages of newer Debian suites, from the machine's own mirror, through a configuration of apt that nobody else sees.
APT=()
private_apt() {
    [ ${#APT[@]} -eq 0 ] || return 0
    local uri key=/usr/share/keyrings/debian-archive-keyring.gpg suite codename d=$CROSS_HOME/apt
    uri=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null | awk '/^URIs:/ { for (i = 2; i <= NF; i++) print $i }' | grep -E '/debian/?$' | head -1) || true
    [ -n "$uri" ] || uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null \
        | awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /:\/\/.*\/debian\/?$/) { print $i; exit } }') || true
    [ -n "$uri" ] || die "no Debian mirror found in apt's sources"
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    mkdir -p "$d/lists/partial" "$d/cache/archives/partial" "$d/parts"
    for suite in ${codename:+$codename-backports} trixie trixie-backports forky sid; do
        echo "deb [signed-by=$key] $uri $suite main" > "$TMP/list"
        if apt-get -qq -o Dir::Etc::sourcelist="$TMP/list" -o Dir::Etc::sourceparts="$d/parts" -o Dir::State::lists="$d/lists" \
            -o Dir::Cache="$d/cache" -o APT::Get::List-Cleanup=0 -o Acquire::Languages=none update >"$TMP/apt.log" 2>&1
        then cat "$TMP/list" >> "$TMP/sources"; else say "suite $suite: not available"; fi
    done
    [ -s "$TMP/sources" ] || { cat "$TMP/apt.log" >&2; die "no Debian suite could be read from $uri"; }
    sort -u "$TMP/sources" > "$d/sources.list"
    APT=(-o Dir::Etc::sourcelist="$d/sources.list" -o Dir::Etc::sourceparts="$d/parts" -o Dir::State::lists="$d/lists"
         -o Dir::Cache="$d/cache" -o Acquire::Languages=none)
}
versions_of() { private_apt; apt-cache "${APT[@]}" madison "$1" 2>/dev/null | awk -F'|' '{ gsub(/ /, "", $2); print $2 }' | uniq; }
unpack() { # package, version, folder
    private_apt
    (cd "$TMP" && apt-get -qq "${APT[@]}" download "$1=$2" >apt.log 2>&1) || { cat "$TMP/apt.log" >&2; die "cannot download $1 $2"; }
    mkdir -p "$3"; dpkg -x "$TMP/$1"_*.deb "$3"; rm -f "$TMP"/*.deb
}

get_source() {
    [ ! -f "$LIBRARY/$MARK" ] || return 0
    local from=$TMP/src/library v
    if [ -d "$RUST_SRC" ]; then from=$RUST_SRC
    elif [ -n "$RUST_SRC" ]; then mkdir -p "$TMP/src"; tar -C "$TMP/src" -xf "$RUST_SRC"
    else
        v=$(versions_of rust-src | grep -E "^${VERSION//./\\.}[+~-]" | head -1) || true
        [ -n "$v" ] || die "Debian has no rust-src $VERSION (it has: $(versions_of rust-src | tr '\n' ' ')): use --rust-src"
        say "rust-src $v"
        unpack rust-src "$v" "$TMP/src"
        from=$TMP/src/usr/src/rustc-$VERSION/library
    fi
    [ -f "$from/std/Cargo.toml" ] || die "$from is not the source of the standard library"
    rm -rf "$LIBRARY"; mkdir -p "$(dirname "$LIBRARY")"; cp -a "$from" "$LIBRARY"
    rm -rf "$LIBRARY/vendor"    # cargo fetches these; Debian's copies are cut down
    touch "$LIBRARY/$MARK"
}

envname() { tr 'a-z-' 'A-Z_' <<<"$1"; }

build_std() {
    local t=$1 dest=$SYSROOT/lib/rustlib/$1 log=$CROSS_HOME/log/$1.txt start package features
    if [ "$(cat "$dest/$MARK" 2>/dev/null)" = "$COMMIT" ] && [ $FORCE = 0 ]; then return 0; fi
    if [ -d "$dest/lib" ] && [ ! -e "$dest/$MARK" ]; then return 0; fi
    if command -v rustup >/dev/null && rustup target add "$t" >"$log" 2>&1 && [ -d "$dest/lib" ]; then say "$t: added by rustup"; return 0; fi
    [ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || die "rustup target add $t failed, and this is not Debian on amd64 (log: $log)"
    case $VERSION in *-nightly|*-beta*) die "rustup cannot add $t, and only stable releases have their source in Debian" ;; esac
    [ -w "$SYSROOT/lib/rustlib" ] || die "$SYSROOT/lib/rustlib is not writable"
    get_source
    start=$SECONDS
    case $t in
        *-none|*-none-*) package=alloc features=compiler-builtins-mem ;;
        *) package=sysroot features="panic-unwind backtrace" ;;
    esac
    say "$t: building $package of Rust $VERSION"
    ( cd "$LIBRARY"
      export CARGO_TARGET_DIR="$TMP/build"
      if [ "$(field "$t" 3)" != - ]; then export "CARGO_TARGET_$(envname "$t")_LINKER=$(field "$t" 3)"; fi
      # For this one build only; what is built with the result is an ordinary build of a stable compiler.
      export RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=setupcross CARGO_PROFILE_RELEASE_DEBUG=0
      export RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes --remap-path-prefix=$LIBRARY=/rustc/$COMMIT/library"
      cargo build --locked -j "$JOBS" --release --target "$t" --manifest-path "$LIBRARY/$package/Cargo.toml" \
          --no-default-features --features "$features" ) >"$log" 2>&1 \
        || { tail -20 "$log" >&2; die "$t: the standard library did not build (log: $log)"; }
    # An unfinished copy is never taken for a finished one: the mark is written last.
    rm -rf "$dest"; mkdir -p "$dest/lib"
    cp "$TMP/build/$t/release/deps/"*.rlib "$dest/lib/"
    rm -f "$dest/lib/"libsysroot-*.rlib
    echo "$COMMIT" > "$dest/$MARK"
    rm -rf "$TMP/build"
    say "$t: done in $((SECONDS - start)) s"
}

# Whether a program serves as this emulator. Before 8.2, QEMU does not tell what extensions a RISC-V processor has.
serves() {
    local version
    [ "$1" = riscv64 ] || return 0
    version=$("$2" --version 2>/dev/null | sed -n '1s/.* version \([0-9]*\.[0-9]*\).*/\1/p')
    [ "$(printf '%s\n' 8.2 "$version" | sort -V | head -n 1)" = 8.2 ]
}

get_emulator() {
    local name=$1 v codename q
    if [ -x "$BIN/qemu-$name" ] && serves "$name" "$BIN/qemu-$name"; then return 0; fi
    if command -v "qemu-$name-static" >/dev/null && serves "$name" "qemu-$name-static"; then
        ln -sf "$(command -v "qemu-$name-static")" "$BIN/qemu-$name"
        return 0
    fi
    private_apt
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    v=$(apt-cache "${APT[@]}" madison qemu-user | awk -F'|' -v s="$codename-backports/" 'index($3, s) { gsub(/ /, "", $2); print $2; exit }') || true
    [ -n "$v" ] || v=$(versions_of qemu-user | tail -1)
    [ -n "$v" ] || die "no package qemu-user found"
    say "qemu-user $v"
    unpack qemu-user "$v" "$TMP/qemu"
    for q in $(awk 'NF && $4 != "-" { print $4 }' <<<"$TABLE"); do
        # Not through a link that is there already.
        rm -f "$BIN/qemu-$q"
        install -m 755 "$TMP/qemu/usr/bin/qemu-$q" "$BIN/qemu-$q"
    done
    rm -rf "$TMP/qemu"
}

make_runner() {
    local t=$1 emulator root
    emulator=$(field "$t" 4) root=$(field "$t" 5)
    if [ "$emulator" = - ]; then return 0; fi
    get_emulator "$emulator"
    # -L and not the environment: a program under test may start one of another target.
    [ "$root" != - ] || root=/
    printf '#!/bin/sh\nexec "%s/qemu-%s" -L "${QEMU_LD_PREFIX:-%s}" "$@"\n' "$BIN" "$emulator" "$root" > "$TMP/run"
    install -m 755 "$TMP/run" "$BIN/run-$t"
}

env_lines() {
    local t=$1 e linker
    e=$(envname "$t") linker=$(field "$t" 3)
    if [ -x "$BIN/run-$t" ]; then echo "export CARGO_TARGET_${e}_RUNNER=$BIN/run-$t"; fi
    [ "$linker" != - ] || return 0
    echo "export CARGO_TARGET_${e}_LINKER=$linker"
    echo "export CC_${t//-/_}=$linker AR_${t//-/_}=${linker%gcc}ar"
}

for t in "${TARGETS[@]}"; do
    IFS=, read -ra packages <<<"$(field "$t" 2)"
    install_packages "${packages[@]}"
    build_std "$t"
    make_runner "$t"
done
for t in $(awk 'NF { print $1 }' <<<"$TABLE"); do
    if [ -d "$SYSROOT/lib/rustlib/$t/lib" ]; then env_lines "$t"; fi
done > "$CROSS_HOME/env.sh"
say "ready; before building:  . $CROSS_HOME/env.sh"
