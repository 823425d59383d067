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

/// Puts a module's text together: its functions as they come, then trampolines and thunks in a fixed order.
pub(crate) struct ModuleLinker {
    target: Target,
    linker: Linker,
    functions: usize,
    libcalls: BTreeSet<Libcall>,
}

impl ModuleLinker {
    /// An empty text, for code made from so many bytes of function bodies.
    pub(crate) fn new(target: Target, body_bytes: usize) -> Self {
        Self {
            target,
            linker: Linker::new(target.isa).with_room_for(body_bytes),
            functions: 0,
            libcalls: BTreeSet::new(),
        }
    }

    /// Appends the next function that the module defines.
    pub(crate) fn function(&mut self, function: &CompiledFunction) {
        self.linker.append(Symbol::Function(DefinedFunc::new(self.functions)), function);
        self.functions += 1;
        self.libcalls.extend(function.relocations.iter().filter_map(|r| match r.target {
            Symbol::LibcallThunk(libcall) => Some(libcall),
            _ => None,
        }));
    }

    /// Appends what the functions need besides, and links.
    pub(crate) fn finish(mut self, shapes: &Shapes) -> Result<LinkedText, CompileError> {
        let target = self.target;
        for (index, shape) in shapes.shapes.iter() {
            if shapes.escaping.contains(&index) {
                self.stub(Symbol::EntryTrampoline(index), trampoline::entry(target, shape))?;
            }
            self.stub(Symbol::ExitTrampoline(index), trampoline::exit(target, shape))?;
        }
        for libcall in std::mem::take(&mut self.libcalls) {
            self.stub(Symbol::LibcallThunk(libcall), trampoline::libcall_thunk(target, libcall))?;
        }
        self.linker.finish().map_err(|e| CompileError::ModuleTooLarge { what: e.to_string().into() })
    }

    fn stub(
        &mut self,
        symbol: Symbol,
        made: Result<CompiledFunction, trampoline::Unsupported>,
    ) -> Result<(), CompileError> {
        let function = made.map_err(|e| CompileError::ModuleTooLarge { what: e.to_string().into() })?;
        self.linker.append(symbol, &function);
        Ok(())
    }
}
