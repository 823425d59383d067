#!/bin/bash -eu
# One script for both services.
exec "$SRC/gantry/fuzz/oss-fuzz/build.sh"
