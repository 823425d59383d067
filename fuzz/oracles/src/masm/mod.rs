//! The single-pass compiler's assemblers by themselves: random calls of their methods, executed, against a model of what each
//! method means.
//!
//! A program (`op.rs`) is a few functions made of calls of the traits' methods, with registers, homes and addresses at random
//! as far as the traits allow. It is drawn (`generate.rs`) beside a model (`model.rs`, `scalar.rs`, `lanes.rs`) that knows the
//! traits' words and no instruction. A compiler of this module's own emits it (`emit.rs`) as the functions of a module, so that
//! linker, loader and trap handler are those of the engine; after the call, all registers, the memory, and the trap are what
//! the model says, to the bit. Processors that this machine does not have get the same programs up to the point of execution:
//! every byte has to be an instruction, where it is no table.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "bits are what this is about"
)]

mod emit;
mod generate;
mod lanes;
mod model;
mod op;
mod scalar;

use crate::weave::Dice;
use anyhow::{Context, Result, ensure};
use arbitrary::Unstructured;
use gantry::{Config, Engine, Instance, Module, Store, Trap};
use gantry_abi::artifact::FlagValue;
use gantry_abi::{CompileError, Trap as TrapCode};
use gantry_compile::compiler::{Compiler, FunctionCompiler, FunctionInput};
use gantry_compile::driver::Settings;
use gantry_compile::tuning::{CustomBackend, Tuning};
use gantry_emit::disasm::Disassembler;
use gantry_emit::{CompiledFunction, Isa};
use gantry_filetests::cells::Row;
use gantry_winch::masm::*;
use gantry_winch::reg::Class;
use gantry_winch::{A64, X64};
use model::{Bytes, ENDLESS, End, Int, Model};
use op::{BASE, FINAL, FLOATS, FREE, Function, Op, Program, STACK};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// An assembler around another one: for assemblers with known bugs.
pub trait Around: Clone + Send + Sync + 'static {
    /// Puts it around `masm`.
    fn around<M: MacroAssembler + Send + 'static>(&self, masm: M) -> impl MacroAssembler + Send + 'static;
}

/// Nothing around the assembler.
#[derive(Clone, Debug)]
pub struct Plain;

impl Around for Plain {
    fn around<M: MacroAssembler + Send + 'static>(&self, masm: M) -> impl MacroAssembler + Send + 'static {
        masm
    }
}

thread_local! {
    /// What this thread's compilers emit, whatever the module says.
    static PROGRAM: RefCell<Option<Arc<Program>>> = const { RefCell::new(None) };
}

/// A processor.
struct Machine {
    name: &'static str,
    isa: model::Isa,
    engine: Engine,
    /// Whether this machine is one.
    runs: bool,
}

/// Everything there is to try a program on.
pub struct Rig {
    machines: Vec<Machine>,
}

/// How it went.
#[derive(Debug)]
pub struct Tried {
    /// The processor.
    pub machine: &'static str,
    /// The forms of operations that were tried.
    pub forms: BTreeSet<String>,
    /// The trap that it ended with.
    pub trap: Option<TrapCode>,
    /// What is wrong, if anything.
    pub difference: Option<String>,
}

/// A processor: its name, instruction set, and the extensions that code may use beyond the floor; none: those that this
/// machine has.
#[rustfmt::skip]
const PROCESSORS: &[(&str, Isa, Option<&[&str]>)] = &[
    ("x86_64 without AVX", Isa::X86_64, Some(&[])),
    ("x86_64 with AVX", Isa::X86_64, Some(&["has_avx"])),
    ("x86_64", Isa::X86_64, None),
    ("aarch64", Isa::Aarch64, Some(&[])),
];

impl Rig {
    /// Every processor, with something around its assembler.
    ///
    /// # Errors
    ///
    /// If there is no engine for one.
    pub fn new(around: &impl Around) -> Result<Self> {
        let mut machines = Vec::new();
        for &(name, isa, extensions) in PROCESSORS {
            let row = Row::of(isa);
            let backend = winch(row, extensions)?;
            let Some(backend) = backend else { continue };
            let runs = row.is_host() && extensions.is_none_or(|list| list.iter().all(|&flag| has(flag)));
            let mut config = Config::new();
            config.parallel_compilation(false).backend("winch");
            config.option("entry_slots", "true")?;
            if !row.is_host() {
                config.target(row.triple)?;
            }
            for (flag, _) in backend.isa_flags() {
                config.cpu_flag(&flag, "true");
            }
            let around = around.clone();
            let custom = CustomBackend::new(move |settings| Ok(Box::new(Emitting::new(settings, around.clone())?)));
            config.compiler_tuning(Tuning { custom: Some(custom), ..Tuning::default() });
            let engine = Engine::new(&config).with_context(|| format!("an engine for {name}"))?;
            let isa = match isa {
                Isa::X86_64 => known(&X64::new(&|flag| backend.uses(flag)), backend.uses("has_fma")),
                _ => known(&A64::new(), true),
            };
            machines.push(Machine { name, isa, engine, runs });
        }
        ensure!(!machines.is_empty(), "there is no assembler for this machine");
        Ok(Self { machines })
    }

