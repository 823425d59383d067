//! Looking ahead: which locals each loop uses, how often, and whether it calls.
//!
//! At a loop that is in no other one, its body is walked, without validating or even decoding operators: a table says how
//! long immediates are. What the walk does not know ends it, and all loops from there on are assumed to use, write and call
//! anything. Only the first [`TRACKED`] locals are told apart.

use super::reader::Reader;

/// Locals that are told apart.
const TRACKED: u32 = 64;

/// The most locals per loop that are candidates for registers.
const MAX_CANDIDATES: usize = 24;

/// How much more an operator counts for every loop around it.
const WEIGHT: u16 = 8;

/// What is known about a loop, loops inside it included.
#[derive(Clone, Copy, Debug)]
struct Loop {
    used: u64,
    written: u64,
    has_call: bool,
    /// The walk did not see its end.
    unknown: bool,
    /// Its range of [`Scan::candidates`].
    first: usize,
    last: usize,
}

/// A loop whose end the walk has not reached.
struct Open {
    index: usize,
    /// Blocks inside it that are open.
    depth: u32,
    counts: [u16; TRACKED as usize],
}

/// The loops of a function, in order of appearance.
#[derive(Default)]
pub(super) struct Scan {
    /// How many of the locals that there are can be told apart. What is ahead is not validated yet and may name others.
    tracked: u32,
    /// The walk met something that it does not know.
    lost: bool,
    loops: Vec<Loop>,
    candidates: Vec<u32>,
    open: Vec<Open>,
    /// Loops that compilation has entered.
    entered: usize,
}

impl Scan {
    /// Begins with a function of so many locals.
    pub(super) fn clear(&mut self, num_locals: u32) {
        self.tracked = num_locals.min(TRACKED);
        self.lost = false;
        self.loops.clear();
        self.candidates.clear();
        self.open.clear();
        self.entered = 0;
    }

    /// Enters the next loop, whose body begins at `at`. Gives its number.
    pub(super) fn enter_loop(&mut self, bytes: &[u8], at: usize) -> usize {
        if self.entered == self.loops.len() && !self.lost {
            self.lost = self.walk(&bytes[at.min(bytes.len())..]).is_none();
        }
        self.entered += 1;
        self.entered - 1
    }

    /// Whether the loop calls anything.
    pub(super) fn has_call(&self, index: usize) -> bool {
        self.loops.get(index).is_none_or(|l| l.has_call || l.unknown)
    }

    /// Whether the loop may use this local.
    pub(super) fn uses(&self, index: usize, local: u32) -> bool {
        self.loops.get(index).is_none_or(|l| l.unknown || local >= TRACKED || l.used & (1 << local) != 0)
    }

    /// Whether the loop may write this local.
    pub(super) fn writes(&self, index: usize, local: u32) -> bool {
        self.loops.get(index).is_none_or(|l| l.unknown || local >= TRACKED || l.written & (1 << local) != 0)
    }

    /// Locals that the loop uses, most used first.
    pub(super) fn candidates(&self, index: usize) -> &[u32] {
        self.loops.get(index).map_or(&[], |l| &self.candidates[l.first..l.last])
    }

    fn begin(&mut self) {
        let index = self.loops.len();
        let unknown = Loop { used: 0, written: 0, has_call: false, unknown: true, first: 0, last: 0 };
        self.loops.push(unknown);
        self.open.push(Open { index, depth: 0, counts: [0; TRACKED as usize] });
    }

    fn finish(&mut self) {
        let Some(done) = self.open.pop() else { return };
        let first = self.candidates.len();
        let (used, has_call) = (self.loops[done.index].used, self.loops[done.index].has_call);
        let (written, counts) = (self.loops[done.index].written, &done.counts);
        self.candidates.extend((0..TRACKED).filter(|l| used & (1 << l) != 0));
        self.candidates[first..].sort_by_key(|&l| std::cmp::Reverse(counts[l as usize]));
        self.candidates.truncate(first + MAX_CANDIDATES);
        let last = self.candidates.len();
        self.loops[done.index] = Loop { used, written, has_call, unknown: false, first, last };
        if let Some(outer) = self.open.last_mut() {
            for (to, from) in outer.counts.iter_mut().zip(counts) {
                *to = to.saturating_add(from.saturating_mul(WEIGHT));
            }
            let outer = &mut self.loops[outer.index];
            outer.used |= used;
            outer.written |= written;
            outer.has_call |= has_call;
        }
    }

