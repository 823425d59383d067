//! Where wasm was when it stopped.

#[cfg_attr(not(feature = "std"), path = "backtrace/no_dwarf.rs")]
mod dwarf;

use crate::Val;
use crate::env::OnceLock;
use crate::prelude::*;
use crate::vm::activation::BacktraceFrame;
use crate::vm::code::CodeMemory;
use crate::vm::code_registry;
use alloc::sync::Arc;
use core::fmt;
use dwarf::DebugInfo;
use gantry_abi::FuncIndex;

/// The frames of wasm that were on the stack, innermost first. Part of the errors of calls: find it with
/// [`anyhow::Error::downcast_ref`].
///
/// ```
/// use gantry::{Engine, Instance, Module, Store, WasmBacktrace};
/// let mut store = Store::new(&Engine::default(), ());
/// let module = Module::new(store.engine(), r#"(module $m (func $f (export "f") unreachable))"#)?;
/// let instance = Instance::new(&mut store, &module, &[])?;
/// let error = instance.get_typed_func::<(), ()>(&mut store, "f")?.call(&mut store, ()).unwrap_err();
/// let backtrace = error.downcast_ref::<WasmBacktrace>().unwrap();
/// assert_eq!(backtrace.frames()[0].func_name(), Some("f"));
/// assert!(error.to_string().ends_with("m!f"));
/// # Ok::<(), gantry::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct WasmBacktrace {
    frames: Vec<FrameInfo>,
}

/// A frame of a wasm function. Names and lines are looked up when they are asked for.
#[derive(Clone)]
pub struct FrameInfo {
    code: Arc<CodeMemory>,
    func: FuncIndex,
    offset: Option<u32>,
    /// Of the first operator of the function that has code.
    start: Option<u32>,
    details: bool,
    locals: Vec<Option<Val>>,
    symbols: OnceLock<Vec<FrameSymbol>>,
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
    /// What is known about a frame; `None` for trampolines.
    fn new(captured: &BacktraceFrame, details: bool) -> Option<Self> {
        let code = code_registry::lookup(captured.frame.lookup_pc())?;
        let defined = code.function()?;
        let offset = code.wasm_offset();
        let code = code.to_arc();
        let func = code.module().func_index(defined);
        let start = code.source_map().first_in(code.code().functions[defined].clone());
        let locals = captured.locals.clone();
        Some(Self { code, func, offset, start, details, locals, symbols: OnceLock::new() })
    }

    /// Index of the function in its module.
    pub fn func_index(&self) -> u32 {
        self.func.as_u32()
    }

    /// Name of the function, from the name section.
    pub fn func_name(&self) -> Option<&str> {
        self.code.func_name(self.func)
    }

    /// Name of the module.
    pub fn module_name(&self) -> Option<&str> {
        self.code.module().name.as_deref()
    }

    /// Offset in the module of the operator that was being executed.
    pub fn module_offset(&self) -> Option<usize> {
        self.offset.map(|o| o as usize)
    }

    /// Offset of that operator from the function's first one.
    pub fn func_offset(&self) -> Option<usize> {
        Some(self.offset?.checked_sub(self.start?)? as usize)
    }

    /// The values of its locals, parameters first; `None` for references. Empty if they are not known: they are with the
    /// option `debug_locals`, in code from the single-pass compiler, in frames that called something. The frame that a trap
    /// stopped has not.
    pub fn locals(&self) -> &[Option<Val>] {
        &self.locals
    }

    /// Whether a line about the one says all there is to say about the other.
    fn reads_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.code, &other.code)
            && (self.func, self.offset) == (other.func, other.offset)
            && self.locals.is_empty()
            && other.locals.is_empty()
    }

    /// Where it is in the source, if the module has DWARF; innermost first.
    pub fn symbols(&self) -> &[FrameSymbol] {
        self.symbols.get_or_init(|| match DebugInfo::of(&self.code).filter(|_| self.details) {
            Some(info) => info.symbols(self.offset),
            None => Vec::new(),
        })
    }
}

