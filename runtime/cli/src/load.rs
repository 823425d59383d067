//! Reading a module, in any of its forms, from a file.

use crate::progress;
use anyhow::{Context, Result, bail};
use gantry::{Engine, Module};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// First bytes of an artifact.
const ELF_MAGIC: &[u8] = b"\x7fELF";

/// First bytes of a module in binary.
const WASM_MAGIC: &[u8] = b"\0asm";

/// Whether these are the first bytes of an artifact.
pub(crate) fn is_artifact(bytes: &[u8]) -> bool {
    bytes.starts_with(ELF_MAGIC)
}

/// Reads a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a file of WebAssembly, binary or text, and gives it in binary.
pub(crate) fn wasm_bytes(path: &Path) -> Result<Vec<u8>> {
    let bytes = bytes(path)?;
    if is_artifact(&bytes) {
        bail!("{} is compiled already", path.display());
    }
    to_binary(path, &bytes)
}

/// What the file held, in binary.
pub(crate) fn to_binary(path: &Path, bytes: &[u8]) -> Result<Vec<u8>> {
    if bytes.is_empty() {
        // As text, nothing at all would be a module.
        bail!("{} is empty", path.display());
    }
    // Text has no zeros; an error that shows the line of one shows it whole.
    if !bytes.starts_with(WASM_MAGIC) && bytes.contains(&0) {
        bail!("{} is neither WebAssembly, in binary or text, nor an artifact", path.display());
    }
    match wat::parse_bytes(bytes) {
        Ok(wasm) => Ok(wasm.into_owned()),
        Err(mut error) => {
            error.set_path(path);
            Err(error.into())
        }
    }
}

/// Loads a module: WebAssembly in binary or text, or, only if `allow_precompiled`, an artifact.
pub(crate) fn module(engine: &Engine, path: &Path, allow_precompiled: bool) -> Result<Module> {
    let cannot_read = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(cannot_read)?;
    let mut bytes = Vec::new();
    file.by_ref().take(4).read_to_end(&mut bytes).with_context(cannot_read)?;
    if is_artifact(&bytes) {
        if !allow_precompiled {
            bail!(
                "{} is compiled already; running it means trusting it like a native program: allow that with \
                 --allow-precompiled",
                path.display()
            );
        }
        // SAFETY: the user said by --allow-precompiled that the artifact is one that `gantry compile` made, and nothing
        // else writes to it while it runs.
        return unsafe { Module::deserialize_file(engine, path) }
            .with_context(|| format!("cannot load {}", path.display()));
    }
    file.read_to_end(&mut bytes).with_context(cannot_read)?;
    let wasm = to_binary(path, &bytes)?;
    let artifact = progress::compile(path, engine, &wasm)?;
    // SAFETY: this engine made the artifact just now.
    unsafe { Module::deserialize(engine, artifact) }.with_context(|| format!("cannot load {}", path.display()))
}
