//! Distances in aarch64 code (Arm ARM, C6.2: B, B.cond, TBZ, LDR (literal), ADR, ADRP).

use crate::fixup::{FixupForm, Veneer, low32, patch_word_le};

const fn form(name: &'static str, bits: u32, patch: fn(&mut [u8], i64), veneer: Option<&'static Veneer>) -> FixupForm {
    let reach = 1i64 << (bits + 1);
    FixupForm { name, size: 4, min: -reach, max: reach - 4, align: 4, patch, veneer }
}

fn patch26(bytes: &mut [u8], distance: i64) {
    patch_word_le(bytes, 0x03ff_ffff, low32(distance >> 2));
}

fn patch19(bytes: &mut [u8], distance: i64) {
    patch_word_le(bytes, 0x7ffff << 5, low32(distance >> 2) << 5);
}

fn patch14(bytes: &mut [u8], distance: i64) {
    patch_word_le(bytes, 0x3fff << 5, low32(distance >> 2) << 5);
}

fn patch21(bytes: &mut [u8], distance: i64) {
    let distance = low32(distance);
    patch_word_le(bytes, 0x3 << 29 | 0x7ffff << 5, (distance & 3) << 29 | (distance >> 2 & 0x7ffff) << 5);
}

/// `b`, `bl`: ±128 MiB.
pub static BRANCH26: FixupForm = form("26-bit branch", 26, patch26, None);

/// An unconditional jump.
pub static JUMP: Veneer = Veneer { code: &0x1400_0000u32.to_le_bytes(), at: 0, form: &BRANCH26 };

/// `b.cond`, `cbz`, `cbnz`: ±1 MiB.
pub static BRANCH19: FixupForm = form("19-bit branch", 19, patch19, Some(&JUMP));

/// `tbz`, `tbnz`: ±32 KiB.
pub static BRANCH14: FixupForm = form("14-bit branch", 14, patch14, Some(&JUMP));

/// `ldr` from a label: ±1 MiB.
pub static LITERAL19: FixupForm = form("19-bit literal", 19, patch19, None);

/// `adr`: ±1 MiB, any byte.
pub static ADR21: FixupForm = FixupForm {
    name: "21-bit address",
    size: 4,
    min: -(1 << 20),
    max: (1 << 20) - 1,
    align: 1,
    patch: patch21,
    veneer: None,
};

/// An entry of a table: the distance in bytes plus what stands in the place.
pub static DISTANCE32: FixupForm = FixupForm {
    name: "32-bit distance",
    size: 4,
    min: -(1 << 30),
    max: 1 << 30,
    align: 4,
    patch: patch_distance,
    veneer: None,
};

fn patch_distance(bytes: &mut [u8], distance: i64) {
    let sum = low32(i64::from(crate::fixup::word_le(bytes)) + distance);
    bytes.copy_from_slice(&sum.to_le_bytes());
}

/// `adr x16, .; ldrsw x17, [pc + 12]; add x16, x16, x17; br x16` and the distance from the place, patched as data.
pub static FAR_CALL: Veneer = Veneer { code: &FAR_CODE, at: 16, form: &FAR32 };

static FAR32: FixupForm = FixupForm {
    name: "32-bit distance",
    size: 4,
    min: i32::MIN as i64,
    max: i32::MAX as i64 - 16,
    align: 4,
    patch: patch_far,
    veneer: None,
};

/// The distance counts from the `adr`, 16 bytes before the place.
fn patch_far(bytes: &mut [u8], distance: i64) {
    bytes.copy_from_slice(&low32(distance + 16).to_le_bytes());
}

#[rustfmt::skip]
static FAR_CODE: [u8; 20] = [
    0x10, 0x00, 0x00, 0x10, // adr x16, #0
    0x71, 0x00, 0x00, 0x98, // ldrsw x17, #12
    0x10, 0x02, 0x11, 0x8b, // add x16, x16, x17
    0x00, 0x02, 0x1f, 0xd6, // br x16
    0x00, 0x00, 0x00, 0x00, // .word distance
];
