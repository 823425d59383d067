//! Runs CLIF functions in the engine: machine code, traps and all.
//!
//! The functions of a file become an artifact like any other. Its module has a memory, and for each function of the file a
//! second one that takes nothing and gives nothing: it loads the arguments from the memory's first cells, calls, and stores
//! the results in the cells that follow. So every signature can be called, on every instruction set whose code the engine
//! runs, and traps arrive as they do from WebAssembly.

mod code;
mod prepared;

pub(crate) use code::flags;

use crate::cells::Row;
use crate::clif::load;
use crate::mutate::Mutation;
use anyhow::{Context as _, Result, bail, ensure};
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::{Function, Signature, TrapCode, Type};
use cranelift_codegen::isa::TargetIsa;
use gantry::{Engine, Instance, Memory, Store};
use gantry_abi::Trap;
use gantry_compile::{ModuleCompiler, Settings};
use gantry_emit::Isa;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Bytes of an argument or result in memory.
const CELL: usize = 16;
/// Most arguments and results of a function: more than any test has, and they fit in the memory.
const MAX_CELLS: usize = 1024;

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The guest trapped.
    Trap(TrapCode),
    /// Something else went wrong.
    Error(String),
}

/// The functions of a file, loaded.
pub struct Program {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
    signatures: Vec<Signature>,
    /// What code that takes addresses of functions loads: it holds the address of this table.
    _addresses: Arc<[AtomicUsize]>,
}

impl Program {
    /// Compiles and loads functions for the instruction set of `isa`, with its flags. `engine` runs that.
    ///
    /// # Errors
    ///
    /// If a function cannot be compiled, or needs something that no artifact has (external symbols, calls of C functions).
    pub fn new(engine: &Engine, isa: &dyn TargetIsa, functions: &[&Function]) -> Result<Self> {
        Self::with_mutation(engine, isa, functions, None)
    }

    /// As [`Program::new`], with code of the functions that is wrong on purpose.
    ///
    /// # Errors
    ///
    /// As [`Program::new`].
    pub fn with_mutation(
        engine: &Engine,
        isa: &dyn TargetIsa,
        functions: &[&Function],
        mutation: Option<&Mutation>,
    ) -> Result<Self> {
        let target = Isa::from_triple(isa.triple()).context("the engine knows no such instruction set")?;
        let isa = &*code::with_frame_pointers(isa)?;
        let wasm = prepared::module(u32::try_from(functions.len())?);
        let addresses: Arc<[AtomicUsize]> = functions.iter().map(|_| AtomicUsize::new(0)).collect();
        let mut settings = Settings { options: engine.options().clone(), ..Settings::default() };
        if !Row::of(target).is_host() {
            settings.triple = isa.triple().clone();
        }
        let mut code = code::compile_all(isa, target, functions, &addresses)?;
        if let Some(mutation) = mutation {
            code.iter_mut().take(functions.len()).try_for_each(|f| mutation.apply(Row::of(target), &mut f.code))?;
        }
        let prepared = prepared::Prepared { flags: flags(isa), code: Arc::new(Mutex::new(code)) };
        let compiler = ModuleCompiler::with_backend(settings, Box::new(prepared))?;
        let module = load::artifact(engine, &compiler.compile(&wasm)?)?;
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module, &[])?;
        let memory = instance.get_memory(&mut store, prepared::MEMORY).context("the module has a memory")?;
        let signatures = functions.iter().map(|f| f.signature.clone()).collect();
        let mut program = Self { store, instance, memory, signatures, _addresses: addresses.clone() };
        program.enter(prepared::ADDRESSES)?;
        for (i, address) in addresses.iter().enumerate() {
            let mut bytes = [0; size_of::<usize>()];
            program.memory.read(&program.store, i * size_of::<usize>(), &mut bytes)?;
            address.store(usize::from_ne_bytes(bytes), Ordering::Relaxed);
        }
        Ok(program)
    }

    /// Calls function `index` of those given.
    ///
    /// # Errors
    ///
    /// If it traps, or the arguments are not of its types.
    pub fn call(&mut self, index: usize, args: &[DataValue]) -> Result<Vec<DataValue>, Stop> {
        self.try_call(index, args).map_err(|e| match e.downcast_ref::<Trap>() {
            Some(&trap) => Stop::Trap(code_of(trap)),
            None => Stop::Error(format!("{e:#}")),
        })
    }

    fn try_call(&mut self, index: usize, args: &[DataValue]) -> Result<Vec<DataValue>> {
        let signature = &self.signatures[index];
        let cell = |i: usize| i * CELL;
        ensure!(args.len() == signature.params.len(), "the function takes {} arguments", signature.params.len());
        for (i, (arg, param)) in args.iter().zip(&signature.params).enumerate() {
            // The values of all vectors of one size have one type.
            let (ty, given) = (param.value_type, arg.ty());
            let fits = given == ty || (ty.is_vector() && given.is_vector() && ty.bytes() == given.bytes());
            ensure!(fits, "argument {i} is {ty}, not {given}");
            self.memory.write(&mut self.store, cell(i), &to_bytes(arg))?;
        }
        let (first, returns) = (args.len(), signature.returns.clone());
        self.enter(&index.to_string())?;
        let mut results = Vec::new();
        for (i, result) in returns.iter().enumerate() {
            let mut bytes = [0; CELL];
            self.memory.read(&self.store, cell(first + i), &mut bytes)?;
            results.push(from_bytes(&bytes, result.value_type)?);
        }
        Ok(results)
    }

    /// Calls an exported function.
    fn enter(&mut self, name: &str) -> Result<()> {
        let entry = self.instance.get_func(&mut self.store, name).context("the function is exported")?;
        entry.call(&mut self.store, &[], &mut [])
    }
}

