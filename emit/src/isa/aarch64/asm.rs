//! The assembler, by shape of instruction: opcodes are constants whose type says what operands they take, and [`enc`] puts
//! operands in (Arm Architecture Reference Manual for A-profile, C4.1, C6.2 and C7.2).
//!
//! 64-bit forms of integer instructions differ from the 32-bit ones in one bit ([`X`]), double-precision ones in [`D`];
//! vector instructions get their lane size from [`lanes`]. Every opcode in every form is compared with a disassembler, on
//! random operands. Branches are encoded with distance 0 and take a fix-up (`reloc.rs`).

/// An opcode: an instruction word with its register fields zero.
pub type Opcode = u32;

/// The 64-bit form of an integer instruction.
pub const X: Opcode = 1 << 31;
/// The double-precision form of a float instruction.
pub const D: Opcode = 1 << 22;
/// The form of a vector instruction that has 128 bits, or takes the upper half.
pub const Q: Opcode = 1 << 30;

/// The lane size of a vector instruction: 0 for bytes to 3 for 64 bits.
#[must_use]
pub const fn lanes(log2: u32) -> Opcode {
    log2 << 22
}

/// Puts registers into their fields: destination, first and second operand.
#[inline]
#[must_use]
pub const fn enc(op: Opcode, d: u8, a: u8, b: u8) -> u32 {
    op | d as u32 | (a as u32) << 5 | (b as u32) << 16
}

/// Declares opcodes with what a disassembler says for registers 3, 5 and 7. The shape says which other forms there are.
macro_rules! opcodes {
    ($([$shape:ident $d:literal $a:literal $b:literal] $($name:ident $word:literal $text:literal;)*)*) => {
        $($(
            #[doc = concat!("`", $text, "`, with operands for its registers.")]
            pub const $name: Opcode = $word;
        )*)*

        /// Every opcode with its shape, sample registers and their text.
        #[cfg(test)]
        const SAMPLES: &[(&str, Opcode, [u8; 3], &str)] = &[$($((stringify!($shape), $name, [$d, $a, $b], $text),)*)*];
    };
}

