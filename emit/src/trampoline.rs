//! Adapters between calling conventions, for the code of all backends.
//!
//! `gantry_abi`'s documentation says what an array call, a wasm call and a libcall are and how a guest is stopped. What the
//! three trampolines *do* is written here, once; how an ISA moves a value, makes a frame or jumps is its `Masm`.
//!
//! Every trampoline keeps a frame pointer (s390x: a backchain), so that stack walks see (saved frame pointer, return
//! address) pairs throughout.

use crate::buffer::{CodeBuffer, EmitError};
use crate::callconv::{AbiLayout, HostConv, Loc};
use crate::function::{CallFrameInst, CompiledFunction};
use crate::isa::{Isa, Target};
use gantry_abi::layout::{CELL_SIZE, HostFuncLayout, Offset, StoreLayout};
use gantry_abi::libcalls::{LibcallResult, LibcallType, VALUE_SENTINEL};
use gantry_abi::{AbiType, Libcall, ModuleInfo, PointerWidth, Shape, VmLayout, host_calls};

/// Why a trampoline was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsupported {
    /// The signature is too large for the ISA's instructions.
    #[error("a signature with {bytes} bytes of stack arguments is too large for a trampoline on {isa}")]
    Signature {
        /// The ISA.
        isa: Isa,
        /// Bytes of its stack arguments.
        bytes: u32,
    },
    /// The code could not be emitted.
    #[error(transparent)]
    Emit(#[from] EmitError),
}

/// Most bytes of stack arguments or results; a return instruction pops no more on x86_64.
const MAX_STACK_BYTES: u32 = 0xfff0;

/// Byte order of a value in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// As the ISA stores it.
    Native,
    /// Little-endian, as in cells.
    Cell,
}

/// Registers with a role in trampolines, by hardware number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Roles {
    /// The stack pointer.
    pub(crate) sp: u8,
    /// The frame pointer, where the ISA has one.
    pub(crate) fp: Option<u8>,
    /// Neither arguments nor results of any convention; not preserved.
    pub(crate) scratch: [u8; 2],
    /// Holds the callee's address while arguments are set up; not preserved.
    pub(crate) callee: u8,
    /// Preserved by the wasm convention.
    pub(crate) keep: u8,
}

/// What trampolines need of an ISA. Operands stand in the order destination, source, base, offset, label.
///
/// Only the registers that a method names change, and registers of the ISA's own that appear in no list of its
/// conventions nor in its [`Roles`].
pub(crate) trait Masm {
    fn buffer(&mut self) -> &mut CodeBuffer;
    fn roles(&self) -> &'static Roles;
    fn host(&self) -> &'static HostConv;
    /// DWARF number of an integer register.
    fn dwarf_int(&self, reg: u8) -> u16;
    /// DWARF number of a float register.
    fn dwarf_float(&self, reg: u8) -> u16;

    /// Starts a frame with `size` bytes (a multiple of 16) above the stack pointer. `popped`: the bytes of stack arguments
    /// that [`Self::pop_frame`] will remove beyond it, or `None` in a function that is called with the C convention.
    fn push_frame(&mut self, size: u32, popped: Option<u32>);
    /// Ends the frame, removes the stack arguments and returns.
    fn pop_frame(&mut self);
    /// Bytes from the stack pointer within the frame to the frame's address as DWARF sees it.
    fn frame_to_cfa(&self) -> u32;
    /// Bytes above the stack pointer that belong to callees even without stack arguments.
    fn reserved(&self) -> u32 {
        0
    }
    /// Base and offset of what the stack pointer pointed at before the call that came here.
    fn frame_top(&self) -> (u8, u32);
    /// Moves the stack pointer down for the stack arguments of a wasm call.
    fn grow_stack(&mut self, bytes: u32);

