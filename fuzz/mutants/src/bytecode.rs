//! Bugs of the interpreter: instructions of one kind do what others do. Bytecode is changed before it is predecoded, which
//! shows what a wrong handler would.

use gantry_emit::CompiledFunction;
use pulley_interpreter::decode::{Decoder, OpVisitor, SafeBytecodeStream};
use pulley_interpreter::op::{MaterializeOpsVisitor, Op};
use pulley_interpreter::{ExtendedOpcode, Opcode};

/// What is wrong: instructions with the same operands, of which the first ones become the second ones.
#[derive(Clone, Copy, Debug)]
pub enum Bug {
    /// Of one byte.
    Base(Opcode, Opcode),
    /// Of three bytes.
    Extended(ExtendedOpcode, ExtendedOpcode),
}

impl Bug {
    /// Changes a function. What does not decode is left alone: constants behind the code.
    pub fn apply(self, function: &mut CompiledFunction) {
        let mut at = 0;
        while at < function.code.len() {
            let bytes = &function.code[at..];
            let mut visitor = MaterializeOpsVisitor::new(SafeBytecodeStream::new(bytes));
            let Ok(op) = Decoder::new().decode_one(&mut visitor) else { return };
            let length = bytes.len() - visitor.bytecode().as_slice().len();
            let table = match op {
                Op::BrTable32(table) => 4 * table.amt as usize,
                _ => 0,
            };
            match self {
                Self::Base(from, to) if bytes[0] == from as u8 => function.code[at] = to as u8,
                Self::Extended(from, to)
                    if bytes[0] == Opcode::ExtendedOp as u8 && bytes[1..3] == (from as u16).to_le_bytes() =>
                {
                    function.code[at + 1..at + 3].copy_from_slice(&(to as u16).to_le_bytes());
                }
                _ => {}
            }
            at += length + table;
        }
    }
}
