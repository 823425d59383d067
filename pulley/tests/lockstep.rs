//! Both executors on random bytecode: registers and traps agree after every instruction.
//!
//! A program is run as far as its first instruction, its first two, and so on, by the portable executor, by the fast one with
//! every pattern, and by the fast one with none.

#![allow(clippy::cast_possible_truncation, reason = "tests make small numbers")]

use gantry_pulley::{Code, CodeOptions, Machine, PatternSet, Registers, SP, State, Stop, call};
use proptest::prelude::*;
use pulley_interpreter::decode::{Decoder, SafeBytecodeStream};
use pulley_interpreter::*;

/// The register that holds the address of the memory, and the one that holds its length.
const BASE: usize = 28;
const BOUND: usize = 29;
const MEMORY_BYTES: usize = 256;

unsafe fn no_host(_: *mut State, _: u8) -> bool {
    false
}

/// Instructions that only compute, or access the memory in a register with a check: bytes that decode to something else are
/// left out.
fn is_usable(op: &Op) -> bool {
    let text = format!("{op:?}");
    let name = text.split(['(', ' ']).next().unwrap_or_default().to_owned();
    let name = if name == "ExtendedOp" {
        text["ExtendedOp(".len()..].split('(').next().unwrap_or_default().to_owned()
    } else {
        name
    };
    let controls = [
        "Call", "Jump", "XJump", "BrTable", "Ret", "Push", "Pop", "Stack", "Trap", "Xpcadd", "XmovFp", "XmovLr", "Nop",
    ];
    let is_memory = ["Load", "load", "Store", "store"].iter().any(|s| name.contains(s));
    let is_branch = name.starts_with("BrIf");
    if is_memory {
        return name.contains("G32") && !name.contains("Bne");
    }
    !is_branch && !controls.iter().any(|c| name.starts_with(c))
}

/// One random instruction: an opcode and operand bytes that name registers, for the most part.
fn instruction() -> impl Strategy<Value = Vec<u8>> {
    let opcode = prop_oneof![
        2 => (0u8..0xdc).prop_map(|b| vec![b]),
        3 => (0u16..310).prop_map(|e| { let [a, b] = e.to_le_bytes(); vec![0xdc, a, b] }),
    ];
    // Few registers, so that one instruction uses what another one made.
    let operand = prop_oneof![6 => 0u8..6, 1 => any::<u8>()];
    (opcode, proptest::collection::vec(operand, 24), any::<u8>()).prop_filter_map(
        "usable",
        |(mut bytes, operands, index)| {
            bytes.extend(operands);
            let decode = |bytes: &[u8]| {
                let mut visitor = MaterializeOpsVisitor::new(SafeBytecodeStream::new(bytes));
                let op = Decoder::new().decode_one(&mut visitor).ok()?;
                Some((op, bytes.len() - decode::OpVisitor::bytecode(&mut visitor).as_slice().len()))
            };
            let (mut op, mut len) = decode(&bytes)?;
            if format!("{op:?}").contains("AddrG32 ") {
                // The address operand is four bytes in a row: those that decode to an access of the memory at an index near its end.
                let index_reg = XReg::new(index % 6)?;
                let address = AddrG32 {
                    host_heap_base: XReg::new(BASE as u8)?,
                    host_heap_bound: XReg::new(BOUND as u8)?,
                    wasm_addr: index_reg,
                    offset: u16::from(index),
                };
                let at = (1..len - 3).find(|&at| {
                    let mut changed = bytes.clone();
                    changed[at..at + 4].copy_from_slice(&address.to_bits().to_le_bytes());
                    decode(&changed).is_some_and(|(op, _)| format!("{op:?}").contains(&format!("{address:?}")))
                })?;
                bytes[at..at + 4].copy_from_slice(&address.to_bits().to_le_bytes());
                (op, len) = decode(&bytes)?;
            }
            bytes.truncate(len);
            is_usable(&op).then_some(bytes)
        },
    )
}

/// What is left of a run.
#[derive(Debug, PartialEq)]
struct End {
    registers: Registers,
    memory: [u8; MEMORY_BYTES],
    trap: Option<String>,
}

fn run(text: &[u8], options: CodeOptions, registers: &Registers) -> End {
    let mut memory: [u8; MEMORY_BYTES] = std::array::from_fn(|i| (i * 37) as u8);
    let end = run_in(text, options, registers, memory.as_mut_ptr(), MEMORY_BYTES as u64);
    End { memory, ..end }
}

/// Runs code on a memory at an address, of which code accesses the first `bytes`.
fn run_in(text: &[u8], options: CodeOptions, registers: &Registers, memory: *mut u8, bytes: u64) -> End {
    // SAFETY: the text outlives the code.
    let code = unsafe { Code::new(text, [(0, None)], options) }.expect("loads");
    let machine = Machine::new(4096, no_host).expect("there is memory");
    let state = machine.state();
    // SAFETY: the machine does not run.
    let regs = unsafe { &mut (*state).regs };
    let sp = regs.x[SP];
    *regs = registers.clone();
    regs.x[SP] = sp;
    regs.x[BASE] = memory.expose_provenance() as u64;
    regs.x[BOUND] = bytes;
    let start = code.slot(0).expect("the function is known");
    // SAFETY: the code computes, and accesses the memory with a check, or one that it cannot leave.
    let stop = unsafe { call(state, start, &[]) };
    let trap = match stop {
        Ok(()) => None,
        Err(Stop::Trap { kind, cell, .. }) => Some(format!("{kind:?} at {:?}", code.offset_of(cell))),
        Err(other) => panic!("{other:?}"),
    };
    // SAFETY: the machine does not run.
    let mut registers = unsafe { (*state).regs.clone() };
    (registers.x[SP], registers.x[BASE]) = (0, 0);
    End { registers, memory: [0; MEMORY_BYTES], trap }
}

