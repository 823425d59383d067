//! Every family of operators compiles for every target with every set of options, and the verifier agrees.

mod support;

use gantry_abi::{CompileError, CompileOptions, Feature, OptLevel, Trap};
use gantry_emit::{RelocKind, Symbol};
use support::{TARGETS, backend, parse};

/// Option sets: what is different from the defaults of a 64-bit host.
const OPTIONS: &[&[(&str, &str)]] = &[
    &[],
    &[("opt_level", "none")],
    &[("memory_reservation", "0"), ("memory_guard_size", "65536")],
    &[("memory_reservation", "0"), ("memory_guard_size", "0"), ("spectre_mitigation", "false")],
    &[("signals_based_traps", "false")],
    &[("signals_based_traps", "false"), ("consume_fuel", "true"), ("epoch_interruption", "true")],
    &[("consume_fuel", "true"), ("epoch_interruption", "true"), ("entry_slots", "true")],
    &[("nan_canonicalization", "true"), ("relaxed_simd_deterministic", "true"), ("memory_may_move", "false")],
    &[("exact_stores", "false"), ("source_map", "false"), ("unwind_info", "false")],
];

fn options(changes: &[(&str, &str)]) -> CompileOptions {
    let mut options = CompileOptions::default();
    for (name, value) in
        [("signals_based_traps", "true"), ("memory_reservation", "4294967296"), ("memory_guard_size", "33554432")]
    {
        options.set(name, value).unwrap();
    }
    for (name, value) in changes {
        options.set(name, value).unwrap();
    }
    options
}

/// Compiles `wat` everywhere.
fn check(wat: &str) {
    let wasm = wat::parse_str(wat).unwrap();
    let module = parse(&wasm);
    for (target, flags) in TARGETS {
        for changes in OPTIONS {
            let backend = backend(target, flags, &options(changes));
            let functions = match module.compile(&backend) {
                Ok(functions) => functions,
                Err(e) => panic!("{target} {changes:?}: {e}\n{}", module.clif(&backend).unwrap().join("\n")),
            };
            for function in functions {
                assert!(!function.code.is_empty());
                assert!(function.traps.is_sorted_by_key(|t| t.offset));
                assert!(function.relocations.is_sorted_by_key(|r| r.offset));
                assert!(function.source_map.is_sorted_by_key(|l| l.offset));
            }
        }
    }
}

/// One function per operator: `(func (param ...) (result ...) local.get 0 ... op)`.
fn check_each(cases: &[(&str, &str, &[&str])]) {
    let mut wat = String::from("(module (memory 1)\n");
    for (params, results, ops) in cases {
        for op in *ops {
            let gets: String = (0..params.split_whitespace().count()).map(|i| format!("local.get {i} ")).collect();
            wat += &format!("(func (param {params}) (result {results}) {gets} {op})\n");
        }
    }
    check(&(wat + ")"));
}

#[test]
fn integers() {
    check_each(&[
        ("i32 i32", "i32", INT_BINARY_32),
        ("i64 i64", "i64", INT_BINARY_64),
        ("i32", "i32", &["i32.eqz", "i32.clz", "i32.ctz", "i32.popcnt", "i32.extend8_s", "i32.extend16_s"]),
        ("i64", "i64", &["i64.clz", "i64.ctz", "i64.popcnt", "i64.extend8_s", "i64.extend16_s", "i64.extend32_s"]),
        ("i64", "i32", &["i64.eqz", "i32.wrap_i64"]),
        ("i32", "i64", &["i64.extend_i32_s", "i64.extend_i32_u"]),
        (
            "i64 i64",
            "i32",
            &["i64.eq", "i64.ne", "i64.lt_s", "i64.lt_u", "i64.gt_s", "i64.gt_u", "i64.le_s", "i64.ge_u"],
        ),
        ("i64 i64 i64 i64", "i64 i64", &["i64.add128", "i64.sub128"]),
        ("i64 i64", "i64 i64", &["i64.mul_wide_s", "i64.mul_wide_u"]),
    ]);
}

const INT_BINARY_32: &[&str] = &[
    "i32.add",
    "i32.sub",
    "i32.mul",
    "i32.div_s",
    "i32.div_u",
    "i32.rem_s",
    "i32.rem_u",
    "i32.and",
    "i32.or",
    "i32.xor",
    "i32.shl",
    "i32.shr_s",
    "i32.shr_u",
    "i32.rotl",
    "i32.rotr",
    "i32.eq",
    "i32.ne",
    "i32.lt_s",
    "i32.lt_u",
    "i32.gt_s",
    "i32.gt_u",
    "i32.le_s",
    "i32.le_u",
    "i32.ge_s",
    "i32.ge_u",
];
const INT_BINARY_64: &[&str] = &[
    "i64.add",
    "i64.sub",
    "i64.mul",
    "i64.div_s",
    "i64.div_u",
    "i64.rem_s",
    "i64.rem_u",
    "i64.and",
    "i64.or",
    "i64.xor",
    "i64.shl",
    "i64.shr_s",
    "i64.shr_u",
    "i64.rotl",
    "i64.rotr",
];

#[test]
fn division_by_constants() {
    check(
        "(module
            (func (param i32) (result i32) local.get 0 i32.const 7 i32.div_s)
            (func (param i32) (result i32) local.get 0 i32.const -1 i32.div_s)
            (func (param i32) (result i32) local.get 0 i32.const 0 i32.rem_u)
            (func (param i64) (result i64) local.get 0 i64.const -1 i64.div_s)
            (func (param i64) (result i64) i64.const -9223372036854775808 local.get 0 i64.div_s))",
    );
}

