//! Memory.

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use gantry_abi::AbiType;

/// What an address may be to [`X64::mem`] so that it needs no arithmetic.
const MAX_DISPLACEMENT: u32 = i32::MAX as u32;

/// An operand in memory with what is accessed there, whose registers are final.
#[derive(Clone, Copy)]
pub(super) struct Place<K> {
    kind: K,
    at: Mem<()>,
}

impl<K: AccessKind> Place<K> {
    /// Something on the stack.
    #[inline]
    fn stack(kind: K, base: Gpr, disp: i32) -> Self {
        Self { kind, at: Mem::base(base, disp) }
    }

    /// For an instruction that accesses `W`.
    #[inline]
    pub(super) fn mem<W: Width>(self) -> Mem<W> {
        debug_assert_eq!(W::BYTES, self.kind.bytes(), "the instruction accesses what was checked");
        self.at.of()
    }
}

impl X64 {
    /// Makes an address an operand; may use r11.
    fn place<K: Copy>(&mut self, addr: Addr<K>) -> Mem<()> {
        let base = gpr(addr.base);
        let index = match addr.index {
            None => None,
            Some(Index::Long(index)) => Some(gpr(index.reg())),
            Some(Index::Word(index)) => {
                self.mov_rr(Size::S32, R11, gpr(index));
                Some(R11)
            }
        };
        if let Ok(disp) = i32::try_from(addr.offset) {
            return match index {
                None => Mem::base(base, disp),
                Some(index) => Mem::index(base, index, Scale::X1, disp),
            };
        }
        // Too far for a displacement, which is signed: some of it goes to the index.
        let rest = (addr.offset - MAX_DISPLACEMENT).cast_signed();
        match index {
            Some(index) if index != R11 => self.mov_rr(Size::S64, R11, index),
            Some(_) => {}
            None => self.mov_imm(R11, 0),
        }
        self.alu_ri(Alu::Add, Size::S64, R11, i32::MAX);
        if rest < 0 {
            self.alu_ri(Alu::Add, Size::S64, R11, i32::MAX);
            return Mem::index(base, R11, Scale::X1, (addr.offset - 2 * MAX_DISPLACEMENT).cast_signed());
        }
        Mem::index(base, R11, Scale::X1, rest)
    }

    /// The operand of an access that comes next, whose trap is recorded.
    #[inline]
    pub(super) fn access<K: AccessKind>(&mut self, addr: Addr<K>) -> Place<K> {
        let at = self.place(addr);
        if let Some(trap) = addr.trap {
            self.buffer.trap(trap);
        }
        Place { kind: addr.kind(), at }
    }

    fn store_at(&mut self, a: Reg, to: Place<StoreKind>) {
        match to.kind {
            StoreKind::I8 => self.asm().store(to.mem::<W8>(), gpr(a.gp())),
            StoreKind::I16 => self.asm().store(to.mem::<W16>(), gpr(a.gp())),
            StoreKind::I32 => self.asm().store(to.mem::<W32>(), gpr(a.gp())),
            StoreKind::I64 => self.asm().store(to.mem::<W64>(), gpr(a.gp())),
            StoreKind::F32 => self.sse_store(sse::MOVSS_STORE, to.mem(), xmm(a.fp())),
            StoreKind::F64 => self.sse_store(sse::MOVSD_STORE, to.mem(), xmm(a.fp())),
            StoreKind::V128 => self.sse_store(sse::MOVUPS_STORE, to.mem(), xmm(a.fp())),
        }
    }

    fn load_at(&mut self, d: Reg, from: Place<LoadKind>) {
        let (long, word) = (asm::Size::S64, asm::Size::S32);
        match from.kind {
            LoadKind::I32 | LoadKind::I64U32 => self.asm().load(gpr(d.gp()), from.mem::<W32>()),
            LoadKind::I64 => self.asm().load(gpr(d.gp()), from.mem::<W64>()),
            LoadKind::I32S8 => self.asm().load_extend(true, word, gpr(d.gp()), from.mem::<W8>()),
            LoadKind::I64S8 => self.asm().load_extend(true, long, gpr(d.gp()), from.mem::<W8>()),
            LoadKind::I32U8 | LoadKind::I64U8 => self.asm().load_extend(false, word, gpr(d.gp()), from.mem::<W8>()),
            LoadKind::I32S16 => self.asm().load_extend(true, word, gpr(d.gp()), from.mem::<W16>()),
            LoadKind::I64S16 => self.asm().load_extend(true, long, gpr(d.gp()), from.mem::<W16>()),
            LoadKind::I32U16 | LoadKind::I64U16 => self.asm().load_extend(false, word, gpr(d.gp()), from.mem::<W16>()),
            LoadKind::I64S32 => self.asm().load_extend(true, long, gpr(d.gp()), from.mem::<W32>()),
            LoadKind::F32 => self.sse_load(sse::MOVSS_LOAD, xmm(d.fp()), from.mem()),
            LoadKind::F64 => self.sse_load(sse::MOVSD_LOAD, xmm(d.fp()), from.mem()),
            LoadKind::V128 => self.sse1_mem(sse::MOVUPS, xmm(d.fp()), from.mem()),
        }
    }