    fn load(&mut self, ty: AbiType, d: u8, base: u8, offset: u32, order: Order);
    fn store(&mut self, ty: AbiType, a: u8, base: u8, offset: u32, order: Order);
    fn mov(&mut self, d: u8, a: u8);
    fn lea(&mut self, d: u8, base: u8, offset: u32);
    fn constant(&mut self, d: u8, value: u32);
    fn label_address(&mut self, d: u8, to: crate::Label);
    fn call(&mut self, a: u8);
    fn jump_to(&mut self, a: u8);
    /// Whether a machine runs this code: it calls the host by number ([`gantry_abi::host_calls`]) and can stop by itself.
    fn is_bytecode(&self) -> bool {
        false
    }
    /// Returns from a function without a frame.
    fn ret(&mut self) {
        unreachable!("machine code jumps to what returns for it")
    }
    /// Calls the host by number.
    fn call_host(&mut self, number: u8) {
        unreachable!("machine code calls addresses, not host function {number}")
    }
    fn jump(&mut self, to: crate::Label);
    /// Branches if the low 8 bits are 0.
    fn branch_if_byte_zero(&mut self, a: u8, to: crate::Label);
    /// Branches if the low 32 bits are 0.
    fn branch_if_word_zero(&mut self, a: u8, to: crate::Label);
    /// Branches if all 64 bits equal the sign-extended value.
    fn branch_if_long_is(&mut self, a: u8, value: i8, to: crate::Label);
    /// Makes the upper half of a register what the C convention wants it to be for an unsigned 32-bit argument.
    fn extend_word(&mut self, _: u8) {}
    /// A register with the address of this frame's (saved frame pointer, return address) pair: `scratch` or another one.
    fn frame_pointer(&mut self, scratch: u8) -> u8;
    /// A register with the return address: `scratch` or another one. Only before the first call.
    fn return_address(&mut self, scratch: u8) -> u8;

    /// Saves registers from `offset` on and describes it to unwinders.
    fn save(&mut self, regs: &SavedRegs) {
        for (reg, offset) in regs.ints() {
            self.store(AbiType::I64, reg, self.roles().sp, offset, Order::Native);
        }
        for (reg, offset) in regs.floats() {
            self.store(regs.conv.saved_float_type, reg, self.roles().sp, offset, Order::Native);
        }
    }

    /// Restores them.
    fn restore(&mut self, regs: &SavedRegs) {
        for (reg, offset) in regs.ints() {
            self.load(AbiType::I64, reg, self.roles().sp, offset, Order::Native);
        }
        for (reg, offset) in regs.floats() {
            self.load(regs.conv.saved_float_type, reg, self.roles().sp, offset, Order::Native);
        }
    }
}

/// Where an entry trampoline keeps its caller's registers.
pub(crate) struct SavedRegs {
    pub(crate) conv: &'static HostConv,
    pub(crate) ints_at: u32,
    pub(crate) floats_at: u32,
    pub(crate) end: u32,
}

impl SavedRegs {
    fn new(conv: &'static HostConv, at: u32) -> Self {
        let float_size = crate::callconv::type_bytes(conv.saved_float_type);
        let floats_at = (at + 8 * count(conv.saved_int)).next_multiple_of(16);
        Self { conv, ints_at: at, floats_at, end: floats_at + float_size * count(conv.saved_float) }
    }

    /// Integer registers and their offsets from the stack pointer.
    pub(crate) fn ints(&self) -> impl Iterator<Item = (u8, u32)> {
        self.conv.saved_int.iter().copied().zip((self.ints_at..).step_by(8))
    }

    /// Float registers and their offsets from the stack pointer.
    pub(crate) fn floats(&self) -> impl Iterator<Item = (u8, u32)> {
        let step = if self.conv.saved_float_type == AbiType::V128 { 16 } else { 8 };
        self.conv.saved_float.iter().copied().zip((self.floats_at..).step_by(step))
    }
}

fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).expect("signatures are limited to a thousand values")
}

/// Offset of the cell of a parameter or result.
fn cell(index: usize) -> u32 {
    u32::try_from(index).expect("signatures are limited to a thousand values") * CELL_SIZE
}

/// Offsets that trampolines use. The headers of instances and of host functions agree in the fields used here.
struct Offsets {
    store: Offset,
    libcalls: Offset,
    array_call: Offset,
    context: StoreLayout,
    /// The type of a pointer.
    ptr: AbiType,
    pointer_bytes: u32,
}