/// Whether an instruction writes a register that the test needs.
fn writes_reserved(bytes: &[u8]) -> bool {
    let mut visitor = MaterializeOpsVisitor::new(SafeBytecodeStream::new(bytes));
    let text = format!("{:?}", Decoder::new().decode_one(&mut visitor).expect("decodes"));
    let is_dst = |reg: &str| {
        ["dst", "dst_lo", "dst_hi"]
            .iter()
            .any(|field| text.contains(&format!("{field}: {reg} ")) || text.contains(&format!("{field}: {reg},")))
    };
    ["x28", "x29", "sp"].iter().any(|reg| is_dst(reg))
}

/// The first difference between two runs.
fn difference(a: &End, b: &End) -> Option<String> {
    let (x, y) = (&a.registers, &b.registers);
    let at = |bank: &str, i: usize, a: String, b: String| Some(format!("{bank}{i}: {a} and {b}"));
    if a.trap != b.trap {
        return Some(format!("{:?} and {:?}", a.trap, b.trap));
    }
    if let Some(i) = (0..32).find(|&i| x.x[i] != y.x[i]) {
        return at("x", i, format!("{:#x}", x.x[i]), format!("{:#x}", y.x[i]));
    }
    if let Some(i) = (0..32).find(|&i| x.f[i] != y.f[i]) {
        return at("f", i, format!("{:#x}", x.f[i]), format!("{:#x}", y.f[i]));
    }
    if let Some(i) = (0..32).find(|&i| x.v[i] != y.v[i]) {
        return at("v", i, format!("{:x?}", x.v[i]), format!("{:x?}", y.v[i]));
    }
    (a.memory != b.memory).then(|| "memory".to_owned())
}

/// Values that operations are known to differ on.
fn value() -> impl Strategy<Value = u64> {
    prop_oneof![
        Just(0),
        Just(1),
        Just(u64::MAX),
        Just(1 << 63),
        Just(1 << 31),
        Just(0x7fff_ffff),
        Just(1.5f64.to_bits()),
        Just(u64::from(1.5f32.to_bits())),
        Just(u64::from(f32::NAN.to_bits())),
        Just(f64::NAN.to_bits()),
        Just((-2147483648.5f64).to_bits()),
        Just(4294967295.9f64.to_bits()),
        0u64..300,
        any::<u64>(),
    ]
}

fn registers() -> impl Strategy<Value = Registers> {
    let bank = || proptest::collection::vec(value(), 32);
    (bank(), proptest::collection::vec(any::<bool>(), 32), bank(), proptest::collection::vec(any::<[u8; 16]>(), 32))
        .prop_map(|(x, narrow, f, v)| Registers {
            x: std::array::from_fn(|i| if narrow[i] { x[i] & 0xffff_ffff } else { x[i] }),
            f: f.try_into().expect("32"),
            v: v.try_into().expect("32"),
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_local_rejects: 1 << 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn executors_agree_after_every_instruction(
        instructions in proptest::collection::vec(instruction(), 1..16),
        registers in registers(),
    ) {
        let instructions: Vec<_> = instructions.into_iter().filter(|i| !writes_reserved(i)).collect();
        for count in 1..=instructions.len() {
            let mut text = instructions[..count].concat();
            encode::ret(&mut text);
            let portable = run(&text, CodeOptions::default(), &registers);
            let last = {
                let mut visitor = MaterializeOpsVisitor::new(SafeBytecodeStream::new(&instructions[count - 1]));
                Decoder::new().decode_one(&mut visitor).expect("decodes")
            };
            for (what, disabled_patterns) in [("without patterns", PatternSet::ALL), ("with patterns", PatternSet::default())] {
                let options = CodeOptions { fast: true, disabled_patterns, ..CodeOptions::default() };
                let different = difference(&run(&text, options, &registers), &portable);
                prop_assert!(different.is_none(), "{what}, after {last:?}: {}", different.unwrap_or_default());
            }
            if portable.trap.is_some() {
                break;
            }
        }
    }
}

#[test]
fn the_generator_makes_most_instructions() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut names = std::collections::BTreeSet::new();
    for _ in 0..20_000 {
        let bytes = instruction().new_tree(&mut runner).expect("makes one").current();
        let mut visitor = MaterializeOpsVisitor::new(SafeBytecodeStream::new(&bytes));
        let text = format!("{:?}", Decoder::new().decode_one(&mut visitor).expect("decodes"));
        let name = text.trim_start_matches("ExtendedOp(").split(['(', ' ']).next().unwrap_or_default().to_owned();
        names.insert(name);
    }
    assert!(names.len() >= 390, "{}: {names:?}", names.len());
    for name in
        ["XLoad32LeG32", "XStore8G32", "Fload64LeG32", "Vstore128LeG32", "XDiv32S", "Vnarrow16x8U", "X64FromF64USat"]
    {
        assert!(names.contains(name), "{name}");
    }
}

// Memories of such a size are for hosts with such addresses.
#[cfg(target_pointer_width = "64")]
#[path = "lockstep/each_pattern.rs"]
mod each_pattern;