opcodes! {
    [rrr 3 5 7]
    ADD     0x0b00_0000 "add w3, w5, w7";
    SUB     0x4b00_0000 "sub w3, w5, w7";
    ADDS    0x2b00_0000 "adds w3, w5, w7";
    SUBS    0x6b00_0000 "subs w3, w5, w7";
    ADC     0x1a00_0000 "adc w3, w5, w7";
    SBC     0x5a00_0000 "sbc w3, w5, w7";
    AND     0x0a00_0000 "and w3, w5, w7";
    ORR     0x2a00_0000 "orr w3, w5, w7";
    EOR     0x4a00_0000 "eor w3, w5, w7";
    LSLV    0x1ac0_2000 "lsl w3, w5, w7";
    LSRV    0x1ac0_2400 "lsr w3, w5, w7";
    ASRV    0x1ac0_2800 "asr w3, w5, w7";
    RORV    0x1ac0_2c00 "ror w3, w5, w7";
    UDIV    0x1ac0_0800 "udiv w3, w5, w7";
    SDIV    0x1ac0_0c00 "sdiv w3, w5, w7";
    MUL     0x1b00_7c00 "mul w3, w5, w7";
    MADD    0x1b00_0000 "madd w3, w5, w7, w0";
    MSUB    0x1b00_8000 "msub w3, w5, w7, w0";
    CSEL    0x1a80_0000 "csel w3, w5, w7, eq";
    CSINC   0x1a80_0400 "csinc w3, w5, w7, eq";
    [rr 3 5 0]
    CLZ     0x5ac0_1000 "clz w3, w5";
    RBIT    0x5ac0_0000 "rbit w3, w5";
    [fixed_rrr 3 5 7]
    EXTR    0x1380_0000 "extr w3, w5, w7, #0";
    EXTR_X  0x93c0_0000 "extr x3, x5, x7, #0";
    SMULH   0x9b40_7c00 "smulh x3, x5, x7";
    UMULH   0x9bc0_7c00 "umulh x3, x5, x7";
    ADD_UXTW 0x8b20_4000 "add x3, x5, w7, uxtw";
    ADD_UXTX 0x8b20_6000 "add x3, x5, x7, uxtx";
    SUB_UXTX 0xcb20_6000 "sub x3, x5, x7, uxtx";
    CMP_UXTX 0xeb20_6000 "subs x3, x5, x7, uxtx";
    [float_rr 3 5 0]
    FMOV    0x1e20_4000 "fmov s3, s5";
    FABS    0x1e20_c000 "fabs s3, s5";
    FNEG    0x1e21_4000 "fneg s3, s5";
    FSQRT   0x1e21_c000 "fsqrt s3, s5";
    FRINTN  0x1e24_4000 "frintn s3, s5";
    FRINTP  0x1e24_c000 "frintp s3, s5";
    FRINTM  0x1e25_4000 "frintm s3, s5";
    FRINTZ  0x1e25_c000 "frintz s3, s5";
    [fixed_rr 3 5 0]
    FCVT_DS 0x1e22_c000 "fcvt d3, s5";
    FCVT_SD 0x1e62_4000 "fcvt s3, d5";
    FMOV_SW 0x1e27_0000 "fmov s3, w5";
    FMOV_WS 0x1e26_0000 "fmov w3, s5";
    FMOV_DX 0x9e67_0000 "fmov d3, x5";
    FMOV_XD 0x9e66_0000 "fmov x3, d5";
    [convert 3 5 0]
    SCVTF   0x1e22_0000 "scvtf s3, w5";
    UCVTF   0x1e23_0000 "ucvtf s3, w5";
    FCVTZS  0x1e38_0000 "fcvtzs w3, s5";
    FCVTZU  0x1e39_0000 "fcvtzu w3, s5";
    [float_rrr 3 5 7]
    FADD    0x1e20_2800 "fadd s3, s5, s7";
    FSUB    0x1e20_3800 "fsub s3, s5, s7";
    FMUL    0x1e20_0800 "fmul s3, s5, s7";
    FDIV    0x1e20_1800 "fdiv s3, s5, s7";
    FMAX    0x1e20_4800 "fmax s3, s5, s7";
    FMIN    0x1e20_5800 "fmin s3, s5, s7";
    FCSEL   0x1e20_0c00 "fcsel s3, s5, s7, eq";
    [float_compare 0 5 7]
    FCMP    0x1e20_2000 "fcmp s5, s7";
    [branches 0 5 0]
    BR      0xd61f_0000 "br x5";
    BLR     0xd63f_0000 "blr x5";
    [vector_all 3 5 7]
    V_ADD   0x4e20_8400 "add v3.16b, v5.16b, v7.16b";
    V_SUB   0x6e20_8400 "sub v3.16b, v5.16b, v7.16b";
    V_CMEQ  0x6e20_8c00 "cmeq v3.16b, v5.16b, v7.16b";
    V_CMGT  0x4e20_3400 "cmgt v3.16b, v5.16b, v7.16b";
    V_CMGE  0x4e20_3c00 "cmge v3.16b, v5.16b, v7.16b";
    V_CMHI  0x6e20_3400 "cmhi v3.16b, v5.16b, v7.16b";
    V_CMHS  0x6e20_3c00 "cmhs v3.16b, v5.16b, v7.16b";
    V_SQADD 0x4e20_0c00 "sqadd v3.16b, v5.16b, v7.16b";
    V_UQADD 0x6e20_0c00 "uqadd v3.16b, v5.16b, v7.16b";
    V_SQSUB 0x4e20_2c00 "sqsub v3.16b, v5.16b, v7.16b";
    V_UQSUB 0x6e20_2c00 "uqsub v3.16b, v5.16b, v7.16b";
    V_SSHL  0x4e20_4400 "sshl v3.16b, v5.16b, v7.16b";
    V_USHL  0x6e20_4400 "ushl v3.16b, v5.16b, v7.16b";
    V_ADDP  0x4e20_bc00 "addp v3.16b, v5.16b, v7.16b";
    V_ZIP1  0x4e00_3800 "zip1 v3.16b, v5.16b, v7.16b";
    [vector_bhs 3 5 7]
    V_MUL   0x4e20_9c00 "mul v3.16b, v5.16b, v7.16b";
    V_SMAX  0x4e20_6400 "smax v3.16b, v5.16b, v7.16b";
    V_SMIN  0x4e20_6c00 "smin v3.16b, v5.16b, v7.16b";
    V_UMAX  0x6e20_6400 "umax v3.16b, v5.16b, v7.16b";
    V_UMIN  0x6e20_6c00 "umin v3.16b, v5.16b, v7.16b";
    V_URHADD 0x6e20_1400 "urhadd v3.16b, v5.16b, v7.16b";
    V_UMAXP 0x6e20_a400 "umaxp v3.16b, v5.16b, v7.16b";
    [vector_fixed 3 5 7]
    V_SQRDMULH 0x6e60_b400 "sqrdmulh v3.8h, v5.8h, v7.8h";
    V_AND   0x4e20_1c00 "and v3.16b, v5.16b, v7.16b";
    V_BIC   0x4e60_1c00 "bic v3.16b, v5.16b, v7.16b";
    V_ORR   0x4ea0_1c00 "orr v3.16b, v5.16b, v7.16b";
    V_EOR   0x6e20_1c00 "eor v3.16b, v5.16b, v7.16b";
    V_BSL   0x6e60_1c00 "bsl v3.16b, v5.16b, v7.16b";
    V_BIT   0x6ea0_1c00 "bit v3.16b, v5.16b, v7.16b";
    V_TBL1  0x4e00_0000 "tbl v3.16b, {v5.16b}, v7.16b";
    V_TBL2  0x4e00_2000 "tbl v3.16b, {v5.16b, v6.16b}, v7.16b";
    [vector_float 3 5 7]
    V_FADD  0x4e20_d400 "fadd v3.4s, v5.4s, v7.4s";
    V_FSUB  0x4ea0_d400 "fsub v3.4s, v5.4s, v7.4s";
    V_FMUL  0x6e20_dc00 "fmul v3.4s, v5.4s, v7.4s";
    V_FDIV  0x6e20_fc00 "fdiv v3.4s, v5.4s, v7.4s";
    V_FMAX  0x4e20_f400 "fmax v3.4s, v5.4s, v7.4s";
    V_FMIN  0x4ea0_f400 "fmin v3.4s, v5.4s, v7.4s";
    V_FCMEQ 0x4e20_e400 "fcmeq v3.4s, v5.4s, v7.4s";
    V_FCMGE 0x6e20_e400 "fcmge v3.4s, v5.4s, v7.4s";
    V_FCMGT 0x6ea0_e400 "fcmgt v3.4s, v5.4s, v7.4s";
    V_FMLA  0x4e20_cc00 "fmla v3.4s, v5.4s, v7.4s";
    V_FMLS  0x4ea0_cc00 "fmls v3.4s, v5.4s, v7.4s";
    [vector_long 3 5 7]
    V_SMULL 0x0e20_c000 "smull v3.8h, v5.8b, v7.8b";
    V_UMULL 0x2e20_c000 "umull v3.8h, v5.8b, v7.8b";
    [vector_all 3 5 0]
    V_ABS   0x4e20_b800 "abs v3.16b, v5.16b";
    V_NEG   0x6e20_b800 "neg v3.16b, v5.16b";
    V_CMEQ0 0x4e20_9800 "cmeq v3.16b, v5.16b, #0";
    [vector_fixed 3 5 0]
    V_CNT   0x4e20_5800 "cnt v3.16b, v5.16b";
    V_CNT8  0x0e20_5800 "cnt v3.8b, v5.8b";
    V_NOT   0x6e20_5800 "mvn v3.16b, v5.16b";
    V_ADDV  0x4e31_b800 "addv b3, v5.16b";
    V_ADDV8 0x0e31_b800 "addv b3, v5.8b";
    [vector_widen 3 5 0]
    V_SADDLP 0x4e20_2800 "saddlp v3.8h, v5.16b";
    V_UADDLP 0x6e20_2800 "uaddlp v3.8h, v5.16b";
    [vector_narrow 3 5 0]
    V_SQXTN 0x0e21_4800 "sqxtn v3.8b, v5.8h";
    V_SQXTUN 0x2e21_2800 "sqxtun v3.8b, v5.8h";
    V_UQXTN 0x2e21_4800 "uqxtn v3.8b, v5.8h";
    [vector_float 3 5 0]
    V_FABS  0x4ea0_f800 "fabs v3.4s, v5.4s";
    V_FNEG  0x6ea0_f800 "fneg v3.4s, v5.4s";
    V_FSQRT 0x6ea1_f800 "fsqrt v3.4s, v5.4s";
    V_FRINTN 0x4e21_8800 "frintn v3.4s, v5.4s";
    V_FRINTM 0x4e21_9800 "frintm v3.4s, v5.4s";
    V_FRINTP 0x4ea1_8800 "frintp v3.4s, v5.4s";
    V_FRINTZ 0x4ea1_9800 "frintz v3.4s, v5.4s";
    V_SCVTF 0x4e21_d800 "scvtf v3.4s, v5.4s";
    V_UCVTF 0x6e21_d800 "ucvtf v3.4s, v5.4s";
    V_FCVTZS 0x4ea1_b800 "fcvtzs v3.4s, v5.4s";
    V_FCVTZU 0x6ea1_b800 "fcvtzu v3.4s, v5.4s";
    [vector_half 3 5 0]
    V_FCVTL 0x0e61_7800 "fcvtl v3.2d, v5.2s";
    V_FCVTN 0x0e61_6800 "fcvtn v3.2s, v5.2d";
}

