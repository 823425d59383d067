//! What all functions of one compilation have in common: the target and its settings.
//!
//! This is the one place that knows the names of cranelift-codegen's settings.

use crate::chaos::Chaos;
use crate::worker::Worker;
use cranelift_codegen::ir::{ArgumentExtension, Function};
use cranelift_codegen::isa::{self, CallConv, LookupError, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable, SetError, SettingKind};
use gantry_abi::artifact::FlagValue;
use gantry_abi::{CompileError, CompileOptions, OptLevel, PointerWidth};
use gantry_frontend::{FunctionInput, TargetFlags};
use std::sync::Arc;
use target_lexicon::{Architecture, Triple};
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// Features of x86_64 that code always uses: without them, some float and vector operators would become calls.
const X64_FLOOR: &[&str] = &["has_sse3", "has_ssse3", "has_sse41", "has_sse42", "has_popcnt"];

/// Something that changes a function between translation and optimization.
pub type Pass = Arc<dyn Fn(&mut Function) + Send + Sync>;

/// The optimizing backend for one target and one set of options. Threads share it.
pub struct Backend {
    pub(crate) isa: OwnedTargetIsa,
    pub(crate) options: CompileOptions,
    pub(crate) ptr: PointerWidth,
    /// What the translation asks about the target.
    pub(crate) traits: TargetTraits,
    /// What is done to CLIF before it is optimized.
    pub(crate) pass: Option<Pass>,
    /// What cranelift-codegen chooses at random.
    pub(crate) chaos: Option<Chaos>,
}

/// What the translation has to know about a target: capabilities, never its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TargetTraits {
    /// The machine stops the guest (hardware faults, or traps of the bytecode's own), because the option asks for it.
    pub(crate) signals: bool,
    /// Inaccessible pages do: the bytecode's machine only knows about null and its own checks.
    pub(crate) page_faults: bool,
    /// The target speculates: it is no bytecode.
    pub(crate) speculates: bool,
    /// A bounds check and its access are one instruction, if they are written one after the other.
    pub(crate) folds_bounds_checks: bool,
    /// Loads that extend vector lanes must be able to trap.
    pub(crate) extending_loads_trap: bool,
    /// Functions check the stack limit (bytecode does that in its frame instructions).
    pub(crate) checks_stack: bool,
    /// Instructions that compute have operands in memory.
    pub(crate) memory_operands: bool,
    /// A store that straddles an inaccessible page may write its accessible part.
    pub(crate) stores_tear: bool,
    /// Vectors can be compiled.
    pub(crate) vectors: bool,
    /// Values of 16 bytes are best moved as vectors.
    pub(crate) fast_vector_moves: bool,
    /// The target multiplies and adds with one rounding in one instruction.
    pub(crate) fused_multiply_add: bool,
    /// The target has x86's vector instructions, whose results relaxed operators may give.
    pub(crate) x86_vectors: bool,
    /// 32-bit halves of pointer-sized fields: the low one comes second.
    pub(crate) big_endian: bool,
    /// How narrow parameters of libcalls are extended to registers.
    pub(crate) libcall_extension: ArgumentExtension,
    /// The convention of libcalls.
    pub(crate) libcall_conv: CallConv,
    /// The convention of the libcall that only ever stops: nothing is saved on its behalf.
    pub(crate) trap_conv: CallConv,
}

impl Backend {
    /// The backend for `triple`.
    ///
    /// # Errors
    ///
    /// If cranelift-codegen has no such target, if the flags are not of this target or not enough, or if the options
    /// contradict each other.
    pub fn new(triple: &Triple, flags: &TargetFlags, options: &CompileOptions) -> Result<Self, CompileError> {
        Self::with_settings(triple, flags, options, &[])
    }

