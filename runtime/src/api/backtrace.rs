//! Where wasm was when it stopped.

use crate::vm::code::CodeMemory;
use crate::vm::code_registry;
use crate::vm::stack_walk::Frame;
use gantry_abi::FuncIndex;
use gimli::{EndianSlice, LittleEndian};
use std::fmt;

/// The frames of wasm that were on the stack, innermost first. Part of the errors of calls: find it with
/// [`anyhow::Error::downcast_ref`].
#[derive(Clone, Debug)]
pub struct WasmBacktrace {
    frames: Vec<FrameInfo>,
}

/// A frame of a wasm function.
#[derive(Clone, Debug)]
pub struct FrameInfo {
    module: Option<String>,
    func: FuncIndex,
    name: Option<String>,
    offset: Option<u32>,
    symbols: Vec<FrameSymbol>,
}

/// A function in the source of a frame: several if it was inlined.
#[derive(Clone, Debug)]
pub struct FrameSymbol {
    name: Option<String>,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

impl FrameSymbol {
    /// Its name.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Its source file.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// Its line, from 1.
    pub fn line(&self) -> Option<u32> {
        self.line
    }

    /// Its column, from 1.
    pub fn column(&self) -> Option<u32> {
        self.column
    }
}

impl FrameInfo {
    /// Index of the function in its module.
    pub fn func_index(&self) -> u32 {
        self.func.as_u32()
    }

    /// Name of the function, from the name section.
    pub fn func_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Name of the module.
    pub fn module_name(&self) -> Option<&str> {
        self.module.as_deref()
    }

    /// Offset in the module of the operator that was being executed.
    pub fn module_offset(&self) -> Option<usize> {
        self.offset.map(|o| o as usize)
    }

    /// Where it is in the source, if the module has DWARF; innermost first.
    pub fn symbols(&self) -> &[FrameSymbol] {
        &self.symbols
    }
}

impl WasmBacktrace {
    /// The frames, innermost first.
    pub fn frames(&self) -> &[FrameInfo] {
        &self.frames
    }

    /// The frames of the wasm that is running on this thread: for host functions.
    pub fn capture(_store: impl crate::AsContext) -> Self {
        Self::resolve(&crate::vm::activation::capture_backtrace())
    }

    pub(crate) fn resolve(frames: &[Frame]) -> Self {
        Self { frames: frames.iter().filter_map(frame).collect() }
    }
}

/// What is known about a frame; `None` for trampolines.
fn frame(frame: &Frame) -> Option<FrameInfo> {
    let code = code_registry::lookup(frame.lookup_pc())?;
    let defined = code.function()?;
    let memory = code.code();
    let module = memory.module();
    let func = module.func_index(defined);
    let offset = code.wasm_offset();
    let symbols = offset.map(|offset| symbols(memory, offset)).unwrap_or_default();
    Some(FrameInfo { module: module.name.clone(), func, name: memory.func_name(func).map(demangle), offset, symbols })
}

fn demangle(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

/// Finds the source of an operator. DWARF counts from the start of the code section's contents.
fn symbols(code: &CodeMemory, offset: u32) -> Vec<FrameSymbol> {
    let load = |id: gimli::SectionId| -> Result<_, gimli::Error> {
        Ok(EndianSlice::new(code.dwarf_section(id.name()), LittleEndian))
    };
    if code.dwarf_section(".debug_info").is_empty() {
        return Vec::new();
    }
    let Some(code_start) = code.module().code_section_offset else { return Vec::new() };
    let Some(address) = offset.checked_sub(code_start) else { return Vec::new() };
    let Ok(dwarf) = gimli::Dwarf::load(load) else { return Vec::new() };
    let Ok(context) = addr2line::Context::from_dwarf(dwarf) else { return Vec::new() };
    let mut out = Vec::new();
    let Ok(mut frames) = context.find_frames(u64::from(address)).skip_all_loads() else { return out };
    while let Ok(Some(frame)) = frames.next() {
        let name = frame.function.as_ref().and_then(|f| Some(f.demangle().ok()?.into_owned()));
        let location = frame.location.as_ref();
        out.push(FrameSymbol {
            name,
            file: location.and_then(|l| l.file).map(str::to_owned),
            line: location.and_then(|l| l.line),
            column: location.and_then(|l| l.column),
        });
    }
    out
}

impl fmt::Display for WasmBacktrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error while executing at wasm backtrace:")?;
        for (i, frame) in self.frames.iter().enumerate() {
            write!(f, "\n  {i:>3}: ")?;
            match frame.offset {
                Some(offset) => write!(f, "{offset:#8x} - ")?,
                None => write!(f, "{:>8} - ", "?")?,
            }
            let module = frame.module.as_deref().unwrap_or("<unknown>");
            match &frame.name {
                Some(name) => write!(f, "{module}!{name}")?,
                None => write!(f, "{module}!<wasm function {}>", frame.func.as_u32())?,
            }
            for symbol in &frame.symbols {
                write!(f, "\n                  - {}", symbol.name().unwrap_or("<unknown>"))?;
                if let Some(file) = symbol.file() {
                    write!(f, " at {file}")?;
                    if let Some(line) = symbol.line() {
                        write!(f, ":{line}")?;
                        if let Some(column) = symbol.column() {
                            write!(f, ":{column}")?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
