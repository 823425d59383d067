//! The hand-written integer forms.

use super::*;

/// Like `same!`, for byte operations whose `reg` field is a digit or a wider register: the crate takes it for `spl` to `dil` and adds an
/// empty REX prefix, which we leave out where the other operand does not need it.
macro_rules! same_but_rex {
    ($name:ident($($operand:expr),*), $emit:expr) => {{
        let mut sink = Sink::default();
        inst::$name::<Regs>::new($($operand),*).encode(&mut sink);
        let ours = bytes($emit);
        if ours.first() != Some(&0x40) && sink.0.first() == Some(&0x40) {
            sink.0.remove(0);
        }
        assert_eq!(ours, sink.0, stringify!($name));
    }};
}

fn alu(o: Operands) {
    let ([d, a], m) = ([o.d, o.a].map(Gpr), o.place.amode());
    let (byte, short) = (o.byte, o.byte.cast_signed());
    // Immediates that need the long form.
    let (half, word) = (0x1234 | u16::from(byte) << 8, 0x1234 | i32::from(byte) << 16);
    macro_rules! rows {
        ($($op:ident
            $brm:ident $bmr:ident $bmi:ident  $wrm:ident $wmr:ident $wmi:ident
            $lrm:ident $lmr:ident $lmi:ident $lsx:ident  $qrm:ident $qmr:ident $qmi:ident $qsx:ident;)*) => { $(
            rows!(@size Alu::$op, W8, $brm $bmr);
            rows!(@size Alu::$op, W16, $wrm $wmr);
            rows!(@size Alu::$op, W32, $lrm $lmr);
            rows!(@size Alu::$op, W64, $qrm $qmr);
            same_but_rex!($bmi(d, byte), |s| s.alu_imm(Alu::$op, Size::S8, d, short.into()));
            same_but_rex!($bmi(m, byte), |s| s.alu_imm(Alu::$op, W8, o.place.mem(), short.into()));
            same!($wmi(d, half), |s| s.alu_imm(Alu::$op, Size::S16, d, half.into()));
            same!($lmi(m, word.cast_unsigned()), |s| s.alu_imm(Alu::$op, W32, o.place.mem(), word));
            same!($lsx(d, short), |s| s.alu_imm(Alu::$op, Size::S32, d, short.into()));
            same!($qmi(d, word), |s| s.alu_imm(Alu::$op, Size::S64, d, word));
            same!($qsx(m, short), |s| s.alu_imm(Alu::$op, W64, o.place.mem(), short.into()));
        )* };
        (@size $op:expr, $size:ident, $rm:ident $mr:ident) => {
            same!($rm(d, a), |s| s.alu($op, $size, d, a));
            same!($rm(d, m), |s| s.alu($op, $size, d, o.place.mem()));
            same!($mr(m, a), |s| s.alu_store($op, o.place.mem::<$size>(), a));
        };
    }
    #[rustfmt::skip]
    rows! {
        Add addb_rm addb_mr addb_mi  addw_rm addw_mr addw_mi  addl_rm addl_mr addl_mi addl_mi_sxb  addq_rm addq_mr addq_mi_sxl addq_mi_sxb;
        Or orb_rm orb_mr orb_mi  orw_rm orw_mr orw_mi  orl_rm orl_mr orl_mi orl_mi_sxb  orq_rm orq_mr orq_mi_sxl orq_mi_sxb;
        Adc adcb_rm adcb_mr adcb_mi  adcw_rm adcw_mr adcw_mi  adcl_rm adcl_mr adcl_mi adcl_mi_sxb  adcq_rm adcq_mr adcq_mi_sxl adcq_mi_sxb;
        Sbb sbbb_rm sbbb_mr sbbb_mi  sbbw_rm sbbw_mr sbbw_mi  sbbl_rm sbbl_mr sbbl_mi sbbl_mi_sxb  sbbq_rm sbbq_mr sbbq_mi_sxl sbbq_mi_sxb;
        And andb_rm andb_mr andb_mi  andw_rm andw_mr andw_mi  andl_rm andl_mr andl_mi andl_mi_sxb  andq_rm andq_mr andq_mi_sxl andq_mi_sxb;
        Sub subb_rm subb_mr subb_mi  subw_rm subw_mr subw_mi  subl_rm subl_mr subl_mi subl_mi_sxb  subq_rm subq_mr subq_mi_sxl subq_mi_sxb;
        Xor xorb_rm xorb_mr xorb_mi  xorw_rm xorw_mr xorw_mi  xorl_rm xorl_mr xorl_mi xorl_mi_sxb  xorq_rm xorq_mr xorq_mi_sxl xorq_mi_sxb;
        Cmp cmpb_rm cmpb_mr cmpb_mi  cmpw_rm cmpw_mr cmpw_mi  cmpl_rm cmpl_mr cmpl_mi cmpl_mi_sxb  cmpq_rm cmpq_mr cmpq_mi cmpq_mi_sxb;
    }
}

