//! Which trampolines and thunks a module needs, and its text: functions first, in order of index.

use gantry_abi::*;
use gantry_emit::{CompiledFunction, LinkedText, Linker, Symbol, Target, trampoline};
use std::collections::{BTreeMap, BTreeSet};

/// The shapes of a module's function types.
pub(crate) struct Shapes {
    /// Each shape once, in order of the first type that has it.
    pub(crate) shapes: PrimaryMap<ShapeIndex, Shape>,
    /// Shape of each type that is a function type.
    pub(crate) of_type: PrimaryMap<TypeIndex, PackedOption<ShapeIndex>>,
    /// Shapes of functions that the module defines and that can escape.
    pub(crate) escaping: BTreeSet<ShapeIndex>,
}

impl Shapes {
    pub(crate) fn new(module: &ModuleInfo, ptr: PointerWidth) -> Self {
        let mut shapes = PrimaryMap::new();
        let mut known = BTreeMap::new();
        let mut of_type: PrimaryMap<TypeIndex, PackedOption<ShapeIndex>> = PrimaryMap::new();
        for ty in module.types.types.values() {
            let index = ty.as_func().map(|func| {
                let shape = module.types.shape(func, ptr);
                *known.entry(shape.clone()).or_insert_with(|| shapes.push(shape))
            });
            of_type.push(index.into());
        }
        let mut escaping = BTreeSet::new();
        for (index, info) in module.functions.iter().skip(module.num_imported_functions) {
            if info.func_ref.is_some() {
                escaping.insert(of_type[module.functions[index].ty].expect("functions have function types"));
            }
        }
        Self { shapes, of_type, escaping }
    }
}

/// Appends functions and trampolines in a fixed order, and links them.
pub(crate) fn link(
    target: Target,
    functions: &[CompiledFunction],
    shapes: &Shapes,
) -> Result<LinkedText, CompileError> {
    let mut linker = Linker::new(target.isa);
    let mut libcalls = BTreeSet::new();
    for (index, function) in functions.iter().enumerate() {
        linker.append(Symbol::Function(DefinedFunc::new(index)), function);
        libcalls.extend(function.relocations.iter().filter_map(|r| match r.target {
            Symbol::LibcallThunk(libcall) => Some(libcall),
            _ => None,
        }));
    }
    for (index, shape) in shapes.shapes.iter() {
        if shapes.escaping.contains(&index) {
            append(&mut linker, Symbol::EntryTrampoline(index), trampoline::entry(target, shape))?;
        }
        append(&mut linker, Symbol::ExitTrampoline(index), trampoline::exit(target, shape))?;
    }
    for libcall in libcalls {
        let thunk = match trampoline::libcall_thunk(target, libcall) {
            // Code refers to the thunk: it must be there, and stop.
            Err(trampoline::Unsupported::Isa { .. }) => Ok(stopping(target)),
            made => made,
        };
        append(&mut linker, Symbol::LibcallThunk(libcall), thunk)?;
    }
    linker.finish().map_err(|e| CompileError::ModuleTooLarge { what: e.to_string().into() })
}

/// Appends a trampoline, unless the ISA has none yet: then the artifact says that it lacks it.
fn append(
    linker: &mut Linker,
    symbol: Symbol,
    made: Result<CompiledFunction, trampoline::Unsupported>,
) -> Result<(), CompileError> {
    match made {
        Ok(function) => {
            linker.append(symbol, &function);
            Ok(())
        }
        Err(trampoline::Unsupported::Isa { .. }) => Ok(()),
        Err(error) => Err(CompileError::ModuleTooLarge { what: error.to_string().into() }),
    }
}

/// Code that stops execution.
fn stopping(target: Target) -> CompiledFunction {
    let code = target.isa.padding().to_vec();
    let body_len = u32::try_from(code.len()).expect("a single instruction");
    CompiledFunction { code, body_len, alignment: target.isa.text_align(), ..CompiledFunction::default() }
}
