//! What operations give that Cranelift's interpreter does not know, or gets wrong: computed here, from their descriptions (Cranelift,
//! `InstBuilder`; Intel 64 Software Developer's Manual, volume 2, for the instructions that operations are named after).

use crate::clif::program::Stop;
use crate::generate::operations::Operation;
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::TrapCode;

/// Operations about which the interpreter is wrong: the remainder of the least integer and -1 is 0, and no trap.
pub(super) const MISINTERPRETED: &[&str] = &["srem"];

/// What an operation gives; none if it is not known here. Arguments are those of the function that does it: a load gets the 16
/// bytes at its address as two integers.
pub(super) fn result(operation: &Operation, args: &[DataValue]) -> Option<Result<Vec<DataValue>, Stop>> {
    use DataValue::{I32, I64, V128};
    let value = match (operation.opcode.as_str(), args) {
        ("avg_round", &[V128(a), V128(b)]) => match operation.ctrl.as_str() {
            "i8x16" => V128(std::array::from_fn(|i| average(a[i].into(), b[i].into()).to_le_bytes()[0])),
            "i16x8" => {
                let (a, b) = (halves(a), halves(b));
                from_halves(std::array::from_fn(|i| {
                    i16::from_le_bytes(low_half(average(unsigned(a[i]), unsigned(b[i]))))
                }))
            }
            _ => return None,
        },
        ("srem", &[_, I32(0)] | &[_, I64(0)]) => return Some(Err(Stop::Trap(TrapCode::INTEGER_DIVISION_BY_ZERO))),
        ("srem", &[I32(a), I32(b)]) => I32(a.wrapping_rem(b)),
        ("srem", &[I64(a), I64(b)]) => I64(a.wrapping_rem(b)),
        ("sload32", &[I64(bytes), _]) => I64(wide(bytes.to_le_bytes(), 4, true)[0]),
        ("uload32", &[I64(bytes), _]) => I64(wide(bytes.to_le_bytes(), 4, false)[0]),
        ("sload8x8", &[I64(bytes), _]) => lanes(&wide(bytes.to_le_bytes(), 1, true)),
        ("uload8x8", &[I64(bytes), _]) => lanes(&wide(bytes.to_le_bytes(), 1, false)),
        ("sload16x4", &[I64(bytes), _]) => lanes(&wide(bytes.to_le_bytes(), 2, true)),
        ("uload16x4", &[I64(bytes), _]) => lanes(&wide(bytes.to_le_bytes(), 2, false)),
        ("sload32x2", &[I64(bytes), _]) => lanes(&wide(bytes.to_le_bytes(), 4, true)),
        ("uload32x2", &[I64(bytes), _]) => lanes(&wide(bytes.to_le_bytes(), 4, false)),
        ("x86_cvtt2dq", &[V128(a)]) if operation.ctrl == "i32x4" => {
            let floats = a.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
            lanes(&floats.map(truncated).collect::<Vec<_>>())
        }
        // Signed bytes of the first vector by unsigned ones of the second.
        ("x86_pmaddubsw", &[V128(a), V128(b)]) => {
            let product = |i: usize| i32::from(a[i].cast_signed()) * i32::from(b[i]);
            from_halves(std::array::from_fn(|i| saturated(product(2 * i) + product(2 * i + 1))))
        }
        ("x86_pmulhrsw", &[V128(a), V128(b)]) => {
            let (a, b) = (halves(a), halves(b));
            let rounded = |i: usize| (((i32::from(a[i]) * i32::from(b[i])) >> 14) + 1) >> 1;
            from_halves(std::array::from_fn(|i| i16::from_le_bytes(low_half(rounded(i).cast_unsigned()))))
        }
        ("x86_pshufb", &[V128(a), V128(b)]) => {
            V128(b.map(|index| if index >= 0x80 { 0 } else { a[usize::from(index % 16)] }))
        }
        _ => return None,
    };
    Some(Ok(vec![value]))
}

/// The mean of two numbers, halves rounded up.
fn average(a: u32, b: u32) -> u32 {
    (a + b).div_ceil(2)
}

