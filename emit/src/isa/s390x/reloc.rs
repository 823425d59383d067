//! Distances in s390x code (z/Architecture Principles of Operation, formats RI, RIE and RIL): in halfwords, from the
//! start of the instruction, big-endian. Forms apply at the start of the instruction unless they say otherwise.

use crate::fixup::{FixupForm, Veneer, low32};

fn patch_ril(bytes: &mut [u8], distance: i64) {
    bytes[2..6].copy_from_slice(&low32(distance >> 1).to_be_bytes());
}

fn patch_dbl(bytes: &mut [u8], distance: i64) {
    bytes.copy_from_slice(&low32(distance >> 1).to_be_bytes());
}

fn patch_16(bytes: &mut [u8], distance: i64) {
    bytes[2..4].copy_from_slice(&i16::try_from(distance >> 1).expect("in range").to_be_bytes());
}

const REACH32: i64 = 1 << 32;

/// `brcl`, `brasl`, `larl` and others of format RIL: ±4 GiB.
pub static RIL32: FixupForm = FixupForm {
    name: "32-bit relative",
    size: 6,
    min: -REACH32,
    max: REACH32 - 2,
    align: 2,
    patch: patch_ril,
    veneer: None,
};

/// The 32-bit field of such an instruction, as relocations have it.
pub static PCREL32_DBL: FixupForm = FixupForm {
    name: "32-bit relocation",
    size: 4,
    min: -REACH32,
    max: REACH32 - 2,
    align: 2,
    patch: patch_dbl,
    veneer: None,
};

/// An unconditional jump: `jg`.
pub static JUMP: Veneer = Veneer { code: &[0xc0, 0xf4, 0, 0, 0, 0], at: 0, form: &RIL32 };

/// `brc`, `cgij` and others with 16 bits at the third byte: ±64 KiB.
pub static REL16: FixupForm = FixupForm {
    name: "16-bit relative",
    size: 4,
    min: -(1 << 16),
    max: (1 << 16) - 2,
    align: 2,
    patch: patch_16,
    veneer: Some(&JUMP),
};
