//! Byte for byte the encodings of the crate `cranelift-assembler-x64`, where it has the instruction.

use super::*;
use cranelift_assembler_x64::{
    Amode, AmodeOffset, AmodeOffsetPlusKnownOffset, AsReg, CodeSink, DeferredTarget, KnownOffset, Registers, TrapCode,
    inst,
};

impl AsReg for Gpr {
    fn new(enc: u8) -> Self {
        Self(enc)
    }
    fn enc(&self) -> u8 {
        self.0
    }
}

impl AsReg for Xmm {
    fn new(enc: u8) -> Self {
        Self(enc)
    }
    fn enc(&self) -> u8 {
        self.0
    }
}

/// Our registers, for the crate.
struct Regs;

impl Registers for Regs {
    type ReadGpr = Gpr;
    type ReadWriteGpr = Gpr;
    type WriteGpr = Gpr;
    type ReadXmm = Xmm;
    type ReadWriteXmm = Xmm;
    type WriteXmm = Xmm;
}

/// Where the crate puts bytes.
#[derive(Default)]
struct Sink(Vec<u8>);

impl CodeSink for Sink {
    fn put1(&mut self, byte: u8) {
        self.0.push(byte);
    }
    fn put2(&mut self, half: u16) {
        self.0.extend(half.to_le_bytes());
    }
    fn put4(&mut self, word: u32) {
        self.0.extend(word.to_le_bytes());
    }
    fn put8(&mut self, long: u64) {
        self.0.extend(long.to_le_bytes());
    }
    fn add_trap(&mut self, _: TrapCode) {
        unreachable!("operands here have no trap codes");
    }
    fn use_target(&mut self, _: DeferredTarget) {
        unreachable!("operands here have no labels");
    }
    fn known_offset(&self, _: KnownOffset) -> i32 {
        unreachable!("operands here have no known offsets");
    }
}

impl Place {
    fn amode(self) -> Amode<Gpr> {
        let base = Gpr(self.base);
        let offset = AmodeOffset::new(self.disp);
        match self.index {
            None => {
                Amode::ImmReg { base, simm32: AmodeOffsetPlusKnownOffset { simm32: offset, offset: None }, trap: None }
            }
            Some((index, scale)) => Amode::ImmRegRegShift {
                base,
                index: Gpr(index).into(),
                scale: cranelift_assembler_x64::Scale::new(scale as u8),
                simm32: offset,
                trap: None,
            },
        }
    }
}

/// Checks that the crate's instruction is what `emit` emits.
macro_rules! same {
    ($name:ident($($operand:expr),*), $emit:expr) => {{
        let mut sink = Sink::default();
        inst::$name::<Regs>::new($($operand),*).encode(&mut sink);
        assert_eq!(bytes($emit), sink.0, stringify!($name));
    }};
}

mod integer;

