//! The checked mode survives any bytes: random ones, and programs with damage.
//!
//! `GANTRY_PULLEY_CASES` says how many; `scripts/pulley-checked` tries ten million.

#![allow(clippy::cast_possible_truncation, reason = "tests make small numbers")]

use gantry_pulley::{Code, CodeOptions, Machine, State, Stop, call_checked};
use pulley_interpreter::{AddrG32, AddrO32, PcRelOffset, Reg, UpperRegSet, XReg, encode};

/// A host that says yes to every other call, and looks at nothing.
unsafe fn host(_: *mut State, id: u8) -> bool {
    id.is_multiple_of(2)
}

/// Xorshift (Marsaglia 2003), for bytes that are the same in each run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// Two functions that use everything that can go wrong: frames, calls, loops, tables, memories, the host.
fn program() -> (Vec<u8>, [u32; 2]) {
    let x = |i: u8| XReg::new(i).expect("a register");
    let mut text = Vec::new();
    let saved = UpperRegSet::default();
    encode::push_frame_save(&mut text, 32u16, saved);
    encode::xconst8(&mut text, x(2), 20);
    let again = text.len() as i32;
    encode::xload32le_g32(
        &mut text,
        x(3),
        AddrG32 { host_heap_base: x(0), host_heap_bound: x(1), wasm_addr: x(2), offset: 4 },
    );
    encode::xstore64le_o32(&mut text, AddrO32 { addr: XReg::sp, offset: 8 }, x(3));
    encode::xadd32_u8(&mut text, x(3), x(3), 1);
    encode::xstore32le_g32(
        &mut text,
        AddrG32 { host_heap_base: x(0), host_heap_bound: x(1), wasm_addr: x(2), offset: 4 },
        x(3),
    );
    encode::xsub32_u8(&mut text, x(2), x(2), 1);
    let here = text.len() as i32;
    encode::br_if32(&mut text, x(2), PcRelOffset::from(again - here));
    encode::call_indirect_host(&mut text, 2);
    encode::br_table32(&mut text, x(2), 2u32);
    // Both entries lead to the call: their own addresses are what displacements count from.
    text.extend(8i32.to_le_bytes());
    text.extend(4i32.to_le_bytes());
    let call = text.len();
    encode::call1(&mut text, x(2), PcRelOffset::from(0));
    encode::pop_frame_restore(&mut text, 32u16, saved);
    encode::ret(&mut text);
    let second = text.len() as u32;
    let distance = second as i32 - call as i32;
    let field = call + 2;
    text[field..field + 4].copy_from_slice(&distance.to_le_bytes());
    encode::push_frame(&mut text);
    encode::stack_alloc32(&mut text, 64u32);
    encode::fadd64(
        &mut text,
        pulley_interpreter::BinaryOperands {
            dst: pulley_interpreter::FReg::new(1).expect("a register"),
            src1: pulley_interpreter::FReg::new(2).expect("a register"),
            src2: pulley_interpreter::FReg::new(3).expect("a register"),
        },
    );
    encode::xdiv32_s(&mut text, pulley_interpreter::BinaryOperands { dst: x(5), src1: x(3), src2: x(2) });
    encode::pop_frame(&mut text);
    encode::ret(&mut text);
    (text, [0, second])
}

fn run(text: &[u8], starts: &[u32], random: &mut Random) -> Result<(), Stop> {
    // SAFETY: the text outlives the code.
    let code = match unsafe { Code::new(text, starts.iter().map(|&s| (s, None)), CodeOptions::default()) } {
        Ok(code) => code,
        Err(_) => return Err(Stop::Malformed { start: 0 }),
    };
    let mut machine = Machine::new(1024, host).expect("there is memory");
    let mut memory = [0u8; 256];
    let address = memory.as_mut_ptr().expose_provenance() as u64;
    let mut args = std::array::from_fn(|_| random.next());
    (args[0], args[1]) = (address, 256);
    call_checked(&mut machine, &code, starts[0], &args, &mut memory, 2_000)
}

#[test]
fn the_program_is_sound() {
    let (text, starts) = program();
    let stop = run(&text, &starts, &mut Random(1));
    // The last thing that it does is to divide by zero.
    let Err(Stop::Trap { kind, .. }) = stop else { panic!("{stop:?}") };
    assert_eq!(format!("{kind:?}"), "DivideByZero");
}

#[test]
fn damaged_and_random_code_is_stopped() {
    let cases: usize = match std::env::var("GANTRY_PULLEY_CASES") {
        Ok(text) => text.parse().expect("GANTRY_PULLEY_CASES is a number"),
        Err(_) => 50_000,
    };
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (program, starts) = program();
    let mut ends = std::collections::BTreeMap::<&str, u64>::new();
    for case in 0..cases {
        let stop = if case % 2 == 0 {
            let mut text = program.clone();
            for _ in 0..1 + random.below(4) {
                let at = random.below(text.len());
                text[at] = match random.below(3) {
                    0 => text[at] ^ 1 << random.below(8),
                    1 => random.next() as u8,
                    _ => text[at].wrapping_add(1),
                };
            }
            run(&text, &starts, &mut random)
        } else {
            // Small numbers are registers: they make instructions likely.
            let len = 1 + random.below(40);
            let text: Vec<u8> = (0..len)
                .map(|_| if random.below(2) == 0 { random.next() as u8 } else { random.below(32) as u8 })
                .collect();
            run(&text, &[0], &mut random)
        };
        *ends
            .entry(match stop {
                Ok(()) => "returned",
                Err(Stop::Host) => "stopped",
                Err(Stop::OutOfSteps) => "endless",
                Err(Stop::Malformed { .. }) => "malformed",
                Err(Stop::Trap { kind: gantry_pulley::TrapKind::Forbidden, .. }) => "forbidden",
                Err(Stop::Trap { .. }) => "trapped",
                Err(_) => "other",
            })
            .or_default() += 1;
    }
    for end in ["returned", "stopped", "endless", "malformed", "forbidden", "trapped"] {
        assert!(ends.get(end).is_some_and(|&n| n > 0), "{end} is not among {ends:?}");
    }
}
