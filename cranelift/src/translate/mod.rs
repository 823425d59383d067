//! Wasm to CLIF, in one pass: each operator is validated, then translated.
//!
//! One file per family of operators; [`operator`] says which operator is whose. [`state`] holds the stacks, [`trap`] is the
//! only place that knows the two ways of trapping, [`bounds`] decides which memory accesses need which checks.
//!
//! ## What must hold
//!
//! * Values on the operand stack, in locals and in block parameters have the CLIF type that [`Translator::clif_type`] gives
//!   for their wasm type, but for vectors on the operand stack, which have whatever vector type made them. They become
//!   [`VECTOR`] wherever they leave straight-line code.
//! * After an operator that never continues, `reachable` is false and operators are skipped (though validated) up to the
//!   `else` or `end` that makes code reachable again.
//! * What a callee can change (memory bases and lengths, fuel) is reloaded after each call, before it is used or control
//!   flow merges.

mod bounds;
mod call;
mod control;
mod float;
mod global;
mod integer;
mod interrupt;
mod memory;
mod operator;
mod reference;
mod simd;
mod state;
mod table;
mod trap;

pub(crate) use interrupt::{MAX_SMALL_VALUES, StackCheck, grow_stack_check};
pub(crate) use state::State;
pub(crate) use trap::trap_of;
pub use trap::{libcall_of, trap_code};

use crate::NAME;
use crate::backend::Backend;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{
    AbiParam, AliasRegion, AliasRegionData, ArgumentPurpose, Endianness, Function, InstBuilder, MemFlagsData, Opcode,
    Signature, SourceLoc, Type, UserFuncName, Value, ValueDef, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use gantry_abi::{
    AbiType, CompileError, CompileOptions, Feature, FuncType, ModuleInfo, PointerWidth, ValType, VmLayout,
};
use gantry_frontend::{FunctionInput, fuel, heap_type, invalid, val_type};
use state::{Frame, FrameKind, Local, Types};
use wasmparser::{FuncValidator, FunctionBody, Operator, OperatorsReader, ValidatorResources};

/// The type of vectors wherever they leave straight-line code.
pub(super) const VECTOR: Type = types::I8X16;

/// Name space of functions in the names of CLIF.
pub(crate) const NAMESPACE_FUNCTION: u32 = 0;
/// Name space of libcall thunks in the names of CLIF.
pub(crate) const NAMESPACE_LIBCALL: u32 = 1;

/// Translates a function into `func`, which is empty. Gives the constant of its explicit stack check, if there is one.
pub(crate) fn function(
    backend: &Backend,
    input: &FunctionInput<'_>,
    body: FunctionBody<'_>,
    validator: &mut FuncValidator<ValidatorResources>,
    func: &mut Function,
    context: &mut FunctionBuilderContext,
    state: &mut State,
) -> Result<Option<StackCheck>, CompileError> {
    state.clear();
    let module = input.module;
    let index = module.func_index(input.func);
    let ty = module.func_type(index);
    func.name = UserFuncName::user(NAMESPACE_FUNCTION, input.func.as_u32());
    func.signature = signature(module, backend, ty)?;
    let mut t = Translator {
        b: FunctionBuilder::new(func, context),
        s: state,
        backend,
        module,
        layout: input.layout,
        options: &backend.options,
        input: *input,
        ptr: pointer_type(backend.ptr),
        // Overwritten by `start`, before anything reads them.
        vmctx: Value::from_u32(0),
        reachable: true,
        dead_depth: 0,
        body_start: body.range().start,
        next_hint: 0,
        offset: 0,
        trap_func: None,
        missing: None,
        interrupt: Default::default(),
        stack_check: None,
    };
    let mut locals = body.get_locals_reader().map_err(invalid)?;
    t.start(ty)?;
    for _ in 0..locals.get_count() {
        let offset = locals.original_position();
        let (count, ty) = locals.read().map_err(invalid)?;
        validator.define_locals(offset, count, ty).map_err(invalid)?;
        t.declare_locals(count, val_type(ty).map_err(|f| t.unsupported(f))?)?;
    }
    t.prologue();
    let mut operators = OperatorsReader::new(locals.get_binary_reader());
    while !operators.eof() {
        let (op, offset) = operators.read_with_offset().map_err(invalid)?;
        t.operator(validator, &op, offset)?;
    }
    operators.finish().map_err(invalid)?;
    t.finish();
    let check = t.stack_check;
    t.b.finalize(backend.isa.frontend_config());
    Ok(check)
}

/// The state of one translation.
pub(in crate::translate) struct Translator<'a> {
    pub(super) b: FunctionBuilder<'a>,
    pub(super) s: &'a mut State,
    pub(super) backend: &'a Backend,
    pub(super) module: &'a ModuleInfo,
    pub(super) layout: &'a VmLayout,
    pub(super) options: &'a CompileOptions,
    pub(super) input: FunctionInput<'a>,
    /// The type of pointers.
    pub(super) ptr: Type,
    /// The function's own vmctx.
    pub(super) vmctx: Value,
    /// Whether the current position can be reached.
    pub(super) reachable: bool,
    /// How many blocks deep the current position is in code that cannot be reached.
    pub(super) dead_depth: u32,
    /// Offset of the function body in the module.
    body_start: u64,
    /// The first branch hint whose operator has not been seen.
    next_hint: usize,
    /// Offset of the current operator in the module.
    pub(super) offset: u64,
    pub(super) trap_func: Option<cranelift_codegen::ir::FuncRef>,
    /// A feature that the current operator needs and that is not there.
    pub(super) missing: Option<Feature>,
    pub(super) interrupt: interrupt::Interrupt,
    pub(super) stack_check: Option<StackCheck>,
}