/// The integer towards 0 of a number; the least one if none is that.
fn truncated(a: f32) -> i64 {
    let fits = (-2_147_483_648.0..2_147_483_648.0).contains(&a);
    // The conversion is exact then.
    #[allow(clippy::cast_possible_truncation, reason = "what does not fit is told apart")]
    i64::from(if fits { a as i32 } else { i32::MIN })
}

fn saturated(a: i32) -> i16 {
    i16::try_from(a).unwrap_or(if a < 0 { i16::MIN } else { i16::MAX })
}

fn unsigned(a: i16) -> u32 {
    a.cast_unsigned().into()
}

fn low_half(a: u32) -> [u8; 2] {
    let [low, high, ..] = a.to_le_bytes();
    [low, high]
}

fn halves(a: [u8; 16]) -> [i16; 8] {
    std::array::from_fn(|i| i16::from_le_bytes([a[2 * i], a[2 * i + 1]]))
}

fn from_halves(a: [i16; 8]) -> DataValue {
    DataValue::V128(std::array::from_fn(|i| a[i / 2].to_le_bytes()[i % 2]))
}

/// Little-endian numbers of so many bytes.
fn wide(bytes: [u8; 8], width: usize, signed: bool) -> Vec<i64> {
    let number = |bytes: &[u8]| {
        let fill = if signed && bytes[width - 1] >= 0x80 { 0xff } else { 0 };
        i64::from_le_bytes(std::array::from_fn(|i| *bytes.get(i).unwrap_or(&fill)))
    };
    bytes.chunks(width).map(number).collect()
}

/// A vector with these lanes.
fn lanes(lanes: &[i64]) -> DataValue {
    let width = 16 / lanes.len();
    DataValue::V128(std::array::from_fn(|i| lanes[i / width].to_le_bytes()[i % width]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(opcode: &str, ctrl: &str, args: &[DataValue]) -> DataValue {
        let operation = Operation {
            opcode: opcode.into(),
            ctrl: ctrl.into(),
            args: Vec::new(),
            results: Vec::new(),
            detail: String::new(),
        };
        result(&operation, args).expect("known").expect("no trap").remove(0)
    }

    #[test]
    fn lanes_are_what_descriptions_say() {
        let bytes = |a: u8, b: u8| DataValue::V128(std::array::from_fn(|i| if i % 2 == 0 { a } else { b }));
        let half = |a: i16| from_halves([a; 8]);
        let check = |opcode, ctrl, args: &[DataValue], expected: DataValue| {
            assert_eq!(of(opcode, ctrl, args), expected, "{opcode}")
        };
        check("avg_round", "i8x16", &[bytes(255, 1), bytes(254, 2)], bytes(255, 2));
        check("avg_round", "i16x8", &[half(-1), half(1)], half(i16::MIN));
        check("x86_pmaddubsw", "", &[bytes(0x7f, 0x80), bytes(255, 255)], half(-255));
        check("x86_pmaddubsw", "", &[bytes(0x80, 0x80), bytes(255, 255)], half(i16::MIN));
        check("x86_pmulhrsw", "i16x8", &[half(i16::MIN), half(i16::MIN)], half(i16::MIN));
        check("x86_pmulhrsw", "i16x8", &[half(0x4000), half(3)], half(2));
        check("x86_pshufb", "", &[bytes(7, 9), bytes(0x81, 0x13)], bytes(0, 9));
        check(
            "sload16x4",
            "i64",
            &[DataValue::I64(0x7fff_8000_ffff_0001), DataValue::I64(0)],
            lanes(&[1, -1, -0x8000, 0x7fff]),
        );
        check("uload32x2", "i64", &[DataValue::I64(-2), DataValue::I64(0)], lanes(&[0xffff_fffe, 0xffff_ffff]));
        check("srem", "i32", &[DataValue::I32(i32::MIN), DataValue::I32(-1)], DataValue::I32(0));
        let floats = [1.9_f32, -0.5, 2_147_483_648.0, f32::NAN].map(f32::to_le_bytes);
        let floats = DataValue::V128(std::array::from_fn(|i| floats[i / 4][i % 4]));
        check("x86_cvtt2dq", "i32x4", &[floats], lanes(&[1, 0, i32::MIN.into(), i32::MIN.into()]));
    }
}