    /// The same with settings of cranelift-codegen's own, by name, in place of what the options make of them: for finding
    /// out which part of it is wrong.
    ///
    /// # Errors
    ///
    /// As [`Backend::new`], or if there is no such setting or value.
    pub fn with_settings(
        triple: &Triple,
        flags: &TargetFlags,
        options: &CompileOptions,
        settings: &[(String, String)],
    ) -> Result<Self, CompileError> {
        let error = |message: String| CompileError::Options { message: message.into() };
        if options.debug_locals {
            return Err(error("optimized code keeps no record of locals: debug_locals needs Winch".to_owned()));
        }
        if options.stack_maps {
            return Err(error("optimized code has no stack maps yet: stack_maps needs Winch".to_owned()));
        }
        let mut builder = isa::lookup(triple.clone()).map_err(|e| {
            error(match e {
                LookupError::SupportDisabled => format!("support for {triple} is not compiled in"),
                LookupError::Unsupported => format!("there is no Cranelift backend for {triple}"),
            })
        })?;
        let x64 = triple.architecture == Architecture::X86_64;
        let pulley = is_pulley(triple);
        match flags {
            TargetFlags::Host if pulley => {}
            TargetFlags::Host => {
                let host = Triple::host();
                if host.architecture != triple.architecture {
                    return Err(error(format!(
                        "the features of this {} processor say nothing about {triple}",
                        host.architecture
                    )));
                }
                cranelift_native::infer_native_flags(&mut builder).map_err(|e| error(e.to_string()))?;
            }
            TargetFlags::Baseline if x64 => {
                for name in X64_FLOOR {
                    builder.enable(name).map_err(|e| flag_error(triple, name, "true", &e))?;
                }
            }
            TargetFlags::Baseline => {}
            TargetFlags::Explicit(list) => {
                for (name, value) in list {
                    builder.set(name, value).map_err(|e| flag_error(triple, name, value, &e))?;
                }
            }
        }
        let isa =
            builder.finish(shared_flags(options, pulley, settings)?).map_err(|e| error(format!("{triple}: {e}")))?;

        let has = |name: &str| isa.isa_flags().iter().any(|v| v.name == name && v.as_bool() == Some(true));
        if x64 {
            let missing: Vec<_> = X64_FLOOR.iter().filter(|f| !has(f)).map(|f| f.trim_start_matches("has_")).collect();
            if !missing.is_empty() {
                return Err(error(format!("x86_64 code needs a processor with {}", missing.join(", "))));
            }
        }
        let libcall_conv = isa.default_call_conv();
        let riscv = matches!(triple.architecture, Architecture::Riscv64(_));
        let aarch64 = matches!(triple.architecture, Architecture::Aarch64(_));
        let big_endian = triple.endianness() == Ok(target_lexicon::Endianness::Big);
        let traits = TargetTraits {
            signals: options.signals_based_traps,
            page_faults: options.signals_based_traps && !pulley,
            speculates: !pulley,
            folds_bounds_checks: options.signals_based_traps && pulley,
            extending_loads_trap: pulley,
            checks_stack: !pulley,
            memory_operands: x64 || triple.architecture == Architecture::S390x,
            stores_tear: riscv || aarch64,
            vectors: !riscv || has("has_v"),
            fast_vector_moves: !riscv && !pulley,
            fused_multiply_add: !pulley && (!x64 || has("has_fma")),
            x86_vectors: x64,
            big_endian,
            libcall_extension: match triple.architecture {
                Architecture::Riscv64(_) => ArgumentExtension::Sext,
                Architecture::S390x => ArgumentExtension::Uext,
                _ => ArgumentExtension::None,
            },
            libcall_conv,
            trap_conv: if libcall_conv == CallConv::SystemV { CallConv::PreserveAll } else { libcall_conv },
        };
        let ptr = match isa.pointer_bytes() {
            4 => PointerWidth::W32,
            _ => PointerWidth::W64,
        };
        Ok(Self { isa, options: options.clone(), ptr, traits, pass: None, chaos: None })
    }

    /// Does something to every function between translation and optimization: for tests and experiments.
    #[must_use]
    pub fn with_pass(mut self, pass: Pass) -> Self {
        self.pass = Some(pass);
        self
    }

    /// Has cranelift-codegen choose at random, from this seed, wherever it has several ways that are right: for fuzzing.
    ///
    /// # Errors
    ///
    /// If this build was made without the feature `chaos`.
    pub fn with_chaos(mut self, seed: u64) -> Result<Self, CompileError> {
        self.chaos = Some(Chaos::new(seed)?);
        Ok(self)
    }

