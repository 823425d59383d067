//! Branches, calls, frames.

use super::*;
use crate::code::Slot;
use crate::state::SP;
use core::sync::atomic::Ordering;

/// What the bytecode has but cells do not.
#[cold]
fn replaced() -> ! {
    unreachable!("replaced when the function was predecoded")
}

macro_rules! branches {
    ($($name:ident: $ty:ident $op:tt;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, a: X, b: X, offset: Rel) -> Option<Rel> {
            (self.x::<$ty>(a) $op self.x::<$ty>(b)).then_some(offset)
        }
    )* };
}

/// Branches on a register and an immediate, which is extended to the type as the immediate's own type says.
macro_rules! immediate_branches {
    ($($name:ident: $ty:ident $op:tt $imm:ident;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, a: X, b: $imm, offset: Rel) -> Option<Rel> {
            #[allow(clippy::cast_lossless, clippy::unnecessary_cast, reason = "one row a width")]
            (self.x::<$ty>(a) $op b as $ty).then_some(offset)
        }
    )* };
}

impl<const CHECKED: bool> Exec<CHECKED> {
    branches! {
        br_if_xeq32: u32 ==; br_if_xneq32: u32 !=;
        br_if_xslt32: i32 <; br_if_xslteq32: i32 <=; br_if_xult32: u32 <; br_if_xulteq32: u32 <=;
        br_if_xeq64: u64 ==; br_if_xneq64: u64 !=;
        br_if_xslt64: i64 <; br_if_xslteq64: i64 <=; br_if_xult64: u64 <; br_if_xulteq64: u64 <=;
    }

    immediate_branches! {
        br_if_xeq32_i8: i32 == i8; br_if_xeq32_i32: i32 == i32; br_if_xneq32_i8: i32 != i8; br_if_xneq32_i32: i32 != i32;
        br_if_xslt32_i8: i32 < i8; br_if_xslt32_i32: i32 < i32; br_if_xsgt32_i8: i32 > i8; br_if_xsgt32_i32: i32 > i32;
        br_if_xslteq32_i8: i32 <= i8; br_if_xslteq32_i32: i32 <= i32;
        br_if_xsgteq32_i8: i32 >= i8; br_if_xsgteq32_i32: i32 >= i32;
        br_if_xult32_u8: u32 < u8; br_if_xult32_u32: u32 < u32; br_if_xulteq32_u8: u32 <= u8; br_if_xulteq32_u32: u32 <= u32;
        br_if_xugt32_u8: u32 > u8; br_if_xugt32_u32: u32 > u32; br_if_xugteq32_u8: u32 >= u8; br_if_xugteq32_u32: u32 >= u32;
        br_if_xeq64_i8: i64 == i8; br_if_xeq64_i32: i64 == i32; br_if_xneq64_i8: i64 != i8; br_if_xneq64_i32: i64 != i32;
        br_if_xslt64_i8: i64 < i8; br_if_xslt64_i32: i64 < i32; br_if_xsgt64_i8: i64 > i8; br_if_xsgt64_i32: i64 > i32;
        br_if_xslteq64_i8: i64 <= i8; br_if_xslteq64_i32: i64 <= i32;
        br_if_xsgteq64_i8: i64 >= i8; br_if_xsgteq64_i32: i64 >= i32;
        br_if_xult64_u8: u64 < u8; br_if_xult64_u32: u64 < u32; br_if_xulteq64_u8: u64 <= u8; br_if_xulteq64_u32: u64 <= u32;
        br_if_xugt64_u8: u64 > u8; br_if_xugt64_u32: u64 > u32; br_if_xugteq64_u8: u64 >= u8; br_if_xugteq64_u32: u64 >= u32;
    }

    #[inline(always)]
    pub(super) fn nop(&mut self) {}

    #[inline(always)]
    pub(super) fn br_if32(&mut self, cond: X, offset: Rel) -> Option<Rel> {
        self.x::<bool>(cond).then_some(offset)
    }

    #[inline(always)]
    pub(super) fn br_if_not32(&mut self, cond: X, offset: Rel) -> Option<Rel> {
        (!self.x::<bool>(cond)).then_some(offset)
    }

    #[inline(always)]
    pub(super) fn jump(&mut self, offset: Rel) -> Pc {
        self.target(offset)
    }

    #[inline(always)]
    pub(super) fn switch(&mut self, index: X, amount: u32) -> Pc {
        let chosen = self.x::<u32>(index).min(amount - 1);
        // SAFETY: this is the cell of a switch, whose operands are as in its row.
        let mut reader = unsafe { CellReader::new(self.pc) };
        XReg::read(&mut reader);
        u32::read(&mut reader);
        let table = reader.rest().cast::<i32>();
        // SAFETY: `amount` displacements follow the operands; the index is smaller.
        let rel = unsafe { table.add(chosen as usize).read_unaligned() };
        self.target(Rel(rel))
    }