fn binary(o: Operands) {
    let d = Xmm(o.d);
    let a = Xmm(o.a);
    let b = Xmm(o.b);
    let m = o.place.amode();
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, b), |s| s.sse(sse::$op, d, b));
            same!($sse(d, m), |s| s.sse(sse::$op, d, o.place.mem()));
            same!($avx(d, a, b), |s| s.avx(sse::$op, d, a, b));
            same!($avx(d, a, m), |s| s.avx(sse::$op, d, a, o.place.mem()));
        )* };
    }
    rows! {
        ADDSS addss_a vaddss_b;
        ADDSD addsd_a vaddsd_b;
        SUBSS subss_a vsubss_b;
        SUBSD subsd_a vsubsd_b;
        MULSS mulss_a vmulss_b;
        MULSD mulsd_a vmulsd_b;
        DIVSS divss_a vdivss_b;
        DIVSD divsd_a vdivsd_b;
        MINSS minss_a vminss_b;
        MINSD minsd_a vminsd_b;
        MAXSS maxss_a vmaxss_b;
        MAXSD maxsd_a vmaxsd_b;
        SQRTSS sqrtss_a vsqrtss_b;
        SQRTSD sqrtsd_a vsqrtsd_b;
        CVTSS2SD cvtss2sd_a vcvtss2sd_b;
        CVTSD2SS cvtsd2ss_a vcvtsd2ss_b;
        ADDPS addps_a vaddps_b;
        ADDPD addpd_a vaddpd_b;
        SUBPS subps_a vsubps_b;
        SUBPD subpd_a vsubpd_b;
        MULPS mulps_a vmulps_b;
        MULPD mulpd_a vmulpd_b;
        DIVPS divps_a vdivps_b;
        DIVPD divpd_a vdivpd_b;
        MINPS minps_a vminps_b;
        MINPD minpd_a vminpd_b;
        MAXPS maxps_a vmaxps_b;
        MAXPD maxpd_a vmaxpd_b;
        ANDPS andps_a vandps_b;
        ANDPD andpd_a vandpd_b;
        ANDNPS andnps_a vandnps_b;
        ANDNPD andnpd_a vandnpd_b;
        ORPS orps_a vorps_b;
        ORPD orpd_a vorpd_b;
        XORPS xorps_a vxorps_b;
        XORPD xorpd_a vxorpd_b;
        UNPCKLPS unpcklps_a vunpcklps_b;
        UNPCKLPD unpcklpd_a vunpcklpd_b;
        UNPCKHPS unpckhps_a vunpckhps_b;
        PADDB paddb_a vpaddb_b;
        PADDW paddw_a vpaddw_b;
        PADDD paddd_a vpaddd_b;
        PADDQ paddq_a vpaddq_b;
        PSUBB psubb_a vpsubb_b;
        PSUBW psubw_a vpsubw_b;
        PSUBD psubd_a vpsubd_b;
        PSUBQ psubq_a vpsubq_b;
        PADDSB paddsb_a vpaddsb_b;
        PADDSW paddsw_a vpaddsw_b;
        PADDUSB paddusb_a vpaddusb_b;
        PADDUSW paddusw_a vpaddusw_b;
        PSUBSB psubsb_a vpsubsb_b;
        PSUBSW psubsw_a vpsubsw_b;
        PSUBUSB psubusb_a vpsubusb_b;
        PSUBUSW psubusw_a vpsubusw_b;
        PMULLW pmullw_a vpmullw_b;
        PMULHW pmulhw_a vpmulhw_b;
        PMULHUW pmulhuw_a vpmulhuw_b;
        PMULUDQ pmuludq_a vpmuludq_b;
        PMADDWD pmaddwd_a vpmaddwd_b;
        PMULLD pmulld_a vpmulld_b;
        PMULDQ pmuldq_a vpmuldq_b;
        PMADDUBSW pmaddubsw_a vpmaddubsw_b;
        PMULHRSW pmulhrsw_a vpmulhrsw_b;
        PAVGB pavgb_a vpavgb_b;
        PAVGW pavgw_a vpavgw_b;
        PMINUB pminub_a vpminub_b;
        PMINSW pminsw_a vpminsw_b;
        PMINSB pminsb_a vpminsb_b;
        PMINSD pminsd_a vpminsd_b;
        PMINUW pminuw_a vpminuw_b;
        PMINUD pminud_a vpminud_b;
        PMAXUB pmaxub_a vpmaxub_b;
        PMAXSW pmaxsw_a vpmaxsw_b;
        PMAXSB pmaxsb_a vpmaxsb_b;
        PMAXSD pmaxsd_a vpmaxsd_b;
        PMAXUW pmaxuw_a vpmaxuw_b;
        PMAXUD pmaxud_a vpmaxud_b;
        PAND pand_a vpand_b;
        PANDN pandn_a vpandn_b;
        POR por_a vpor_b;
        PXOR pxor_a vpxor_b;
        PCMPEQB pcmpeqb_a vpcmpeqb_b;
        PCMPEQW pcmpeqw_a vpcmpeqw_b;
        PCMPEQD pcmpeqd_a vpcmpeqd_b;
        PCMPEQQ pcmpeqq_a vpcmpeqq_b;
        PCMPGTB pcmpgtb_a vpcmpgtb_b;
        PCMPGTW pcmpgtw_a vpcmpgtw_b;
        PCMPGTD pcmpgtd_a vpcmpgtd_b;
        PCMPGTQ pcmpgtq_a vpcmpgtq_b;
        PACKSSWB packsswb_a vpacksswb_b;
        PACKSSDW packssdw_a vpackssdw_b;
        PACKUSWB packuswb_a vpackuswb_b;
        PACKUSDW packusdw_a vpackusdw_b;
        PUNPCKLBW punpcklbw_a vpunpcklbw_b;
        PUNPCKLWD punpcklwd_a vpunpcklwd_b;
        PUNPCKLDQ punpckldq_a vpunpckldq_b;
        PUNPCKLQDQ punpcklqdq_a vpunpcklqdq_b;
        PUNPCKHBW punpckhbw_a vpunpckhbw_b;
        PUNPCKHWD punpckhwd_a vpunpckhwd_b;
        PUNPCKHDQ punpckhdq_a vpunpckhdq_b;
        PUNPCKHQDQ punpckhqdq_a vpunpckhqdq_b;
        PSHUFB pshufb_a vpshufb_b;
        PHADDW phaddw_a vphaddw_b;
        PHADDD phaddd_a vphaddd_b;
        PSLLW psllw_a vpsllw_c;
        PSLLD pslld_a vpslld_c;
        PSLLQ psllq_a vpsllq_c;
        PSRLW psrlw_a vpsrlw_c;
        PSRLD psrld_a vpsrld_c;
        PSRLQ psrlq_a vpsrlq_c;
        PSRAW psraw_a vpsraw_c;
        PSRAD psrad_a vpsrad_c;
    }
}

