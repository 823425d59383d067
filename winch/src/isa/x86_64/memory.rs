//! Memory.

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use gantry_abi::AbiType;

/// What an address may be to [`X64::mem`] so that it needs no arithmetic.
const MAX_DISPLACEMENT: u32 = i32::MAX as u32;

impl X64 {
    /// Makes an address an operand; may use r11.
    pub(super) fn mem(&mut self, addr: Addr) -> Mem {
        let base = addr.base.0;
        let index = match addr.index {
            None => None,
            Some(Index::Long(index)) => Some(index.0),
            Some(Index::Word(index)) => {
                self.mov_rr(Size::S32, R11, index.0);
                Some(R11)
            }
        };
        if let Ok(disp) = i32::try_from(addr.offset) {
            return match index {
                None => Mem::Base(base, disp),
                Some(index) => Mem::Index(base, index, 0, disp),
            };
        }
        // Too far for a displacement, which is signed: some of it goes to the index.
        let rest = (addr.offset - MAX_DISPLACEMENT).cast_signed();
        match index {
            Some(index) if index != R11 => self.mov_rr(Size::S64, R11, index),
            Some(_) => {}
            None => self.mov_imm(R11, 0),
        }
        self.group1_ri(0, Size::S64, Rm::Reg(R11), i32::MAX);
        if rest < 0 {
            self.group1_ri(0, Size::S64, Rm::Reg(R11), i32::MAX);
            return Mem::Index(base, R11, 0, (addr.offset - 2 * MAX_DISPLACEMENT).cast_signed());
        }
        Mem::Index(base, R11, 0, rest)
    }

    /// The operand of an access that comes next, whose trap is recorded.
    pub(super) fn access(&mut self, addr: Addr) -> Mem {
        let mem = self.mem(addr);
        if let Some(trap) = addr.trap {
            self.buffer.trap(trap);
        }
        mem
    }

    fn store_reg(&mut self, kind: StoreKind, a: Reg, mem: Mem) {
        match kind {
            StoreKind::I8 => emit_full(&mut self.buffer, op1(0x88), a.gp().0, mem.into(), Imm::None, true),
            StoreKind::I16 => self.rm(op1(0x89).p(0x66), a.gp().0, mem),
            StoreKind::I32 => self.rm(op1(0x89), a.gp().0, mem),
            StoreKind::I64 => self.rm(op1(0x89).w(true), a.gp().0, mem),
            StoreKind::F32 => self.sse_move(op2(0x11).p(0xf3), a.fp().0, mem),
            StoreKind::F64 => self.sse_move(op2(0x11).p(0xf2), a.fp().0, mem),
            StoreKind::V128 => self.sse_move(op2(0x11), a.fp().0, mem),
        }
    }

    fn load_reg(&mut self, kind: LoadKind, d: Reg, mem: Mem) {
        match kind {
            LoadKind::I32 | LoadKind::I64U32 => self.rm(op1(0x8b), d.gp().0, mem),
            LoadKind::I64 => self.rm(op1(0x8b).w(true), d.gp().0, mem),
            LoadKind::I32S8 => self.rm(op2(0xbe), d.gp().0, mem),
            LoadKind::I64S8 => self.rm(op2(0xbe).w(true), d.gp().0, mem),
            LoadKind::I32U8 | LoadKind::I64U8 => self.rm(op2(0xb6), d.gp().0, mem),
            LoadKind::I32S16 => self.rm(op2(0xbf), d.gp().0, mem),
            LoadKind::I64S16 => self.rm(op2(0xbf).w(true), d.gp().0, mem),
            LoadKind::I32U16 | LoadKind::I64U16 => self.rm(op2(0xb7), d.gp().0, mem),
            LoadKind::I64S32 => self.rm(op1(0x63).w(true), d.gp().0, mem),
            LoadKind::F32 => self.sse_move(op2(0x10).p(0xf3), d.fp().0, mem),
            LoadKind::F64 => self.sse_move(op2(0x10).p(0xf2), d.fp().0, mem),
            LoadKind::V128 => self.sse_move(op2(0x10), d.fp().0, mem),
        }
    }
}