    pub(super) fn br_table32(&mut self, _: X, _: u32) {
        replaced()
    }
    pub(super) fn call(&mut self, _: Rel) {
        replaced()
    }
    pub(super) fn call1(&mut self, _: X, _: Rel) {
        replaced()
    }
    pub(super) fn call2(&mut self, _: X, _: X, _: Rel) {
        replaced()
    }
    pub(super) fn call3(&mut self, _: X, _: X, _: X, _: Rel) {
        replaced()
    }
    pub(super) fn call4(&mut self, _: X, _: X, _: X, _: X, _: Rel) {
        replaced()
    }
    pub(super) fn xpcadd(&mut self, _: X, _: Rel) {
        replaced()
    }

    /// The first cell of a function, or the one that predecodes it.
    #[inline(always)]
    fn enter(&mut self, slot: *const Slot) -> Result<Pc, TrapKind> {
        if CHECKED {
            // SAFETY: the state of checked runs has checks, which nobody changes meanwhile.
            let checks = unsafe { &*(*self.s).checks };
            if !checks.is_function(slot) {
                return Err(TrapKind::Forbidden);
            }
        }
        self.state().slot = slot;
        // SAFETY: slots that code names belong to code that is loaded.
        Ok(unsafe { (*slot).cells.load(Ordering::Acquire) })
    }

    /// Calls a function; `next` is where it returns.
    #[inline(always)]
    fn call_from(&mut self, next: Pc, slot: *const Slot) -> Result<Pc, TrapKind> {
        if CHECKED {
            // SAFETY: the state of checked runs has checks, which nobody else uses.
            unsafe { (*(*self.s).checks).note_return(next) };
        }
        self.state().lr = next;
        self.enter(slot)
    }

    /// The address of the cell behind one with these operands.
    #[inline(always)]
    fn behind<A: Operand, B: Operand>(&self) -> Pc {
        // SAFETY: this is a cell with these operands.
        let mut reader = unsafe { CellReader::new(self.pc) };
        A::read(&mut reader);
        B::read(&mut reader);
        reader.next()
    }

    #[inline(always)]
    pub(super) fn call_slot(&mut self, callee: Callee) -> Result<Pc, TrapKind> {
        self.call_from(self.pc.wrapping_byte_add(24), slot_at(callee.0))
    }

    #[inline(always)]
    pub(super) fn call_slot1(&mut self, arg1: X, callee: Callee) -> Result<Pc, TrapKind> {
        self.pass([arg1]);
        self.call_slot(callee)
    }

    #[inline(always)]
    pub(super) fn call_slot2(&mut self, arg1: X, arg2: X, callee: Callee) -> Result<Pc, TrapKind> {
        self.pass([arg1, arg2]);
        self.call_slot(callee)
    }

    #[inline(always)]
    pub(super) fn call_slot3(&mut self, arg1: X, arg2: X, arg3: X, callee: Callee) -> Result<Pc, TrapKind> {
        self.pass([arg1, arg2, arg3]);
        self.call_slot(callee)
    }

    #[inline(always)]
    pub(super) fn call_slot4(&mut self, arg1: X, arg2: X, arg3: X, arg4: X, callee: Callee) -> Result<Pc, TrapKind> {
        self.pass([arg1, arg2, arg3, arg4]);
        self.call_from(self.pc.wrapping_byte_add(32), slot_at(callee.0))
    }

    /// Copies registers to the first ones, all at once.
    #[inline(always)]
    fn pass<const N: usize>(&mut self, args: [X; N]) {
        let values = args.map(|reg| self.x::<u64>(reg));
        for (i, value) in (0..).zip(values) {
            self.set_x(X(8 * i), value);
        }
    }

    #[inline(always)]
    pub(super) fn jump_slot(&mut self, callee: Callee) -> Result<Pc, TrapKind> {
        self.enter(slot_at(callee.0))
    }

    #[inline(always)]
    pub(super) fn call_indirect(&mut self, reg: X) -> Result<Pc, TrapKind> {
        let next = self.behind::<XReg, Nothing>();
        let slot = slot_at(self.x(reg));
        if slot.is_null() { Err(TrapKind::NullAddress) } else { self.call_from(next, slot) }
    }

    #[inline(always)]
    pub(super) fn xjump(&mut self, reg: X) -> Result<Pc, TrapKind> {
        let slot = slot_at(self.x(reg));
        if slot.is_null() { Err(TrapKind::NullAddress) } else { self.enter(slot) }
    }

    #[inline(always)]
    pub(super) fn ret(&mut self) -> Result<Pc, TrapKind> {
        let lr = self.state().lr;
        // SAFETY: the state of checked runs has checks, which nobody else uses.
        if CHECKED && !unsafe { (*(*self.s).checks).is_return(lr) } {
            return Err(TrapKind::Forbidden);
        }
        Ok(lr)
    }

    pub(super) fn finish(&mut self) -> Pc {
        self.exit(Exit::Returned)
    }

    /// Predecodes the function that was called, and goes there.
    pub(super) fn missing(&mut self) -> Pc {
        let slot = self.state().slot;
        // SAFETY: slots that code names belong to code that is loaded.
        match unsafe { Slot::predecode(slot) } {
            Some(pc) => pc,
            None => self.exit(Exit::Malformed),
        }
    }