/// `d = a + i` and the like: an immediate of 12 bits, shifted left by 12 or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imm12(u32);

impl Imm12 {
    /// The immediate, if it can be encoded.
    #[must_use]
    pub const fn new(value: u64) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, reason = "compared first")]
        if value < 1 << 12 {
            Some(Self((value as u32) << 10))
        } else if value < 1 << 24 && value & 0xfff == 0 {
            Some(Self(1 << 22 | ((value >> 12) as u32) << 10))
        } else {
            None
        }
    }

    /// Its bits in an instruction.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }
}

/// Opcodes that take an [`Imm12`]; register 31 is the stack pointer (the destination of `SUBS` and `ADDS`: zero).
pub mod imm12 {
    /// `add`
    pub const ADD: u32 = 0x1100_0000;
    /// `adds`
    pub const ADDS: u32 = 0x3100_0000;
    /// `sub`
    pub const SUB: u32 = 0x5100_0000;
    /// `subs`
    pub const SUBS: u32 = 0x7100_0000;
}

/// Opcodes that take a [`LogicalImm`].
pub mod logical {
    /// `and`
    pub const AND: u32 = 0x1200_0000;
    /// `orr`
    pub const ORR: u32 = 0x3200_0000;
    /// `eor`
    pub const EOR: u32 = 0x5200_0000;
    /// `ands`
    pub const ANDS: u32 = 0x7200_0000;
}