impl Offsets {
    fn new(isa: Isa) -> Self {
        let ptr = isa.pointer_width();
        let vm = VmLayout::new(ptr, &ModuleInfo::default());
        Self {
            store: vm.store,
            libcalls: vm.libcalls,
            array_call: HostFuncLayout::new(ptr).array_call,
            context: StoreLayout::new(ptr),
            ptr: match ptr {
                PointerWidth::W32 => AbiType::I32,
                PointerWidth::W64 => AbiType::I64,
            },
            pointer_bytes: ptr.bytes(),
        }
    }
}

/// Runs `emit` on the ISA's assembler.
fn make(target: Target, emit: impl FnOnce(&mut dyn Masm, &Offsets)) -> Result<CompiledFunction, Unsupported> {
    let mut buffer = CodeBuffer::new(target.isa);
    emit(&mut *(target.isa.backend().masm)(&mut buffer, target.host), &Offsets::new(target.isa));
    Ok(buffer.finish()?)
}

fn layout(isa: Isa, shape: &Shape) -> Result<AbiLayout, Unsupported> {
    let layout = AbiLayout::new(isa, shape);
    let bytes = layout.stack_args_bytes.max(layout.return_area_bytes);
    if bytes > MAX_STACK_BYTES { Err(Unsupported::Signature { isa, bytes }) } else { Ok(layout) }
}

/// The array-call form of every wasm function of a shape.
///
/// # Errors
///
/// If the signature is too large.
pub fn entry(target: impl Into<Target>, shape: &Shape) -> Result<CompiledFunction, Unsupported> {
    let target = target.into();
    let layout = layout(target.isa, shape)?;
    make(target, |masm, offsets| emit_entry(masm, offsets, shape, &layout))
}

/// How wasm calls a host function of a shape.
///
/// # Errors
///
/// If the signature is too large.
pub fn exit(target: impl Into<Target>, shape: &Shape) -> Result<CompiledFunction, Unsupported> {
    let target = target.into();
    let layout = layout(target.isa, shape)?;
    make(target, |masm, offsets| emit_exit(masm, offsets, shape, &layout))
}

/// A module's thunk of a libcall.
///
/// # Errors
///
/// If the code could not be emitted.
pub fn libcall_thunk(target: impl Into<Target>, libcall: Libcall) -> Result<CompiledFunction, Unsupported> {
    make(target.into(), |masm, offsets| emit_thunk(masm, offsets, libcall))
}

fn int(loc: Loc) -> u8 {
    match loc {
        Loc::Int(reg) => reg,
        other => unreachable!("vmctx pointers and return areas are passed in integer registers, not in {other:?}"),
    }
}

/// Copies a value from memory to memory through the first scratch register.
fn copy(masm: &mut dyn Masm, ty: AbiType, (d, d_offset, d_order): Place, (a, a_offset, a_order): Place) {
    let scratch = masm.roles().scratch[0];
    let (part, parts) = match ty {
        AbiType::I32 | AbiType::F32 => (AbiType::I32, 1),
        AbiType::I64 | AbiType::F64 => (AbiType::I64, 1),
        AbiType::V128 => (AbiType::I64, 2),
    };
    let swap = parts == 2 && d_order != a_order && masm.buffer().isa().is_big_endian();
    for i in 0..parts {
        masm.load(part, scratch, a, a_offset + 8 * i, a_order);
        masm.store(part, scratch, d, d_offset + 8 * if swap { 1 - i } else { i }, d_order);
    }
}

type Place = (u8, u32, Order);