impl fmt::Debug for FrameInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameInfo")
            .field("module", &self.module_name())
            .field("func", &self.func)
            .field("name", &self.func_name())
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}

impl WasmBacktrace {
    /// The frames, innermost first.
    pub fn frames(&self) -> &[FrameInfo] {
        &self.frames
    }

    /// The frames of the wasm that is running on this thread, for host functions; none if
    /// [`crate::Config::wasm_backtrace`] is off.
    pub fn capture(store: impl crate::AsContext) -> Self {
        if !store.as_context().engine().config().wasm_backtrace {
            return Self { frames: Vec::new() };
        }
        Self::force_capture(store)
    }

    /// As [`WasmBacktrace::capture`], whatever the configuration.
    pub fn force_capture(store: impl crate::AsContext) -> Self {
        let details = store.as_context().engine().config().wasm_backtrace_details;
        Self::resolve(&crate::vm::activation::capture_backtrace(), details)
    }

    pub(crate) fn resolve(frames: &[BacktraceFrame], details: bool) -> Self {
        Self { frames: frames.iter().filter_map(|frame| FrameInfo::new(frame, details)).collect() }
    }

    /// Looks up the lines of all frames, reading the DWARF of each module once.
    fn resolve_symbols(&self) {
        for (i, first) in self.frames.iter().enumerate() {
            if !first.details || first.symbols.get().is_some() {
                continue;
            }
            let info = DebugInfo::of(&first.code);
            for frame in self.frames[i..].iter().filter(|frame| Arc::ptr_eq(&frame.code, &first.code)) {
                frame.symbols.get_or_init(|| info.as_ref().map(|info| info.symbols(frame.offset)).unwrap_or_default());
            }
        }
    }
}

fn write_local(f: &mut fmt::Formatter<'_>, value: Option<&Val>) -> fmt::Result {
    match value {
        Some(Val::I32(value)) => write!(f, "{value}"),
        Some(Val::I64(value)) => write!(f, "{value}"),
        Some(&Val::F32(bits)) => write!(f, "{:?}", f32::from_bits(bits)),
        Some(&Val::F64(bits)) => write!(f, "{:?}", f64::from_bits(bits)),
        Some(Val::V128(value)) => write!(f, "{:#034x}", value.as_u128()),
        _ => write!(f, "(a reference)"),
    }
}

impl fmt::Display for WasmBacktrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.resolve_symbols();
        f.write_str("error while executing at wasm backtrace:")?;
        let mut frames = self.frames.iter().enumerate().peekable();
        while let Some((i, frame)) = frames.next() {
            write!(f, "\n  {i:>3}: ")?;
            // Before its first operator a function checks the stack: what it would have done next says where that is.
            match frame.offset.or(frame.start) {
                Some(offset) => write!(f, "{offset:#8x} - ")?,
                None => write!(f, "{:>8} - ", "?")?,
            }
            write!(f, "{}!", frame.module_name().unwrap_or("<unknown>"))?;
            match frame.func_name() {
                Some(name) => write!(f, "{:#}", dwarf::demangled(name))?,
                None => write!(f, "<wasm function {}>", frame.func_index())?,
            }
            for (index, value) in (0..).zip(frame.locals()) {
                write!(f, "\n                  local {index} = ")?;
                write_local(f, value.as_ref())?;
            }
            for symbol in frame.symbols() {
                write!(f, "\n                  - {}", symbol.name().unwrap_or("<unknown>"))?;
                let Some(file) = symbol.file() else { continue };
                write!(f, " at {file}")?;
                for number in [symbol.line(), symbol.column()] {
                    let Some(number) = number else { break };
                    write!(f, ":{number}")?;
                }
            }
            let mut repeated = 0;
            while frames.next_if(|(_, next)| next.reads_like(frame)).is_some() {
                repeated += 1;
            }
            if repeated > 0 {
                write!(f, "\n       (repeated {repeated} more times)")?;
            }
        }
        Ok(())
    }
}
