//! One pass over a function's operators, straight to machine code.
//!
//! [`state`] says where values are, [`alloc`] moves them, [`merge`] makes the ways to a label agree, [`scan`] looks ahead for
//! what loops need; one file per family of operators uses these, and [`operator`] says which operator is whose.
//!
//! ## What must hold
//!
//! * Operands below the operands of the innermost block are in registers or in their homes, never constants or aliases.
//! * At a branch, a slot that the label's snapshot does not find in a register is in its home.
//! * Registers of the current operator's operands and results are locked until the next operator begins.
//! * After an operator that never continues, `reachable` is false and operators are skipped (though validated) up to the
//!   `else` or `end` that makes code reachable again.

mod alloc;
mod bulk;
mod call;
mod control;
mod convention;
mod dispatch;
mod float;
mod instrument;
mod integer;
mod interrupt;
mod memory;
mod merge;
mod operator;
mod reader;
mod reference;
mod scan;
mod simd;
mod stack_map;
mod state;
mod table;
mod trap;

use crate::backend::Settings;
use crate::limit::{Limit, Optimization};
use crate::masm::*;
use crate::reg::RegSet;
use convention::Conventions;
use gantry_abi::{AbiType, CompileError, CompileOptions, Feature, ModuleInfo, ValType, VmLayout};
use gantry_emit::{CompiledFunction, Label};
use gantry_frontend::{FunctionInput, invalid};
use memory::MemoryState;
use scan::Scan;
use state::*;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// What one thread needs to compile functions for one ISA.
pub(crate) struct Tables {
    state: State,
    scan: Scan,
    conventions: Conventions,
    memories: Vec<MemoryState>,
}

impl Tables {
    pub(crate) fn new() -> Self {
        Self { state: State::new(), scan: Scan::default(), conventions: Conventions::default(), memories: Vec::new() }
    }

    /// Forgets what belongs to the module so far.
    pub(crate) fn begin_module(&mut self) {
        self.conventions = Conventions::default();
    }
}

/// The compilation of one function.
pub(in crate::compile) struct Compiler<'a, M> {
    masm: &'a mut M,
    s: &'a mut State,
    scan: &'a mut Scan,
    conventions: &'a mut Conventions,
    memories: &'a mut Vec<MemoryState>,
    module: &'a ModuleInfo,
    layout: &'a VmLayout,
    options: &'a CompileOptions,
    limit: Option<&'a Limit>,
    input: FunctionInput<'a>,
    /// The operators' bytes.
    bytes: &'a [u8],
    /// Where in `bytes` the next operator is.
    next: usize,
    /// Offset of the current operator in the module.
    offset: u64,
    num_locals: u32,
    /// Where homes of locals end: bytes below the frame pointer.
    locals_bottom: u32,
    /// Where the homes of locals and operands end.
    bottom: u32,
    /// The furthest that `bottom` has got.
    deepest: u32,
    /// Bytes of the largest return area of a call.
    return_area: u32,
    /// Home of the address of the caller's return area.
    return_pointer: i32,
    /// Home of the fuel counter.
    fuel_home: i32,
    /// Fuel of operators that the counter does not have yet.
    pending_fuel: i64,
    /// Preserved registers that the function uses.
    saved: RegSet,
    /// Whether the function uses the register with the base of memory 0.
    uses_memory_base: bool,
    /// Whether the function calls anything.
    calls: bool,
    /// Whether the current position can be reached.
    reachable: bool,
    /// How many blocks deep the current position is in code that cannot be reached.
    dead_depth: u32,
    /// A comparison whose operands are still on the stack, for the operator that comes next.
    fused: Option<Fused>,
    /// Where returns go.
    epilogue: Label,
    /// The first branch hint whose operator has not been seen.
    missing: Option<Feature>,
}

/// A comparison that the next operator does.
#[derive(Clone, Copy, Debug)]
enum Fused {
    Int {
        cc: IntCc,
        size: Size,
    },
    /// With zero.
    Zero {
        cc: IntCc,
        size: Size,
    },
    Float {
        cc: FloatCc,
        negated: bool,
        size: FloatSize,
    },
}

/// More bytes than an operator becomes, whatever it has to move: a thousand results, or all registers.
const ISLAND_MARGIN: u32 = 128 << 10;