fn emit_entry(masm: &mut dyn Masm, offsets: &Offsets, shape: &Shape, layout: &AbiLayout) {
    let roles = masm.roles();
    let [scratch, scratch2] = roles.scratch;
    let conv = masm.buffer().isa().call_conv();
    let host = masm.host();
    // Registers lie lowest: on some ISAs they are saved in pairs, which reach only some hundred bytes.
    let saved = SavedRegs::new(host, masm.reserved());
    let area_at = saved.end.next_multiple_of(16);
    let landing = masm.buffer().label();
    let done = masm.buffer().label();

    masm.push_frame((area_at + layout.return_area_bytes).next_multiple_of(16), None);
    masm.save(&saved);
    for (reg, at) in saved.ints() {
        let inst = CallFrameInst::Offset(masm.dwarf_int(reg), below_cfa(masm, at));
        masm.buffer().cfi(inst);
    }
    for (reg, at) in saved.floats() {
        let inst = CallFrameInst::Offset(masm.dwarf_float(reg), below_cfa(masm, at));
        masm.buffer().cfi(inst);
    }

    // values -> keep, wasm_call -> callee
    host_arg(masm, 2, roles.keep);
    host_arg(masm, 4, roles.callee);

    // How to get back here when the guest has to stop. (A machine knows.)
    masm.load(offsets.ptr, scratch, host.args[0], offsets.store, Order::Native);
    let fp = masm.frame_pointer(scratch2);
    masm.store(offsets.ptr, fp, scratch, offsets.context.entry_fp, Order::Native);
    if !masm.is_bytecode() {
        masm.mov(scratch2, roles.sp);
        masm.store(offsets.ptr, scratch2, scratch, offsets.context.entry_sp, Order::Native);
        masm.label_address(scratch2, landing);
        masm.store(offsets.ptr, scratch2, scratch, offsets.context.entry_pc, Order::Native);
    }

    if layout.stack_args_bytes > 0 {
        masm.grow_stack(layout.stack_args_bytes);
    }
    for (i, (&ty, &loc)) in shape.params.iter().zip(&layout.params).enumerate() {
        if let Loc::Stack(at) = loc {
            let to = (roles.sp, conv.stack_header + at, Order::Native);
            copy(masm, ty, to, (roles.keep, cell(i), Order::Cell));
        }
    }
    // In this order: the wasm convention's registers are never earlier in the list than the host's.
    masm.mov(int(layout.caller_vmctx), host.args[1]);
    masm.mov(int(layout.callee_vmctx), host.args[0]);
    if let Some(area) = layout.return_area {
        masm.lea(int(area), roles.sp, layout.stack_args_bytes + area_at);
    }
    for (i, (&ty, &loc)) in shape.params.iter().zip(&layout.params).enumerate() {
        if let Loc::Int(reg) | Loc::Float(reg) = loc {
            masm.load(ty, reg, roles.keep, cell(i), Order::Cell);
        }
    }
    masm.call(roles.callee);
    for (i, (&ty, &loc)) in shape.results.iter().zip(&layout.results).enumerate() {
        if let Loc::Int(reg) | Loc::Float(reg) = loc {
            masm.store(ty, reg, roles.keep, cell(i), Order::Cell);
        }
    }
    for (i, (&ty, &loc)) in shape.results.iter().zip(&layout.results).enumerate() {
        if let Loc::Stack(at) = loc {
            copy(masm, ty, (roles.keep, cell(i), Order::Cell), (roles.sp, area_at + at, Order::Native));
        }
    }
    masm.constant(host.result, 1);
    masm.buffer().bind(done);
    masm.restore(&saved);
    masm.buffer().cfi(CallFrameInst::RememberState);
    masm.pop_frame();
    masm.buffer().bind(landing);
    if !masm.is_bytecode() {
        masm.buffer().cfi(CallFrameInst::RestoreState);
        masm.constant(host.result, 0);
        masm.jump(done);
    }
}

fn below_cfa(masm: &dyn Masm, at: u32) -> i32 {
    let distance = masm.frame_to_cfa() - at;
    -i32::try_from(distance).expect("signatures are limited")
}

/// Loads an argument of the C call that came here into a register.
fn host_arg(masm: &mut dyn Masm, index: usize, d: u8) {
    let host = masm.host();
    match host.args.get(index) {
        Some(&reg) => masm.mov(d, reg),
        None => {
            let (base, offset) = incoming_host(masm, index);
            masm.load(AbiType::I64, d, base, offset, Order::Native);
        }
    }
}

/// Where a stack argument of the C call that came here is.
fn incoming_host(masm: &dyn Masm, index: usize) -> (u8, u32) {
    let (base, top) = masm.frame_top();
    (base, top + outgoing_host(masm.host(), index))
}

/// Where a stack argument of a C call goes, from the stack pointer.
fn outgoing_host(host: &HostConv, index: usize) -> u32 {
    let on_stack = u32::try_from(index - host.args.len()).expect("six arguments at most");
    host.shadow + 8 * on_stack
}