/// The trap of a code; none if the engine has none for it.
fn trap_of(code: TrapCode) -> Option<Trap> {
    match TRAPS.iter().find(|row| row.0 == code) {
        Some(&(_, trap)) => Some(trap),
        None => Trap::from_code(code.as_raw().get()).filter(|trap| TRAPS.iter().all(|row| row.1 != *trap)),
    }
}

/// The code of a trap.
fn code_of(trap: Trap) -> TrapCode {
    let named = TRAPS.iter().find(|row| row.1 == trap).map(|row| row.0);
    named.or_else(|| TrapCode::user(trap.code())).expect("codes of traps are small")
}

/// Codes with names. All others are numbers, and their traps those with the same number.
const TRAPS: &[(TrapCode, Trap)] = &[
    (TrapCode::STACK_OVERFLOW, Trap::StackOverflow),
    (TrapCode::INTEGER_OVERFLOW, Trap::IntegerOverflow),
    (TrapCode::HEAP_OUT_OF_BOUNDS, Trap::MemoryOutOfBounds),
    (TrapCode::INTEGER_DIVISION_BY_ZERO, Trap::IntegerDivisionByZero),
    (TrapCode::BAD_CONVERSION_TO_INTEGER, Trap::BadConversionToInteger),
];

/// A value as compiled code loads it, little-endian.
fn to_bytes(value: &DataValue) -> [u8; CELL] {
    let mut bytes = [0; CELL];
    match value {
        // The bytes of vectors are in order of lanes everywhere.
        DataValue::V128(lanes) => bytes = *lanes,
        DataValue::V64(lanes) => bytes[..8].copy_from_slice(lanes),
        DataValue::V32(lanes) => bytes[..4].copy_from_slice(lanes),
        DataValue::V16(lanes) => bytes[..2].copy_from_slice(lanes),
        other => other.write_to_slice_le(&mut bytes),
    }
    bytes
}

fn from_bytes(bytes: &[u8; CELL], ty: Type) -> Result<DataValue> {
    let array = |n: usize| &bytes[..n];
    Ok(match (ty.is_vector(), ty.bytes()) {
        (true, 16) => DataValue::V128(*bytes),
        (true, 8) => DataValue::V64(array(8).try_into()?),
        (true, 4) => DataValue::V32(array(4).try_into()?),
        (true, 2) => DataValue::V16(array(2).try_into()?),
        (true, n) => bail!("vectors of {n} bytes are not supported"),
        (false, n) => DataValue::read_from_slice_le(array(n as usize), ty),
    })
}

#[cfg(test)]
mod tests {
    use super::{code_of, trap_of};
    use gantry_abi::Trap;

    #[test]
    fn traps_and_codes_correspond() {
        for &trap in Trap::ALL {
            assert_eq!(trap_of(code_of(trap)), Some(trap));
        }
    }
}
