//! How an engine is configured.

use crate::api::engine::Engine;
use crate::prelude::*;
use crate::vm::bytecode;
use anyhow::{Result, anyhow};
use gantry_abi::{CompileOptions, Feature, FeatureSet, OptLevel, PointerWidth};
use gantry_pulley::{Machine, PatternSet};

/// The name of the backend that interprets.
pub const PULLEY: &str = "pulley";
/// The same with its portable executor even where there is a faster one: for testing the two against each other.
pub const PULLEY_PORTABLE: &str = "pulley-portable";

/// The same with an executor that executes every instruction by itself, without [`Config::pulley_disabled_patterns`].
pub const PULLEY_SINGLE: &str = "pulley-single";

/// Which compiler is used: [`Config::strategy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strategy {
    /// What suits the target.
    Auto,
    /// The optimizing one.
    Cranelift,
    /// The single-pass one.
    Winch,
}

/// What is in a backtrace: [`Config::wasm_backtrace_details`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WasmBacktraceDetails {
    /// Functions and source lines.
    Enable,
    /// Functions only.
    Disable,
}

/// How an [`Engine`] compiles and runs modules.
///
/// Options that change code are those of [`CompileOptions`]; they are recorded in artifacts.
///
/// ```
/// use gantry::{Config, Engine};
/// let mut config = Config::new();
/// config.consume_fuel(true).max_wasm_stack(1 << 20).wasm_simd(false);
/// let engine = Engine::new(&config)?;
/// # Ok::<(), gantry::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) options: CompileOptions,
    pub(crate) features: FeatureSet,
    pub(crate) max_wasm_stack: usize,
    pub(crate) parallel_compilation: bool,
    pub(crate) memory_init_cow: bool,
    pub(crate) wasm_backtrace: bool,
    pub(crate) wasm_backtrace_details: bool,
    pub(crate) target: Option<String>,
    /// The pointer width of the target, whose defaults options have.
    width: PointerWidth,
    pub(crate) backend: Option<String>,
    pub(crate) function_backends: Vec<(u32, String)>,
    #[cfg(feature = "compile")]
    pub(crate) tuning: gantry_compile::tuning::Tuning,
    pub(crate) cpu_flags: Vec<(String, String)>,
    /// Bytecode runs on the portable executor even where there is a faster one.
    pub(crate) portable_executor: bool,
    /// Bytecode was chosen as the backend, and with it the target.
    interpreted: bool,
    /// No pattern of the fast executor is used.
    single_instructions: bool,
    /// Has machines count what they execute. A function, so that programs that never ask for it do not contain it.
    pub(crate) start_profile: Option<fn(&mut Machine)>,
    /// Patterns of the fast executor that are not used.
    disabled_patterns: PatternSet,
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