    /// Draws a program and tries it. Nothing, if it is no test.
    ///
    /// # Errors
    ///
    /// If it cannot be compiled.
    pub fn try_one(&self, u: &mut Unstructured<'_>) -> Result<Option<Tried>> {
        let mut dice = Dice(u);
        let machine = &self.machines[dice.below(self.machines.len())];
        let (program, forms) = generate::program(&mut dice, machine.isa);
        let Some((model, end)) = machine.predict(&program) else { return Ok(None) };
        let trap = match end {
            Err(End::Trap(trap)) => Some(trap),
            _ => None,
        };
        let mut difference = machine.compare(&program, &model, end)?;
        if difference.is_some() {
            let (program, text) = machine.reduce(program)?;
            difference = Some(format!("{}: {text}\n{}", machine.name, machine.show(&program)));
        }
        Ok(Some(Tried { machine: machine.name, forms, trap, difference }))
    }
}

/// The compiler whose processor has these extensions; none if this machine has none and they are its own.
fn winch(row: &Row, extensions: Option<&[&str]>) -> Result<Option<gantry_winch::Backend>> {
    use gantry_winch::TargetFlags;
    let flags = match extensions {
        None if !row.is_host() => return Ok(None),
        None => TargetFlags::Host,
        Some(list) => {
            let all = row.flags.iter().chain(list).map(|&flag| (flag.to_owned(), "true".to_owned()));
            TargetFlags::Explicit(all.collect())
        }
    };
    Ok(Some(gantry_winch::Backend::new(&row.triple.parse()?, &flags, &Default::default())?))
}

/// Whether this machine has an extension.
fn has(flag: &str) -> bool {
    let host = gantry_winch::Backend::new(
        &target_lexicon::Triple::host(),
        &gantry_winch::TargetFlags::Host,
        &Default::default(),
    );
    host.is_ok_and(|host| host.uses(flag))
}

/// What the model has to know of an assembler.
fn known<M: MacroAssembler>(masm: &M, fused: bool) -> model::Isa {
    model::Isa {
        regs: M::REGS,
        fused,
        tears: M::STORES_TEAR,
        shift: masm.shift_registers(ShiftOp::Shl, Size::S64),
        rotate: masm.shift_registers(ShiftOp::Rotl, Size::S64),
        quotient: masm.div_registers(DivOp::QuotientS),
        remainder: masm.div_registers(DivOp::RemainderS),
        wide: masm.wide_mul_registers(),
    }
}

/// A module with as many functions, which do nothing.
fn module(functions: usize) -> Vec<u8> {
    use wasm_encoder::*;
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let (mut list, mut code) = (FunctionSection::new(), CodeSection::new());
    for _ in 0..functions {
        list.function(0);
        code.function(wasm_encoder::Function::new([]).instruction(&Instruction::End));
    }
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: Some(1), memory64: false, shared: false, page_size_log2: None });
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("run", ExportKind::Func, 0);
    let mut module = wasm_encoder::Module::new();
    module.section(&types).section(&list).section(&memories).section(&exports).section(&code);
    module.finish()
}

impl Machine {
    /// What the model says; nothing, if it does not know.
    fn predict(&self, program: &Program) -> Option<(Model, Result<(), End>)> {
        let first = &program.functions[0];
        let mut model = Model::new(self.isa, first, Bytes::exact(program.memory.clone()));
        model.initialize();
        let end = match first.check {
            Some(ENDLESS) => Err(End::Trap(TrapCode::StackOverflow)),
            _ => model.run(program, &first.body),
        };
        (!matches!(end, Err(End::Lost(_)))).then_some((model, end))
    }

