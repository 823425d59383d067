//! Each pattern of the fast executor: with all the others, alone, and switched off.

use super::{BASE, BOUND, End, difference, run_in};
use gantry_pulley::{CodeOptions, PatternSet, Registers};
use pulley_interpreter::decode::{Decoder, SafeBytecodeStream};
use pulley_interpreter::*;

/// The patterns of the fast executor, as the build script has them.
#[path = "../../build/patterns.rs"]
mod patterns;

macro_rules! names {
    ($($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        &[$(stringify!($snake)),*]
    };
}
const BASE_NAMES: &[&str] = for_each_op!(names);
const EXTENDED_NAMES: &[&str] = for_each_extended_op!(names);

/// The opcode of an operation of a cell.
fn opcode(name: &str) -> Option<Vec<u8>> {
    let name = name.replace("_free", "_g32");
    if let Some(at) = BASE_NAMES.iter().position(|n| *n == name) {
        return Some(vec![at as u8]);
    }
    let at = EXTENDED_NAMES.iter().position(|n| *n == name)? as u16;
    let [low, high] = at.to_le_bytes();
    Some(vec![0xdc, low, high])
}

/// A random instruction with this opcode. Displacements of branches lead over one instruction, of which `skipped` are the bytes.
fn instruction_of(name: &str, random: &mut impl FnMut() -> u8, skipped: &[u8]) -> Vec<u8> {
    loop {
        let mut bytes = opcode(name).expect("patterns consist of operations of the table");
        bytes.extend((0..24).map(|_| if random().is_multiple_of(8) { random() } else { random() % 4 }));
        let decode = |bytes: &[u8]| {
            let mut visitor = MaterializeOpsVisitor::new(SafeBytecodeStream::new(bytes));
            let op = Decoder::new().decode_one(&mut visitor).ok()?;
            Some((op, bytes.len() - decode::OpVisitor::bytecode(&mut visitor).as_slice().len()))
        };
        let Some((op, len)) = decode(&bytes) else { continue };
        bytes.truncate(len);
        if name.ends_with("_free") {
            let address = AddrG32 {
                host_heap_base: XReg::new(BASE as u8).expect("a register"),
                host_heap_bound: XReg::new(BOUND as u8).expect("a register"),
                wasm_addr: XReg::new(random() % 4).expect("a register"),
                offset: u16::from(random()),
            };
            let at = (1..len - 3).find(|&at| {
                let mut changed = bytes.clone();
                changed[at..at + 4].copy_from_slice(&address.to_bits().to_le_bytes());
                decode(&changed).is_some_and(|(op, _)| format!("{op:?}").contains(&format!("{address:?}")))
            });
            let at = at.expect("the address is an operand");
            bytes[at..at + 4].copy_from_slice(&address.to_bits().to_le_bytes());
        } else if format!("{op:?}").contains("PcRelOffset") {
            let distance = (len + skipped.len()) as i32;
            bytes[len - 4..].copy_from_slice(&distance.to_le_bytes());
            bytes.extend(skipped);
        }
        let (op, _) = decode(&bytes).expect("as before");
        // Addresses differ between the memories: only accesses may use them.
        let text = format!("{op:?}").replace("host_heap_base: x28", "").replace("host_heap_bound: x29", "");
        if !["x28", "x29", "sp"].iter().any(|reserved| text.contains(reserved)) {
            return bytes;
        }
    }
}

/// A reservation that no access can leave: code may be loaded for guarded memories.
struct Reservation(std::ptr::NonNull<u8>, std::alloc::Layout);

impl Reservation {
    fn new() -> Self {
        // Alignment for more than any type would have the allocator write the zeros.
        let layout = std::alloc::Layout::from_size_align((1 << 32) + (1 << 17), 16).expect("a layout");
        // SAFETY: the layout has a size.
        let base = unsafe { std::alloc::alloc_zeroed(layout) };
        Self(std::ptr::NonNull::new(base).expect("address space is there; pages are not touched"), layout)
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        // SAFETY: it was allocated with this layout.
        unsafe { std::alloc::dealloc(self.0.as_ptr(), self.1) };
    }
}

/// Some of the patterns.
fn set(which: impl Fn(usize) -> bool) -> PatternSet {
    let mut set = PatternSet::default();
    for number in (0..patterns::PATTERNS.len()).filter(|&n| which(n)) {
        set.insert(number as u16);
    }
    set
}

#[test]
fn every_pattern_does_what_its_operations_do() {
    let memories: [Reservation; 5] = std::array::from_fn(|_| Reservation::new());
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    let mut skipped = Vec::new();
    encode::xconst8(&mut skipped, XReg::new(5).expect("a register"), 77);
    for (number, pattern) in patterns::PATTERNS.iter().enumerate() {
        // What leads to other functions is left to tests of whole programs.
        let names: Vec<&str> = pattern
            .split_whitespace()
            .filter(|name| opcode(name).is_some() && !["switch", "ret", "call_indirect", "xjump"].contains(name))
            // Other addresses are the host's, and frames need both ends.
            .filter(|name| !name.ends_with("_o32") && !name.ends_with("_z") && !name.contains("_frame"))
            .collect();
        for _ in 0..40 {
            // One instruction before, whose result the first of the pattern may use.
            let before = instruction_of("xadd32_u32", &mut random, &skipped);
            let instructions: Vec<Vec<u8>> = std::iter::once(before)
                .chain(names.iter().map(|name| instruction_of(name, &mut random, &skipped)))
                .collect();
            let mut text = instructions.concat();
            encode::ret(&mut text);
            let mut registers = Registers { x: [0; 32], f: [0; 32], v: [[0; 16]; 32] };
            for i in 0..16 {
                registers.x[i] = u64::from(random()) << (random() % 24);
                registers.f[i] = f64::from(random()).to_bits();
                registers.v[i] = std::array::from_fn(|_| random());
            }
            let portable = CodeOptions { guarded_memories: true, ..CodeOptions::default() };
            let fast = |disabled_patterns| CodeOptions { fast: true, disabled_patterns, ..portable };
            let runs = [
                portable,
                fast(PatternSet::ALL),
                fast(PatternSet::default()),
                fast(set(|n| n != number)),
                fast(set(|n| n == number)),
            ];
            let ends: Vec<End> = runs
                .iter()
                .zip(&memories)
                .map(|(&options, memory)| run_in(&text, options, &registers, memory.0.as_ptr(), 1 << 32))
                .collect();
            for (what, end) in ["one by one", "at once", "this one alone", "all but this one"].iter().zip(&ends[1..]) {
                let different = difference(end, &ends[0]);
                assert!(different.is_none(), "pattern {number}, {pattern}, {what}: {different:?} in {instructions:x?}");
            }
        }
    }
}