#[test]
fn floats() {
    let unary = ["abs", "neg", "ceil", "floor", "trunc", "nearest", "sqrt"];
    let binary = ["add", "sub", "mul", "div", "min", "max", "copysign"];
    let compare = ["eq", "ne", "lt", "gt", "le", "ge"];
    for ty in ["f32", "f64"] {
        let named = |names: &[&str]| names.iter().map(|n| format!("{ty}.{n}")).collect::<Vec<_>>();
        let (unary, binary, compare) = (named(&unary), named(&binary), named(&compare));
        let pair = format!("{ty} {ty}");
        let refs = |v: &[String]| v.iter().map(|s| &*s.to_string().leak()).collect::<Vec<&'static str>>();
        let (unary, binary, compare) = (refs(&unary), refs(&binary), refs(&compare));
        check_each(&[(ty, ty, &unary), (&pair, ty, &binary), (&pair, "i32", &compare)]);
    }
}

#[test]
fn conversions() {
    check_each(&[
        ("f32", "i32", &["i32.trunc_f32_s", "i32.trunc_f32_u", "i32.trunc_sat_f32_s", "i32.trunc_sat_f32_u"]),
        ("f64", "i32", &["i32.trunc_f64_s", "i32.trunc_f64_u", "i32.trunc_sat_f64_s", "i32.trunc_sat_f64_u"]),
        ("f32", "i64", &["i64.trunc_f32_s", "i64.trunc_f32_u", "i64.trunc_sat_f32_s", "i64.trunc_sat_f32_u"]),
        ("f64", "i64", &["i64.trunc_f64_s", "i64.trunc_f64_u", "i64.trunc_sat_f64_s", "i64.trunc_sat_f64_u"]),
        ("i32", "f32", &["f32.convert_i32_s", "f32.convert_i32_u", "f32.reinterpret_i32"]),
        ("i64", "f32", &["f32.convert_i64_s", "f32.convert_i64_u"]),
        ("i32", "f64", &["f64.convert_i32_s", "f64.convert_i32_u"]),
        ("i64", "f64", &["f64.convert_i64_s", "f64.convert_i64_u", "f64.reinterpret_i64"]),
        ("f32", "f64", &["f64.promote_f32"]),
        ("f64", "f32", &["f32.demote_f64"]),
        ("f32", "i32", &["i32.reinterpret_f32"]),
        ("f64", "i64", &["i64.reinterpret_f64"]),
    ]);
}

const MEMORIES: &[&str] = &[
    "(memory 1)",
    "(memory 1 1)",
    "(memory 0)",
    "(import \"m\" \"m\" (memory 1 100))",
    "(memory i64 1)",
    "(memory i64 1 10)",
    "(memory 100 (pagesize 1))",
];

#[test]
fn loads_and_stores() {
    let loads = [
        ("i32", "i32.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u"),
        ("i64", "i64.load i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u"),
        ("f32", "f32.load"),
        ("f64", "f64.load"),
    ];
    let stores = [
        ("i32", "i32.store i32.store8 i32.store16"),
        ("i64", "i64.store i64.store8 i64.store16 i64.store32"),
        ("f32", "f32.store"),
        ("f64", "f64.store"),
    ];
    for memory in MEMORIES {
        let index = if memory.contains("i64") { "i64" } else { "i32" };
        let mut wat = format!("(module {memory}\n");
        for offset in ["", "offset=7", "offset=5000", "offset=0x7ffffff0", "offset=0xfffffff0"] {
            for (ty, ops) in loads {
                for op in ops.split(' ') {
                    wat += &format!("(func (param {index}) (result {ty}) local.get 0 {op} {offset})\n");
                }
            }
            for (ty, ops) in stores {
                for op in ops.split(' ') {
                    wat += &format!("(func (param {index} {ty}) local.get 0 local.get 1 {op} {offset})\n");
                }
            }
        }
        // Constant and repeated indices; calls and growing in between.
        wat += &format!(
            "(func (result i32) {index}.const 16 i32.load {index}.const 70000 i32.load i32.add)
             (func $many (param {index}) (result i64)
                local.get 0 i64.load offset=16
                local.get 0 i64.load offset=8
                i64.add
                {index}.const 1 memory.grow drop
                local.get 0 i64.load
                i64.add
                local.get 0 i64.load offset=40
                i64.add)
             (func (param {index}) (result i64)
                (local i64)
                (loop
                    local.get 0 call $many drop
                    local.get 0 {index}.const 8 {index}.add local.tee 0 i64.load
                    local.get 0 i64.load offset=8
                    i64.add local.set 1
                    local.get 0 local.get 1 i64.store8 offset=3
                    local.get 0 {index}.const 1000 {index}.lt_u
                    br_if 0)
                local.get 1))"
        );
        check(&wat);
    }
}