    pub(super) fn trap(&mut self) -> Result<(), TrapKind> {
        Err(TrapKind::Explicit)
    }

    pub(super) fn call_indirect_host(&mut self, id: u8) -> Pc {
        // SAFETY: no reference to the state lives across the call.
        if unsafe { call_host(self.s, id) } { self.behind::<u8, Nothing>() } else { self.exit(Exit::Stopped) }
    }

    /// Moves the stack pointer down.
    #[inline(always)]
    fn allocate(&mut self, bytes: usize) -> Result<*mut u8, TrapKind> {
        let sp = host_ptr(self.state().regs.x[SP]);
        let new = sp.wrapping_sub(bytes);
        if new.addr() < self.state().stack_base.addr() || bytes > sp.addr() {
            return Err(TrapKind::StackOverflow);
        }
        self.state().regs.x[SP] = new.addr() as u64;
        Ok(new)
    }

    /// Makes the frame record at `at`, and it the innermost one.
    #[inline(always)]
    fn link_frame(&mut self, at: *mut u8) -> Result<(), TrapKind> {
        self.check_access(at, 2 * size_of::<usize>())?;
        let (fp, lr) = (self.state().fp, self.state().lr);
        let record = at.cast::<*const u8>();
        // SAFETY: the record lies in the part of the stack that was just allocated.
        unsafe { record.write_unaligned(fp) };
        // SAFETY: as above.
        unsafe { record.add(1).write_unaligned(lr.cast()) };
        self.state().fp = at;
        Ok(())
    }

    #[inline(always)]
    pub(super) fn push_frame(&mut self) -> Result<(), TrapKind> {
        let at = self.allocate(2 * size_of::<usize>())?;
        self.link_frame(at)
    }

    #[inline(always)]
    pub(super) fn pop_frame(&mut self) -> Result<(), TrapKind> {
        let fp = self.state().fp;
        self.check_access(fp, 2 * size_of::<usize>())?;
        let record = self.state().fp.cast::<*mut u8>();
        // SAFETY: the frame pointer is the address of a frame record.
        let fp = unsafe { record.read_unaligned() };
        // SAFETY: as above.
        let lr = unsafe { record.add(1).read_unaligned() };
        self.state().fp = fp;
        self.state().lr = lr.cast();
        self.state().regs.x[SP] = record.wrapping_add(2).addr() as u64;
        Ok(())
    }

    #[inline(always)]
    pub(super) fn push_frame_save(&mut self, amt: u16, regs: Upper) -> Result<(), TrapKind> {
        let sp = self.allocate(usize::from(amt) + 2 * size_of::<usize>())?;
        let mut at = sp.wrapping_add(usize::from(amt));
        self.link_frame(at)?;
        let mut rest = regs.0;
        while rest != 0 {
            let value = self.state().regs.x[16 + rest.trailing_zeros() as usize];
            at = at.wrapping_sub(8);
            self.check_access(at, 8)?;
            // SAFETY: the saved registers lie in the part of the stack that was just allocated.
            unsafe { at.cast::<u64>().write_unaligned(value) };
            rest &= rest - 1;
        }
        Ok(())
    }

    #[inline(always)]
    pub(super) fn pop_frame_restore(&mut self, amt: u16, regs: Upper) -> Result<(), TrapKind> {
        let mut at = host_ptr(self.state().regs.x[SP]).wrapping_add(usize::from(amt));
        let mut rest = regs.0;
        while rest != 0 {
            at = at.wrapping_sub(8);
            self.check_access(at, 8)?;
            // SAFETY: `push_frame_save` with the same operands has saved the registers here.
            self.state().regs.x[16 + rest.trailing_zeros() as usize] = unsafe { at.cast::<u64>().read_unaligned() };
            rest &= rest - 1;
        }
        self.pop_frame()
    }

    #[inline(always)]
    pub(super) fn stack_alloc32(&mut self, amt: u32) -> Result<(), TrapKind> {
        self.allocate(amt as usize)?;
        Ok(())
    }

    #[inline(always)]
    pub(super) fn stack_free32(&mut self, amt: u32) {
        let sp = &mut self.state().regs.x[SP];
        *sp = sp.wrapping_add(amt.into());
    }

    pub(super) fn xmov_fp(&mut self, dst: X) {
        let fp = self.state().fp.addr() as u64;
        self.set_x(dst, fp);
    }

    pub(super) fn xmov_lr(&mut self, dst: X) {
        let lr = self.state().lr.addr() as u64;
        self.set_x(dst, lr);
    }
}

/// No operand.
struct Nothing;

impl Operand for Nothing {
    type Cell = ();
    fn write(self, _: &mut CellWriter) {}
    #[inline(always)]
    fn read(_: &mut CellReader) {}
}

/// The host address in a register.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "addresses fit a pointer")]
pub(super) fn host_ptr(address: u64) -> *mut u8 {
    core::ptr::with_exposed_provenance_mut(address as usize)
}

/// The function at an address.
#[inline(always)]
fn slot_at(address: u64) -> *const Slot {
    host_ptr(address).cast_const().cast()
}