    /// The features of the processor that code from this backend uses: what an artifact's loader must find on its host.
    /// Features that are off are left out.
    pub fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        if is_pulley(self.triple()) {
            // Pointer width and byte order: the name of the target says them.
            return Vec::new();
        }
        let values = self.isa.isa_flags();
        let flag = |v: &settings::Value| {
            let value = match v.kind() {
                SettingKind::Bool => FlagValue::Bool(v.as_bool()?),
                SettingKind::Num => FlagValue::Num(v.as_num()?),
                SettingKind::Enum => FlagValue::Enum(v.as_enum()?.to_string()),
                SettingKind::Preset => return None,
            };
            (value != FlagValue::Bool(false)).then(|| (v.name.to_string(), value))
        };
        values.iter().filter_map(flag).collect()
    }

    /// Validates a function and gives its CLIF as text, before any optimization: for tests and for looking at.
    ///
    /// # Errors
    ///
    /// As [`Worker::compile`].
    pub fn clif(
        &self,
        input: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<String, CompileError> {
        Worker::new().clif(self, input, body, validator)
    }

    /// The target.
    pub fn triple(&self) -> &Triple {
        self.isa.triple()
    }

    /// Pointer width of the target: what the [`gantry_abi::VmLayout`] of its modules is made for.
    pub fn pointer_width(&self) -> PointerWidth {
        self.ptr
    }

    /// The options that code is compiled with.
    pub fn options(&self) -> &CompileOptions {
        &self.options
    }

    /// The name of the instruction set, for messages.
    pub(crate) fn isa_name(&self) -> String {
        self.isa.triple().architecture.to_string()
    }
}

/// Whether the target is the portable bytecode.
fn is_pulley(triple: &Triple) -> bool {
    use Architecture::{Pulley32, Pulley32be, Pulley64, Pulley64be};
    matches!(triple.architecture, Pulley32 | Pulley32be | Pulley64 | Pulley64be)
}

/// The settings that do not depend on the processor.
fn shared_flags(
    options: &CompileOptions,
    pulley: bool,
    own: &[(String, String)],
) -> Result<settings::Flags, CompileError> {
    let on = |b: bool| if b { "true" } else { "false" };
    let spectre = on(options.spectre_mitigation);
    let opt_level = match options.opt_level {
        OptLevel::None => "none",
        OptLevel::Speed => "speed",
        OptLevel::SpeedAndSize => "speed_and_size",
    };
    let mut flags = settings::builder();
    let ours = [
        ("opt_level", opt_level),
        ("enable_verifier", on(cfg!(debug_assertions))),
        // Stack walks need nothing but frame pointers.
        ("preserve_frame_pointers", "true"),
        // Large frames are checked against the stack limit instead.
        ("enable_probestack", "false"),
        // Results that do not fit in registers go through an area whose address is an implicit first parameter.
        ("enable_multi_ret_implicit_sret", "true"),
        ("enable_nan_canonicalization", on(options.nan_canonicalization)),
        ("enable_heap_access_spectre_mitigation", spectre),
        ("enable_table_access_spectre_mitigation", spectre),
        ("unwind_info", on(options.unwind_info && !pulley)),
        ("log2_min_function_alignment", if pulley { "0" } else { "4" }),
        ("enable_pinned_reg", "false"),
    ];
    for (name, value) in ours.into_iter().chain(own.iter().map(|(name, value)| (name.as_str(), value.as_str()))) {
        flags.set(name, value).map_err(|e| CompileError::Options { message: format!("setting {name}: {e}").into() })?;
    }
    Ok(settings::Flags::new(flags))
}

/// A flag that the target does not take.
#[cold]
fn flag_error(triple: &Triple, name: &str, value: &str, e: &SetError) -> CompileError {
    let message = match e {
        SetError::BadName(_) => format!("{triple} has no processor feature called {name:?}"),
        SetError::BadType | SetError::BadValue(_) => {
            format!("{value:?} is no value of the processor feature {name:?} of {triple}")
        }
    };
    CompileError::Options { message: message.into() }
}