    /// Compiles a program and executes it, if this machine can; says what is not as the model says.
    fn compare(&self, program: &Program, model: &Model, end: Result<(), End>) -> Result<Option<String>> {
        PROGRAM.set(Some(Arc::new(program.clone())));
        let wasm = module(program.functions.len());
        if !self.runs {
            self.engine.precompile_module(&wasm)?;
            return Ok(None);
        }
        let module = Module::new(&self.engine, &wasm)?;
        let mut store = Store::new(&self.engine, ());
        let instance = Instance::new(&mut store, &module, &[])?;
        let memory = instance.get_memory(&mut store, "memory").context("it is exported")?;
        memory.write(&mut store, 0, &program.memory)?;
        let run = instance.get_func(&mut store, "run").context("it is exported")?;
        let outcome = run.call(&mut store, &[], &mut []);
        let trap = match &outcome {
            Ok(()) => None,
            Err(error) => Some(*error.downcast_ref::<Trap>().with_context(|| format!("{error:#}"))?),
        };
        let expected = match end {
            Err(End::Trap(trap)) => Some(trap),
            _ => None,
        };
        if trap.map(|trap| trap.to_string()) != expected.map(|trap| trap.to_string()) {
            return Ok(Some(format!("it ends with {trap:?} and not {expected:?}")));
        }
        let is = memory.data(&store);
        if end.is_ok()
            && let Some(text) = self.registers(model, is).or_else(|| self.homes(model, &program.functions[0], is))
        {
            return Ok(Some(text));
        }
        let results = FINAL as usize..FREE as usize;
        for (at, (&is, &should)) in is.iter().zip(&model.memory.bytes).enumerate() {
            if model.memory.known[at] && !results.contains(&at) && is != should {
                return Ok(Some(format!("byte {at:#x} of the memory is {is:#x} and not {should:#x}")));
            }
        }
        Ok(None)
    }

    /// Compares what registers held at the end.
    fn registers(&self, model: &Model, memory: &[u8]) -> Option<String> {
        let word = |at: u32| {
            let at = at as usize;
            u64::from_le_bytes(memory[at..at + 8].try_into().expect("8 bytes"))
        };
        let (base, stack) = (word(BASE), word(STACK));
        for reg in self.isa.regs.allocatable {
            match reg.class() {
                Class::Int => {
                    let is = word(FINAL + 8 * u32::from(reg.gp().0));
                    let should = match model.int(reg.gp()) {
                        Int::Unknown => continue,
                        Int::Bits(x) => x,
                        Int::Memory(x) => base.wrapping_add(x),
                        Int::Stack(x) => stack.wrapping_add(x),
                    };
                    if is != should {
                        let value = model.int(reg.gp());
                        return Some(format!("{:?} is {is:#x} and not {should:#x}, {value:x?}", reg.gp()));
                    }
                }
                Class::Float => {
                    let at = FINAL + FLOATS + 16 * u32::from(reg.fp().0);
                    let is = u128::from(word(at)) | u128::from(word(at + 8)) << 64;
                    let should = model.float(reg.fp());
                    if is & should.known != should.bits & should.known {
                        return Some(format!(
                            "{:?} is {is:#034x} and not {:#034x}, of which {:#034x} are known",
                            reg.fp(),
                            should.bits,
                            should.known
                        ));
                    }
                }
            }
        }
        None
    }

    /// Compares what the homes held at the end.
    fn homes(&self, model: &Model, function: &Function, memory: &[u8]) -> Option<String> {
        function.homes(self.isa.regs.save_area).find_map(|(at, offset)| {
            let (should, at) = (model.stack_word(offset), at as usize);
            let is = u64::from_le_bytes(memory[at..at + 8].try_into().expect("8 bytes"));
            let known = should.known as u64;
            let (should, below) = (should.bits as u64, function.frame - offset);
            (is & known != should & known).then(|| {
                format!("the home {below} bytes below the frame is {is:#x} and not {should:#x}, of which {known:#x} are known")
            })
        })
    }

    /// Leaves operations out as long as something differs.
    fn reduce(&self, mut program: Program) -> Result<(Program, String)> {
        let judge = |program: &Program| -> Result<Option<String>> {
            match self.predict(program) {
                Some((model, end)) => self.compare(program, &model, end),
                None => Ok(None),
            }
        };
        let mut text = judge(&program)?.unwrap_or_default();
        let mut changed = true;
        while changed {
            changed = false;
            for function in (0..program.functions.len()).rev() {
                let mut at = 0;
                while at < size(&program.functions[function].body) {
                    let mut smaller = program.clone();
                    remove(&mut smaller.functions[function].body, &mut { at });
                    match judge(&smaller)? {
                        Some(why) => (program, text, changed) = (smaller, why, true),
                        None => at += 1,
                    }
                }
            }
        }
        Ok((program, text))
    }

    /// A program, and the code of its functions.
    fn show(&self, program: &Program) -> String {
        PROGRAM.set(Some(Arc::new(program.clone())));
        let mut text = String::new();
        for (index, function) in program.functions.iter().enumerate() {
            let Function { frame, arguments, check, body } = function;
            text += &format!("function {index}: frame {frame}, arguments {arguments}, check {check:?}\n");
            for op in body {
                text += &format!("    {op:x?}\n");
            }
        }
        let artifact = self.engine.precompile_module(&module(program.functions.len())).unwrap_or_default();
        if let Ok(artifact) = gantry_compile::objdump::Artifact::parse(&artifact) {
            for piece in artifact.pieces().iter().take(program.functions.len()) {
                text += &format!("{}\n", artifact.listing(piece));
            }
        }
        text
    }
}