fn unary(o: Operands) {
    let d = Xmm(o.d);
    let b = Xmm(o.b);
    let m = o.place.amode();
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, b), |s| s.sse(sse::$op, d, b));
            same!($sse(d, m), |s| s.sse(sse::$op, d, o.place.mem()));
            same!($avx(d, b), |s| s.avx1(sse::$op, d, b));
            same!($avx(d, m), |s| s.avx1(sse::$op, d, o.place.mem()));
        )* };
    }
    rows! {
        MOVAPS movaps_a vmovaps_a;
        MOVAPD movapd_a vmovapd_a;
        MOVUPS movups_a vmovups_a;
        MOVUPD movupd_a vmovupd_a;
        MOVDQA movdqa_a vmovdqa_a;
        MOVDQU movdqu_a vmovdqu_a;
        MOVDDUP movddup_a vmovddup_a;
        UCOMISS ucomiss_a vucomiss_a;
        UCOMISD ucomisd_a vucomisd_a;
        PTEST ptest_rm vptest_rm;
        SQRTPS sqrtps_a vsqrtps_b;
        SQRTPD sqrtpd_a vsqrtpd_b;
        PABSB pabsb_a vpabsb_a;
        PABSW pabsw_a vpabsw_a;
        PABSD pabsd_a vpabsd_a;
        PMOVSXBW pmovsxbw_a vpmovsxbw_a;
        PMOVSXBD pmovsxbd_a vpmovsxbd_a;
        PMOVSXBQ pmovsxbq_a vpmovsxbq_a;
        PMOVSXWD pmovsxwd_a vpmovsxwd_a;
        PMOVSXWQ pmovsxwq_a vpmovsxwq_a;
        PMOVSXDQ pmovsxdq_a vpmovsxdq_a;
        PMOVZXBW pmovzxbw_a vpmovzxbw_a;
        PMOVZXBD pmovzxbd_a vpmovzxbd_a;
        PMOVZXBQ pmovzxbq_a vpmovzxbq_a;
        PMOVZXWD pmovzxwd_a vpmovzxwd_a;
        PMOVZXWQ pmovzxwq_a vpmovzxwq_a;
        PMOVZXDQ pmovzxdq_a vpmovzxdq_a;
        CVTDQ2PS cvtdq2ps_a vcvtdq2ps_a;
        CVTDQ2PD cvtdq2pd_a vcvtdq2pd_a;
        CVTTPS2DQ cvttps2dq_a vcvttps2dq_a;
        CVTTPD2DQ cvttpd2dq_a vcvttpd2dq_a;
        CVTPS2PD cvtps2pd_a vcvtps2pd_a;
        CVTPD2PS cvtpd2ps_a vcvtpd2ps_a;
    }
}

