#!/usr/bin/env bash
# Installs what a bare Debian machine lacks for building and testing Gantry: a C compiler (capstone is a C library), and
# the user-mode emulators that run trampolines of foreign instruction sets.
# Does nothing where it is there already. Needs root or sudo only if something has to be installed.
set -euo pipefail

missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
command -v qemu-aarch64-static >/dev/null || missing+=(qemu-user-static)
if [ ${#missing[@]} -eq 0 ]; then
    echo "setup: everything is here"
    exit 0
fi
command -v apt-get >/dev/null || { echo "setup: install these by hand: ${missing[*]}" >&2; exit 1; }
run() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
run apt-get -o DPkg::Lock::Timeout=600 update -qq
run apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}"
