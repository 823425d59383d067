//! The benchmarks of `gantry-bench-peers`, Gantry's backends and other engines, under criterion.
//!
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- 'instantiate|call'

use std::path::Path;

fn main() {
    gantry_bench::criterion::main(&gantry_peers::all(), Path::new(env!("CARGO_BIN_EXE_gantry-bench-peers")));
}
