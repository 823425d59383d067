//! Programs that consist of generated code alone: no C library, no linker script. What a test makes runs under an emulator.

use crate::function::{CompiledFunction, RelocKind, Relocation, Symbol};
use crate::isa::Isa;
use crate::link::LinkedText;
use crate::{ImageBuilder, ImageError};
use alloc::vec;
use alloc::vec::Vec;

/// Where the table of words behind the start-up code begins, in bytes from the beginning of the text.
pub const TABLE: u32 = 64;

/// Start-up code, which has to be the first of the text: calls `main` by the platform's convention with the address of the text,
/// and exits with its result. Behind it are so many 32-bit words for the program to fill.
///
/// # Panics
///
/// If the instruction set has no processor.
pub fn start(isa: Isa, main: Symbol, words: u32) -> CompiledFunction {
    let (code, offset, kind, addend): (&[u8], u32, _, i64) = match isa {
        Isa::X86_64 => (
            // lea rdi, [rip - 7]; and rsp, -16; call main; mov edi, eax; mov eax, 231; syscall
            &[
                0x48, 0x8d, 0x3d, 0xf9, 0xff, 0xff, 0xff, 0x48, 0x83, 0xe4, 0xf0, 0xe8, 0, 0, 0, 0, 0x89, 0xc7, 0xb8,
                231, 0, 0, 0, 0x0f, 0x05,
            ],
            12,
            RelocKind::X64Pc32,
            -4,
        ),
        Isa::Aarch64 => (
            // adr x0, .; bl main; mov x8, #94; svc #0
            &[0, 0, 0, 0x10, 0, 0, 0, 0x94, 0xc8, 0x0b, 0x80, 0xd2, 0x01, 0, 0, 0xd4],
            4,
            RelocKind::Aarch64Call26,
            0,
        ),
        Isa::Riscv64 => (
            // auipc a0, 0; call main; li a7, 94; ecall
            &[0x17, 0x05, 0, 0, 0x97, 0, 0, 0, 0xe7, 0x80, 0, 0, 0x93, 0x08, 0xe0, 0x05, 0x73, 0, 0, 0],
            4,
            RelocKind::Riscv64CallPair,
            0,
        ),
        Isa::S390x => (
            // larl %r2, .; aghi %r15, -160; brasl %r14, main; lghi %r1, 248; svc 0
            &[0xc0, 0x20, 0, 0, 0, 0, 0xa7, 0xfb, 0xff, 0x60, 0xc0, 0xe5, 0, 0, 0, 0, 0xa7, 0x19, 0, 0xf8, 0x0a, 0],
            12,
            RelocKind::S390xPcRel32Dbl,
            2,
        ),
        _ => panic!("{isa} has no programs: its code is interpreted"),
    };
    let mut code = code.to_vec();
    let bytes = TABLE + 4 * words;
    code.resize(usize::try_from(bytes).expect("offsets fit addresses"), 0);
    CompiledFunction {
        body_len: TABLE,
        code,
        alignment: 16,
        relocations: vec![Relocation { offset, kind, target: main, addend }],
        ..CompiledFunction::default()
    }
}

/// An ELF file that begins with the start-up code.
///
/// # Errors
///
/// If the image cannot be made.
pub fn executable(linked: &LinkedText) -> Result<Vec<u8>, ImageError> {
    let isa = linked.isa;
    let mut image = ImageBuilder::new(linked).finish()?;
    // The entry point: the page-aligned text comes first after the headers.
    let entry = u64::from(isa.page_size());
    let bytes = if isa.is_big_endian() { entry.to_be_bytes() } else { entry.to_le_bytes() };
    image[24..32].copy_from_slice(&bytes);
    Ok(image)
}
