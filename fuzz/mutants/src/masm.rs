//! Bugs of the single-pass compiler's instruction sets: an assembler around another one, that passes on everything but one
//! thing.

use gantry_abi::{AbiType, Libcall, Trap};
use gantry_emit::{CodeBuffer, Isa, Label, Symbol};
use gantry_oracles::masm::Around;
use gantry_winch::masm::*;
use gantry_winch::reg::{Fp, Gp, Reg};

/// Declares methods that a bug can change: each gets a struct of its arguments, a variant of [`Bug`] with a function that
/// changes them (and says whether anything is emitted at all), and its implementation in [`MutantMasm`]. Those that access memory
/// stand in brackets: what they access, which the types tie to the address, can be changed as well.
macro_rules! methods {
    ($($trait:ident
        { $($name:ident($($arg:ident: $ty:ty),*) as $call:ident;)* }
        $([ $($access:ident($($access_arg:ident: $access_ty:ty),*) of $kind:ty as $access_call:ident;)* ])?
        $({ $($rest:item)* })?
    )*) => {
        $($(
            #[doc = concat!("Arguments of `", stringify!($name), "`.")]
            #[derive(Clone, Debug)]
            #[allow(missing_docs, reason = "named as in the trait")]
            pub struct $call { $(pub $arg: $ty,)* }
        )*)*

        $($($(
            #[doc = concat!("Arguments of `", stringify!($access), "`.")]
            #[derive(Clone, Debug)]
            #[allow(missing_docs, reason = "named as in the trait")]
            pub struct $access_call { $(pub $access_arg: $access_ty,)* pub kind: $kind, pub addr: Addr<$kind> }
        )*)?)*

        /// What is wrong.
        #[derive(Clone, Copy, Debug)]
        pub enum Bug {
            $($(
                #[doc = concat!("Changes `", stringify!($name), "`; false: nothing is emitted.")]
                $call(fn(&mut $call) -> bool),
            )*)*
            $($($(
                #[doc = concat!("Changes `", stringify!($access), "`; false: nothing is emitted.")]
                $access_call(fn(&mut $access_call) -> bool),
            )*)?)*
            /// Loads, or stores, add indices of 32 bits to the base with whatever stands above them.
            NotExtended(Access),
            /// Changes `vector_binary`; false: nothing is emitted.
            Vbinary(fn(&mut Vbinary) -> bool),
            /// Changes the lanes of shuffles.
            Shuffle(fn(&mut [u8; 16])),
            /// Changes the labels of jump tables.
            JumpTable(fn(&mut Vec<Label>)),
            /// Changes prologues.
            Prologue(fn(&mut Prologue)),
            /// Changes tail calls.
            TailCall(fn(&mut TailCall)),
            /// Adds to an argument of a libcall, by its place behind the vmctx.
            LibcallArgument(Libcall, usize, i64),
            /// Swaps two arguments of a libcall.
            LibcallSwap(Libcall, usize, usize),
            /// Adds to the result of a libcall.
            LibcallResult(Libcall, i64),
            /// Keeps 32 bits of the result of a libcall.
            LibcallNarrow(Libcall),
            /// The compiler panics at a libcall.
            LibcallPanics(Libcall),
            /// 32-bit integers are sign-extended when they come back from their homes.
            FillSignExtends,
            /// Bits of 32-bit floats are sign-extended as integers.
            FloatBitsSignExtend,
            /// This operation on two vectors overwrites the second one.
            ClobbersSecond(VectorBinary),
        }

        $(impl<M: MacroAssembler> $trait for MutantMasm<M> {
            $(
                fn $name(&mut self $(, $arg: $ty)*) {
                    #[allow(unused_mut, reason = "bugs change it")]
                    let mut call = $call { $($arg,)* };
                    if let Bug::$call(change) = self.bug
                        && !change(&mut call)
                    {
                        return;
                    }
                    self.inner.$name($(call.$arg),*);
                }
            )*
            $($(
                fn $access(&mut self $(, $access_arg: $access_ty)*, addr: Addr<$kind>) {
                    #[allow(unused_mut, reason = "bugs change it")]
                    let mut call = $access_call { $($access_arg,)* kind: addr.kind(), addr };
                    if let Bug::$access_call(change) = self.bug
                        && !change(&mut call)
                    {
                        return;
                    }
                    let addr = accessing(call.kind, call.addr);
                    let addr = self.maybe_not_extended(stringify!($access), addr);
                    self.inner.$access($(call.$access_arg,)* addr);
                }
            )*)?
            $($($rest)*)?
        })*
    };
}