#[test]
fn bulk_memory() {
    for memory in MEMORIES {
        let index = if memory.contains("i64") { "i64" } else { "i32" };
        let mut wat = format!("(module {memory} (data \"hello\")\n");
        for len in [0, 1, 2, 3, 7, 16, 31, 64, 65] {
            wat += &format!(
                "(func (param {index} {index}) local.get 0 local.get 1 {index}.const {len} memory.copy)
                 (func (param {index} i32) local.get 0 local.get 1 {index}.const {len} memory.fill)
                 (func (param {index}) local.get 0 i32.const 0 {index}.const {len} memory.fill)\n"
            );
        }
        wat += &format!(
            "(func (param {index} {index} {index}) local.get 0 local.get 1 local.get 2 memory.copy)
             (func (param {index} i32 {index}) local.get 0 local.get 1 local.get 2 memory.fill)
             (func (param {index} i32 i32) local.get 0 local.get 1 local.get 2 memory.init 0)
             (func data.drop 0)
             (func (result {index}) memory.size)
             (func (param {index}) (result {index}) local.get 0 memory.grow))"
        );
        check(&wat);
    }
}

#[test]
fn several_memories() {
    check(
        "(module (import \"a\" \"a\" (memory 1)) (memory 1) (memory i64 1) (memory 1)
            (func (param i32 i64 i32)
                local.get 0 local.get 0 i32.load 0 i32.store 1
                local.get 1 local.get 0 i32.load 3 i32.store 2
                local.get 0 local.get 2 i32.const 20 memory.copy 0 1
                local.get 1 local.get 2 i32.const 20 memory.copy 2 0
                local.get 1 local.get 0 local.get 2 memory.copy 2 3))",
    );
}

#[test]
fn globals_and_locals() {
    check(
        "(module
            (import \"g\" \"a\" (global $a (mut i32))) (import \"g\" \"b\" (global $b f64)) (import \"g\" \"c\" (global $c (mut v128)))
            (global $d (mut i64) (i64.const 1)) (global $e f32 (f32.const 1)) (global $f (mut v128) (v128.const i64x2 1 2))
            (global $r (mut externref) (ref.null extern)) (global $h (mut funcref) (ref.null func))
            (func (param i32 v128) (result f64)
                (local $x i32) (local $v v128) (local $n externref) (local $z f32)
                local.get 0 local.tee $x global.get $a i32.add global.set $a
                global.get $d i64.const 1 i64.add global.set $d
                local.get 1 global.get $c i8x16.add local.tee $v global.set $f
                global.get $f i32x4.neg local.set $v
                local.get $n global.set $r
                global.get $h global.set $h
                global.get $e local.set $z
                local.get $v global.set $c
                global.get $b))",
    );
}

#[test]
fn control() {
    check(
        "(module
            (func $if (param i32) (result i32) local.get 0 if (result i32) i32.const 1 else i32.const 2 end)
            (func (param i32) local.get 0 if unreachable end)
            (func (param i32 i32) (result i32) local.get 1 local.get 0 if (param i32) (result i32) i32.const 1 i32.add end)
            (func (param i32) (result i32) (block (result i32) i32.const 3 local.get 0 br_if 0 drop i32.const 4))
            (func (param i32) (result i32 i64 f32)
                (block (result i32 i64 f32) i32.const 1 i64.const 2 f32.const 3 local.get 0 br_if 1 br 0))
            (func (param i32) (result i32)
                (local i32)
                (loop (result i32)
                    local.get 1 i32.const 1 i32.add local.tee 1
                    local.get 0 i32.lt_s br_if 0
                    local.get 1))
            (func (param i32) (result i32)
                (block (result i32) (block (result i32) (block (result i32)
                    i32.const 9 local.get 0 br_table 0 1 2 1 3)
                    i32.const 1 i32.add) i32.const 2 i32.add))
            (func (param i32) (loop (br 0)))
            (func (param i32) (block (br 0) (loop (br_if 0 (local.get 0)) (block (if (i32.const 1) (then) (else)))) (br 0)))
            (func (result i32) (block (result i32) (return (i32.const 1)) (unreachable)))
            (func (result i32) unreachable if (result i32) i32.const 1 else i32.const 2 end)
            (func (param i32) (result v128)
                (if (result v128) (local.get 0) (then (v128.const i64x2 1 2)) (else (i32x4.splat (local.get 0)))))
            (func (param v128 v128 i32) (result v128) local.get 0 i32x4.neg local.get 1 local.get 2 select)
            (func (param f32 f32 i32) (result f32) local.get 0 local.get 1 local.get 2 select)
            (func (param i32 i64) (result i64 i32)
                local.get 0 local.get 1
                (loop (param i32 i64) (result i64 i32)
                    local.set 1 local.set 0 local.get 0 local.get 1 local.get 0 br_if 0
                    local.set 1 drop local.get 1 local.get 0
                    (block (param i64 i32) (result i64 i32) local.get 0 br_if 0))))",
    );
}

