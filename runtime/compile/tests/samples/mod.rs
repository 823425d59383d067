//! Modules that several tests use.
#![allow(dead_code, reason = "not every test uses every sample")]

/// Uses every section that a module can have.
pub(crate) const EVERYTHING: &str = r#"(module $everything
    (type $binary (func (param i32 i32) (result i32)))
    (import "env" "log" (func $log (param i64)))
    (import "env" "base" (global $base i32))
    (memory (export "memory") 2 4)
    (memory $other 1)
    (table $t 8 funcref)
    (table $e 4 externref)
    (global $counter (mut i32) (i32.const 0))
    (global (export "offset") i32 (i32.add (global.get $base) (i32.const 4)))
    (elem (table $t) (i32.const 1) func $add $log)
    (elem $passive func $add)
    (data (i32.const 1024) "hello")
    (data (i32.const 1028) "ooops")
    (data $later "later")
    (func $add (export "add") (type $binary) (i32.add (local.get 0) (local.get 1)))
    (func (export "run") (param i32) (result i32)
        (memory.init $later (i32.const 0) (i32.const 0) (i32.const 5))
        (table.init $t $passive (i32.const 0) (i32.const 0) (i32.const 1))
        (call $log (i64.const 7))
        (call_indirect $t (type $binary) (local.get 0) (i32.load (i32.const 1024)) (i32.const 1)))
    (func $start (global.set $counter (i32.const 1)))
    (start $start))"#;

/// Features beyond the basic ones, with custom sections.
pub(crate) const MODERN: &str = r#"(module $modern
    (@custom ".debug_line" "no lines")
    (type $unary (func (param i64) (result i64)))
    (memory i64 1 2) (memory 10 (pagesize 1))
    (table i64 2 (ref $unary) (ref.func $twice))
    (global $v (mut v128) (v128.const i64x2 1 2))
    (global (ref $unary) (ref.func $twice))
    (data (i64.const 16) "data") (data (memory 1) (offset (i32.add (i32.const 1) (i32.const 2))) "more")
    (func $twice (type $unary) (i64.shl (local.get 0) (i64.const 1)))
    (func (export "tail") (param i64) (result i64)
        (block $null
            (return_call_ref $unary (local.get 0) (br_on_null $null (table.get (i64.const 1)))))
        (return_call_indirect (type $unary) (local.get 0) (i64.const 0)))
    (func (export "loop") (param i32) (result i64 i64)
        (loop $again
            (@metadata.code.branch_hint "\01")
            (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (i64.mul_wide_u (i64.load offset=8 (i64.const 3)) (i64.extend_i32_u (i32.load8_u 1 (i32.const 2)))))
    (func (export "vector") (param f32)
        (global.set $v (i32x4.trunc_sat_f32x4_s (f32x4.relaxed_madd (f32x4.splat (local.get 0))
            (v128.load (i64.const 0)) (global.get $v))))
        (memory.fill (i64.const 1) (i32.const 2) (i64.const 3))))"#;

/// Needs what is later work.
pub(crate) const LATER: &str = r#"(module
    (rec (type $s (struct (field i32) (field (mut (ref null $a))))) (type $a (array (mut i8))))
    (tag $t (param i32)) (memory 1 1 shared)
    (func (param (ref $s)) (result anyref)
        (block $h (try_table (catch_all $h) (throw $t (struct.get $s 0 (local.get 0)))))
        (struct.get $s 1 (local.get 0))))"#;