/// Which way an access goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// `load`.
    Load,
    /// `store`.
    Store,
}

/// The same address for another access: what the types of addresses are there to prevent.
fn accessing<K: Copy>(kind: K, addr: Addr<K>) -> Addr<K> {
    let other = Addr::field(kind, addr.base, addr.offset).or_trap(addr.trap);
    addr.index.map_or(other, |index| other.indexed(index))
}

/// Arguments of `vector_binary`.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "named as in the trait")]
pub struct Vbinary {
    pub op: VectorBinary,
    pub d: Fp,
    pub a: Fp,
    pub b: Fp,
}

/// An assembler with a bug.
#[derive(Debug)]
pub struct MutantMasm<M> {
    inner: M,
    bug: Bug,
}

/// Puts a bug around any assembler.
#[derive(Clone, Copy, Debug)]
pub struct Wrong(pub Bug);

impl Around for Wrong {
    fn around<M: MacroAssembler + Send + 'static>(&self, masm: M) -> impl MacroAssembler + Send + 'static {
        MutantMasm::new(masm, self.0)
    }
}

impl<M: MacroAssembler> MutantMasm<M> {
    /// This assembler with this bug.
    pub fn new(inner: M, bug: Bug) -> Self {
        Self { inner, bug }
    }

    /// The address without the extension of its index, if that is the bug.
    fn maybe_not_extended<K: Copy>(&mut self, method: &str, addr: Addr<K>) -> Addr<K> {
        let wrong = matches!(
            (self.bug, method),
            (Bug::NotExtended(Access::Load), "load") | (Bug::NotExtended(Access::Store), "store")
        );
        let Some(Index::Word(index)) = addr.index.filter(|_| wrong) else { return addr };
        let sum = M::MOVE_SCRATCH.0;
        self.inner.alu(AluOp::Add, Size::S64, sum, addr.base, RegImm::Reg(index));
        Addr::field(addr.kind(), sum, addr.offset).or_trap(addr.trap)
    }
}