/// Disjoint parts of memory, for alias analysis.
///
/// Entities that the module defines are distinct; imported ones may be one and the same, so that they share a region as far
/// as they can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// Fields of the vmctx and records that never change while a function runs.
    VmCtx,
    /// The store context.
    Store,
    /// The epoch counter.
    Epoch,
    /// Counters of calls and loops.
    Counters,
    /// Entry slots.
    CodeTable,
    /// Function records.
    FuncRef,
    /// Base and length of memories and tables.
    Record,
    /// Contents of a memory: of a defined one, or of all imported ones.
    Memory(Option<u32>),
    /// Contents of a table.
    Table(Option<u32>),
    /// A global: a defined one, or all imported ones.
    Global(Option<u32>),
}

impl Region {
    /// A number that no other region has, but for entities with large indices, which share one per kind: a function can
    /// have 65534 combinations of regions and flags.
    fn id(self) -> u32 {
        let entity = |kind: u32, index: Option<u32>| (kind << 16) + index.map_or(0, |i| 1 + i.min(4000));
        match self {
            Self::VmCtx => 0,
            Self::Store => 1,
            Self::Epoch => 2,
            Self::CodeTable => 3,
            Self::FuncRef => 4,
            Self::Record => 5,
            Self::Counters => 6,
            Self::Memory(i) => entity(1, i),
            Self::Table(i) => entity(2, i),
            Self::Global(i) => entity(3, i),
        }
    }

    fn description(self) -> std::borrow::Cow<'static, str> {
        let entity = |kind: &str, index: Option<u32>| match index {
            Some(i) => format!("{kind} {i}").into(),
            None => format!("imported {kind}").into(),
        };
        match self {
            Self::VmCtx => "vmctx".into(),
            Self::Store => "store".into(),
            Self::Epoch => "epoch".into(),
            Self::Counters => "counters".into(),
            Self::CodeTable => "code table".into(),
            Self::FuncRef => "funcref".into(),
            Self::Record => "record".into(),
            Self::Memory(i) => entity("memory", i),
            Self::Table(i) => entity("table", i),
            Self::Global(i) => entity("global", i),
        }
    }
}

