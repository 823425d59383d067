//! Memory.

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use asm::access::*;
use asm::{Access, X};
use gantry_abi::AbiType;

/// A register's number, whatever its class.
pub(super) fn number(reg: Reg) -> u8 {
    u8::try_from(reg.index() & 31).expect("below 32")
}

const fn load_access(kind: LoadKind) -> Access {
    match kind {
        LoadKind::I32 | LoadKind::I64U32 => LDR_W,
        LoadKind::I64 => LDR_X,
        LoadKind::I32S8 => LDRSB_W,
        LoadKind::I64S8 => LDRSB_X,
        LoadKind::I32U8 | LoadKind::I64U8 => LDRB,
        LoadKind::I32S16 => LDRSH_W,
        LoadKind::I64S16 => LDRSH_X,
        LoadKind::I32U16 | LoadKind::I64U16 => LDRH,
        LoadKind::I64S32 => LDRSW_X,
        LoadKind::F32 => LDR_S,
        LoadKind::F64 => LDR_D,
        LoadKind::V128 => LDR_Q,
    }
}

const fn store_access(kind: StoreKind) -> Access {
    match kind {
        StoreKind::I8 => STRB,
        StoreKind::I16 => STRH,
        StoreKind::I32 => STR_W,
        StoreKind::I64 => STR_X,
        StoreKind::F32 => STR_S,
        StoreKind::F64 => STR_D,
        StoreKind::V128 => STR_Q,
    }
}

impl A64 {
    /// An access at an address; may use x17.
    pub(super) fn at<K: AccessKind>(&mut self, access: Access, t: u8, addr: Addr<K>) {
        debug_assert_eq!(access.bytes(), addr.kind().bytes(), "the instruction accesses what was checked");
        let base = addr.base.0;
        let word = match addr.index {
            None => self.displacement(access, t, base, addr.offset),
            Some(index) => {
                let (index, word) = match index {
                    Index::Long(index) => (index.reg().0, false),
                    Index::Word(index) => (index.0, true),
                };
                let mut base = base;
                if addr.offset != 0 {
                    self.displaced(base, addr.offset);
                    base = X17;
                }
                access.indexed(t, base, index, word)
            }
        };
        if let Some(trap) = addr.trap {
            self.buffer.trap(trap);
        }
        self.put(word);
    }

    /// An access to a field; may use x17.
    pub(super) fn at_offset(&mut self, access: Access, t: u8, base: u8, offset: u32) {
        let word = self.displacement(access, t, base, offset);
        self.put(word);
    }

    /// The instruction with a displacement, which may be in x17.
    fn displacement(&mut self, access: Access, t: u8, base: u8, offset: u32) -> u32 {
        access.scaled(t, base, offset).unwrap_or_else(|| {
            self.constant_to(X17, offset.into());
            access.indexed(t, base, X17, false)
        })
    }

    /// `x17 = base + offset`.
    fn displaced(&mut self, base: u8, offset: u32) {
        match asm::Imm12::new(offset.into()) {
            Some(imm) => self.put(enc(asm::imm12::ADD | X | imm.bits(), X17, base, 0)),
            None => {
                self.constant_to(X17, offset.into());
                self.rrr(asm::ADD | X, X17, base, X17);
            }
        }
    }

    /// An access relative to the frame pointer; may use x17.
    pub(super) fn at_home(&mut self, access: Access, t: u8, home: i32) {
        if let Some(word) = access.unscaled(t, FP, home) {
            return self.put(word);
        }
        if let Ok(offset) = u32::try_from(home) {
            // An incoming argument.
            return self.at_offset(access, t, FP, offset);
        }
        let from_base = FRAME_BASE.checked_sub(home.unsigned_abs());
        if let Some(word) = from_base.and_then(|offset| access.scaled(t, X27, offset)) {
            self.frame_base = true;
            return self.put(word);
        }
        self.constant_to(X17, i64::from(home).cast_unsigned());
        self.put(access.indexed(t, FP, X17, false));
    }