/// Bytes above the stack pointer for a C call with so many arguments.
fn outgoing_host_bytes(host: &HostConv, args: usize) -> u32 {
    let on_stack = u32::try_from(args.saturating_sub(host.args.len())).expect("six arguments at most");
    (host.shadow + 8 * on_stack).next_multiple_of(16)
}

/// Records where wasm was left, in the store context of `vmctx`; its address is then in the first scratch register.
fn record_exit(masm: &mut dyn Masm, offsets: &Offsets, vmctx: u8) {
    let [store, scratch] = masm.roles().scratch;
    masm.load(offsets.ptr, store, vmctx, offsets.store, Order::Native);
    let pc = masm.return_address(scratch);
    masm.store(offsets.ptr, pc, store, offsets.context.last_exit_pc, Order::Native);
    let fp = masm.frame_pointer(scratch);
    masm.store(offsets.ptr, fp, store, offsets.context.last_exit_fp, Order::Native);
}

/// Jumps to the landing pad of the latest entry trampoline. The store context's address is at `slot` in the frame.
fn raise(masm: &mut dyn Masm, offsets: &Offsets, slot: u32) {
    if masm.is_bytecode() {
        return masm.call_host(host_calls::STOP);
    }
    let roles = masm.roles();
    let [store, pc] = roles.scratch;
    masm.load(AbiType::I64, store, roles.sp, slot, Order::Native);
    if let Some(fp) = roles.fp {
        masm.load(offsets.ptr, fp, store, offsets.context.entry_fp, Order::Native);
    }
    masm.load(offsets.ptr, pc, store, offsets.context.entry_pc, Order::Native);
    masm.load(offsets.ptr, store, store, offsets.context.entry_sp, Order::Native);
    masm.mov(roles.sp, store);
    masm.jump_to(pc);
}

fn emit_exit(masm: &mut dyn Masm, offsets: &Offsets, shape: &Shape, layout: &AbiLayout) {
    let roles = masm.roles();
    let [scratch, scratch2] = roles.scratch;
    let conv = masm.buffer().isa().call_conv();
    let host = masm.host();
    let cells = count(&shape.params).max(count(&shape.results));
    let cells_at = outgoing_host_bytes(host, 5);
    let store_slot = cells_at + cells * CELL_SIZE;
    let area_slot = store_slot + 8;
    let failed = masm.buffer().label();

    masm.push_frame((area_slot + 8).next_multiple_of(16), Some(layout.stack_args_bytes));
    record_exit(masm, offsets, int(layout.caller_vmctx));
    masm.store(AbiType::I64, scratch, roles.sp, store_slot, Order::Native);
    if let Some(area) = layout.return_area {
        masm.store(AbiType::I64, int(area), roles.sp, area_slot, Order::Native);
    }
    let (top, top_offset) = masm.frame_top();
    for (i, (&ty, &loc)) in shape.params.iter().zip(&layout.params).enumerate() {
        let to = cells_at + cell(i);
        match loc {
            Loc::Int(reg) | Loc::Float(reg) => masm.store(ty, reg, roles.sp, to, Order::Cell),
            Loc::Stack(at) => {
                let from = (top, top_offset + conv.stack_header + at, Order::Native);
                copy(masm, ty, (roles.sp, to, Order::Cell), from);
            }
        }
    }
    // In this order: the host's registers are never later in the list than the wasm convention's.
    masm.mov(host.args[0], int(layout.callee_vmctx));
    masm.mov(host.args[1], int(layout.caller_vmctx));
    masm.lea(host.args[2], roles.sp, cells_at);
    masm.constant(host.args[3], cells);
    match host.args.get(4) {
        Some(&reg) => masm.constant(reg, 0),
        None => {
            masm.constant(scratch, 0);
            masm.store(AbiType::I64, scratch, roles.sp, outgoing_host(host, 4), Order::Native);
        }
    }
    masm.load(offsets.ptr, scratch, host.args[0], offsets.array_call, Order::Native);
    if masm.is_bytecode() {
        masm.call_host(host_calls::ARRAY_CALL);
    } else {
        masm.call(scratch);
    }
    masm.branch_if_byte_zero(host.result, failed);

    if layout.return_area.is_some() {
        masm.load(AbiType::I64, scratch2, roles.sp, area_slot, Order::Native);
    }
    for (i, (&ty, &loc)) in shape.results.iter().zip(&layout.results).enumerate() {
        if let Loc::Stack(at) = loc {
            copy(masm, ty, (scratch2, at, Order::Native), (roles.sp, cells_at + cell(i), Order::Cell));
        }
        // The branch above has to reach past all of this.
        if masm.buffer().island_needed(128) {
            masm.buffer().emit_island();
        }
    }
    for (i, (&ty, &loc)) in shape.results.iter().zip(&layout.results).enumerate() {
        if let Loc::Int(reg) | Loc::Float(reg) = loc {
            masm.load(ty, reg, roles.sp, cells_at + cell(i), Order::Cell);
        }
    }
    masm.buffer().cfi(CallFrameInst::RememberState);
    masm.pop_frame();
    masm.buffer().cfi(CallFrameInst::RestoreState);

    masm.buffer().bind(failed);
    raise(masm, offsets, store_slot);
}