impl<'a> Translator<'a> {
    /// Entry block, parameters, the function's own control frame.
    fn start(&mut self, ty: &FuncType) -> Result<(), CompileError> {
        let entry = self.b.create_block();
        self.b.append_block_params_for_function_params(entry);
        self.b.switch_to_block(entry);
        self.b.seal_block(entry);
        let params: smallvec::SmallVec<[Value; 16]> = self.b.block_params(entry).into();
        self.vmctx = params[0];
        for &value in &params[2..] {
            let ty = self.b.func.dfg.value_type(value);
            let var = self.b.declare_var(ty);
            self.b.def_var(var, value);
            self.s.locals.push(Local { var, ty });
        }
        let results = self.clif_types(&ty.results)?;
        let next = self.block_with_params(&results);
        self.s.control.push(Frame {
            kind: FrameKind::Block,
            next,
            next_reached: false,
            height: 0,
            params: 0,
            results: results.len(),
            else_operands: Default::default(),
        });
        Ok(())
    }

    /// Declares locals, which start as zero or null.
    fn declare_locals(&mut self, count: u32, ty: ValType) -> Result<(), CompileError> {
        let ty = self.clif_type(ty)?;
        let zero = self.zero(ty);
        for _ in 0..count {
            let var = self.b.declare_var(ty);
            self.b.def_var(var, zero);
            self.s.locals.push(Local { var, ty });
        }
        Ok(())
    }

    /// Checks and loads at the start of the function.
    fn prologue(&mut self) {
        self.check_stack();
        self.declare_memories();
        self.start_interrupts();
    }

    /// Validates and translates one operator.
    fn operator(
        &mut self,
        validator: &mut FuncValidator<ValidatorResources>,
        op: &Operator<'_>,
        offset: u64,
    ) -> Result<(), CompileError> {
        // Only the validator knows types of operands; it forgets them when it goes on.
        let non_null = match op {
            Operator::CallRef { .. } | Operator::ReturnCallRef { .. } | Operator::RefAsNonNull => matches!(
                validator.get_operand_type(0),
                Some(Some(wasmparser::ValType::Ref(r))) if !r.is_nullable()
            ),
            _ => false,
        };
        validator.op(offset, op).map_err(invalid)?;
        if !self.reachable {
            self.dead_operator(op);
            return Ok(());
        }
        self.offset = offset;
        if self.options.source_map {
            // Offsets in modules are 32 bits: larger ones are not mapped.
            self.b.set_srcloc(u32::try_from(offset).map_or(SourceLoc::default(), SourceLoc::new));
        }
        if self.options.consume_fuel {
            self.interrupt.pending_fuel += fuel::cost(op);
        }
        self.translate(op, non_null)?;
        self.missing.map_or(Ok(()), |feature| Err(self.unsupported(feature)))
    }

    /// Sealing, and what could not be known earlier.
    fn finish(&mut self) {
        self.b.set_srcloc(SourceLoc::default());
        self.retract_stack_check();
        self.b.seal_all_blocks();
        self.remove_unused_reloads();
    }

    /// The hint for the current operator: whether its branch is likely taken.
    pub(super) fn hint(&mut self) -> Option<bool> {
        let hints = self.input.branch_hints;
        while let Some(&(offset, likely)) = hints.get(self.next_hint) {
            match (self.body_start + u64::from(offset)).cmp(&self.offset) {
                std::cmp::Ordering::Less => self.next_hint += 1,
                std::cmp::Ordering::Equal => return Some(likely),
                std::cmp::Ordering::Greater => return None,
            }
        }
        None
    }

    /// The CLIF type of values of type `ty` where they leave straight-line code.
    pub(super) fn clif_type(&self, ty: ValType) -> Result<Type, CompileError> {
        clif_type(self.module, self.backend, ty)
    }

    /// The same for several types.
    pub(super) fn clif_types(&self, types: &[ValType]) -> Result<Types, CompileError> {
        types.iter().map(|&t| self.clif_type(t)).collect()
    }