    /// An access relative to a base or the stack pointer; may use x17.
    pub(super) fn at_argument(&mut self, access: Access, t: u8, base: Option<Gp>, offset: u32) {
        match base {
            Some(base) => self.at_offset(access, t, base.0, offset),
            None => match access.scaled(t, SP, offset) {
                Some(word) => self.put(word),
                None => {
                    self.add_constant(X17, SP, offset.into());
                    let word = access.scaled(t, X17, 0).unwrap_or(asm::UDF);
                    self.put(word);
                }
            },
        }
    }
}

impl MemoryMasm for A64 {
    fn load(&mut self, d: Reg, addr: Addr<LoadKind>) {
        self.at(load_access(addr.kind()), number(d), addr);
    }

    fn store(&mut self, a: Reg, addr: Addr<StoreKind>) {
        self.at(store_access(addr.kind()), number(a), addr);
    }

    fn store_constant(&mut self, value: i64, addr: Addr<StoreKind>) -> bool {
        let kind = addr.kind();
        let zero = value == 0 && matches!(kind, StoreKind::I8 | StoreKind::I16 | StoreKind::I32 | StoreKind::I64);
        if zero {
            self.at(store_access(kind), ZR, addr);
        }
        zero
    }

    fn probe<K: AccessKind>(&mut self, addr: Addr<K>) {
        match addr.kind().bytes() {
            1 => self.at(LDRB, ZR, addr),
            2 => self.at(LDRH, ZR, addr),
            4 => self.at(LDR_W, ZR, addr),
            8 => self.at(LDR_X, ZR, addr),
            _ => self.at(LDR_Q, V30, addr),
        }
    }

    fn address(&mut self, d: Gp, addr: Addr<()>) {
        let mut base = addr.base.0;
        if let Some(index) = addr.index {
            let (op, index) = match index {
                Index::Long(index) => (asm::ADD_UXTX, index.reg().0),
                Index::Word(index) => (asm::ADD_UXTW, index.0),
            };
            self.rrr(op, d.0, base, index);
            base = d.0;
        }
        if addr.offset != 0 || base != d.0 {
            self.add_constant(d.0, base, addr.offset.into());
        }
    }

    fn spill(&mut self, ty: AbiType, a: Reg, home: i32) {
        self.at_home(store_access(StoreKind::whole(ty)), number(a), home);
    }

    fn fill(&mut self, ty: AbiType, d: Reg, home: i32) {
        self.at_home(load_access(LoadKind::whole(ty)), number(d), home);
    }

    fn zero_frame(&mut self, home: i32, bytes: u32) {
        let end = home + bytes.cast_signed();
        if bytes <= 16 {
            for at in (home..end).step_by(8) {
                self.at_home(STR_X, ZR, at);
            }
            return;
        }
        // From an address on: x16 counts up, in steps of 16.
        self.put(enc(asm::V_ZERO, V30, 0, 0));
        self.add_constant(X16, FP, home.into());
        let pairs = bytes / 16;
        if pairs <= 16 {
            for pair in 0..pairs {
                let word = STR_Q.scaled(V30, X16, 16 * pair).unwrap_or(asm::UDF);
                self.put(word);
            }
            if !bytes.is_multiple_of(16) {
                let word = STR_X.scaled(ZR, X16, 16 * pairs).unwrap_or(asm::UDF);
                self.put(word);
            }
            return;
        }
        let start = self.buffer.label();
        self.constant_to(X17, pairs.into());
        self.buffer.bind(start);
        let word = STR_Q.scaled(V30, X16, 0).unwrap_or(asm::UDF);
        self.put(word);
        self.add_constant(X16, X16, 16);
        self.add_constant(X17, X17, -1);
        self.branch(Cond::non_zero(Size::S64, Gp(X17)), start);
        if !bytes.is_multiple_of(16) {
            let word = STR_X.scaled(ZR, X16, 0).unwrap_or(asm::UDF);
            self.put(word);
        }
    }

    fn add_to_home(&mut self, home: i32, value: i64) {
        self.at_home(LDR_X, X16, home);
        self.add_constant(X16, X16, value);
        self.at_home(STR_X, X16, home);
    }
}
