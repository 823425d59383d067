//! Where parameters and results are: one table per convention and ISA (`isa/<isa>/callconv.rs`), one algorithm for all.
//!
//! The wasm convention is Cranelift's `CallConv::Tail` of the pinned release, with the signature
//! `(callee_vmctx, caller_vmctx, params...) -> results`. The callee pops its stack arguments. Results that do not fit
//! registers go to a *return area* of the caller's, whose address is an extra argument.

use crate::isa::Isa;
use alloc::vec::Vec;
use gantry_abi::{AbiType, Shape};

/// Which registers hold vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorRegs {
    /// The float registers.
    Float,
    /// Registers of their own.
    Own(&'static [u8]),
    /// None: vectors are passed in memory.
    None,
}

/// Where the address of the return area is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnAreaRegister {
    /// In the first integer argument register; arguments proper start at the next one.
    FirstArgument,
    /// In this register, which passes nothing else.
    Own(u8),
}

/// Registers of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisterLists {
    /// For integers.
    pub int: &'static [u8],
    /// For floats.
    pub float: &'static [u8],
    /// For vectors.
    pub vector: VectorRegs,
}

/// The wasm calling convention of an ISA. Registers by hardware number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallConv {
    /// Argument registers.
    pub args: RegisterLists,
    /// Result registers.
    pub results: RegisterLists,
    /// Where the address of the return area is passed.
    pub return_area: ReturnAreaRegister,
    /// Largest alignment of a value on the stack.
    pub max_slot_align: u32,
    /// Whether values narrower than a slot lie at its end.
    pub right_aligned: bool,
    /// What the size of a stack-argument area is rounded up to.
    pub stack_align: u32,
    /// Bytes of the callee's frame between the stack pointer at a call and the first stack argument, there only if there
    /// are stack arguments.
    pub stack_header: u32,
    /// Integer registers that a callee preserves, besides the stack pointer.
    pub saved_int: &'static [u8],
    /// Float registers of which a callee preserves the low 64 bits.
    pub saved_float: &'static [u8],
}

/// What trampolines need to know about the platform's C convention: integer arguments only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostConv {
    /// Argument registers.
    pub args: &'static [u8],
    /// The result register.
    pub result: u8,
    /// Bytes that the caller reserves below stack arguments.
    pub shadow: u32,
    /// Integer registers that a callee preserves and that an entry trampoline has to save itself.
    pub saved_int: &'static [u8],
    /// Float registers that a callee preserves.
    pub saved_float: &'static [u8],
    /// How much of a float register is preserved.
    pub saved_float_type: AbiType,
}

/// Where a value is at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loc {
    /// In an integer register.
    Int(u8),
    /// In a float or vector register.
    Float(u8),
    /// In memory at this offset: of the stack-argument area for parameters, of the return area for results.
    Stack(u32),
}

/// Where everything is at a wasm call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbiLayout {
    /// The callee's vmctx.
    pub callee_vmctx: Loc,
    /// The caller's vmctx.
    pub caller_vmctx: Loc,
    /// The address of the return area; `None` if results fit registers.
    pub return_area: Option<Loc>,
    /// Parameters in order.
    pub params: Vec<Loc>,
    /// Results in order.
    pub results: Vec<Loc>,
    /// Bytes below the caller's frame that the callee pops: the stack arguments, with [`CallConv::stack_header`].
    pub stack_args_bytes: u32,
    /// Bytes of the return area.
    pub return_area_bytes: u32,
}

/// Bytes of a value of this type.
pub(crate) const fn type_bytes(ty: AbiType) -> u32 {
    match ty {
        AbiType::I32 | AbiType::F32 => 4,
        AbiType::I64 | AbiType::F64 => 8,
        AbiType::V128 => 16,
    }
}

/// Hands out locations in order.
struct Assigner<'a> {
    conv: &'a CallConv,
    regs: &'a RegisterLists,
    ints: usize,
    floats: usize,
    vectors: usize,
    stack: u32,
}

impl<'a> Assigner<'a> {
    fn new(conv: &'a CallConv, regs: &'a RegisterLists) -> Self {
        Self { conv, regs, ints: 0, floats: 0, vectors: 0, stack: 0 }
    }

    fn take(list: &[u8], next: &mut usize) -> Option<u8> {
        let reg = list.get(*next).copied();
        *next += usize::from(reg.is_some());
        reg
    }

    fn assign(&mut self, ty: AbiType) -> Loc {
        let reg = match ty {
            AbiType::I32 | AbiType::I64 => Self::take(self.regs.int, &mut self.ints).map(Loc::Int),
            AbiType::F32 | AbiType::F64 => Self::take(self.regs.float, &mut self.floats).map(Loc::Float),
            AbiType::V128 => match self.regs.vector {
                VectorRegs::Float => Self::take(self.regs.float, &mut self.floats).map(Loc::Float),
                VectorRegs::Own(list) => Self::take(list, &mut self.vectors).map(Loc::Float),
                VectorRegs::None => None,
            },
        };
        reg.unwrap_or_else(|| {
            let size = type_bytes(ty);
            let slot = size.max(8);
            self.stack = self.stack.next_multiple_of(slot.min(self.conv.max_slot_align));
            let offset = self.stack + if self.conv.right_aligned { slot - size } else { 0 };
            self.stack += slot;
            Loc::Stack(offset)
        })
    }

    fn stack_bytes(&self) -> u32 {
        self.stack.next_multiple_of(self.conv.stack_align)
    }
}

impl AbiLayout {
    /// The locations of a wasm call of this shape.
    ///
    /// # Panics
    ///
    /// If the shape has so many parameters or results that their sizes do not fit 32 bits; validation allows a thousand.
    pub fn new(isa: Isa, shape: &Shape) -> Self {
        let conv = isa.call_conv();
        let mut results = Assigner::new(conv, &conv.results);
        let result_locs: Vec<_> = shape.results.iter().map(|&ty| results.assign(ty)).collect();
        let return_area_bytes = results.stack_bytes();

        let mut args = Assigner::new(conv, &conv.args);
        let return_area = (return_area_bytes > 0).then(|| match conv.return_area {
            ReturnAreaRegister::FirstArgument => args.assign(AbiType::I64),
            ReturnAreaRegister::Own(reg) => Loc::Int(reg),
        });
        let callee_vmctx = args.assign(AbiType::I64);
        let caller_vmctx = args.assign(AbiType::I64);
        let params = shape.params.iter().map(|&ty| args.assign(ty)).collect();
        let args_bytes = args.stack_bytes();
        let header = if args_bytes > 0 { conv.stack_header } else { 0 };
        Self {
            callee_vmctx,
            caller_vmctx,
            return_area,
            params,
            results: result_locs,
            stack_args_bytes: args_bytes + header,
            return_area_bytes,
        }
    }
}