/// Validates and compiles a function.
pub(crate) fn function<M: MacroAssembler>(
    masm: &mut M,
    tables: &mut Tables,
    settings: &Settings,
    input: &FunctionInput<'_>,
    body: &FunctionBody<'_>,
    validator: &mut FuncValidator<ValidatorResources>,
) -> Result<CompiledFunction, CompileError> {
    masm.buffer().clear();
    tables.state.clear();
    tables.conventions.enter(input.module);
    let epilogue = masm.buffer().label();
    // The operators are what follows the declarations of locals.
    let mut locals = body.get_locals_reader().map_err(invalid)?;
    for _ in 0..locals.get_count() {
        locals.read().map_err(invalid)?;
    }
    let mut reader = locals.get_binary_reader();
    let length = usize::try_from(body.range().end - reader.original_position()).unwrap_or(usize::MAX);
    let bytes = reader.read_bytes(length).map_err(invalid)?;
    let mut c = Compiler {
        masm,
        s: &mut tables.state,
        scan: &mut tables.scan,
        conventions: &mut tables.conventions,
        memories: &mut tables.memories,
        module: input.module,
        layout: input.layout,
        options: &settings.options,
        limit: settings.limit.as_deref(),
        input: *input,
        bytes,
        next: 0,
        offset: 0,
        num_locals: 0,
        locals_bottom: 0,
        bottom: 0,
        deepest: 0,
        return_area: 0,
        return_pointer: 0,
        fuel_home: 0,
        pending_fuel: 0,
        saved: RegSet::EMPTY,
        uses_memory_base: false,
        calls: false,
        reachable: true,
        dead_depth: 0,
        fused: None,
        epilogue,
        missing: None,
    };
    c.function(body, validator)
}

