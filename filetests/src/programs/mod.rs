//! Real programs: what they are, how they are run, and what they must do.
//!
//! The data is in `filetests/programs/` and described there in `README.md`: command-line programs with what they print
//! ([`Manifest`]), modules from elsewhere with recipes of calls on their exports ([`Recipe`]), and the workloads of `benches/`
//! with their checksums ([`Workload`]). Everything here takes the [`Engine`](gantry::Engine), so that one test runs the same
//! programs in each configuration.

mod host;
mod manifest;
mod recipe;
mod replay;
mod run;
mod workload;

pub use manifest::{Exit, Manifest, ModuleEntry, ProgramEntry, RunEntry};
pub use recipe::Recipe;
pub use replay::replay;
pub use run::{Outcome, check, run};
pub use workload::{Workload, check_workload};

use std::path::{Path, PathBuf};

/// The folder of the programs.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("programs")
}

/// Lower-case hexadecimal SHA-256 of `bytes`.
fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