fn binary_imm(o: Operands) {
    let d = Xmm(o.d);
    let a = Xmm(o.a);
    let b = Xmm(o.b);
    let m = o.place.amode();
    let i = o.byte;
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, b, i), |s| s.sse_imm(sse::$op, d, b, i));
            same!($sse(d, m, i), |s| s.sse_imm(sse::$op, d, o.place.mem(), i));
            same!($avx(d, a, b, i), |s| s.avx_imm(sse::$op, d, a, b, i));
            same!($avx(d, a, m, i), |s| s.avx_imm(sse::$op, d, a, o.place.mem(), i));
        )* };
    }
    rows! {
        CMPSS cmpss_a vcmpss_b;
        CMPSD cmpsd_a vcmpsd_b;
        CMPPS cmpps_a vcmpps_b;
        CMPPD cmppd_a vcmppd_b;
        SHUFPS shufps_a vshufps_b;
        SHUFPD shufpd_a vshufpd_b;
        ROUNDSS roundss_rmi vroundss_rvmi;
        ROUNDSD roundsd_rmi vroundsd_rvmi;
        PBLENDW pblendw_rmi vpblendw_rvmi;
        PALIGNR palignr_a vpalignr_b;
        INSERTPS insertps_a vinsertps_b;
    }
}

fn unary_imm(o: Operands) {
    let d = Xmm(o.d);
    let b = Xmm(o.b);
    let m = o.place.amode();
    let i = o.byte;
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, b, i), |s| s.sse_imm(sse::$op, d, b, i));
            same!($sse(d, m, i), |s| s.sse_imm(sse::$op, d, o.place.mem(), i));
            same!($avx(d, b, i), |s| s.avx1_imm(sse::$op, d, b, i));
            same!($avx(d, m, i), |s| s.avx1_imm(sse::$op, d, o.place.mem(), i));
        )* };
    }
    rows! {
        PSHUFD pshufd_a vpshufd_a;
        PSHUFHW pshufhw_a vpshufhw_a;
        PSHUFLW pshuflw_a vpshuflw_a;
        ROUNDPS roundps_rmi vroundps_rmi;
        ROUNDPD roundpd_rmi vroundpd_rmi;
    }
}

fn binary_reg(o: Operands) {
    let d = Xmm(o.d);
    let a = Xmm(o.a);
    let b = Xmm(o.b);
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, b), |s| s.sse_reg(sse::$op, d, b));
            same!($avx(d, a, b), |s| s.avx_reg(sse::$op, d, a, b));
        )* };
    }
    rows! {
        MOVSS movss_a_r vmovss_b;
        MOVSD movsd_a_r vmovsd_b;
        MOVLHPS movlhps_rm vmovlhps_rvm;
    }
}

fn binary_mem(o: Operands) {
    let d = Xmm(o.d);
    let a = Xmm(o.a);
    let m = o.place.amode();
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, m), |s| s.sse_load(sse::$op, d, o.place.mem()));
            same!($avx(d, a, m), |s| s.avx_load_half(sse::$op, d, a, o.place.mem()));
        )* };
    }
    rows! {
        MOVHPS movhps_a vmovhps_b;
    }
}

fn load(o: Operands) {
    let d = Xmm(o.d);
    let m = o.place.amode();
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, m), |s| s.sse_load(sse::$op, d, o.place.mem()));
            same!($avx(d, m), |s| s.avx_load(sse::$op, d, o.place.mem()));
        )* };
    }
    rows! {
        MOVSS_LOAD movss_a_m vmovss_d;
        MOVSD_LOAD movsd_a_m vmovsd_d;
    }
}

