//! Modules and artifacts in files.

use crate::api::engine::{Engine, Precompiled};
use crate::api::module::Module;
use crate::cpu;
use crate::vm::code::CodeMemory;
use crate::vm::image;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::Read;
use std::path::Path;

impl Engine {
    /// The instruction set that an artifact is for: `x86_64`, or `pulley64`, bytecode that runs on any host of its pointer width
    /// and byte order. `None` if the file is no artifact.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is an artifact that is damaged.
    pub fn precompiled_isa_file(path: impl AsRef<Path>) -> Result<Option<String>> {
        let path = path.as_ref();
        if Self::detect_precompiled_file(path)?.is_none() {
            return Ok(None);
        }
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let header = image::Sections::parse(&bytes).and_then(|sections| sections.read_header(&bytes));
        Ok(Some(header.with_context(|| format!("cannot load {}", path.display()))?.compatibility.isa))
    }

    /// Whether a file looks like an artifact of [`Engine::precompile_module`] or [`crate::Module::serialize`].
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn detect_precompiled_file(path: impl AsRef<Path>) -> Result<Option<Precompiled>> {
        let path = path.as_ref();
        let mut start = Vec::new();
        File::open(path)
            .and_then(|file| file.take(64).read_to_end(&mut start))
            .with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self::detect_precompiled(&start))
    }
}

impl Module {
    /// Compiles a module from a file.
    ///
    /// # Errors
    ///
    /// As [`Module::new`], or if the file cannot be read.
    #[cfg(feature = "compile")]
    pub fn from_file(engine: &Engine, file: impl AsRef<Path>) -> Result<Self> {
        let file = file.as_ref();
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Self::new(engine, bytes).with_context(|| format!("cannot compile {}", file.display()))
    }

    /// Loads an artifact by mapping its file, without copying it.
    ///
    /// # Safety
    ///
    /// As [`Module::deserialize`]; and the file is not changed while the module or its instances exist.
    ///
    /// # Errors
    ///
    /// As [`Module::deserialize`], or if the file cannot be read.
    pub unsafe fn deserialize_file(engine: &Engine, path: impl AsRef<Path>) -> Result<Self> {
        engine.check_native()?;
        let check = |header: &_| image::check(header, &engine.header().compatibility, cpu::has);
        // SAFETY: the caller promises that nobody changes the file.
        let code = unsafe { CodeMemory::from_file(path.as_ref(), engine.bytecode_options(), check) }?;
        Ok(Self::from_code(engine, code))
    }
}