    /// An error: the function needs `feature`.
    #[cold]
    pub(super) fn unsupported(&self, feature: Feature) -> CompileError {
        unsupported(self.backend, feature)
    }

    /// The alias region `region` in this function.
    pub(super) fn region(&mut self, region: Region) -> AliasRegion {
        let regions = &mut self.b.func.dfg.alias_regions;
        let user_id = region.id();
        match regions.get(user_id) {
            Some(known) => known,
            None => regions.insert(AliasRegionData { user_id, description: region.description() }),
        }
    }

    /// Flags of accesses of the engine's own data in `region`: aligned, never faulting.
    pub(super) fn own(&mut self, region: Region) -> MemFlagsData {
        let region = self.region(region);
        MemFlagsData::trusted().with_alias_region(Some(region))
    }

    /// Flags of loads of the engine's own data that nobody writes while the function runs.
    pub(super) fn constant(&mut self, region: Region) -> MemFlagsData {
        self.own(region).with_readonly().with_can_move()
    }

    /// Loads a pointer-sized field.
    pub(super) fn load_pointer(&mut self, flags: MemFlagsData, base: Value, offset: u32) -> Value {
        let (base, offset) = self.displace(base, offset);
        self.b.ins().load(self.ptr, flags, base, offset)
    }

    /// A field of the vmctx that never changes: a pointer.
    pub(super) fn vmctx_pointer(&mut self, offset: u32) -> Value {
        let flags = self.constant(Region::VmCtx);
        self.load_pointer(flags, self.vmctx, offset)
    }

    /// `base + offset` as address and displacement that an access can have.
    pub(super) fn displace(&mut self, base: Value, offset: u32) -> (Value, i32) {
        match i32::try_from(offset) {
            Ok(offset) => (base, offset),
            Err(_) => {
                let offset = self.iconst(self.ptr, i64::from(offset));
                (self.b.ins().iadd(base, offset), 0)
            }
        }
    }

    /// `base + offset`.
    pub(super) fn offset(&mut self, base: Value, offset: u32) -> Value {
        let offset = self.iconst(self.ptr, i64::from(offset));
        self.b.ins().iadd(base, offset)
    }

    /// An integer constant.
    pub(super) fn iconst(&mut self, ty: Type, value: i64) -> Value {
        let value = match ty.bits() {
            64 => value,
            bits => value & ((1 << bits) - 1),
        };
        self.b.ins().iconst(ty, value)
    }

    /// A pointer-sized constant.
    pub(super) fn ptr_const(&mut self, value: u64) -> Value {
        self.iconst(self.ptr, value.cast_signed())
    }

