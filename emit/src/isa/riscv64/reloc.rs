//! Distances in riscv64 code (RISC-V Unprivileged ISA: immediate formats B and J; `auipc` with a 12-bit low part).

use crate::fixup::{FixupForm, Veneer, low32, patch_word_le};

fn patch_b(bytes: &mut [u8], distance: i64) {
    let d = low32(distance);
    let value = (d >> 12 & 1) << 31 | (d >> 5 & 0x3f) << 25 | (d >> 1 & 0xf) << 8 | (d >> 11 & 1) << 7;
    patch_word_le(bytes, 0xfe00_0f80, value);
}

fn patch_j(bytes: &mut [u8], distance: i64) {
    let d = low32(distance);
    let value = (d >> 20 & 1) << 31 | (d >> 1 & 0x3ff) << 21 | (d >> 11 & 1) << 20 | (d >> 12 & 0xff) << 12;
    patch_word_le(bytes, 0xffff_f000, value);
}

/// `auipc` takes the upper 20 bits, rounded so that the lower 12, which the second instruction adds, are signed.
fn patch_pair(bytes: &mut [u8], distance: i64) {
    let d = low32(distance);
    let (auipc, second) = bytes.split_at_mut(4);
    patch_word_le(auipc, 0xffff_f000, d.wrapping_add(0x800));
    patch_word_le(second, 0xfff0_0000, d << 20);
}

/// `auipc` + I-type instruction (`jalr`, `addi`, loads): ±2 GiB.
pub static CALL_PAIR: FixupForm = FixupForm {
    name: "auipc pair",
    size: 8,
    min: i32::MIN as i64 - 0x800,
    max: i32::MAX as i64 - 0x800,
    align: 1,
    patch: patch_pair,
    veneer: None,
};

/// An unconditional jump: `auipc t6, 0; jr t6`.
pub static JUMP: Veneer = Veneer { code: &[0x97, 0x0f, 0x00, 0x00, 0x67, 0x80, 0x0f, 0x00], at: 0, form: &CALL_PAIR };

/// `jal`: ±1 MiB.
pub static JAL: FixupForm = FixupForm {
    name: "20-bit jump",
    size: 4,
    min: -(1 << 20),
    max: (1 << 20) - 2,
    align: 2,
    patch: patch_j,
    veneer: Some(&JUMP),
};

/// Conditional branches: ±4 KiB.
pub static BRANCH: FixupForm = FixupForm {
    name: "12-bit branch",
    size: 4,
    min: -(1 << 12),
    max: (1 << 12) - 2,
    align: 2,
    patch: patch_b,
    veneer: Some(&JUMP),
};
