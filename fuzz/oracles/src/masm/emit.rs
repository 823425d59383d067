//! Programs as calls of an assembler's methods.

use super::op::*;
use gantry_abi::layout::Offset;
use gantry_abi::{AbiType, CompileError, DefinedFunc, DefinedMemory, Libcall, Trap};
use gantry_compile::compiler::FunctionInput;
use gantry_emit::callconv::{AbiLayout, Loc};
use gantry_emit::{CompiledFunction, Label, Symbol};
use gantry_winch::masm::*;
use gantry_winch::reg::{Class, Gp, RegSet, Wide};
use std::ops::Range;

/// What one operation adds to the code at most: enough for islands to come in time.
const LONGEST: u32 = 4096;

/// A function with the ranges of its code that are no instructions.
pub(super) struct Emitted {
    pub(super) function: CompiledFunction,
    pub(super) data: Vec<Range<u32>>,
}

/// Emits a function of a program.
pub(super) fn emit<M: MacroAssembler>(
    masm: &mut M,
    program: &Program,
    input: &FunctionInput<'_>,
) -> Result<Emitted, CompileError> {
    let index = input.func.as_u32() as usize;
    let function = &program.functions[index];
    masm.buffer().clear();
    let module = input.module;
    let ty = module.types.func(module.functions[module.func_index(input.func)].ty);
    let convention = AbiLayout::new(M::ISA, &module.types.shape(ty, M::ISA.pointer_width()));
    let exhausted = masm.buffer().label();
    let mut emitter = Emitter {
        masm,
        program,
        function,
        vmctxs: [int(convention.callee_vmctx), int(convention.caller_vmctx)],
        code_table: input.layout.code_table,
        wides: [None; 32],
        stops: Vec::new(),
        data: Vec::new(),
    };
    emitter.masm.start();
    // Where the entry is, is known only at the end; the first row of the source map tells.
    let start = emitter.masm.buffer().offset();
    emitter.masm.buffer().source(Some(0));
    emitter.wides();
    if index == 0 {
        emitter.registers(INITIAL, true);
    }
    emitter.ops(&function.body);
    if index == 0 {
        emitter.registers(FINAL, false);
        emitter.ends();
    }
    let saved = M::REGS.preserved | own::<M>();
    emitter.masm.epilogue(saved, function.arguments);
    for (label, stop, trap) in std::mem::take(&mut emitter.stops) {
        emitter.masm.buffer().bind(label);
        emitter.stop(stop, trap);
    }
    let stack_check = function.check.map(|extra| {
        let vm = input.layout;
        StackCheck { store: vm.store, limit: vm.store_context.stack_limit, extra, exhausted }
    });
    if stack_check.is_some() {
        emitter.masm.buffer().bind(exhausted);
        emitter.masm.trap(Trap::StackOverflow);
    }
    let base = input.layout.memories.at(DefinedMemory::from_u32(0)) + input.layout.memory.base;
    emitter.masm.prologue(&Prologue {
        frame_bytes: function.frame,
        saved,
        vmctx: emitter.vmctxs[0],
        stack_check,
        memory_base: Some(MemoryBase { import: None, base }),
    });
    let Emitter { mut data, .. } = emitter;
    let result = masm.buffer().finish();
    let function = result.map_err(|error| CompileError::too_large(module.func_index(input.func), error.to_string()))?;
    let dropped = start - function.source_map.first().map_or(start, |row| row.offset);
    for range in &mut data {
        *range = range.start - dropped..range.end - dropped;
    }
    Ok(Emitted { function, data })
}

/// Registers that functions have for themselves.
fn own<M: MacroAssembler>() -> RegSet {
    gantry_winch::reg::Reg::from(M::REGS.vmctx).set() | gantry_winch::reg::Reg::from(M::REGS.memory_base).set()
}

fn int(loc: Loc) -> Gp {
    match loc {
        Loc::Int(reg) => Gp(reg),
        other => unreachable!("the first arguments are in integer registers, not {other:?}"),
    }
}

struct Emitter<'a, M> {
    masm: &'a mut M,
    program: &'a Program,
    function: &'a Function,
    /// Where a callee finds its vmctx, and its caller's.
    vmctxs: [Gp; 2],
    code_table: Offset,
    /// Registers as indices of 64 bits.
    wides: [Option<Wide>; 32],
    /// What stands behind the function.
    stops: Vec<(Label, Stop, Trap)>,
    data: Vec<Range<u32>>,
}