/// A repeating pattern of ones: what bitwise instructions take (Arm ARM, `DecodeBitMasks`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogicalImm(u32);

impl LogicalImm {
    /// The immediate for a 32-bit (`value` has nothing above) or 64-bit instruction, if it can be encoded.
    #[must_use]
    pub const fn new(value: u64, wide: bool) -> Option<Self> {
        let value = if wide { value } else { (value & 0xffff_ffff) | value << 32 };
        if value == 0 || value == u64::MAX {
            return None;
        }
        // The shortest period.
        let mut size = 64;
        while size > 2 {
            let half = size / 2;
            let mask = (1u64 << half) - 1;
            if value & mask != (value >> half) & mask {
                break;
            }
            size = half;
        }
        let mask = if size == 64 { u64::MAX } else { (1 << size) - 1 };
        let element = value & mask;
        // Within it, one run of ones, rotated to the right.
        let ones = element.count_ones();
        let mut rotation = 0;
        while rotation < size {
            let turned = ((element << rotation) | (element >> ((size - rotation) % 64))) & mask;
            let turned = if rotation == 0 { element } else { turned };
            if turned == (if ones == 64 { u64::MAX } else { (1 << ones) - 1 }) {
                let n = if size == 64 { 1 } else { 0 };
                // The size stands in the upper bits, as zeros after ones.
                let imms = if size == 64 { ones - 1 } else { (!(2 * size - 1) & 0x3f) | (ones - 1) };
                return Some(Self(n << 22 | rotation << 16 | imms << 10));
            }
            rotation += 1;
        }
        None
    }

    /// Its bits in an instruction.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }
}

/// `ubfm` (or `sbfm`) with both bit numbers: all shifts by constants and extensions.
#[must_use]
pub const fn bitfield(signed: bool, wide: bool, d: u8, a: u8, immr: u32, imms: u32) -> u32 {
    let op = match (signed, wide) {
        (false, false) => 0x5300_0000,
        (false, true) => 0xd340_0000,
        (true, false) => 0x1300_0000,
        (true, true) => 0x9340_0000,
    };
    enc(op | immr << 16 | imms << 10, d, a, 0)
}

/// `movz`, `movn` or `movk` of 16 bits at `16 * part`.
#[must_use]
pub const fn move_wide(op: u32, d: u8, part: u32, bits: u16) -> u32 {
    op | part << 21 | (bits as u32) << 5 | d as u32
}
/// `movz w`
pub const MOVZ: Opcode = 0x5280_0000;
/// `movn w`
pub const MOVN: Opcode = 0x1280_0000;
/// `movk w`
pub const MOVK: Opcode = 0x7280_0000;