#[test]
fn branch_hints_move_code_out_of_the_way() {
    check(
        "(module (func (param i32) (result i32)
            (@metadata.code.branch_hint \"\\00\") (if (local.get 0) (then (return (i32.const 1))))
            (block (@metadata.code.branch_hint \"\\00\") (br_if 0 (local.get 0)) (return (i32.const 3)))
            (block (@metadata.code.branch_hint \"\\01\") (br_if 0 (local.get 0)) (return (i32.const 4)))
            (i32.const 2)))",
    );
}

#[test]
fn calls() {
    check(
        "(module
            (type $t (func (param i32 i64 f32 f64 v128 externref funcref) (result i32)))
            (type $u (func (param i32) (result i32 i64 f32 f64 v128 externref funcref i32 i32 i32 i32)))
            (import \"m\" \"f\" (func $import (type $u)))
            (import \"m\" \"t\" (table $imported 1 funcref))
            (table $tab 10 funcref) (table $typed 10 10 (ref null $u)) 
            (table $wide i64 10 funcref)
            (func $callee (type $t) (i32.const 0))
            (func $many (type $u) local.get 0 call $import)
            (func (param i32) (result i32)
                local.get 0 call $many
                drop drop drop drop drop drop drop drop drop drop local.set 0
                i32.const 1 i64.const 2 f32.const 3 f64.const 4 (i32x4.splat (local.get 0)) ref.null extern ref.func $callee
                call $callee)
            (func (type $u) local.get 0 local.get 0 call_indirect $tab (type $u))
            (func (type $u) local.get 0 local.get 0 call_indirect $typed (type $u))
            (func (type $u) local.get 0 local.get 0 call_indirect $imported (type $u))
            (func (type $u) local.get 0 i64.const 20 call_indirect $wide (type $u))
            (func (type $u) local.get 0 return_call $many)
            (func (type $u) local.get 0 return_call $import)
            (func (type $u) local.get 0 local.get 0 return_call_indirect $tab (type $u))
            (func (param (ref null $u)) (result i32) i32.const 1 local.get 0 call_ref $u
                unreachable)
            (func (param i32 (ref $u)) (result i32 i64 f32 f64 v128 externref funcref i32 i32 i32 i32)
                local.get 0 local.get 1 return_call_ref $u)
            (func $rec (param i32) (result i32)
                local.get 0 i32.eqz if i32.const 0 return end
                local.get 0 i32.const 1 i32.sub call $rec
                local.get 0 i32.const 1 i32.sub return_call $rec)
            (elem declare func $callee))",
    );
}

#[test]
fn references_and_tables() {
    check(
        "(module
            (type $f (func (param i32) (result i32)))
            (import \"t\" \"t\" (table $i 10 externref))
            (table $t 10 funcref) (table $x 10 20 externref) (table $c 5 5 (ref null $f)) (table $w i64 10 externref)
            (elem $e func $callee $callee)
            (func $callee (type $f) local.get 0)
            (func (param i32) (result funcref) local.get 0 table.get $t)
            (func (param i32 funcref) local.get 0 local.get 1 table.set $t)
            (func (param i32) (result externref) local.get 0 table.get $x)
            (func (param i32 externref) local.get 0 local.get 1 table.set $i)
            (func (param i64) (result externref) local.get 0 table.get $w)
            (func (result funcref) i32.const 3 table.get $c)
            (func (result i32) table.size $i) (func (result i64) table.size $w)
            (func (param externref i32) (result i32) local.get 0 local.get 1 table.grow $x)
            (func (param funcref i32) (result i32) local.get 0 local.get 1 table.grow $t)
            (func (param i32 externref i32) local.get 0 local.get 1 local.get 2 table.fill $x)
            (func (param i32 i32 i32) local.get 0 local.get 1 local.get 2 table.copy $x $i)
            (func (param i32 i32 i32) local.get 0 local.get 1 local.get 2 table.init $t $e)
            (func elem.drop $e)
            (func (result funcref) ref.func $callee)
            (func (param externref) (result i32) local.get 0 ref.is_null)
            (func (param (ref null $f)) (result (ref $f)) local.get 0 ref.as_non_null)
            (func (param (ref null $f)) (result i32) (block local.get 0 br_on_null 0 drop i32.const 1 return) i32.const 0)
            (func (param (ref null $f)) (result (ref $f))
                (block (result (ref $f)) local.get 0 br_on_non_null 0 unreachable)))",
    );
}

#[test]
fn vectors() {
    let v1 = [
        "v128.not",
        "i8x16.abs",
        "i16x8.abs",
        "i32x4.abs",
        "i64x2.abs",
        "i8x16.neg",
        "i16x8.neg",
        "i32x4.neg",
        "i64x2.neg",
        "i8x16.popcnt",
        "i16x8.extadd_pairwise_i8x16_s",
        "i16x8.extadd_pairwise_i8x16_u",
        "i32x4.extadd_pairwise_i16x8_s",
        "i32x4.extadd_pairwise_i16x8_u",
        "i16x8.extend_low_i8x16_s",
        "i16x8.extend_high_i8x16_s",
        "i16x8.extend_low_i8x16_u",
        "i16x8.extend_high_i8x16_u",
        "i32x4.extend_low_i16x8_s",
        "i32x4.extend_high_i16x8_s",
        "i32x4.extend_low_i16x8_u",
        "i32x4.extend_high_i16x8_u",
        "i64x2.extend_low_i32x4_s",
        "i64x2.extend_high_i32x4_s",
        "i64x2.extend_low_i32x4_u",
        "i64x2.extend_high_i32x4_u",
        "f32x4.ceil",
        "f64x2.ceil",
        "f32x4.floor",
        "f64x2.floor",
        "f32x4.trunc",
        "f64x2.trunc",
        "f32x4.nearest",
        "f64x2.nearest",
        "f32x4.abs",
        "f64x2.abs",
        "f32x4.neg",
        "f64x2.neg",
        "f32x4.sqrt",
        "f64x2.sqrt",
        "i32x4.trunc_sat_f32x4_s",
        "i32x4.trunc_sat_f32x4_u",
        "f32x4.convert_i32x4_s",
        "f32x4.convert_i32x4_u",
        "i32x4.trunc_sat_f64x2_s_zero",
        "i32x4.trunc_sat_f64x2_u_zero",
        "f64x2.convert_low_i32x4_s",
        "f64x2.convert_low_i32x4_u",
        "f32x4.demote_f64x2_zero",
        "f64x2.promote_low_f32x4",
        "i32x4.relaxed_trunc_f32x4_s",
        "i32x4.relaxed_trunc_f32x4_u",
        "i32x4.relaxed_trunc_f64x2_s_zero",
        "i32x4.relaxed_trunc_f64x2_u_zero",
    ];
    let v2 = [
        "v128.and",
        "v128.andnot",
        "v128.or",
        "v128.xor",
        "i8x16.swizzle",
        "i8x16.narrow_i16x8_s",
        "i8x16.narrow_i16x8_u",
        "i16x8.narrow_i32x4_s",
        "i16x8.narrow_i32x4_u",
        "i8x16.avgr_u",
        "i16x8.avgr_u",
        "i16x8.q15mulr_sat_s",
        "i32x4.dot_i16x8_s",
        "i16x8.mul",
        "i32x4.mul",
        "i64x2.mul",
        "f32x4.pmin",
        "f32x4.pmax",
        "f64x2.pmin",
        "f64x2.pmax",
        "i8x16.relaxed_swizzle",
        "f32x4.relaxed_min",
        "f32x4.relaxed_max",
        "f64x2.relaxed_min",
        "f64x2.relaxed_max",
        "i16x8.relaxed_q15mulr_s",
        "i16x8.relaxed_dot_i8x16_i7x16_s",
        "i8x16.shuffle 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31",
    ];
    let mut v2: Vec<String> = v2.iter().map(ToString::to_string).collect();
    let mut scalars = Vec::new();
    let mut shifts = Vec::new();
    for ty in ["i8x16", "i16x8", "i32x4", "i64x2"] {
        v2.extend(["add", "sub", "eq", "ne", "lt_s", "gt_s", "le_s", "ge_s"].iter().map(|op| format!("{ty}.{op}")));
        if ty != "i64x2" {
            let ops = ["lt_u", "gt_u", "le_u", "ge_u", "min_s", "min_u", "max_s", "max_u"];
            v2.extend(ops.iter().map(|op| format!("{ty}.{op}")));
        }
        scalars.extend(["all_true", "bitmask"].iter().map(|op| format!("{ty}.{op}")));
        shifts.extend(["shl", "shr_s", "shr_u"].iter().map(|op| format!("{ty}.{op}")));
    }
    for ty in ["i8x16", "i16x8"] {
        v2.extend(["add_sat_s", "add_sat_u", "sub_sat_s", "sub_sat_u"].iter().map(|op| format!("{ty}.{op}")));
    }
    for (to, from) in [("i16x8", "i8x16"), ("i32x4", "i16x8"), ("i64x2", "i32x4")] {
        for half in ["low", "high"] {
            v2.extend(["s", "u"].iter().map(|sign| format!("{to}.extmul_{half}_{from}_{sign}")));
        }
    }
    for ty in ["f32x4", "f64x2"] {
        let ops = ["add", "sub", "mul", "div", "min", "max", "eq", "ne", "lt", "gt", "le", "ge"];
        v2.extend(ops.iter().map(|op| format!("{ty}.{op}")));
    }
    scalars.push("v128.any_true".into());
    let v3 = [
        "v128.bitselect",
        "f32x4.relaxed_madd",
        "f32x4.relaxed_nmadd",
        "f64x2.relaxed_madd",
        "f64x2.relaxed_nmadd",
        "i8x16.relaxed_laneselect",
        "i16x8.relaxed_laneselect",
        "i32x4.relaxed_laneselect",
        "i64x2.relaxed_laneselect",
        "i32x4.relaxed_dot_i8x16_i7x16_add_s",
    ];
    let leak = |v: &[String]| v.iter().map(|s| &*s.clone().leak()).collect::<Vec<&'static str>>();
    check_each(&[
        ("v128", "v128", &v1),
        ("v128 v128", "v128", &leak(&v2)),
        ("v128 v128 v128", "v128", &v3),
        ("v128", "i32", &leak(&scalars)),
        ("v128 i32", "v128", &leak(&shifts)),
        ("v128 i32", "v128", &["i8x16.replace_lane 3", "i16x8.replace_lane 3", "i32x4.replace_lane 3"]),
        ("v128 i64", "v128", &["i64x2.replace_lane 1"]),
        ("v128 f32", "v128", &["f32x4.replace_lane 1"]),
        ("v128 f64", "v128", &["f64x2.replace_lane 1"]),
        ("v128", "i32", &["i8x16.extract_lane_s 15", "i8x16.extract_lane_u 1", "i16x8.extract_lane_s 7"]),
        ("v128", "i32", &["i16x8.extract_lane_u 1", "i32x4.extract_lane 2"]),
        ("v128", "i64", &["i64x2.extract_lane 0"]),
        ("v128", "f32", &["f32x4.extract_lane 3"]),
        ("v128", "f64", &["f64x2.extract_lane 1"]),
        ("i32", "v128", &["i8x16.splat", "i16x8.splat", "i32x4.splat"]),
        ("i64", "v128", &["i64x2.splat"]),
        ("f32", "v128", &["f32x4.splat"]),
        ("f64", "v128", &["f64x2.splat"]),
    ]);
}

#[test]
fn vector_loads_and_stores() {
    let loads = [
        "load",
        "load8x8_s",
        "load8x8_u",
        "load16x4_s",
        "load16x4_u",
        "load32x2_s",
        "load32x2_u",
        "load8_splat",
        "load16_splat",
        "load32_splat",
        "load64_splat",
        "load32_zero",
        "load64_zero",
    ];
    for memory in MEMORIES {
        let index = if memory.contains("i64") { "i64" } else { "i32" };
        let mut wat = format!("(module {memory}\n");
        for load in loads {
            wat += &format!("(func (param {index}) (result v128) local.get 0 v128.{load} offset=9)\n");
        }
        for lane in ["load8_lane", "load16_lane", "load32_lane", "load64_lane"] {
            wat += &format!("(func (param {index} v128) (result v128) local.get 0 local.get 1 v128.{lane} 1)\n");
        }
        for lane in ["store8_lane 0", "store16_lane 1", "store32_lane 1", "store64_lane 1", "store"] {
            wat += &format!("(func (param {index} v128) local.get 0 local.get 1 i32x4.neg v128.{lane})\n");
        }
        check(&(wat + ")"));
    }
}

/// The functions of `wat` for x86_64, without the options' changes.
fn compile_x64(wat: &str, changes: &[(&str, &str)]) -> Result<Vec<gantry_emit::CompiledFunction>, CompileError> {
    let wasm = wat::parse_str(wat).unwrap();
    parse(&wasm).compile(&backend(TARGETS[0].0, TARGETS[0].1, &options(changes)))
}

fn clif(wat: &str, changes: &[(&str, &str)]) -> String {
    let wasm = wat::parse_str(wat).unwrap();
    parse(&wasm).clif(&backend(TARGETS[0].0, TARGETS[0].1, &options(changes))).unwrap().join("\n")
}

#[test]
fn traps_and_calls_are_recorded() {
    let wat = "(module (memory 1)
        (func $f (param i32) (result i32) local.get 0 i32.load local.get 0 i32.div_u)
        (func (param i32) (result i32) local.get 0 call $f i32.const 1 memory.grow unreachable))";
    let functions = compile_x64(wat, &[]).unwrap();
    let traps: Vec<_> = functions[0].traps.iter().map(|t| t.trap).collect();
    for trap in [Trap::MemoryOutOfBounds, Trap::IntegerDivisionByZero] {
        assert!(traps.contains(&trap), "{trap:?} in {traps:?}");
    }
    assert_eq!(functions[1].traps.iter().map(|t| t.trap).collect::<Vec<_>>(), [Trap::Unreachable, Trap::StackOverflow]);
    let targets: Vec<_> = functions[1].relocations.iter().map(|r| (r.kind, r.target, r.addend)).collect();
    let call = |target| (RelocKind::X64Pc32, target, -4);
    assert_eq!(
        targets,
        [
            call(Symbol::Function(gantry_abi::DefinedFunc::from_u32(0))),
            call(Symbol::LibcallThunk(gantry_abi::Libcall::memory_grow))
        ]
    );
    assert!(!functions[0].frame.cfi.is_empty());
    assert!(functions[0].source_map.iter().filter(|l| l.wasm_offset.is_some()).count() >= 2);
}

#[test]
fn explicit_checks_need_no_faults() {
    let wat = "(module (memory 1) (table 10 funcref) (type $t (func))
        (func (param i32) local.get 0 i32.const 1 i32.store
            local.get 0 call_indirect (type $t)
            local.get 0 table.get 0 drop unreachable))";
    let text = clif(wat, &[("signals_based_traps", "false")]);
    assert!(!text.contains("trapnz") && !text.contains("trapz"), "{text}");
    assert!(text.contains("preserve_all"), "{text}");
    let traps = &compile_x64(wat, &[("signals_based_traps", "false")]).unwrap()[0].traps;
    assert!(traps.is_empty(), "{traps:?}");
}

#[test]
fn accesses_of_one_structure_share_a_check() {
    let wat = "(module (memory 1) (func (param i32) (result i64)
        local.get 0 i64.load local.get 0 i64.load offset=8 local.get 0 i64.load offset=16 i64.add i64.add))";
    for spectre in ["true", "false"] {
        let changes = [("memory_reservation", "0"), ("memory_guard_size", "65536"), ("spectre_mitigation", spectre)];
        let text = clif(wat, &changes);
        let checks = text.matches("icmp").count();
        // Without masking, only a larger offset brings a new check.
        assert_eq!(checks, if spectre == "true" { 1 } else { 3 }, "{text}");
    }
    let text = clif(wat, &[]);
    assert_eq!(text.matches("icmp").count(), 0, "{text}");
}

