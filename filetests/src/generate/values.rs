//! Values at which operations tend to be wrong.

use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{Type, types};

const INTS: &[i128] =
    &[0, 1, -1, i128::MIN, i128::MAX, 2, 7, 0x55, -0x56, 31, 32, 63, 64, 0x8000_0000, 0x1234_5678_9abc_def0];
#[rustfmt::skip]
const F64: &[u64] = &[
    0, 1 << 63, 0x3ff0_0000_0000_0000, 0xbff8_0000_0000_0000, 0x7ff0_0000_0000_0000, 0xfff0_0000_0000_0000,
    0x7ff8_0000_0000_0000, 1, 0x7fef_ffff_ffff_ffff, 0x41df_ffff_ffc0_0000, 0xc1e0_0000_0020_0000, 0x43e0_0000_0000_0000,
    0x3fe0_0000_0000_0000, 0x4059_0ccc_cccc_cccd,
];
#[rustfmt::skip]
const F32: &[u32] = &[
    0, 1 << 31, 0x3f80_0000, 0xbfc0_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 1, 0x7f7f_ffff, 0x4f00_0000, 0xcf00_0001,
    0x3f00_0000, 0x4ea0_0001,
];

/// Values of a type; none if tests cannot have values of it.
pub(super) fn of(ty: Type) -> Vec<DataValue> {
    if ty.is_vector() && ty.bytes() == 16 {
        let lanes: Vec<Vec<u8>> = of(ty.lane_type()).iter().map(bytes).collect();
        let width = ty.lane_type().bytes() as usize;
        // Each vector begins at another value, so that every lane sees all of them.
        return (0..6)
            .map(|start| {
                let mut vector = [0; 16];
                for (lane, slot) in vector.chunks_mut(width).enumerate() {
                    slot.copy_from_slice(&lanes[(start * 11 + lane) % lanes.len()]);
                }
                DataValue::V128(vector)
            })
            .collect();
    }
    match ty {
        types::F32 => F32.iter().map(|&bits| DataValue::F32(Ieee32::with_bits(bits))).collect(),
        types::F64 => F64.iter().map(|&bits| DataValue::F64(Ieee64::with_bits(bits))).collect(),
        _ if ty.is_int() => INTS.iter().map(|&int| integer(int, ty)).collect(),
        _ => Vec::new(),
    }
}

/// The value of a type whose bits are the lowest of `int`; the extremes stand for those of the type.
#[allow(clippy::cast_possible_truncation, reason = "the lowest bits are what is wanted")]
fn integer(int: i128, ty: Type) -> DataValue {
    let shift = 128 - ty.bits();
    let int = if int == i128::MIN || int == i128::MAX { int >> shift } else { int };
    match ty {
        types::I8 => DataValue::I8(int as i8),
        types::I16 => DataValue::I16(int as i16),
        types::I32 => DataValue::I32(int as i32),
        types::I64 => DataValue::I64(int as i64),
        _ => DataValue::I128(int),
    }
}

fn bytes(value: &DataValue) -> Vec<u8> {
    let mut bytes = vec![0; value.ty().bytes() as usize];
    value.write_to_slice_le(&mut bytes);
    bytes
}

/// Most calls of one function.
const MAX_CALLS: usize = 24;

/// Lists of arguments: all combinations if those are few, else a part that has every value of every parameter.
pub(super) fn arguments(params: &[Type]) -> Vec<Vec<DataValue>> {
    let values: Vec<_> = params.iter().map(|&ty| of(ty)).collect();
    if values.iter().any(Vec::is_empty) {
        return if params.is_empty() { vec![Vec::new()] } else { Vec::new() };
    }
    let all: usize = values.iter().map(Vec::len).product();
    // Steps that share no factor with the number of values of a parameter visit all of them, in other combinations each time.
    let pick = |call: usize| {
        let mut rest = if all <= MAX_CALLS { call } else { call * 7919 };
        let mut list = Vec::new();
        for (i, of_param) in values.iter().enumerate() {
            list.push(of_param[(rest + i * call) % of_param.len()].clone());
            rest /= of_param.len();
        }
        list
    };
    let mut lists: Vec<Vec<DataValue>> = Vec::new();
    for call in 0..all.min(MAX_CALLS) {
        let list = pick(call);
        if !lists.contains(&list) {
            lists.push(list);
        }
    }
    lists
}