/// An access: its width and what becomes of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Bits that all forms share: size, register file, direction.
    bits: u32,
    /// Logarithm of the width in bytes.
    scale: u32,
}

/// Loads and stores, named after the instruction and the register.
pub mod access {
    use super::Access;

    const fn new(size: u32, vector: bool, opc: u32, scale: u32) -> Access {
        Access { bits: size << 30 | (vector as u32) << 26 | opc << 22, scale }
    }
    /// `strb w`
    pub const STRB: Access = new(0, false, 0, 0);
    /// `strh w`
    pub const STRH: Access = new(1, false, 0, 1);
    /// `str w`
    pub const STR_W: Access = new(2, false, 0, 2);
    /// `str x`
    pub const STR_X: Access = new(3, false, 0, 3);
    /// `ldrb w`
    pub const LDRB: Access = new(0, false, 1, 0);
    /// `ldrh w`
    pub const LDRH: Access = new(1, false, 1, 1);
    /// `ldr w`
    pub const LDR_W: Access = new(2, false, 1, 2);
    /// `ldr x`
    pub const LDR_X: Access = new(3, false, 1, 3);
    /// `ldrsb w`
    pub const LDRSB_W: Access = new(0, false, 3, 0);
    /// `ldrsh w`
    pub const LDRSH_W: Access = new(1, false, 3, 1);
    /// `ldrsb x`
    pub const LDRSB_X: Access = new(0, false, 2, 0);
    /// `ldrsh x`
    pub const LDRSH_X: Access = new(1, false, 2, 1);
    /// `ldrsw x`
    pub const LDRSW_X: Access = new(2, false, 2, 2);
    /// `str b`
    pub const STR_B: Access = new(0, true, 0, 0);
    /// `str h`
    pub const STR_H: Access = new(1, true, 0, 1);
    /// `str s`
    pub const STR_S: Access = new(2, true, 0, 2);
    /// `str d`
    pub const STR_D: Access = new(3, true, 0, 3);
    /// `str q`
    pub const STR_Q: Access = new(0, true, 2, 4);
    /// `ldr b`
    pub const LDR_B: Access = new(0, true, 1, 0);
    /// `ldr h`
    pub const LDR_H: Access = new(1, true, 1, 1);
    /// `ldr s`
    pub const LDR_S: Access = new(2, true, 1, 2);
    /// `ldr d`
    pub const LDR_D: Access = new(3, true, 1, 3);
    /// `ldr q`
    pub const LDR_Q: Access = new(0, true, 3, 4);
}

impl Access {
    /// Bytes in memory.
    #[must_use]
    pub const fn bytes(self) -> u32 {
        1 << self.scale
    }

    /// `[base, #offset]`, if the offset is a multiple of the width and in range.
    #[must_use]
    pub const fn scaled(self, t: u8, base: u8, offset: u32) -> Option<u32> {
        let field = offset >> self.scale;
        if field << self.scale != offset || field >= 1 << 12 {
            return None;
        }
        Some(enc(0x3900_0000 | self.bits | field << 10, t, base, 0))
    }

    /// `[base, #offset]` with an offset of -256 to 255 bytes.
    #[must_use]
    pub const fn unscaled(self, t: u8, base: u8, offset: i32) -> Option<u32> {
        if offset < -256 || offset > 255 {
            return None;
        }
        let field = offset.cast_unsigned() & 0x1ff;
        Some(enc(0x3800_0000 | self.bits | field << 12, t, base, 0))
    }

    /// `[base, index]`; the index has 64 bits, or 32 that are zero-extended.
    #[must_use]
    pub const fn indexed(self, t: u8, base: u8, index: u8, word: bool) -> u32 {
        let option = if word { 0x4000 } else { 0x6000 };
        enc(0x3820_0800 | self.bits | option, t, base, index)
    }
}

/// Two accesses of 64 bits side by side at `[base, #offset]`, a multiple of 8 from -512 to 504.
#[must_use]
pub const fn pair(op: Opcode, t: u8, u: u8, base: u8, offset: i32) -> Option<u32> {
    if offset % 8 != 0 || offset < -512 || offset > 504 {
        return None;
    }
    let field = (offset / 8).cast_unsigned() & 0x7f;
    Some(enc(op | field << 15 | (u as u32) << 10, t, base, 0))
}
/// `stp x, x`
pub const STP_X: Opcode = 0xa900_0000;
/// `ldp x, x`
pub const LDP_X: Opcode = 0xa940_0000;
/// `stp d, d`
pub const STP_D: Opcode = 0x6d00_0000;
/// `ldp d, d`
pub const LDP_D: Opcode = 0x6d40_0000;