impl<M: MacroAssembler> Emitter<'_, M> {
    /// Every register as an index: numbers of 64 bits mean what they are.
    fn wides(&mut self) {
        for reg in M::REGS.allocatable & RegSet::INT {
            self.wides[reg.index()] = Some(self.masm.zero_extend(reg.gp(), reg.gp()));
        }
    }

    /// Reads all registers from the memory, or writes them there.
    fn registers(&mut self, at: u32, read: bool) {
        let base = M::REGS.memory_base;
        for reg in M::REGS.allocatable {
            let (ty, offset) = match reg.class() {
                Class::Int => (AbiType::I64, at + 8 * u32::from(reg.gp().0)),
                Class::Float => (AbiType::V128, at + FLOATS + 16 * u32::from(reg.fp().0)),
            };
            if read {
                self.masm.load(reg, Addr::field(LoadKind::whole(ty), base, offset));
            } else {
                self.masm.store(reg, Addr::field(StoreKind::whole(ty), base, offset));
            }
        }
    }

    /// Writes the homes, and what pointers in registers are compared with.
    fn ends(&mut self) {
        let base = M::REGS.memory_base;
        let mut free = M::REGS.allocatable & RegSet::INT;
        let temp = free.next().expect("there are registers").gp();
        self.masm.store(base.into(), Addr::field(StoreKind::I64, base, BASE));
        for (to, offset) in self.function.homes(M::REGS.save_area) {
            self.masm.load_result(AbiType::I64, temp.into(), offset);
            self.masm.store(temp.into(), Addr::field(StoreKind::I64, base, to));
        }
        self.masm.stack_address(temp, 0);
        self.masm.store(temp.into(), Addr::field(StoreKind::I64, base, STACK));
    }

    fn ops(&mut self, ops: &[Op]) {
        for op in ops {
            self.op(op);
            if M::NEEDS_ISLANDS && self.masm.buffer().island_needed(LONGEST) {
                let start = self.masm.buffer().offset();
                self.masm.buffer().emit_island();
                self.data.push(start..self.masm.buffer().offset());
            }
        }
    }

    fn addr<K: Copy>(&self, kind: K, place: Place) -> Addr<K> {
        let addr = Addr::field(kind, place.base, place.offset);
        let addr = addr.or_trap(place.traps.then_some(Trap::MemoryOutOfBounds));
        match place.index {
            None => addr,
            Some(Ix::Word(reg)) => addr.indexed(Index::Word(reg)),
            Some(Ix::Long(reg)) => {
                addr.indexed(Index::Long(self.wides[usize::from(reg.0)].expect("an allocatable register")))
            }
        }
    }

    fn stop(&mut self, stop: Stop, trap: Trap) {
        match stop {
            Stop::Fault => self.masm.trap(trap),
            Stop::Libcall => {
                self.masm.libcall_trap(M::REGS.vmctx, trap.code());
                self.masm.call(Callee::Symbol(Symbol::LibcallThunk(Libcall::trap)));
                self.masm.never();
            }
        }
    }

    /// Arguments, vmctxs and address of a function that is called.
    fn before_call(&mut self, call: &Call) -> Callee {
        self.masm.push_arguments(self.program.functions[call.callee].arguments);
        for &(ty, reg, offset) in &call.arguments {
            self.masm.store_argument(ty, reg, None, offset);
        }
        let callee = DefinedFunc::from_u32(u32::try_from(call.callee).expect("programs are small"));
        let target = if call.indirect {
            let address = M::REGS.callee;
            self.masm.load(address.into(), Addr::field(LoadKind::I64, M::REGS.vmctx, self.code_table));
            self.masm.load(address.into(), Addr::field(LoadKind::I64, address, 8 * callee.as_u32()));
            Callee::Reg(address)
        } else {
            Callee::Symbol(Symbol::Function(callee))
        };
        for reg in self.vmctxs {
            self.masm.mov(Size::S64, reg, M::REGS.vmctx);
        }
        target
    }

    fn op(&mut self, op: &Op) {
        match *op {
            Op::Mov(size, d, a) => self.masm.mov(size, d, a),
            Op::ZeroExtend(d, a) => {
                self.masm.zero_extend(d, a);
            }
            Op::Constant(d, value) => self.masm.constant(d, value),
            Op::Alu(op, size, d, a, b) => self.masm.alu(op, size, d, a, b),
            Op::NegateFrom(size, d, from, a) => self.masm.negate_from(size, d, from, a),
            Op::Shift(op, size, d, a, count) => self.masm.shift(op, size, d, a, count),
            Op::Div(op, size, d, a, b) => self.masm.div(op, size, d, a, b),
            Op::Count(op, size, d, a) => self.masm.count(op, size, d, a),
            Op::Extend(op, d, a) => self.masm.extend(op, d, a),
            Op::WideAddSub(add, [d_low, d_high, a_low, a_high, b_low, b_high]) => {
                self.masm.wide_add_sub(add, d_low, d_high, a_low, a_high, b_low, b_high);
            }
            Op::WideMul(signed, [d_low, d_high, a, b]) => self.masm.wide_mul(signed, d_low, d_high, a, b),

            Op::Set(d, cond) => self.masm.set(d, cond),
            Op::Select(ty, d, cond, a, b) => self.masm.select(ty, d, cond, a, b),
            Op::ZeroIf(d, cond) => self.masm.zero_if(d, cond),
            Op::Skip(cond, ref body) => {
                let past = self.masm.buffer().label();
                match cond {
                    Some(cond) => self.masm.branch(cond, past),
                    None => self.masm.jump(past),
                }
                self.ops(body);
                self.masm.buffer().bind(past);
            }
            Op::Repeat(home, times, temp, ref body) => {
                self.masm.constant(temp, times.into());
                self.masm.spill(AbiType::I64, temp.into(), home);
                let again = self.masm.buffer().label();
                self.masm.buffer().bind(again);
                self.ops(body);
                self.masm.add_to_home(home, -1);
                self.masm.fill(AbiType::I64, temp.into(), home);
                self.masm.branch(Cond::non_zero(Size::S64, temp), again);
            }
            Op::Switch(index, temp, ref arms) => self.switch(index, temp, arms),
            Op::Stop(stop, trap) => {
                // Where most functions stop: behind their code.
                let label = self.masm.buffer().label();
                self.masm.jump(label);
                self.stops.push((label, stop, trap));
            }

            Op::Fmov(ty, d, a) => self.masm.fmov(ty, d, a),
            Op::Fconstant(size, d, bits) => self.masm.fconstant(size, d, bits),
            Op::Funary(op, size, d, a, canonical) => {
                self.masm.funary(op, size, d, a);
                if canonical {
                    self.masm.canonicalize(size, d);
                }
            }
            Op::Fbinary(op, size, d, a, b, canonical) => {
                self.masm.fbinary(op, size, d, a, b);
                if canonical {
                    self.masm.canonicalize(size, d);
                }
            }
            Op::Canonicalize(size, d) => self.masm.canonicalize(size, d),
            Op::Truncate(kind, d, a) => self.truncate(kind, d, a),
            Op::TruncateSaturating(kind, d, a) => self.masm.truncate_saturating(kind, d, a),
            Op::Convert(to, d, from, signed, a) => self.masm.convert(to, d, from, signed, a),
            Op::Demote(d, a, canonical) => {
                self.masm.demote(d, a);
                if canonical {
                    self.masm.canonicalize(FloatSize::F32, d);
                }
            }
            Op::Promote(d, a, canonical) => {
                self.masm.promote(d, a);
                if canonical {
                    self.masm.canonicalize(FloatSize::F64, d);
                }
            }
            Op::FloatBits(size, d, a) => self.masm.float_bits(size, d, a),
            Op::FloatFromBits(size, d, a) => self.masm.float_from_bits(size, d, a),

            Op::Load(kind, d, place) => self.masm.load(d, self.addr(kind, place)),
            Op::Store(kind, a, place) => self.masm.store(a, self.addr(kind, place)),
            Op::StoreConstant(kind, value, place, temp) => {
                let addr = self.addr(kind, place);
                if !self.masm.store_constant(value, addr) {
                    self.masm.constant(temp, value.cast_unsigned());
                    self.masm.store(temp.into(), addr);
                }
            }
            Op::Probe(kind, place) => self.masm.probe(self.addr(kind, place)),
            Op::Address(d, place) => {
                let addr = self.addr((), Place { traps: false, ..place });
                self.masm.address(d, addr);
            }
            Op::Spill(ty, a, home) => self.masm.spill(ty, a, home),
            Op::Fill(ty, d, home) => self.masm.fill(ty, d, home),
            Op::ZeroFrame(home, bytes) => self.masm.zero_frame(home, bytes),
            Op::AddToHome(home, value) => self.masm.add_to_home(home, value),

            Op::StoreArgument(ty, a, base, offset) => self.masm.store_argument(ty, a, base, offset),
            Op::LoadResult(ty, d, offset) => self.masm.load_result(ty, d, offset),
            Op::StackAddress(d, offset) => self.masm.stack_address(d, offset),
            Op::Call(ref call) => {
                let callee = self.before_call(call);
                self.masm.call(callee);
            }
            Op::TailCall(ref call) => {
                let callee = self.before_call(call);
                let new_bytes = self.program.functions[call.callee].arguments;
                let saved = M::REGS.preserved | own::<M>();
                let own_bytes = self.function.arguments;
                self.masm.tail_call(&TailCall { callee, own_bytes, new_bytes, saved });
            }

            Op::VectorConstant(d, value) => self.masm.vector_constant(d, value),
            Op::VectorUnary(op, d, a, canonical) => {
                self.masm.vector_unary(op, d, a);
                self.canonical(super::lanes::arithmetic_unary(op), canonical, d);
            }
            Op::VectorBinary(op, d, a, b, canonical) => {
                self.masm.vector_binary(op, d, a, b);
                self.canonical(super::lanes::arithmetic_binary(op), canonical, d);
            }
            Op::VectorTernary(op, d, a, b, c, canonical) => {
                self.masm.vector_ternary(op, d, a, b, c);
                self.canonical(super::lanes::arithmetic_ternary(op), canonical, d);
            }
            Op::VectorShift(op, lanes, d, a, count) => self.masm.vector_shift(op, lanes, d, a, count),
            Op::VectorCanonicalize(size, d) => self.masm.vector_canonicalize(size, d),
            Op::VectorTest(op, d, a, temp) => self.masm.vector_test(op, d, a, temp),
            Op::Splat(lanes, d, a) => self.masm.splat(lanes, d, a),
            Op::SplatFloat(size, d, a) => self.masm.splat_float(size, d, a),
            Op::Extract(kind, lane, d, a) => self.masm.extract(kind, lane, d, a),
            Op::ExtractFloat(size, lane, d, a) => self.masm.extract_float(size, lane, d, a),
            Op::Replace(lanes, lane, d, a, value) => self.masm.replace(lanes, lane, d, a, value),
            Op::ReplaceFloat(size, lane, d, a, value) => self.masm.replace_float(size, lane, d, a, value),
            Op::Shuffle(ref lanes, d, a, b) => self.masm.shuffle(lanes, d, a, b),
            Op::LoadVector(kind, d, place) => self.masm.load_vector(d, self.addr(kind, place)),
            Op::LoadLane(lanes, lane, d, a, place) => self.masm.load_lane(lane, d, a, self.addr(lanes, place)),
            Op::StoreLane(lanes, lane, a, place) => self.masm.store_lane(lane, a.into(), self.addr(lanes, place)),
        }
    }

    fn canonical(&mut self, size: Option<FloatSize>, canonical: bool, d: gantry_winch::reg::Fp) {
        if let (Some(size), true) = (size, canonical) {
            self.masm.vector_canonicalize(size, d);
        }
    }

    fn switch(&mut self, index: Gp, temp: Gp, arms: &[Vec<Op>]) {
        let labels: Vec<Label> = arms.iter().map(|_| self.masm.buffer().label()).collect();
        let done = self.masm.buffer().label();
        self.masm.jump_table(index, temp, &labels);
        let end = self.masm.buffer().offset();
        let rows = u32::try_from(labels.len()).expect("tables are small");
        self.data.push(end - 4 * rows..end);
        for (label, arm) in labels.into_iter().zip(arms) {
            self.masm.buffer().bind(label);
            self.ops(arm);
            self.masm.jump(done);
        }
        self.masm.buffer().bind(done);
    }

    fn truncate(&mut self, kind: Truncation, d: Gp, a: gantry_winch::reg::Fp) {
        let (nan, overflow) = (self.masm.buffer().label(), self.masm.buffer().label());
        let done = self.masm.buffer().label();
        self.masm.truncate(kind, d, a, nan, overflow);
        self.masm.jump(done);
        for (label, value) in [(nan, NAN), (overflow, OVERFLOW)] {
            self.masm.buffer().bind(label);
            self.masm.constant(d, value);
            self.masm.jump(done);
        }
        self.masm.buffer().bind(done);
    }
}