    /// The value of an integer constant, zero-extended.
    pub(super) fn const_of(&self, value: Value) -> Option<u64> {
        let dfg = &self.b.func.dfg;
        let ValueDef::Result(inst, _) = dfg.value_def(value) else { return None };
        let cranelift_codegen::ir::InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } = dfg.insts[inst] else {
            return None;
        };
        let bits = imm.bits().cast_unsigned();
        Some(match dfg.value_type(value).bits() {
            64 => bits,
            n => bits & ((1 << n) - 1),
        })
    }

    /// Zero or null of any type.
    pub(super) fn zero(&mut self, ty: Type) -> Value {
        match ty {
            types::F32 => self.b.ins().f32const(Ieee32::with_bits(0)),
            types::F64 => self.b.ins().f64const(Ieee64::with_bits(0)),
            ty if ty.is_vector() => {
                let zeros = self.b.func.dfg.constants.insert([0u8; 16].as_slice().into());
                self.b.ins().vconst(ty, zeros)
            }
            ty => self.iconst(ty, 0),
        }
    }

    /// Zero-extends or truncates an unsigned integer to `ty`.
    pub(super) fn resize(&mut self, value: Value, ty: Type) -> Value {
        let from = self.b.func.dfg.value_type(value);
        match from.bits().cmp(&ty.bits()) {
            std::cmp::Ordering::Less => self.b.ins().uextend(ty, value),
            std::cmp::Ordering::Equal => value,
            std::cmp::Ordering::Greater => self.b.ins().ireduce(ty, value),
        }
    }

    pub(super) fn push(&mut self, value: Value) {
        self.s.stack.push(value);
    }

    pub(super) fn pop(&mut self) -> Value {
        self.s.stack.pop().expect("validated: the operand stack is not empty")
    }

    /// Pops two operands, in the order in which they were pushed.
    pub(super) fn pop2(&mut self) -> (Value, Value) {
        let b = self.pop();
        (self.pop(), b)
    }

    pub(super) fn pop3(&mut self) -> (Value, Value, Value) {
        let c = self.pop();
        let (a, b) = self.pop2();
        (a, b, c)
    }

    /// Makes the topmost `count` operands fit to leave straight-line code.
    pub(super) fn settle(&mut self, count: usize) {
        let start = self.s.stack.len() - count;
        for i in start..self.s.stack.len() {
            self.s.stack[i] = self.settled(self.s.stack[i]);
        }
    }

    /// A value that is fit to leave straight-line code.
    pub(super) fn settled(&mut self, value: Value) -> Value {
        if self.b.func.dfg.value_type(value).is_vector() { self.as_vector(value, VECTOR) } else { value }
    }

    /// The same 128 bits as a vector of type `ty`. Lane 0 always holds the lowest bits.
    pub(super) fn as_vector(&mut self, value: Value, ty: Type) -> Value {
        if self.b.func.dfg.value_type(value) == ty {
            return value;
        }
        self.b.ins().bitcast(ty, MemFlagsData::new().with_endianness(Endianness::Little), value)
    }

    /// A block whose parameters have these types.
    pub(super) fn block_with_params(&mut self, types: &[Type]) -> cranelift_codegen::ir::Block {
        let block = self.b.create_block();
        for &ty in types {
            self.b.append_block_param(block, ty);
        }
        block
    }
}

/// The type of pointers.
fn pointer_type(ptr: PointerWidth) -> Type {
    match ptr {
        PointerWidth::W32 => types::I32,
        PointerWidth::W64 => types::I64,
    }
}

/// The CLIF type of values of type `ty` where they leave straight-line code.
fn clif_type(module: &ModuleInfo, backend: &Backend, ty: ValType) -> Result<Type, CompileError> {
    Ok(match module.types.abi_type(ty, backend.ptr) {
        AbiType::I32 => types::I32,
        AbiType::I64 => types::I64,
        AbiType::F32 => types::F32,
        AbiType::F64 => types::F64,
        AbiType::V128 if backend.traits.vectors => VECTOR,
        AbiType::V128 => return Err(unsupported(backend, Feature::Simd)),
    })
}

/// The signature of wasm calls of functions of type `ty`.
fn signature(module: &ModuleInfo, backend: &Backend, ty: &FuncType) -> Result<Signature, CompileError> {
    let ptr = pointer_type(backend.ptr);
    let mut signature = Signature::new(CallConv::Tail);
    signature.params.reserve(2 + ty.params.len());
    signature.params.push(AbiParam::special(ptr, ArgumentPurpose::VMContext));
    signature.params.push(AbiParam::new(ptr));
    for &param in &ty.params {
        signature.params.push(AbiParam::new(clif_type(module, backend, param)?));
    }
    for &result in &ty.results {
        signature.returns.push(AbiParam::new(clif_type(module, backend, result)?));
    }
    Ok(signature)
}

#[cold]
fn unsupported(backend: &Backend, feature: Feature) -> CompileError {
    let isa = match feature {
        Feature::Simd => format!("{} without vector instructions", backend.isa_name()),
        _ => backend.isa_name(),
    };
    CompileError::Unsupported { feature, backend: NAME, isa }
}