methods! {
    IntMasm {
        mov(size: Size, d: Gp, a: Gp) as Mov;
        constant(d: Gp, value: u64) as Constant;
        alu(op: AluOp, size: Size, d: Gp, a: Gp, b: RegImm) as Alu;
        negate_from(size: Size, d: Gp, from: i64, a: Gp) as NegateFrom;
        shift(op: ShiftOp, size: Size, d: Gp, a: Gp, count: RegImm) as Shift;
        div(op: DivOp, size: Size, d: Gp, a: Gp, b: Gp) as Div;
        count(op: CountOp, size: Size, d: Gp, a: Gp) as Count;
        extend(op: ExtendOp, d: Gp, a: Gp) as Extend;
        wide_add_sub(add: bool, d_low: Gp, d_high: Gp, a_low: Gp, a_high: Gp, b_low: Gp, b_high: Gp) as WideAddSub;
        wide_mul(signed: bool, d_low: Gp, d_high: Gp, a: Gp, b: Gp) as WideMul;
    } {
        fn shift_registers(&self, op: ShiftOp, size: Size) -> Fixed { self.inner.shift_registers(op, size) }
        fn div_registers(&self, op: DivOp) -> Fixed { self.inner.div_registers(op) }
        fn wide_mul_registers(&self) -> Fixed { self.inner.wide_mul_registers() }
    }
    ControlMasm {
        jump(to: Label) as Jump;
        branch(cond: Cond, to: Label) as Branch;
        set(d: Gp, cond: Cond) as Set;
        select(ty: AbiType, d: Reg, cond: Cond, a: Reg, b: Reg) as Select;
        zero_if(d: Gp, cond: Cond) as ZeroIf;
        trap(trap: Trap) as TrapHere;
        never() as Never;
    } {
        fn jump_table(&mut self, index: Gp, temp: Gp, labels: &[Label]) {
            let mut labels = labels.to_vec();
            if let Bug::JumpTable(change) = self.bug {
                change(&mut labels);
            }
            self.inner.jump_table(index, temp, &labels);
        }
    }
    FloatMasm {
        fmov(ty: AbiType, d: Fp, a: Fp) as Fmov;
        fconstant(size: FloatSize, d: Fp, bits: u64) as Fconstant;
        funary(op: FloatUnary, size: FloatSize, d: Fp, a: Fp) as Funary;
        fbinary(op: FloatBinary, size: FloatSize, d: Fp, a: Fp, b: Fp) as Fbinary;
        canonicalize(size: FloatSize, d: Fp) as Canonicalize;
        truncate(kind: Truncation, d: Gp, a: Fp, nan: Label, overflow: Label) as Truncate;
        truncate_saturating(kind: Truncation, d: Gp, a: Fp) as TruncateSaturating;
        convert(to: FloatSize, d: Fp, from: Size, signed: bool, a: Gp) as Convert;
        demote(d: Fp, a: Fp) as Demote;
        promote(d: Fp, a: Fp) as Promote;
        float_from_bits(size: Size, d: Fp, a: Gp) as FloatFromBits;
    } {
        fn float_bits(&mut self, size: Size, d: Gp, a: Fp) {
            self.inner.float_bits(size, d, a);
            if matches!((self.bug, size), (Bug::FloatBitsSignExtend, Size::S32)) {
                self.inner.extend(ExtendOp::S32To64, d, d);
            }
        }
    }
    MemoryMasm {
        address(d: Gp, addr: Addr<()>) as Address;
        spill(ty: AbiType, a: Reg, home: i32) as Spill;
        zero_frame(home: i32, bytes: u32) as ZeroFrame;
        add_to_home(home: i32, value: i64) as AddToHome;
    } [
        load(d: Reg) of LoadKind as Load;
        store(a: Reg) of StoreKind as Store;
    ] {
        fn probe<K: AccessKind>(&mut self, addr: Addr<K>) {
            self.inner.probe(addr);
        }
        fn fill(&mut self, ty: AbiType, d: Reg, home: i32) {
            self.inner.fill(ty, d, home);
            if matches!((self.bug, ty), (Bug::FillSignExtends, AbiType::I32)) {
                self.inner.extend(ExtendOp::S32To64, d.gp(), d.gp());
            }
        }
        fn store_constant(&mut self, value: i64, addr: Addr<StoreKind>) -> bool {
            // Bugs of stores are those of stores of registers: constants go there.
            !matches!(self.bug, Bug::Store(_) | Bug::NotExtended(Access::Store)) && self.inner.store_constant(value, addr)
        }
    }
    CallMasm {
        start() as Start;
        push_arguments(bytes: u32) as PushArguments;
        store_argument(ty: AbiType, a: Reg, base: Option<Gp>, offset: u32) as StoreArgument;
        load_result(ty: AbiType, d: Reg, offset: u32) as LoadResult;
        stack_address(d: Gp, offset: u32) as StackAddress;
        libcall_trap(vmctx: Gp, code: u8) as LibcallTrap;
        epilogue(saved: gantry_winch::reg::RegSet, own_bytes: u32) as Epilogue;
    } {
        fn prologue(&mut self, prologue: &Prologue) {
            let mut prologue = *prologue;
            if let Bug::Prologue(change) = self.bug {
                change(&mut prologue);
            }
            self.inner.prologue(&prologue);
        }
        fn call(&mut self, callee: Callee) {
            let called = match callee {
                Callee::Symbol(Symbol::LibcallThunk(libcall)) => Some(libcall),
                _ => None,
            };
            let arg = |place: usize| M::HOST_ARGUMENTS[1 + place];
            match self.bug {
                Bug::LibcallArgument(libcall, place, value) if called == Some(libcall) => {
                    self.inner.alu(AluOp::Add, Size::S64, arg(place), arg(place), RegImm::Imm(value));
                }
                Bug::LibcallSwap(libcall, a, b) if called == Some(libcall) => {
                    self.inner.mov(Size::S64, M::MOVE_SCRATCH.0, arg(a));
                    self.inner.mov(Size::S64, arg(a), arg(b));
                    self.inner.mov(Size::S64, arg(b), M::MOVE_SCRATCH.0);
                }
                Bug::LibcallPanics(libcall) if called == Some(libcall) => panic!("a compiler that panics on purpose"),
                _ => {}
            }
            self.inner.call(callee);
            match self.bug {
                Bug::LibcallResult(libcall, value) if called == Some(libcall) => {
                    self.inner.alu(AluOp::Add, Size::S64, M::HOST_RESULT, M::HOST_RESULT, RegImm::Imm(value));
                }
                Bug::LibcallNarrow(libcall) if called == Some(libcall) => {
                    self.inner.mov(Size::S32, M::HOST_RESULT, M::HOST_RESULT);
                }
                _ => {}
            }
        }
        fn tail_call(&mut self, call: &TailCall) {
            let mut call = *call;
            if let Bug::TailCall(change) = self.bug {
                change(&mut call);
            }
            self.inner.tail_call(&call);
        }
    }
    SimdMasm {
        vector_constant(d: Fp, value: u128) as VectorConstant;
        vector_unary(op: VectorUnary, d: Fp, a: Fp) as Vunary;
        vector_ternary(op: VectorTernary, d: Fp, a: Fp, b: Fp, c: Fp) as Vternary;
        vector_shift(op: ShiftOp, lanes: Lanes, d: Fp, a: Fp, count: RegImm) as VectorShift;
        vector_canonicalize(size: FloatSize, d: Fp) as VectorCanonicalize;
        vector_test(op: VectorTest, d: Gp, a: Fp, temp: Fp) as Vtest;
        splat(lanes: Lanes, d: Fp, a: Gp) as Splat;
        splat_float(size: FloatSize, d: Fp, a: Fp) as SplatFloat;
        extract(kind: Extract, lane: u8, d: Gp, a: Fp) as ExtractLane;
        extract_float(size: FloatSize, lane: u8, d: Fp, a: Fp) as ExtractFloat;
        replace(lanes: Lanes, lane: u8, d: Fp, a: Fp, value: Gp) as Replace;
        replace_float(size: FloatSize, lane: u8, d: Fp, a: Fp, value: Fp) as ReplaceFloat;
    } [
        load_vector(d: Fp) of VectorLoad as LoadVector;
        load_lane(lane: u8, d: Fp, a: Fp) of Lanes as LoadLane;
        store_lane(lane: u8, a: Reg) of Lanes as StoreLane;
    ] {
        fn vector_binary(&mut self, op: VectorBinary, d: Fp, a: Fp, b: Fp) {
            let mut call = Vbinary { op, d, a, b };
            if let Bug::Vbinary(change) = self.bug
                && !change(&mut call)
            {
                return;
            }
            self.inner.vector_binary(call.op, call.d, call.a, call.b);
            if let Bug::ClobbersSecond(of) = self.bug
                && of == op
                && b != d
            {
                self.inner.fmov(AbiType::V128, b, d);
            }
        }
        fn shuffle(&mut self, lanes: &[u8; 16], d: Fp, a: Fp, b: Fp) {
            let mut lanes = *lanes;
            if let Bug::Shuffle(change) = self.bug {
                change(&mut lanes);
            }
            self.inner.shuffle(&lanes, d, a, b);
        }
    }
}

impl<M: MacroAssembler> MacroAssembler for MutantMasm<M> {
    const ISA: Isa = M::ISA;
    const REGS: RegisterFile = M::REGS;
    const MOVE_SCRATCH: (Gp, Fp) = M::MOVE_SCRATCH;
    const HOST_ARGUMENTS: [Gp; 6] = M::HOST_ARGUMENTS;
    const HOST_RESULT: Gp = M::HOST_RESULT;
    const LOOP_RESERVE: u32 = M::LOOP_RESERVE;
    const STORES_TEAR: bool = M::STORES_TEAR;
    const NEEDS_ISLANDS: bool = M::NEEDS_ISLANDS;

    fn buffer(&mut self) -> &mut CodeBuffer {
        self.inner.buffer()
    }
}