    /// Walks through the body of a loop, which `bytes` begin with. `None`: its end was not found.
    fn walk(&mut self, bytes: &[u8]) -> Option<()> {
        self.begin();
        let mut reader = Reader { bytes, at: 0 };
        while !self.open.is_empty() {
            match reader.byte()? {
                0x03 => {
                    self.begin();
                    reader.block_type()?;
                }
                0x02 | 0x04 => {
                    if let Some(open) = self.open.last_mut() {
                        open.depth += 1;
                    }
                    reader.block_type()?;
                }
                0x0b => match self.open.last_mut() {
                    Some(open) if open.depth > 0 => open.depth -= 1,
                    _ => self.finish(),
                },
                op @ 0x10..=0x15 => {
                    self.note_call();
                    reader.leb()?;
                    if matches!(op, 0x11 | 0x13) {
                        reader.leb()?;
                    }
                }
                op @ 0x20..=0x22 => {
                    let local = reader.index()?;
                    self.note_local(local, op != 0x20);
                }
                // Growing memory and tables, and everything else that the runtime does, are calls.
                0x40 => {
                    self.note_call();
                    reader.leb()?;
                }
                0xfc => {
                    let sub = reader.index()?;
                    if (8..18).contains(&sub) {
                        self.note_call();
                    }
                    reader.misc(sub)?;
                }
                0xfd => {
                    let sub = reader.index()?;
                    reader.vector(sub)?;
                }
                op => reader.plain(op)?,
            }
        }
        Some(())
    }

    fn note_call(&mut self) {
        if let Some(open) = self.open.last() {
            self.loops[open.index].has_call = true;
        }
    }

    fn note_local(&mut self, local: u32, write: bool) {
        let Some(open) = self.open.last_mut().filter(|_| local < self.tracked) else { return };
        let count = &mut open.counts[local as usize];
        *count = count.saturating_add(1);
        let info = &mut self.loops[open.index];
        info.used |= 1 << local;
        if write {
            info.written |= 1 << local;
        }
    }
}

