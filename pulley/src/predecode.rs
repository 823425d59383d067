//! Predecoding: the bytecode of a function becomes a row of cells.
//!
//! One instruction becomes one cell, or none (`nop`). On the way instructions
//! take the form that is cheapest to execute: small immediates get the form for large ones, callees are looked up, accesses
//! that need no check lose it.

use crate::cell::{Callee, CellWriter, Operand};
use crate::code::{Code, Malformed};
use crate::handlers::Place;
use crate::op::numbers;
use crate::widths::{Widths, displacement};
use alloc::vec::Vec;
use pulley_interpreter::decode::{Decoder, OpVisitor, SafeBytecodeStream};
use pulley_interpreter::*;

/// A predecoded function.
pub(crate) struct Function {
    /// Its cells.
    pub(crate) words: Vec<u64>,
    pub(crate) places: Places,
}

/// Where the cells of a function come from.
pub(crate) struct Places(Vec<Place>);

impl Places {
    /// The offset in the text of the instruction that a cell was made of. The end of the row belongs to the last one's end.
    pub(crate) fn offset_of(&self, word: usize) -> u32 {
        let after = self.0.partition_point(|p| p.word as usize <= word);
        self.0[after.saturating_sub(1)].offset
    }
}

/// An instruction and where it is.
pub(crate) struct Inst {
    pub(crate) offset: u32,
    pub(crate) op: Op,
    /// Targets of a branch table: where they are.
    pub(crate) table: Vec<i64>,
}

/// Decodes the instructions of a function.
fn decode(code: &Code, start: u32) -> Result<(Vec<Inst>, u32), Malformed> {
    let extent = code.extent(start);
    let bytes = &code.text()[extent.start as usize..extent.end as usize];
    let mut visitor = MaterializeOpsVisitor::new(SafeBytecodeStream::new(bytes));
    let mut insts = Vec::with_capacity(bytes.len() / 4);
    let mut at = 0;
    while at < bytes.len() {
        let offset = start + index(at);
        let op = Decoder::new()
            .decode_one(&mut visitor)
            .map_err(|_| Malformed { offset, what: "this is no instruction" })?;
        at = bytes.len() - visitor.bytecode().as_slice().len();
        let mut table = Vec::new();
        if let Op::BrTable32(BrTable32 { amt, .. }) = op {
            let entries = amt as usize;
            let Some(rows) = entries.checked_mul(4).and_then(|n| bytes.get(at..at.checked_add(n)?)) else {
                return Err(Malformed { offset, what: "the branch table ends behind the function" });
            };
            if amt == 0 {
                return Err(Malformed { offset, what: "the branch table is empty" });
            }
            for (i, row) in rows.chunks_exact(4).enumerate() {
                let rel = i32::from_le_bytes(row.try_into().expect("four bytes"));
                table.push(i64::from(start + index(at + 4 * i)) + i64::from(rel));
            }
            at += rows.len();
            visitor = MaterializeOpsVisitor::new(SafeBytecodeStream::new(&bytes[at..]));
        }
        insts.push(Inst { offset, op, table });
    }
    Ok((insts, extent.end))
}

fn index(at: usize) -> u32 {
    u32::try_from(at).expect("text is smaller than 4 GiB")
}