fn store(o: Operands) {
    let a = Xmm(o.a);
    let m = o.place.amode();
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(m, a), |s| s.sse_store(sse::$op, o.place.mem(), a));
            same!($avx(m, a), |s| s.avx_store(sse::$op, o.place.mem(), a));
        )* };
    }
    rows! {
        MOVSS_STORE movss_c_m vmovss_c_m;
        MOVSD_STORE movsd_c_m vmovsd_c_m;
        MOVAPS_STORE movaps_b vmovaps_b;
        MOVAPD_STORE movapd_b vmovapd_b;
        MOVUPS_STORE movups_b vmovups_b;
        MOVUPD_STORE movupd_b vmovupd_b;
        MOVDQA_STORE movdqa_b vmovdqa_b;
        MOVDQU_STORE movdqu_b vmovdqu_b;
    }
}

fn mask(o: Operands) {
    let a = Xmm(o.a);
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(Gpr(o.d), a), |s| s.sse_mask(sse::$op, Gpr(o.d), a));
            same!($avx(Gpr(o.d), a), |s| s.avx_mask(sse::$op, Gpr(o.d), a));
        )* };
    }
    rows! {
        PMOVMSKB pmovmskb_rm vpmovmskb_rm;
        MOVMSKPS movmskps_rm vmovmskps_rm;
        MOVMSKPD movmskpd_rm vmovmskpd_rm;
    }
}

fn insert(o: Operands) {
    let d = Xmm(o.d);
    let a = Xmm(o.a);
    let m = o.place.amode();
    let i = o.byte;
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, Gpr(o.b), i), |s| s.sse_insert(sse::$op, d, Gpr(o.b), i));
            same!($sse(d, m, i), |s| s.sse_insert(sse::$op, d, o.place.mem(), i));
            same!($avx(d, a, Gpr(o.b), i), |s| s.avx_insert(sse::$op, d, a, Gpr(o.b), i));
            same!($avx(d, a, m, i), |s| s.avx_insert(sse::$op, d, a, o.place.mem(), i));
        )* };
    }
    rows! {
        PINSRB pinsrb_a vpinsrb_b;
        PINSRW pinsrw_a vpinsrw_b;
        PINSRD pinsrd_a vpinsrd_b;
        PINSRQ pinsrq_a vpinsrq_b;
    }
}

fn extract(o: Operands) {
    let a = Xmm(o.a);
    let m = o.place.amode();
    let i = o.byte;
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(Gpr(o.d), a, i), |s| s.sse_extract(sse::$op, Gpr(o.d), a, i));
            same!($sse(m, a, i), |s| s.sse_extract(sse::$op, o.place.mem(), a, i));
            same!($avx(Gpr(o.d), a, i), |s| s.avx_extract(sse::$op, Gpr(o.d), a, i));
            same!($avx(m, a, i), |s| s.avx_extract(sse::$op, o.place.mem(), a, i));
        )* };
    }
    rows! {
        PEXTRB pextrb_a vpextrb_a;
        PEXTRW pextrw_b vpextrw_b;
        PEXTRD pextrd_a vpextrd_a;
        PEXTRQ pextrq_a vpextrq_a;
        EXTRACTPS extractps_a vextractps_b;
    }
}

fn shift(o: Operands) {
    let d = Xmm(o.d);
    let a = Xmm(o.a);
    let i = o.byte;
    macro_rules! rows {
        ($($op:ident $sse:ident $avx:ident;)*) => { $(
            same!($sse(d, i), |s| s.sse_shift(sse::$op, d, i));
            same!($avx(d, a, i), |s| s.avx_shift(sse::$op, d, a, i));
        )* };
    }
    rows! {
        PSLLW_IMM psllw_b vpsllw_d;
        PSLLD_IMM pslld_b vpslld_d;
        PSLLQ_IMM psllq_b vpsllq_d;
        PSRLW_IMM psrlw_b vpsrlw_d;
        PSRLD_IMM psrld_b vpsrld_d;
        PSRLQ_IMM psrlq_b vpsrlq_d;
        PSRAW_IMM psraw_b vpsraw_d;
        PSRAD_IMM psrad_b vpsrad_d;
    }
}

