//! Modules of one operator per function, in every form that operands can have.

use super::body::Body;
use super::{Dice, Memory, Shape, Signature, Table, encoded};
use crate::operators::{Operator, TABLE};
use arbitrary::{Result, Unstructured};
use wasm_encoder::{Instruction as I, RefType, ValType};

/// How many operators a module has.
const OPERATORS: usize = 24;

/// A module of functions that do one operator each: on parameters, constants, loaded values, equal values, values that are used
/// again. The results flow into the sum of everything. Without `growth` they ask nothing of the runtime.
///
/// # Errors
///
/// If there are no bytes to make it of.
pub fn operators(u: &mut Unstructured<'_>, growth: bool) -> Result<Vec<u8>> {
    if u.len() < 16 {
        return Err(arbitrary::Error::NotEnoughData);
    }
    let mut dice = Dice(u);
    let wide = dice.one_in(4);
    // Neighbours in the table, so that a part of the space of inputs is one group of operators.
    let start = dice.below(TABLE.len());
    let chosen: Vec<&Operator> = (0..OPERATORS).map(|i| &TABLE[(start + i * 7) % TABLE.len()]).collect();
    let mut shape = Shape {
        types: vec![Signature { params: Vec::new(), results: Vec::new() }],
        imported: 0,
        functions: Vec::new(),
        memories: vec![Memory { wide: false, pages: 1 }, Memory { wide, pages: 1 }],
        tables: vec![Table { wide: false, element: RefType::FUNCREF, elements: 4 }],
        slots: Vec::new(),
        globals: vec![(ValType::I64, true)],
        data: vec![0],
        elements: Vec::new(),
        simd: true,
        relaxed: true,
        wide_arithmetic: true,
        tail_calls: false,
        typed_references: false,
        growth,
        budget: 0,
    };
    for op in &chosen {
        let list = |types: &[wasmparser::ValType]| types.iter().map(|&ty| encoded(ty)).collect::<Vec<_>>();
        let signature = Signature { params: list(&op.params), results: list(&op.results) };
        let index = shape.types.iter().position(|ty| *ty == signature).unwrap_or_else(|| {
            shape.types.push(signature);
            shape.types.len() - 1
        });
        shape.functions.push(index);
    }
    let mut bodies: Vec<_> = chosen.iter().enumerate().map(|(func, op)| body(&shape, func, op, &mut dice)).collect();
    // The last function says what the sum is.
    shape.types.push(Signature { params: Vec::new(), results: vec![ValType::I64] });
    shape.functions.push(shape.types.len() - 1);
    let mut sum = Body::bare(&shape, shape.functions.len() - 1, Vec::new(), &mut dice);
    sum.put(&I::GlobalGet(0));
    bodies.push(sum.into_parts());
    Ok(shape.with_bodies(bodies, &mut dice))
}

fn body(shape: &Shape, func: usize, op: &Operator, dice: &mut Dice<'_, '_>) -> (Vec<ValType>, Vec<u8>) {
    let signature = &shape.types[shape.functions[func]];
    let mut locals = signature.params.clone();
    let first = locals.len();
    locals.extend(&signature.results);
    let mut body = Body::bare(shape, func, locals, dice);
    body.apply(op, 1);
    let count = signature.results.len();
    let index = |i: usize| u32::try_from(i).expect("few locals");
    for i in (0..count).rev() {
        body.put(&I::LocalSet(index(first + i)));
    }
    // Operands that live on, and the results.
    for local in 0..first + count {
        body.fold(local);
    }
    for i in 0..count {
        body.put(&I::LocalGet(index(first + i)));
    }
    body.into_parts()
}
