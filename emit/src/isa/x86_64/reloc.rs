//! Distances in x86_64 code (Intel SDM, volume 2, JMP, Jcc, CALL). They count from the end of the instruction; a form
//! counts from the place that holds the distance.

use crate::fixup::{FixupForm, low32};

fn patch32(bytes: &mut [u8], distance: i64) {
    bytes.copy_from_slice(&low32(distance).to_le_bytes());
}

/// The place ends 4 bytes later, and the instruction as many bytes after that as the place holds (negated) before.
fn patch_rip(bytes: &mut [u8], distance: i64) {
    let after = low32(i64::from(crate::fixup::word_le(bytes).cast_signed()) + distance - 4);
    bytes.copy_from_slice(&after.to_le_bytes());
}

fn patch8(bytes: &mut [u8], distance: i64) {
    bytes[0] = i8::try_from(distance - 1).expect("in range").cast_unsigned();
}

/// A 32-bit distance from the end of the instruction, which may have an immediate behind the place.
pub static RIP32: FixupForm = FixupForm {
    name: "32-bit displacement",
    size: 4,
    min: i32::MIN as i64 + 32,
    max: i32::MAX as i64 - 32,
    align: 1,
    patch: patch_rip,
    veneer: None,
};

/// An 8-bit distance at the end of the instruction.
pub static REL8: FixupForm =
    FixupForm { name: "8-bit displacement", size: 1, min: -127, max: 128, align: 1, patch: patch8, veneer: None };

/// A 32-bit distance from the place itself, as relocations have it.
pub static PC32: FixupForm = FixupForm {
    name: "32-bit relocation",
    size: 4,
    min: i32::MIN as i64,
    max: i32::MAX as i64,
    align: 1,
    patch: patch32,
    veneer: None,
};