impl Reader<'_> {
    #[inline]
    fn skip(&mut self, count: usize) -> Option<()> {
        self.at += count;
        (self.at <= self.bytes.len()).then_some(())
    }

    /// Skips an integer of any width.
    #[inline]
    fn leb(&mut self) -> Option<()> {
        while self.byte()? & 0x80 != 0 {}
        Some(())
    }

    fn value_type(&mut self) -> Option<()> {
        match self.byte()? {
            // A reference with its heap type.
            0x63 | 0x64 => self.leb(),
            byte if byte & 0x80 == 0 => Some(()),
            _ => self.leb(),
        }
    }

    fn block_type(&mut self) -> Option<()> {
        self.value_type()
    }

    fn skip_memarg(&mut self) -> Option<()> {
        let flags = self.index()?;
        if flags & 0x40 != 0 {
            self.leb()?;
        }
        self.leb()
    }

    /// Operators of one byte.
    fn plain(&mut self, op: u8) -> Option<()> {
        match op {
            // unreachable, nop, else, return, drop, select, numeric operators, ref.is_null, ref.as_non_null.
            0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 | 0xd4 => Some(()),
            // br, br_if, globals, tables, memory.size, integer constants, ref.null, ref.func, br_on_null and its opposite.
            0x0c | 0x0d | 0x23..=0x26 | 0x3f | 0x41 | 0x42 | 0xd0 | 0xd2 | 0xd5 | 0xd6 => self.leb(),
            0x0e => {
                let count = self.index()?;
                for _ in 0..=count {
                    self.leb()?;
                }
                Some(())
            }
            0x1c => {
                let count = self.index()?;
                for _ in 0..count {
                    self.value_type()?;
                }
                Some(())
            }
            0x28..=0x3e => self.skip_memarg(),
            0x43 => self.skip(4),
            0x44 => self.skip(8),
            _ => None,
        }
    }

    /// Operators behind the prefix 0xfc.
    fn misc(&mut self, sub: u32) -> Option<()> {
        match sub {
            // Saturating truncation, wide arithmetic.
            0..=7 | 19..=22 => Some(()),
            // memory.init, memory.copy, table.init, table.copy.
            8 | 10 | 12 | 14 => self.leb().and_then(|()| self.leb()),
            // data.drop, memory.fill, elem.drop, table.grow, table.size, table.fill.
            9 | 11 | 13 | 15..=17 => self.leb(),
            _ => None,
        }
    }

    /// Operators behind the prefix 0xfd.
    fn vector(&mut self, sub: u32) -> Option<()> {
        match sub {
            0..=11 | 92 | 93 => self.skip_memarg(),
            12 | 13 => self.skip(16),
            21..=34 => self.skip(1),
            84..=91 => self.skip_memarg().and_then(|()| self.skip(1)),
            14..=20 | 35..=83 | 94..=275 => Some(()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(num_locals: u32, text: &str) -> Scan {
        let wasm = wat::parse_str(text).unwrap();
        let mut scan = Scan::default();
        scan.clear(num_locals);
        for payload in wasmparser::Parser::new(0).parse_all(&wasm) {
            if let wasmparser::Payload::CodeSectionEntry(body) = payload.unwrap() {
                let mut reader = body.get_operators_reader().unwrap().get_binary_reader();
                let mut operators = body.get_operators_reader().unwrap();
                let start = reader.original_position();
                let length = usize::try_from(body.range().end - start).unwrap();
                let bytes = reader.read_bytes(length).unwrap();
                while !operators.eof() {
                    if let wasmparser::Operator::Loop { .. } = operators.read().unwrap() {
                        let at = usize::try_from(operators.original_position() - start).unwrap();
                        scan.enter_loop(bytes, at);
                    }
                }
            }
        }
        scan
    }

    fn operators(body: &[u8]) -> wasmparser::OperatorsReader<'_> {
        wasmparser::OperatorsReader::new(wasmparser::BinaryReader::new(body, 0))
    }

    #[test]
    fn loops_know_their_locals() {
        let scan = scan(
            4,
            "(module (memory 1) (func $f (param i32 i64 f32 v128)
                local.get 3 drop
                (loop (result f32)
                  (block (br_table 0 0 (local.get 0)))
                  (loop (local.set 1 (i64.const 0x123456789)) (call $f (local.get 0) (local.get 1) (f32.const 1) (v128.const i64x2 1 2)))
                  (i32.store offset=1000 (local.tee 0 (i32.const 5)) (select (result i32) (i32.const 1) (i32.const 2) (i32.const 3)))
                  (local.get 2))
                drop
                (loop (drop (i8x16.extract_lane_u 3 (v128.load8_lane 5 (local.get 0) (local.get 3)))))
             ))",
        );
        assert_eq!(scan.loops.len(), 3);
        assert!(scan.loops.iter().all(|l| !l.unknown));
        assert_eq!((scan.loops[0].used, scan.loops[0].written, scan.loops[0].has_call), (0b0111, 0b0011, true));
        assert_eq!((scan.loops[1].used, scan.loops[1].written, scan.loops[1].has_call), (0b0011, 0b0010, true));
        assert_eq!((scan.loops[2].used, scan.loops[2].written, scan.loops[2].has_call), (0b1001, 0, false));
        assert_eq!(scan.candidates(0), [1, 0, 2], "inner loops count more");
    }

    #[test]
    fn locals_that_are_not_there_are_no_candidates() {
        let scan = scan(1, "(module (func (param i32) (loop (drop (local.get 5)) (local.set 0 (local.get 1)))))");
        assert_eq!(scan.candidates(0), [0]);
    }

    #[test]
    fn every_operator_without_blocks_is_skipped_whole() {
        // A loop around an operator ends where the walk says it does, or not at all.
        for sub in 0..=275u16 {
            let mut body = vec![0xfd];
            let [low, high] = (sub << 1).to_le_bytes();
            body.extend(if sub < 128 { vec![low >> 1] } else { vec![low >> 1 | 0x80, high] });
            body.extend([0; 17]);
            let mut reader = operators(&body);
            if reader.read().is_err() {
                continue;
            }
            let mut ours = Reader { bytes: &body, at: 1 };
            let number = ours.index().unwrap();
            ours.vector(number).unwrap();
            assert_eq!(ours.at as u64, reader.original_position(), "operator 0xfd {sub}");
        }
        for op in (0..=0xd6).filter(|op| !matches!(op, 0x02..=0x0b | 0x10..=0x15 | 0x1f..=0x22 | 0x40)) {
            let mut body = vec![op];
            body.extend([0; 17]);
            let mut reader = operators(&body);
            let mut ours = Reader { bytes: &body, at: 1 };
            if reader.read().is_err() || ours.plain(op).is_none() {
                continue;
            }
            assert_eq!(ours.at as u64, reader.original_position(), "operator {op:#x}");
        }
    }
}