fn moves(o: Operands) {
    let ([d, a, b], m) = ([o.d, o.a, o.b].map(Gpr), o.place.amode());
    same!(movb_mr(d, a), |s| s.mov(Size::S8, d, a));
    same!(movl_mr(d, a), |s| s.mov(Size::S32, d, a));
    same!(movq_mr(d, a), |s| s.mov(Size::S64, d, a));
    same!(movb_mr(m, a), |s| s.store(o.place.mem::<W8>(), a));
    same!(movw_mr(m, a), |s| s.store(o.place.mem::<W16>(), a));
    same!(movl_rm(d, m), |s| s.load(d, o.place.mem::<W32>()));
    same!(movq_rm(d, m), |s| s.load(d, o.place.mem::<W64>()));
    same!(movb_mi(m, o.byte), |s| s.store_imm(o.place.mem::<W8>(), o.byte.into()));
    same!(movq_mi_sxl(m, o.imm), |s| s.store_imm(o.place.mem::<W64>(), o.imm));
    same!(movl_oi(d, o.imm.unsigned_abs()), |s| s.mov_imm(d, o.imm.unsigned_abs().into()));
    same_but_rex!(movzbl_rm(d, a), |s| s.extend(Extend::Zero8, Size::S32, d, a));
    same_but_rex!(movsbl_rm(d, a), |s| s.extend(Extend::Sign8, Size::S32, d, a));
    same!(movsbq_rm(d, m), |s| s.load_extend(true, Size::S64, d, o.place.mem::<W8>()));
    same!(movswq_rm(d, m), |s| s.load_extend(true, Size::S64, d, o.place.mem::<W16>()));
    same!(movslq_rm(d, a), |s| s.extend(Extend::Sign32, Size::S64, d, a));
    same!(leal_rm(d, m), |s| s.lea(Size::S32, d, o.place.mem::<W32>()));
    same!(leaq_rm(d, m), |s| s.lea(Size::S64, d, o.place.mem::<W64>()));
    same!(testl_mr(d, a), |s| s.test(Size::S32, d, a));
    same!(testq_mi(m, o.imm), |s| s.test_imm(W64, o.place.mem(), o.imm));
    same!(imull_rm(d, m), |s| s.imul(W32, d, o.place.mem()));
    same!(negq_m(d), |s| s.neg(Size::S64, d));
    same!(notl_m(m), |s| s.not(W32, o.place.mem()));
    same!(sarq_mi(d, 7u8), |s| s.shift_imm(Shift::Sar, Size::S64, d, 7));
    same!(shll_m1(m), |s| s.shift_imm(Shift::Shl, W32, o.place.mem(), 1));
    same!(lzcntq_rm(d, m), |s| s.count(Count::Lzcnt, W64, d, o.place.mem()));
    same!(popcntw_rm(d, a), |s| s.count(Count::Popcnt, Size::S16, d, a));
    same!(btl_mi(d, o.byte), |s| s.bt_imm(Size::S32, d, o.byte));
    same!(bswapq_o(d), |s| s.bswap(Size::S64, d));
    same!(setne_m(d), |s| s.setcc(Cc::Ne, d));
    same!(cmoveq_rm(d, m), |s| s.cmovcc(Cc::E, W64, d, o.place.mem()));
    same!(pushq_o(d), |s| s.push(d));
    same!(popq_o(d), |s| s.pop(d));
    same!(shlxl_rmv(d, m, b), |s| s.bmi(Bmi::Shlx, W32, d, o.place.mem(), b));
    same!(andnq_rvm(d, b, a), |s| s.bmi(Bmi::Andn, Size::S64, d, a, b));
    same!(bzhiq_rmv(d, a, b), |s| s.bmi(Bmi::Bzhi, Size::S64, d, a, b));
    same!(rorxq_rmi(d, m, o.byte), |s| s.rorx(W64, d, o.place.mem(), o.byte));
    same!(lock_xaddb_mr(m, a), |s| s.lock_xadd(o.place.mem::<W8>(), a));
    same!(lock_xaddq_mr(m, a), |s| s.lock_xadd(o.place.mem::<W64>(), a));
    same!(xchgb_rm(a, m), |s| s.xchg_mem(o.place.mem::<W8>(), a));
    same!(xchgq_rm(a, m), |s| s.xchg_mem(o.place.mem::<W64>(), a));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn integers_agree_with_the_crate(o in operands()) {
        alu(o);
        moves(o);
    }
}