impl<M: MacroAssembler> Compiler<'_, M> {
    fn function(
        &mut self,
        body: &FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        let mut locals = body.get_locals_reader().map_err(invalid)?;
        let ty = self.module.functions[self.module.func_index(self.input.func)].ty;
        self.begin(ty);
        for _ in 0..locals.get_count() {
            let offset = locals.original_position();
            let (count, ty) = locals.read().map_err(invalid)?;
            validator.define_locals(offset, count, ty).map_err(invalid)?;
            let ty = self.val_type(ty)?;
            self.declare_locals(count, ty);
        }
        self.operators(&locals.get_binary_reader(), validator)?;
        self.end_function(ty, validator)
    }
}

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Whether an optimization is taken.
    #[inline]
    fn allow(&self, what: Optimization) -> bool {
        match self.limit {
            None => true,
            Some(limit) => limit.allow(what, self.offset),
        }
    }

    /// The machine type of a wasm type.
    fn val_type(&self, ty: wasmparser::ValType) -> Result<AbiType, CompileError> {
        let ty: ValType = gantry_frontend::val_type(ty).map_err(|feature| self.unsupported(feature))?;
        Ok(self.module.types.abi_type(ty, self.layout.ptr))
    }

    /// An error: the function needs `feature`.
    #[cold]
    fn unsupported(&self, feature: Feature) -> CompileError {
        CompileError::Unsupported { feature, backend: crate::NAME, isa: M::ISA.to_string() }
    }

    /// Parameters are where the caller left them.
    fn begin(&mut self, ty: gantry_abi::TypeIndex) {
        self.masm.start();
        self.bottom = M::REGS.save_area;
        let convention = self.conventions.take(M::ISA, self.module, ty);
        if convention.return_area.is_some() {
            self.return_pointer = self.own_home();
        }
        if self.options.consume_fuel {
            self.fuel_home = self.own_home();
        }
        self.begin_memories();
        for &(ty, place) in &convention.params {
            match place {
                convention::Place::Reg(reg) => {
                    self.push_undefined(ty, reg);
                }
                convention::Place::Memory(offset) => {
                    let offset = (M::REGS.incoming + offset).cast_signed();
                    let bottom = self.bottom;
                    self.push_home(ty);
                    // Its home is the argument itself.
                    self.bottom = bottom;
                    self.s.slots.last_mut().expect("just pushed").home = offset;
                }
            }
        }
        self.num_locals = self.height();
        self.locals_bottom = self.bottom;
        self.frame_of_function(&convention);
        if let Some(reg) = convention.return_area {
            let home = self.return_pointer;
            self.masm.spill(AbiType::I64, reg.into(), home);
        }
        self.conventions.put(ty, convention);
    }

    /// A 64-bit home for the compiler's own use.
    fn own_home(&mut self) -> i32 {
        self.bottom = next_bottom(self.bottom, AbiType::I64);
        -self.bottom.cast_signed()
    }

    /// The control frame of the function.
    fn frame_of_function(&mut self, convention: &convention::Convention) {
        let results = u32::try_from(convention.results.len()).expect("signatures are limited to a thousand values");
        self.s.types.extend(convention.results.iter().map(|&(ty, _)| ty));
        let label = self.epilogue;
        let types = BlockTypes { start: 0, params: 0, results };
        self.s.frames.push(Frame { kind: FrameKind::Func, label, height: 0, bottom: 0, types, table_edge: None });
        self.s.snapshot_of(0);
        self.s.snapshots[0].taken = false;
    }

    /// Locals start as zero or null, in their homes.
    fn declare_locals(&mut self, count: u32, ty: AbiType) {
        let from = self.bottom;
        for _ in 0..count {
            self.push_home(ty);
        }
        let bytes = self.bottom - from;
        if bytes > 0 {
            let home = -self.bottom.cast_signed();
            self.masm.zero_frame(home, bytes);
        }
        self.num_locals = self.height();
        self.locals_bottom = self.bottom;
    }

    /// All locals are known.
    fn enter_body(&mut self) {
        let frame = self.s.frames.last_mut().expect("the function's frame");
        frame.height = self.num_locals;
        frame.bottom = self.locals_bottom;
        self.deepest = self.deepest.max(self.bottom);
        self.start_interrupts();
    }

    /// The epilogue, what stands behind it, and the prologue.
    fn end_function(
        &mut self,
        ty: gantry_abi::TypeIndex,
        validator: &FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        let convention = self.conventions.take(M::ISA, self.module, ty);
        let (own_bytes, vmctx) = (convention.stack_bytes, convention.callee_vmctx);
        self.conventions.put(ty, convention);
        let buffer = self.masm.buffer();
        buffer.source(None);
        let epilogue = self.epilogue;
        self.masm.buffer().bind(epilogue);
        self.saved.insert(M::REGS.vmctx.into());
        if self.uses_memory_base {
            self.saved.insert(M::REGS.memory_base.into());
        }
        let saved = self.saved;
        self.masm.epilogue(saved, own_bytes);
        let exhausted = self.masm.buffer().label();
        let stub = Stub::Overflow { label: exhausted, vmctx };
        let frame_bytes = (self.deepest + self.return_area).next_multiple_of(16);
        // Without calls nobody recurses, and small frames fit in the reserve behind the limit.
        let check = self.calls || frame_bytes > crate::SMALL_FRAME;
        if check {
            self.s.stubs.push(stub);
        }
        self.emit_stubs();
        let extra = if frame_bytes > crate::SMALL_FRAME { frame_bytes } else { 0 };
        let store = self.layout.store;
        let limit = self.layout.store_context.stack_limit;
        let stack_check = check.then_some(StackCheck { store, limit, extra, exhausted });
        let memory_base = self.uses_memory_base.then(|| self.memory_base_path());
        self.masm.prologue(&Prologue { frame_bytes, saved, vmctx, stack_check, memory_base });
        self.finish_stack_maps(frame_bytes);
        let func = self.module.func_index(self.input.func);
        if frame_bytes > crate::MAX_FRAME {
            return Err(CompileError::too_large(func, format!("its frame has {frame_bytes} bytes")));
        }
        let mut function = self.masm.buffer().finish().map_err(|e| CompileError::too_large(func, e.to_string()))?;
        if self.options.debug_locals {
            function.locals = self.local_homes(validator)?;
        }
        Ok(function)
    }

    /// The local that the next operator sets, if it does that.
    #[inline]
    fn next_local_set(&self) -> Option<u32> {
        match self.bytes.get(self.next..)? {
            // Indices of more than one byte are rare, and not worth the look.
            [0x21 | 0x22, index, ..] if *index < 0x80 => Some((*index).into()),
            _ => None,
        }
    }
}