/// Setters of boolean options, by name.
macro_rules! option_setters {
    ($($(#[$doc:meta])* $name:ident: $ty:ty;)*) => {
        $($(#[$doc])* pub fn $name(&mut self, value: $ty) -> &mut Self {
            self.options.$name = value;
            self
        })*
    };
}

/// Setters of features, by the names of the `wasmtime` crate.
macro_rules! feature_setters {
    ($($name:ident = $feature:ident;)*) => {
        $(#[doc = concat!("Switches [`Feature::", stringify!($feature), "`] on or off.")]
        pub fn $name(&mut self, enable: bool) -> &mut Self {
            self.wasm_feature(Feature::$feature, enable)
        })*
    };
}

impl Config {
    /// The default configuration.
    pub fn new() -> Self {
        Self {
            options: CompileOptions::default(),
            features: FeatureSet::defaults(),
            max_wasm_stack: 512 << 10,
            parallel_compilation: true,
            memory_init_cow: true,
            wasm_backtrace: true,
            wasm_backtrace_details: true,
            target: None,
            width: PointerWidth::HOST,
            backend: None,
            function_backends: Vec::new(),
            #[cfg(feature = "compile")]
            tuning: Default::default(),
            cpu_flags: Vec::new(),
            portable_executor: false,
            interpreted: false,
            single_instructions: false,
            start_profile: None,
            disabled_patterns: PatternSet::default(),
        }
    }

    option_setters! {
        /// Traps come from hardware faults where possible; otherwise every check is explicit.
        signals_based_traps: bool;
        /// Address space in bytes that each memory reserves.
        memory_reservation: u64;
        /// Bytes of inaccessible address space behind each reservation.
        memory_guard_size: u64;
        /// Memories that outgrow their reservation move to a larger one; otherwise they cannot grow further.
        memory_may_move: bool;
        /// Executed operators consume fuel: see [`crate::Store::set_fuel`].
        consume_fuel: bool;
        /// Loops and functions check the epoch: see [`Engine::increment_epoch`].
        epoch_interruption: bool;
        /// Addresses of out-of-bounds accesses are masked, so that speculation cannot reach them.
        spectre_mitigation: bool;
        /// Relaxed vector operators behave alike on every host.
        relaxed_simd_deterministic: bool;
        /// Functions count their calls and the iterations of their loops: see [`crate::Instance::execution_counts`].
        execution_counters: bool;
        /// Backtraces have the values of locals: see [`crate::FrameInfo::locals`]. Single-pass compiler only.
        debug_locals: bool;
        /// Compiled code says where references are at calls: what a collector needs. Single-pass compiler only.
        stack_maps: bool;
        /// The module's DWARF sections are kept, for source lines in backtraces.
        debug_info: bool;
    }

    feature_setters! {
        wasm_simd = Simd;
        wasm_relaxed_simd = RelaxedSimd;
        wasm_multi_memory = MultiMemory;
        wasm_memory64 = Memory64;
        wasm_tail_call = TailCall;
        wasm_function_references = FunctionReferences;
        wasm_reference_types = ReferenceTypes;
        wasm_bulk_memory = BulkMemory;
        wasm_multi_value = MultiValue;
        wasm_extended_const = ExtendedConst;
        wasm_wide_arithmetic = WideArithmetic;
        wasm_custom_page_sizes = CustomPageSizes;
        wasm_threads = Threads;
        wasm_gc = Gc;
        wasm_exceptions = Exceptions;
    }

    /// Switches a feature on or off. [`Engine::new`] refuses features that are later work.
    pub fn wasm_feature(&mut self, feature: Feature, enable: bool) -> &mut Self {
        self.features.set(feature, enable);
        self
    }

    /// Sets an option that changes code by its name in [`CompileOptions::TABLE`].
    ///
    /// # Errors
    ///
    /// If there is no such option, or `value` is no value of its type.
    pub fn option(&mut self, name: &str, value: &str) -> Result<&mut Self> {
        self.options.set(name, value).map_err(|message| anyhow!(message))?;
        Ok(self)
    }

    /// How hard the optimizing backend tries.
    pub fn cranelift_opt_level(&mut self, level: OptLevel) -> &mut Self {
        self.options.opt_level = level;
        self
    }

    /// Every operation that makes a NaN makes the canonical one.
    pub fn cranelift_nan_canonicalization(&mut self, enable: bool) -> &mut Self {
        self.options.nan_canonicalization = enable;
        self
    }

    /// Lets code use a CPU feature, by the names of cranelift-codegen's settings. Once one is named, code uses only those
    /// that are.
    pub fn cpu_flag(&mut self, name: &str, value: &str) -> &mut Self {
        self.cpu_flags.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Bytes of stack that wasm may use, counted from the outermost call. Half a megabyte if not set.
    pub fn max_wasm_stack(&mut self, bytes: usize) -> &mut Self {
        self.max_wasm_stack = bytes;
        self
    }

    /// Whether functions are compiled on all cores.
    pub fn parallel_compilation(&mut self, parallel: bool) -> &mut Self {
        self.parallel_compilation = parallel;
        self
    }

    /// Whether initial contents of memories are mapped copy-on-write where the host can; otherwise they are copied.
    pub fn memory_init_cow(&mut self, enable: bool) -> &mut Self {
        self.memory_init_cow = enable;
        self
    }

    /// Whether errors carry a [`crate::WasmBacktrace`].
    pub fn wasm_backtrace(&mut self, enable: bool) -> &mut Self {
        self.wasm_backtrace = enable;
        self
    }

    /// Whether a [`crate::WasmBacktrace`] has source lines from the module's DWARF. They are looked up when it is printed.
    pub fn wasm_backtrace_details(&mut self, details: WasmBacktraceDetails) -> &mut Self {
        self.wasm_backtrace_details = details == WasmBacktraceDetails::Enable;
        self
    }

    /// Chooses the compiler.
    pub fn strategy(&mut self, strategy: Strategy) -> &mut Self {
        self.backend = match strategy {
            Strategy::Auto => None,
            Strategy::Cranelift => Some("cranelift".to_owned()),
            Strategy::Winch => Some("winch".to_owned()),
        };
        self
    }

    /// Compiles for another target. Such an engine makes artifacts but runs nothing; but bytecode for hosts like this one runs,
    /// too: `pulley64`, for instance. Options that have this host's defaults get those of the target: set them afterwards.
    ///
    /// # Errors
    ///
    /// If `triple` is no target triple.
    pub fn target(&mut self, triple: &str) -> Result<&mut Self> {
        let target = triple.parse().map_err(|e| anyhow!("{triple:?} is no target: {e}"))?;
        self.set_width(pointer_width(&target));
        self.target = Some(triple.to_owned());
        self.interpreted = false;
        Ok(self)
    }

    fn set_width(&mut self, width: PointerWidth) {
        self.options.change_width(self.width, width);
        self.width = width;
    }

    /// Has the function with this index in its module compiled by the backend with this name. All backends follow one ABI:
    /// for finding the function that one of them gets wrong.
    pub fn function_backend(&mut self, func: u32, name: &str) -> &mut Self {
        self.function_backends.push((func, name.to_owned()));
        self
    }

    /// What compilers are told beyond options: a backend of the embedder's own, or limits by which to find out what is wrong
    /// with one. A backend of one's own follows the ABI of the built-in ones; modules may mix them.
    #[cfg(feature = "compile")]
    pub fn compiler_tuning(&mut self, tuning: gantry_compile::tuning::Tuning) -> &mut Self {
        self.tuning = tuning;
        self
    }

    /// Patterns of instructions that the interpreter does not execute at once: for finding one that is wrong.
    pub fn pulley_disabled_patterns(&mut self, patterns: PatternSet) -> &mut Self {
        self.disabled_patterns = patterns;
        self
    }

    /// Patterns that the engine's executor does not use.
    pub(crate) fn unused_patterns(&self) -> PatternSet {
        if self.single_instructions { PatternSet::ALL } else { self.disabled_patterns }
    }

    /// Whether the interpreter counts what it executes, which makes it many times slower: [`crate::Store::bytecode_profile`].
    pub fn profile_bytecode(&mut self, enable: bool) -> &mut Self {
        self.start_profile = enable.then_some(Machine::start_profile);
        self
    }

    /// Chooses the backend by name: a compiler, or `pulley` ([`PULLEY`]), bytecode that is interpreted. The last choice counts.
    pub fn backend(&mut self, name: &str) -> &mut Self {
        let interpreted = [PULLEY, PULLEY_PORTABLE, PULLEY_SINGLE].contains(&name);
        if interpreted || self.interpreted {
            // Bytecode is a target as well, which comes and goes with the choice.
            self.set_width(PointerWidth::HOST);
            self.target = interpreted.then(|| bytecode::ISA.to_owned());
        }
        self.interpreted = interpreted;
        self.portable_executor = name == PULLEY_PORTABLE;
        self.single_instructions = name == PULLEY_SINGLE;
        self.backend = (!interpreted).then(|| name.to_owned());
        self
    }
}

/// The pointer width of a target; the host's where it is not known.
fn pointer_width(target: &target_lexicon::Triple) -> PointerWidth {
    match target.pointer_width() {
        Ok(target_lexicon::PointerWidth::U64) => PointerWidth::W64,
        Ok(_) => PointerWidth::W32,
        Err(()) => PointerWidth::HOST,
    }
}

/// [`Engine::new`] of this configuration.
impl TryFrom<&Config> for Engine {
    type Error = anyhow::Error;
    fn try_from(config: &Config) -> Result<Self> {
        Self::new(config)
    }
}