#[test]
fn what_comes_later_is_named() {
    let cases = [
        ("(module (memory 1 1 shared) (func (result i32) i32.const 0 i32.atomic.load))", Feature::Threads),
        ("(module (func (result i32) (ref.i31 (i32.const 1)) i31.get_s))", Feature::Gc),
        ("(module (tag $t) (func throw $t))", Feature::Exceptions),
    ];
    for (wat, feature) in cases {
        match compile_x64(wat, &[]) {
            Err(CompileError::Unsupported { feature: named, .. }) => assert_eq!(named, feature),
            other => panic!("{wat}: {other:?}"),
        }
    }
}

#[test]
fn vectors_need_vector_instructions() {
    let wasm = wat::parse_str("(module (func (param v128)))").unwrap();
    let backend = backend("riscv64gc-unknown-linux-gnu", &[], &options(&[]));
    match parse(&wasm).compile(&backend) {
        Err(CompileError::Unsupported { feature: Feature::Simd, isa, .. }) => assert!(isa.contains("riscv64")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn processors_below_the_floor_are_refused() {
    let triple = "x86_64-unknown-linux-gnu".parse().unwrap();
    let flags = gantry_cranelift::TargetFlags::Explicit(vec![("has_sse3".into(), "true".into())]);
    let error = gantry_cranelift::Backend::new(&triple, &flags, &options(&[])).err().unwrap().to_string();
    assert!(error.ends_with("with ssse3, sse41, sse42, popcnt"), "{error}");
}

#[test]
fn a_worker_is_as_good_after_an_error() {
    let wat = "(module (func (result i32) i32.const 1) (tag $t) (func throw $t) (func (result i64) i64.const 2))";
    assert!(compile_x64(wat, &[]).is_err());
    let mut options = options(&[]);
    options.opt_level = OptLevel::None;
    let (good, bad) = ("(module (func (result i32) i32.const 1))", wat);
    let (good, bad) = (wat::parse_str(good).unwrap(), wat::parse_str(bad).unwrap());
    let backend = backend(TARGETS[0].0, TARGETS[0].1, &options);
    let (good, bad) = (parse(&good), parse(&bad));
    let mut worker = gantry_cranelift::Worker::new();
    let first = good.compile_with(&mut worker, &backend).unwrap();
    bad.compile_with(&mut worker, &backend).unwrap_err();
    assert_eq!(good.compile_with(&mut worker, &backend).unwrap(), first);
}

/// The CLIF of `wat` for the target whose name starts with `target`.
fn clif_for(target: &str, wat: &str, changes: &[(&str, &str)]) -> String {
    let wasm = wat::parse_str(wat).unwrap();
    let (target, flags) = TARGETS.iter().find(|(t, _)| t.starts_with(target)).unwrap();
    parse(&wasm).clif(&backend(target, flags, &options(changes))).unwrap().join("\n")
}

#[test]
fn stores_that_may_tear_load_first() {
    let wat = "(module (memory 1) (func (param i32)
        local.get 0 i32.const 1 i32.store offset=4
        local.get 0 i32.const 1 i32.store
        local.get 0 i32.const 1 i32.store8 offset=100))";
    // The second store is below the first, and a byte cannot tear.
    for (target, loads) in [("x86_64", 0), ("s390x", 0), ("aarch64", 1), ("riscv64", 1)] {
        let text = clif_for(target, wat, &[]);
        assert_eq!(text.matches("load.i32 ").count(), loads, "{target}: {text}");
        let text = clif_for(target, wat, &[("exact_stores", "false")]);
        assert_eq!(text.matches("load.i32 ").count(), 0, "{target}: {text}");
    }
}

#[test]
fn only_functions_that_call_check_the_stack_explicitly() {
    let explicit = [("signals_based_traps", "false")];
    let leaf = clif("(module (func (param i32) (result i32) local.get 0 i32.clz))", &explicit);
    assert!(!leaf.contains("icmp"), "{leaf}");
    let recursive = clif("(module (func $f (param i32) local.get 0 call $f))", &explicit);
    assert!(recursive.contains("get_stack_pointer") && recursive.contains("icmp"), "{recursive}");
}

#[test]
fn large_frames_are_part_of_the_stack_check() {
    let count = 2500;
    let mut wat = format!("(module (memory 1) (func $big (param i32) (result i64) (local {})", "i64 ".repeat(count));
    for i in 0..count {
        wat += &format!("local.get 0 i64.extend_i32_u i64.const {} i64.mul local.set {}\n", i * 2 + 7, i + 1);
    }
    wat += "local.get 0 call $big\n";
    for i in 0..count {
        wat += &format!("local.get {} local.get 0 i64.extend_i32_u i64.mul i64.add\n", i + 1);
    }
    wat += "))";
    let explicit = [("signals_based_traps", "false"), ("opt_level", "none")];
    let code = &compile_x64(&wat, &explicit).unwrap()[0].code;
    // sub rsp, imm32 in the prologue; the same number is added to the limit.
    let sub = code.windows(3).position(|w| w == [0x48, 0x81, 0xec]).unwrap();
    let size = &code[sub + 3..sub + 7];
    assert!(u32::from_le_bytes(size.try_into().unwrap()) > 16 << 10);
    assert!(code[sub + 7..sub + 256].windows(4).any(|w| w == size), "the check does not know the size of the frame");
}

#[test]
fn memories_that_nobody_accesses_are_not_read() {
    let wat = "(module (memory 1) (func $f (param i32) (result i32) local.get 0 call $f i32.const 1 i32.add))";
    let text = clif(wat, &[("memory_reservation", "0")]);
    // The region of base and length has a number, and no load.
    assert!(!text.contains("region2 v"), "{text}");
}

#[test]
fn bytecode_checks_and_accesses_at_once() {
    let text =
        clif_for("pulley64", "(module (memory 1) (func (param i32) (result i32) local.get 0 i32.load offset=8))", &[]);
    assert!(text.contains("isub") && text.contains("icmp ugt") && text.contains(" select"), "{text}");
}

/// How many checks for out-of-bounds accesses a function has left, if all checks are explicit.
fn checks_left(memory: &str, locals: &str, body: &str) -> usize {
    let wat = format!("(module (memory {memory}) (func (param i32 i32) (local {locals}) {body}))");
    let wasm = wat::parse_str(&wat).unwrap();
    let module = parse(&wasm);
    let explicit = options(&[("signals_based_traps", "false")]);
    let (target, flags) = TARGETS[0];
    let function = &module.compile(&backend(target, flags, &explicit)).unwrap()[0];
    let stop = Symbol::LibcallThunk(gantry_abi::Libcall::trap);
    function.relocations.iter().filter(|r| r.target == stop).count()
}

#[test]
fn checks_that_cannot_fail_are_left_out() {
    // A loop with a counter, local 2: its start, what it does, how it goes on.
    let counted = |start: i32, access: &str, step: i32, until: &str| {
        format!(
            "(local.set 2 (i32.const {start})) (loop {access}
               (local.set 2 (i32.add (local.get 2) (i32.const {step}))) (br_if 0 {until}))"
        )
    };
    let store = "(i32.store offset=1024 (local.get 2) (i32.const 1))";
    let until_64 = "(i32.ne (local.get 2) (i32.const 64))";
    let wrapping = "(i32.store (i32.add (local.get 2) (i32.const 1024)) (i32.const 1))";
    let toggle = "(loop (i32.store (i32.shl (local.get 2) (i32.const 8)) (i32.const 1))
       (local.set 2 (i32.xor (local.get 2) (i32.const 1))) (br_if 0 (local.get 0)))";
    let cases: &[(&str, usize, &str)] = &[
        // Indices of few bits, up to the last byte and beyond.
        ("1", 0, "(drop (i32.load8_u offset=65280 (i32.and (local.get 0) (i32.const 255))))"),
        ("1", 1, "(drop (i32.load8_u offset=65281 (i32.and (local.get 0) (i32.const 255))))"),
        ("0", 1, "(drop (i32.load8_u (i32.and (local.get 0) (i32.const 255))))"),
        ("1", 0, "(drop (i32.load (i32.shr_u (local.get 0) (i32.const 20))))"),
        ("1", 1, "(drop (i32.load (i32.shr_s (local.get 0) (i32.const 20))))"),
        ("1", 0, "(drop (i32.load (i32.rem_u (local.get 0) (i32.const 1000))))"),
        ("1", 1, "(drop (i32.load (i32.rem_s (local.get 0) (i32.const 1000))))"),
        // Conditions on the way.
        ("1", 0, "(if (i32.lt_u (local.get 0) (i32.const 100)) (then (i32.store (local.get 0) (i32.const 1))))"),
        ("1", 1, "(if (i32.lt_s (local.get 0) (i32.const 100)) (then (i32.store (local.get 0) (i32.const 1))))"),
        ("1", 1, "(if (i32.lt_u (local.get 0) (i32.const 100)) (then) (else (i32.store (local.get 0) (i32.const 1))))"),
        // Loops.
        ("1", 0, &counted(0, store, 4, until_64)),
        ("1", 1, &counted(0, store, 3, until_64)),
        ("1", 1, &counted(68, store, 4, until_64)),
        // The sum of index and offset has more than 32 bits; an addition wraps around.
        ("1", 1, &counted(-512, store, 4, "(local.get 2)")),
        ("1", 0, &counted(-512, wrapping, 4, "(local.get 2)")),
        ("1", 1, &counted(-2048, wrapping, 4, "(local.get 2)")),
        ("1", 0, &counted(0, store, 4, "(i32.lt_u (local.get 2) (i32.const 60000))")),
        ("1", 1, &counted(0, store, 4, "(i32.lt_u (local.get 2) (i32.const 70000))")),
        ("1", 1, &counted(0, store, 4, "(i32.lt_u (local.get 2) (local.get 0))")),
        ("1", 0, &counted(640, store, -4, "(i32.gt_u (local.get 2) (i32.const 8))")),
        ("1", 1, &counted(640, store, -16, "(i32.gt_u (local.get 2) (i32.const 8))")),
        ("1", 0, toggle),
        (
            "1",
            0,
            "(if (i32.ge_u (i32.sub (local.tee 2 (i32.or (i32.shr_u (local.get 0) (i32.const 17)) (i32.const 2))) (i32.const 2)) (i32.const 3))
               (then
                 (local.set 1 (i32.const 0))
                 (local.set 2 (i32.and (i32.sub (local.get 2) (i32.const 1)) (i32.const -4)))
                 (loop
                   (i32.store (local.get 1) (i32.const 1))
                   (local.set 1 (i32.add (local.get 1) (i32.const 4)))
                   (br_if 0 (i32.ne (local.get 1) (local.get 2))))))",
        ),
        // One check shows that another one is superfluous.
        ("1", 1, "(if (i32.load offset=8 (local.get 0)) (then (i32.store (local.get 0) (i32.const 1))))"),
        ("1", 2, "(if (i32.load (local.get 0)) (then (i32.store offset=8 (local.get 0) (i32.const 1))))"),
        (
            "1",
            1,
            "(drop (i32.load offset=12 (local.get 0)))
             (i32.store (i32.add (local.get 0) (i32.const 8)) (i32.const 1))",
        ),
        ("1", 2, "(drop (i32.load (local.get 0))) (drop (i32.load (i32.sub (local.get 0) (i32.const 4))))"),
        // A check on one way says nothing about the other.
        ("1", 2, "(if (local.get 1) (then (drop (i32.load (local.get 0))))) (drop (i32.load (local.get 0)))"),
    ];
    for (memory, expected, body) in cases {
        assert_eq!(checks_left(memory, "i32", body), *expected, "memory {memory}: {body}");
    }
}