/// Where branches lead, sorted.
fn targets(insts: &[Inst]) -> Vec<i64> {
    let mut targets = Vec::new();
    for inst in insts {
        if let Some(rel) = displacement(&inst.op) {
            targets.push(i64::from(inst.offset) + i64::from(i32::from(rel)));
        }
        targets.extend(&inst.table);
    }
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// Predecodes the function that begins at an offset of the text.
///
/// # Errors
///
/// If there is anything else than instructions up to the next function, or branches lead elsewhere than to instructions of the
/// function, or calls elsewhere than to functions.
pub(crate) fn function(code: &Code, start: u32) -> Result<Function, Malformed> {
    let (insts, end) = decode(code, start)?;
    let mut writer = CellWriter::default();
    let mut places = Vec::with_capacity(insts.len());
    let mut widths = Widths::default();
    let targets = targets(&insts);
    for inst in &insts {
        writer.at = inst.offset;
        if targets.binary_search(&i64::from(inst.offset)).is_ok() {
            widths = Widths::default();
        }
        let inst = &widths.simplify(inst);
        let place = Place { offset: inst.offset, word: index(writer.words.len()), is_target: false };
        write(code, inst, start..end, &mut writer)?;
        if place.word != index(writer.words.len()) {
            places.push(place);
        }
    }
    // Nothing leads behind the last instruction; if code does all the same, it stops.
    writer.at = end;
    places.push(Place { offset: end, word: index(writer.words.len()), is_target: false });
    writer.begin(numbers::trap);
    writer.end();

    for i in 0..writer.fixups.len() {
        let fixup = &writer.fixups[i];
        let found = u32::try_from(fixup.target)
            .ok()
            .and_then(|target| insts.binary_search_by_key(&target, |inst| inst.offset).ok().map(|_| target))
            .map(|target| places.partition_point(|p| p.offset < target))
            .ok_or(Malformed { offset: start, what: "a branch leads elsewhere than to an instruction" })?;
        places[found].is_target = true;
        let distance = (i64::from(places[found].word) - index(fixup.cell) as i64) * 8;
        let distance = i32::try_from(distance)
            .map_err(|_| Malformed { offset: start, what: "a branch leads further than 2 GiB of cells" })?;
        writer.patch(fixup.byte, distance);
    }
    if code.options().fast {
        crate::handlers::link(&mut writer.words, &places, code.options().disabled_patterns);
    }
    Ok(Function { words: writer.words, places: Places(places) })
}

/// Writes the cell of an instruction.
fn write(code: &Code, inst: &Inst, extent: core::ops::Range<u32>, w: &mut CellWriter) -> Result<(), Malformed> {
    let offset = inst.offset;
    let callee = |to: PcRelOffset| {
        let target = i64::from(offset) + i64::from(i32::from(to));
        let slot = u32::try_from(target).ok().and_then(|start| code.slot(start));
        let slot = slot.ok_or(Malformed { offset, what: "a call leads elsewhere than to a function" })?;
        Ok(Callee(core::ptr::from_ref(slot).expose_provenance() as u64))
    };
    /// Writes a cell of our own.
    macro_rules! own {
        ($name:ident $(, $operand:expr)*) => {{
            w.begin(numbers::$name);
            $($operand.write(w);)*
            w.end();
            return Ok(());
        }};
    }
    /// Writes a cell without a check, if memories are guarded.
    macro_rules! free_load {
        ($o:expr, $name:ident) => {
            if code.options().guarded_memories {
                own!($name, $o.dst, $o.addr.host_heap_base, $o.addr.wasm_addr, u16::from($o.addr.offset))
            }
        };
    }
    macro_rules! free_store {
        ($o:expr, $name:ident) => {
            if code.options().guarded_memories {
                own!($name, $o.addr.host_heap_base, $o.addr.wasm_addr, u16::from($o.addr.offset), $o.src)
            }
        };
    }
    /// Writes the cell of another instruction.
    macro_rules! as_op {
        ($op:expr) => {{
            write_plain(&$op.into(), w);
            return Ok(());
        }};
    }
    match inst.op {
        Op::Nop(_) => return Ok(()),
        Op::Call(o) => own!(call_slot, callee(o.offset)?),
        Op::Call1(o) => own!(call_slot1, o.arg1, callee(o.offset)?),
        Op::Call2(o) => own!(call_slot2, o.arg1, o.arg2, callee(o.offset)?),
        Op::Call3(o) => own!(call_slot3, o.arg1, o.arg2, o.arg3, callee(o.offset)?),
        Op::Call4(o) => own!(call_slot4, o.arg1, o.arg2, o.arg3, o.arg4, callee(o.offset)?),
        Op::Jump(o) => {
            let target = i64::from(offset) + i64::from(i32::from(o.offset));
            if !(i64::from(extent.start)..i64::from(extent.end)).contains(&target) {
                own!(jump_slot, callee(o.offset)?)
            }
        }
        Op::BrTable32(o) => {
            w.begin(numbers::switch);
            o.idx.write(w);
            o.amt.write(w);
            inst.table.iter().for_each(|&target| w.put_target(target));
            w.end();
            return Ok(());
        }
        Op::Xzero(o) => as_op!(Xconst32 { dst: o.dst, imm: 0 }),
        Op::Xone(o) => as_op!(Xconst32 { dst: o.dst, imm: 1 }),
        Op::Xconst8(o) => as_op!(Xconst32 { dst: o.dst, imm: o.imm.into() }),
        Op::Xconst16(o) => as_op!(Xconst32 { dst: o.dst, imm: o.imm.into() }),
        Op::Xadd32U8(o) => as_op!(Xadd32U32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xadd64U8(o) => as_op!(Xadd64U32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xsub32U8(o) => as_op!(Xadd32U32 { dst: o.dst, src1: o.src1, src2: u32::from(o.src2).wrapping_neg() }),
        Op::Xsub32U32(o) => as_op!(Xadd32U32 { dst: o.dst, src1: o.src1, src2: o.src2.wrapping_neg() }),
        Op::Xsub64U8(o) => as_op!(Xsub64U32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xmul32S8(o) => as_op!(Xmul32S32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xmul64S8(o) => as_op!(Xmul64S32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xband32S8(o) => as_op!(Xband32S32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xband64S8(o) => as_op!(Xband64S32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xbor32S8(o) => as_op!(Xbor32S32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xbor64S8(o) => as_op!(Xbor64S32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xbxor32S8(o) => as_op!(Xbxor32S32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::Xbxor64S8(o) => as_op!(Xbxor64S32 { dst: o.dst, src1: o.src1, src2: o.src2.into() }),
        Op::BrIfXeq32I8(o) => as_op!(BrIfXeq32I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXneq32I8(o) => as_op!(BrIfXneq32I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXslt32I8(o) => as_op!(BrIfXslt32I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXsgt32I8(o) => as_op!(BrIfXsgt32I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXslteq32I8(o) => as_op!(BrIfXslteq32I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXsgteq32I8(o) => as_op!(BrIfXsgteq32I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXult32U8(o) => as_op!(BrIfXult32U32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXulteq32U8(o) => as_op!(BrIfXulteq32U32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXugt32U8(o) => as_op!(BrIfXugt32U32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXugteq32U8(o) => as_op!(BrIfXugteq32U32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXeq64I8(o) => as_op!(BrIfXeq64I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXneq64I8(o) => as_op!(BrIfXneq64I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXslt64I8(o) => as_op!(BrIfXslt64I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXsgt64I8(o) => as_op!(BrIfXsgt64I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXslteq64I8(o) => as_op!(BrIfXslteq64I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXsgteq64I8(o) => as_op!(BrIfXsgteq64I32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXult64U8(o) => as_op!(BrIfXult64U32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXulteq64U8(o) => as_op!(BrIfXulteq64U32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXugt64U8(o) => as_op!(BrIfXugt64U32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::BrIfXugteq64U8(o) => as_op!(BrIfXugteq64U32 { a: o.a, b: o.b.into(), offset: o.offset }),
        Op::XLoad8U32G32(o) => free_load!(o, xload8_u32_free),
        Op::XLoad8S32G32(o) => free_load!(o, xload8_s32_free),
        Op::XLoad16LeU32G32(o) => free_load!(o, xload16le_u32_free),
        Op::XLoad16LeS32G32(o) => free_load!(o, xload16le_s32_free),
        Op::XLoad32LeG32(o) => free_load!(o, xload32le_free),
        Op::XLoad64LeG32(o) => free_load!(o, xload64le_free),
        Op::XStore8G32(o) => free_store!(o, xstore8_free),
        Op::XStore16LeG32(o) => free_store!(o, xstore16le_free),
        Op::XStore32LeG32(o) => free_store!(o, xstore32le_free),
        Op::XStore64LeG32(o) => free_store!(o, xstore64le_free),
        Op::XLoad8U32G32Bne(o) => free_load!(o, xload8_u32_free),
        Op::XLoad8S32G32Bne(o) => free_load!(o, xload8_s32_free),
        Op::XLoad16LeU32G32Bne(o) => free_load!(o, xload16le_u32_free),
        Op::XLoad16LeS32G32Bne(o) => free_load!(o, xload16le_s32_free),
        Op::XLoad32LeG32Bne(o) => free_load!(o, xload32le_free),
        Op::XLoad64LeG32Bne(o) => free_load!(o, xload64le_free),
        Op::XStore8G32Bne(o) => free_store!(o, xstore8_free),
        Op::XStore16LeG32Bne(o) => free_store!(o, xstore16le_free),
        Op::XStore32LeG32Bne(o) => free_store!(o, xstore32le_free),
        Op::XStore64LeG32Bne(o) => free_store!(o, xstore64le_free),
        Op::ExtendedOp(op) => match op {
            ExtendedOp::Fload32LeG32(o) => free_load!(o, fload32le_free),
            ExtendedOp::Fload64LeG32(o) => free_load!(o, fload64le_free),
            ExtendedOp::VLoad128G32(o) => free_load!(o, vload128le_free),
            ExtendedOp::Fstore32LeG32(o) => free_store!(o, fstore32le_free),
            ExtendedOp::Fstore64LeG32(o) => free_store!(o, fstore64le_free),
            ExtendedOp::Vstore128LeG32(o) => free_store!(o, vstore128le_free),
            ExtendedOp::Xpcadd(o) => {
                let address = code.text().as_ptr().addr() as i64 + i64::from(offset) + i64::from(i32::from(o.offset));
                as_op!(Xconst64 { dst: o.dst, imm: address })
            }
            _ => {}
        },
        _ => {}
    }
    write_plain(&inst.op, w);
    Ok(())
}

macro_rules! define_write_base {
    ($($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        /// Writes the cell of an instruction as it is.
        fn write_plain(op: &Op, w: &mut CellWriter) {
            match op {
                $(Op::$name(_o) => {
                    w.begin(numbers::$snake);
                    $($(_o.$field.write(w);)*)?
                    w.end();
                })*
                Op::ExtendedOp(op) => write_extended(op, w),
            }
        }
    };
}
for_each_op!(define_write_base);

macro_rules! define_write_extended {
    ($($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        fn write_extended(op: &ExtendedOp, w: &mut CellWriter) {
            match op {
                $(ExtendedOp::$name(_o) => {
                    w.begin(numbers::$snake);
                    $($(_o.$field.write(w);)*)?
                    w.end();
                })*
            }
        }
    };
}
for_each_extended_op!(define_write_extended);