fn emit_thunk(masm: &mut dyn Masm, offsets: &Offsets, libcall: Libcall) {
    let roles = masm.roles();
    let [scratch, _] = roles.scratch;
    let host = masm.host();
    if libcall.result() == LibcallResult::Infallible {
        // It neither stops the guest nor looks at its stack: it may return straight to compiled code.
        if masm.is_bytecode() {
            masm.call_host(host_calls::libcall(libcall));
            return masm.ret();
        }
        masm.load(offsets.ptr, scratch, host.args[0], offsets.libcalls, Order::Native);
        masm.load(offsets.ptr, scratch, scratch, libcall.index() * offsets.pointer_bytes, Order::Native);
        return masm.jump_to(scratch);
    }
    let args = 1 + libcall.params().len();
    let store_slot = outgoing_host_bytes(host, args);
    let failed = masm.buffer().label();

    masm.push_frame(store_slot + 16, None);
    record_exit(masm, offsets, host.args[0]);
    masm.store(AbiType::I64, scratch, roles.sp, store_slot, Order::Native);
    // Compiled code leaves the upper halves of 32-bit arguments undefined.
    for (i, ty) in (1..).zip(libcall.params()) {
        if let Some(&reg) = host.args.get(i) {
            if *ty == LibcallType::I32 {
                masm.extend_word(reg);
            }
            continue;
        }
        let (from, offset) = incoming_host(masm, i);
        let big_endian = masm.buffer().isa().is_big_endian();
        match ty {
            LibcallType::I32 => {
                let low = if big_endian { 4 } else { 0 };
                masm.load(AbiType::I32, scratch, from, offset + low, Order::Native);
                masm.extend_word(scratch);
            }
            LibcallType::I64 => masm.load(AbiType::I64, scratch, from, offset, Order::Native),
        }
        masm.store(AbiType::I64, scratch, roles.sp, outgoing_host(host, i), Order::Native);
    }
    if masm.is_bytecode() {
        masm.call_host(host_calls::libcall(libcall));
    } else {
        masm.load(offsets.ptr, scratch, host.args[0], offsets.libcalls, Order::Native);
        masm.load(offsets.ptr, scratch, scratch, libcall.index() * offsets.pointer_bytes, Order::Native);
        masm.call(scratch);
    }
    match libcall.result() {
        LibcallResult::Infallible => unreachable!("made above"),
        LibcallResult::Continue => masm.branch_if_word_zero(host.result, failed),
        LibcallResult::Value => {
            const SENTINEL: i8 = -2;
            const { assert!(VALUE_SENTINEL == SENTINEL as i64) };
            masm.branch_if_long_is(host.result, SENTINEL, failed);
        }
        LibcallResult::Never => return raise(masm, offsets, store_slot),
    }
    masm.buffer().cfi(CallFrameInst::RememberState);
    masm.pop_frame();
    masm.buffer().cfi(CallFrameInst::RestoreState);
    masm.buffer().bind(failed);
    raise(masm, offsets, store_slot);
}
