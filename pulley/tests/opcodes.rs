//! Every opcode of the table becomes cells.

#![allow(clippy::cast_possible_truncation, reason = "there are few opcodes")]

use gantry_pulley::{Code, CodeOptions, Machine, State, Stop, call_checked};
use pulley_interpreter::{encode, for_each_extended_op, for_each_op};

macro_rules! names {
    ($($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        &[$(stringify!($snake)),*]
    };
}
const BASE: &[&str] = for_each_op!(names);
const EXTENDED: &[&str] = for_each_extended_op!(names);

unsafe fn no_host(_: *mut State, _: u8) -> bool {
    false
}

/// How a call of a function that begins with this opcode ends that may only predecode it. Operands are zero: registers 0, and
/// branches and calls to where the function begins.
fn predecode(opcode: &[u8]) -> Result<(), Stop> {
    let text = [opcode, &[0; 24]].concat();
    let mut machine = Machine::new(4096, no_host).expect("there is memory");
    // Zeros that are too many need not be instructions.
    let mut result = Ok(());
    for len in opcode.len()..text.len() {
        let mut text = text[..len].to_vec();
        encode::ret(&mut text);
        // SAFETY: the text outlives the code.
        let code = unsafe { Code::new(&text, [(0, None)], CodeOptions::default()) }.expect("loads");
        result = call_checked(&mut machine, &code, 0, &[0; 8], &mut [], 1);
        if result == Err(Stop::OutOfSteps) {
            return Ok(());
        }
    }
    result
}

#[test]
fn every_opcode_becomes_cells() {
    let base = (0u8..).zip(BASE).map(|(opcode, name)| {
        let mut bytes = vec![opcode];
        if *name == "br_table32" {
            // One target, which counts from where it stands.
            bytes.extend([0, 1, 0, 0, 0]);
            bytes.extend((-(bytes.len() as i32)).to_le_bytes());
        }
        (bytes, name)
    });
    let extended = (0u16..).zip(EXTENDED).map(|(opcode, name)| {
        let [low, high] = opcode.to_le_bytes();
        (vec![BASE.len() as u8, low, high], name)
    });
    let refused: Vec<_> = base.chain(extended).filter(|(opcode, _)| predecode(opcode).is_err()).map(|o| o.1).collect();
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(predecode(&[BASE.len() as u8 + 1]), Err(Stop::Malformed { start: 0 }), "there is no such opcode");
}
