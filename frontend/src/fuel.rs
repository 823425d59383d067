//! What an operator costs in fuel: the one table.

use wasmparser::Operator;

/// Fuel that `op` consumes when it is executed. Operators that only give structure, or that make no code, cost nothing.
pub fn cost(op: &Operator<'_>) -> i64 {
    match op {
        Operator::Nop
        | Operator::Drop
        | Operator::Block { .. }
        | Operator::Loop { .. }
        | Operator::Else
        | Operator::End
        | Operator::Unreachable => 0,
        _ => 1,
    }
}