/// How many operations there are, those within others included.
fn size(ops: &[Op]) -> usize {
    ops.iter().map(|op| 1 + op.bodies().iter().map(|body| size(body)).sum::<usize>()).sum()
}

/// Removes the operation with this number, which counts down.
fn remove(ops: &mut Vec<Op>, number: &mut usize) {
    for at in 0..ops.len() {
        if *number == 0 {
            ops.remove(at);
            *number = usize::MAX;
            return;
        }
        *number -= 1;
        for body in ops[at].bodies_mut() {
            remove(body, number);
            if *number == usize::MAX {
                return;
            }
        }
    }
}

/// The compiler that emits programs.
struct Emitting<A> {
    backend: gantry_winch::Backend,
    around: A,
}

impl<A: Around> Emitting<A> {
    fn new(settings: &Settings, around: A) -> Result<Self, CompileError> {
        let backend = gantry_winch::Backend::new(&settings.triple, &settings.target_flags, &settings.options)?;
        Ok(Self { backend, around })
    }
}

impl<A: Around> Compiler for Emitting<A> {
    fn name(&self) -> &'static str {
        gantry_winch::NAME
    }

    fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        self.backend.isa_flags()
    }

    fn worker(&self) -> Box<dyn FunctionCompiler> {
        let backend = &self.backend;
        match backend.isa() {
            Isa::Aarch64 => Box::new(Worker { masm: self.around.around(A64::new()) }),
            _ => Box::new(Worker { masm: self.around.around(X64::new(&|feature| backend.uses(feature))) }),
        }
    }
}

struct Worker<M> {
    masm: M,
}

impl<M: MacroAssembler + Send> FunctionCompiler for Worker<M> {
    fn compile(
        &mut self,
        input: &FunctionInput<'_>,
        _: FunctionBody<'_>,
        _: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        let program = PROGRAM.with_borrow(|program| program.clone()).expect("there is a program");
        let emit::Emitted { function, data } = emit::emit(&mut self.masm, &program, input)?;
        consists_of_instructions(M::ISA, &function, &data);
        Ok(function)
    }

    fn recycle(&mut self, function: CompiledFunction) {
        self.masm.buffer().recycle(function);
    }
}

/// Every byte of a function that is not data belongs to an instruction, and traps are at instructions.
fn consists_of_instructions(isa: Isa, function: &CompiledFunction, data: &[std::ops::Range<u32>]) {
    let disassembler = Disassembler::new(isa).expect("there is a disassembler");
    let mut from = 0;
    let mut starts = BTreeSet::new();
    let ends = data.iter().map(|range| range.start).chain([function.body_len]);
    let nexts = data.iter().map(|range| range.end).chain([function.body_len]);
    for (end, next) in ends.zip(nexts) {
        let code = &function.code[from as usize..end as usize];
        for line in disassembler.disassemble(code, from.into()) {
            assert!(line.valid, "{isa}: at {:#x} is no instruction: {}", from as usize + line.range.start, line.text);
            starts.insert(from + line.range.start as u32);
        }
        from = next;
    }
    for site in &function.traps {
        assert!(starts.contains(&site.offset), "{isa}: a trap in the middle of an instruction: {site:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An assembler that forgets to clear the upper half of a register.
    #[test]
    fn the_model_differs_from_what_is_wrong() {
        let program = |body| Program {
            functions: vec![Function { frame: 256, arguments: 0, check: None, body }],
            memory: vec![0xa5; op::MEMORY as usize],
        };
        let rig = Rig::new(&Plain).unwrap();
        for machine in &rig.machines {
            let reg = machine.isa.regs.allocatable.first().unwrap().gp();
            let right = program(vec![Op::Constant(reg, 3), Op::Alu(AluOp::Mul, Size::S32, reg, reg, RegImm::Imm(5))]);
            let (model, end) = machine.predict(&right).unwrap();
            assert_eq!(model.int(reg), Int::Bits(15));
            assert_eq!(machine.compare(&right, &model, end).unwrap(), None);
            let wrong = program(vec![Op::Constant(reg, 3), Op::Alu(AluOp::Mul, Size::S32, reg, reg, RegImm::Imm(6))]);
            let difference = machine.compare(&wrong, &model, end).unwrap();
            assert_eq!(difference.is_some(), machine.runs, "{}: {difference:?}", machine.name);
        }
    }
}