/// Where a lane is: `imm5` of the instructions that name one.
#[must_use]
pub const fn lane(log2: u32, index: u8) -> u32 {
    ((1 | (index as u32) << 1) << log2) << 16
}

/// `dup vd, va[lane]`, with [`lane`].
pub const V_DUP_LANE: Opcode = 0x4e00_0400;
/// `mov sd, va[lane]`: a scalar, with [`lane`].
pub const V_LANE_SCALAR: Opcode = 0x5e00_0400;
/// `dup vd, wa` (64-bit lanes: `xa`), with [`lane`] 0.
pub const V_DUP: Opcode = 0x4e00_0c00;
/// `umov wd, va[lane]`; with [`Q`]: `xd` and 64-bit lanes.
pub const V_UMOV: Opcode = 0x0e00_3c00;
/// `smov wd, va[lane]`.
pub const V_SMOV: Opcode = 0x0e00_2c00;
/// `ins vd[lane], wa`.
pub const V_INS: Opcode = 0x4e00_1c00;
/// `ins vd[lane], va[0]`.
pub const V_INS_LANE: Opcode = 0x6e00_0400;
/// `ext vd, va, vb, #8`.
pub const V_EXT8: Opcode = 0x6e00_4000;
/// `movi vd.2d, #0`.
pub const V_ZERO: Opcode = 0x6f00_e400;
/// `sshll vd, va, #0`, with [`widen`].
pub const V_SSHLL: Opcode = 0x0f00_a400;
/// `ushll vd, va, #0`, with [`widen`].
pub const V_USHLL: Opcode = 0x2f00_a400;
/// `shl`, with [`shift_left`].
pub const V_SHL: Opcode = 0x4f00_5400;
/// `sshr`, with [`shift_right`].
pub const V_SSHR: Opcode = 0x4f00_0400;
/// `ushr`, with [`shift_right`].
pub const V_USHR: Opcode = 0x6f00_0400;

/// Lanes of this size become twice as wide.
#[must_use]
pub const fn widen(log2: u32) -> u32 {
    8 << log2 << 16
}

/// Lanes of this size move left by less than their width.
#[must_use]
pub const fn shift_left(log2: u32, count: u32) -> u32 {
    ((8 << log2) + count) << 16
}

/// Lanes of this size move right by 1 to their width.
#[must_use]
pub const fn shift_right(log2: u32, count: u32) -> u32 {
    ((16 << log2) - count) << 16
}

/// A condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in the manual, C1.2.4")]
pub enum Cond {
    Eq,
    Ne,
    Hs,
    Lo,
    Mi,
    Pl,
    Vs,
    Vc,
    Hi,
    Ls,
    Ge,
    Lt,
    Gt,
    Le,
}

impl Cond {
    /// Its number.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self as u32
    }

    /// The number of the opposite condition.
    #[must_use]
    pub const fn inverted(self) -> u32 {
        self as u32 ^ 1
    }
}

/// `b`, with a fix-up.
pub const B: u32 = 0x1400_0000;
/// `bl`, with a relocation.
pub const BL: u32 = 0x9400_0000;
/// `b.cond`, with the condition's number and a fix-up.
pub const B_COND: u32 = 0x5400_0000;
/// `cbz w`, with a fix-up.
pub const CBZ: u32 = 0x3400_0000;
/// `cbnz w`, with a fix-up.
pub const CBNZ: u32 = 0x3500_0000;
/// `tbz w, #0`, with a fix-up.
pub const TBZ0: u32 = 0x3600_0000;
/// `nop`.
pub const NOP: u32 = 0xd503_201f;
/// `adr`, with a fix-up.
pub const ADR: u32 = 0x1000_0000;
/// `ret`.
pub const RET: u32 = 0xd65f_03c0;
/// `stp x29, x30, [sp, #-16]!`.
pub const PUSH_FRAME: u32 = 0xa9bf_7bfd;
/// `ldp x29, x30, [sp], #16`.
pub const POP_FRAME: u32 = 0xa8c1_7bfd;
/// `udf #0xc11f`: what traps are made of.
pub const UDF: u32 = 0xc11f;
/// `ldrsw xt, [base, index, lsl #2]`.
pub const LDRSW_TABLE: Opcode = 0xb8a0_7800;

#[cfg(test)]
mod tests;