impl MemoryMasm for X64 {
    fn load(&mut self, kind: LoadKind, d: Reg, addr: Addr) {
        let mem = self.access(addr);
        self.load_reg(kind, d, mem);
    }

    fn store(&mut self, kind: StoreKind, a: Reg, addr: Addr) {
        let mem = self.access(addr);
        self.store_reg(kind, a, mem);
    }

    fn store_constant(&mut self, kind: StoreKind, value: i64, addr: Addr) -> bool {
        let (op, imm) = match kind {
            StoreKind::I8 => (op1(0xc6), Imm::Byte(value.to_le_bytes()[0])),
            StoreKind::I16 => {
                let [a, b, ..] = value.to_le_bytes();
                (op1(0xc7).p(0x66), Imm::Half(u16::from_le_bytes([a, b])))
            }
            StoreKind::I32 => (op1(0xc7), Imm::Word(low32(value))),
            StoreKind::I64 => match i32::try_from(value) {
                Ok(value) => (op1(0xc7).w(true), Imm::Word(value)),
                Err(_) => return false,
            },
            StoreKind::F32 | StoreKind::F64 | StoreKind::V128 => return false,
        };
        let mem = self.access(addr);
        self.rmi(op, 0, mem, imm);
        true
    }

    fn probe(&mut self, _: u32, addr: Addr) {
        // Stores fault before they write here; for the sake of the trait, a byte is read.
        self.load(LoadKind::I32U8, Gp(R11).into(), addr);
    }

    fn address(&mut self, d: Gp, addr: Addr) {
        let mem = self.mem(addr);
        self.rm(op1(0x8d).w(true), d.0, mem);
    }

    #[inline]
    fn spill(&mut self, ty: AbiType, a: Reg, home: i32) {
        self.store_reg(StoreKind::whole(ty), a, Mem::Base(RBP, home));
    }

    #[inline]
    fn fill(&mut self, ty: AbiType, d: Reg, home: i32) {
        self.load_reg(LoadKind::whole(ty), d, Mem::Base(RBP, home));
    }

    fn zero_frame(&mut self, home: i32, bytes: u32) {
        let end = home + bytes.cast_signed();
        if bytes <= 16 {
            for at in (home..end).step_by(8) {
                self.rmi(op1(0xc7).w(true), 0, Mem::Base(RBP, at), Imm::Word(0));
            }
            return;
        }
        self.sse(op2(0x57), X15, X15, Rm::Reg(X15));
        let mut at = home;
        if bytes > 256 {
            // Count up to zero.
            let pairs = bytes / 16 * 16;
            let start = self.buffer.label();
            self.mov_imm(R11, u64::from(pairs).wrapping_neg());
            self.buffer.bind(start);
            let base = home + pairs.cast_signed();
            self.sse_move(op2(0x11), X15, Mem::Index(RBP, R11, 0, base));
            self.group1_ri(0, Size::S64, Rm::Reg(R11), 16);
            self.jcc(super::control::NE, start);
            at = base;
        }
        while end - at >= 16 {
            self.sse_move(op2(0x11), X15, Mem::Base(RBP, at));
            at += 16;
        }
        if at < end {
            self.sse_move(op2(0xd6).p(0x66), X15, Mem::Base(RBP, at));
        }
    }

    fn add_to_home(&mut self, home: i32, value: i64) {
        match i32::try_from(value) {
            Ok(value) => self.group1_ri(0, Size::S64, Mem::Base(RBP, home), value),
            Err(_) => {
                self.mov_imm(R11, value.cast_unsigned());
                self.rm(op1(0x01).w(true), R11, Mem::Base(RBP, home));
            }
        }
    }
}