    /// Writes a value to the stack.
    #[inline]
    pub(super) fn store_value(&mut self, ty: AbiType, a: Reg, base: Gpr, disp: i32) {
        self.store_at(a, Place::stack(StoreKind::whole(ty), base, disp));
    }

    /// Reads a value from the stack.
    #[inline]
    pub(super) fn load_value(&mut self, ty: AbiType, d: Reg, base: Gpr, disp: i32) {
        self.load_at(d, Place::stack(LoadKind::whole(ty), base, disp));
    }
}

impl MemoryMasm for X64 {
    fn load(&mut self, d: Reg, addr: Addr<LoadKind>) {
        let from = self.access(addr);
        self.load_at(d, from);
    }

    fn store(&mut self, a: Reg, addr: Addr<StoreKind>) {
        let to = self.access(addr);
        self.store_at(a, to);
    }

    fn store_constant(&mut self, value: i64, addr: Addr<StoreKind>) -> bool {
        let kind = addr.kind();
        let short = kind != StoreKind::I64 || i32::try_from(value).is_ok();
        if !short || matches!(kind, StoreKind::F32 | StoreKind::F64 | StoreKind::V128) {
            return false;
        }
        let to = self.access(addr);
        let value = low32(value);
        match kind {
            StoreKind::I8 => self.asm().store_imm(to.mem::<W8>(), value),
            StoreKind::I16 => self.asm().store_imm(to.mem::<W16>(), value),
            StoreKind::I32 => self.asm().store_imm(to.mem::<W32>(), value),
            _ => self.asm().store_imm(to.mem::<W64>(), value),
        }
        true
    }

    fn probe<K: AccessKind>(&mut self, addr: Addr<K>) {
        let from = self.access(addr);
        match from.kind.bytes() {
            1 => self.asm().load_extend(false, asm::Size::S32, R11, from.mem::<W8>()),
            2 => self.asm().load_extend(false, asm::Size::S32, R11, from.mem::<W16>()),
            4 => self.asm().load(R11, from.mem::<W32>()),
            8 => self.asm().load(R11, from.mem::<W64>()),
            _ => self.sse1_mem(sse::MOVUPS, X15, from.mem()),
        }
    }

    fn address(&mut self, d: Gp, addr: Addr<()>) {
        let mem = self.place(addr);
        self.asm().lea(asm::Size::S64, gpr(d), mem);
    }

    #[inline]
    fn spill(&mut self, ty: AbiType, a: Reg, home: i32) {
        self.store_value(ty, a, RBP, home);
    }

    #[inline]
    fn fill(&mut self, ty: AbiType, d: Reg, home: i32) {
        self.load_value(ty, d, RBP, home);
    }

    fn zero_frame(&mut self, home: i32, bytes: u32) {
        let end = home + bytes.cast_signed();
        if bytes <= 16 {
            for at in (home..end).step_by(8) {
                self.asm().store_imm(Mem::<W64>::base(RBP, at), 0);
            }
            return;
        }
        self.sse(sse::XORPS, X15, X15, X15);
        let mut at = home;
        if bytes > 256 {
            // Count up to zero.
            let pairs = bytes / 16 * 16;
            let start = self.buffer.label();
            self.mov_imm(R11, u64::from(pairs).wrapping_neg());
            self.buffer.bind(start);
            let base = home + pairs.cast_signed();
            self.sse_store(sse::MOVUPS_STORE, Mem::index(RBP, R11, Scale::X1, base), X15);
            self.alu_ri(Alu::Add, Size::S64, R11, 16);
            self.asm().jcc(Cc::Ne, start);
            at = base;
        }
        while end - at >= 16 {
            self.sse_store(sse::MOVUPS_STORE, Mem::base(RBP, at), X15);
            at += 16;
        }
        if at < end {
            self.sse_store(sse::MOVQ_STORE, Mem::base(RBP, at), X15);
        }
    }

    fn add_to_home(&mut self, home: i32, value: i64) {
        let home = Mem::<W64>::base(RBP, home);
        match i32::try_from(value) {
            Ok(value) => self.asm().alu_imm(Alu::Add, W64, home, value),
            Err(_) => {
                self.mov_imm(R11, value.cast_unsigned());
                self.asm().alu_store(Alu::Add, home, R11);
            }
        }
    }
}