fn avx_binary(o: Operands) {
    let d = Xmm(o.d);
    let a = Xmm(o.a);
    let b = Xmm(o.b);
    let m = o.place.amode();
    macro_rules! rows {
        ($($op:ident $avx:ident;)*) => { $(
            same!($avx(d, a, b), |s| s.avx(sse::$op, d, a, b));
            same!($avx(d, a, m), |s| s.avx(sse::$op, d, a, o.place.mem()));
        )* };
    }
    rows! {
        VFMADD132SS vfmadd132ss_a;
        VFMADD132SD vfmadd132sd_a;
        VFMADD132PS vfmadd132ps_a;
        VFMADD132PD vfmadd132pd_a;
        VFMADD213SS vfmadd213ss_a;
        VFMADD213SD vfmadd213sd_a;
        VFMADD213PS vfmadd213ps_a;
        VFMADD213PD vfmadd213pd_a;
        VFMADD231SS vfmadd231ss_a;
        VFMADD231SD vfmadd231sd_a;
        VFMADD231PS vfmadd231ps_a;
        VFMADD231PD vfmadd231pd_a;
        VFMSUB132SS vfmsub132ss_a;
        VFMSUB132SD vfmsub132sd_a;
        VFMSUB132PS vfmsub132ps_a;
        VFMSUB132PD vfmsub132pd_a;
        VFMSUB213SS vfmsub213ss_a;
        VFMSUB213SD vfmsub213sd_a;
        VFMSUB213PS vfmsub213ps_a;
        VFMSUB213PD vfmsub213pd_a;
        VFMSUB231SS vfmsub231ss_a;
        VFMSUB231SD vfmsub231sd_a;
        VFMSUB231PS vfmsub231ps_a;
        VFMSUB231PD vfmsub231pd_a;
        VFNMADD132SS vfnmadd132ss_a;
        VFNMADD132SD vfnmadd132sd_a;
        VFNMADD132PS vfnmadd132ps_a;
        VFNMADD132PD vfnmadd132pd_a;
        VFNMADD213SS vfnmadd213ss_a;
        VFNMADD213SD vfnmadd213sd_a;
        VFNMADD213PS vfnmadd213ps_a;
        VFNMADD213PD vfnmadd213pd_a;
        VFNMADD231SS vfnmadd231ss_a;
        VFNMADD231SD vfnmadd231sd_a;
        VFNMADD231PS vfnmadd231ps_a;
        VFNMADD231PD vfnmadd231pd_a;
        VFNMSUB132SS vfnmsub132ss_a;
        VFNMSUB132SD vfnmsub132sd_a;
        VFNMSUB132PS vfnmsub132ps_a;
        VFNMSUB132PD vfnmsub132pd_a;
        VFNMSUB213SS vfnmsub213ss_a;
        VFNMSUB213SD vfnmsub213sd_a;
        VFNMSUB213PS vfnmsub213ps_a;
        VFNMSUB213PD vfnmsub213pd_a;
        VFNMSUB231SS vfnmsub231ss_a;
        VFNMSUB231SD vfnmsub231sd_a;
        VFNMSUB231PS vfnmsub231ps_a;
        VFNMSUB231PD vfnmsub231pd_a;
    }
}

fn avx_unary(o: Operands) {
    let d = Xmm(o.d);
    let b = Xmm(o.b);
    let m = o.place.amode();
    macro_rules! rows {
        ($($op:ident $avx:ident;)*) => { $(
            same!($avx(d, b), |s| s.avx1(sse::$op, d, b));
            same!($avx(d, m), |s| s.avx1(sse::$op, d, o.place.mem()));
        )* };
    }
    rows! {
        VPBROADCASTB vpbroadcastb_a;
        VPBROADCASTW vpbroadcastw_a;
        VPBROADCASTD vpbroadcastd_a;
        VPBROADCASTQ vpbroadcastq_a;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn vectors_agree_with_the_crate(o in operands()) {
        binary(o);
        unary(o);
        binary_imm(o);
        unary_imm(o);
        binary_reg(o);
        binary_mem(o);
        load(o);
        store(o);
        mask(o);
        insert(o);
        extract(o);
        shift(o);
        avx_binary(o);
        avx_unary(o);
    }
}
