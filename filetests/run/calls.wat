;;! kind = "run"

;; Calls: more parameters and results than there are registers, through tables, and calls that take the caller's place.

(module
  (type $unary (func (param i32) (result i32)))
  (type $binary (func (param i32 i32) (result i32)))
  (table funcref (elem $double $square $add))
  (func $double (type $unary) (i32.shl (local.get 0) (i32.const 1)))
  (func $square (type $unary) (i32.mul (local.get 0) (local.get 0)))
  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $many (param i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 f64 i64 i64 i64 i64) (result f64)
    (f64.add
      (f64.add
        (f64.add (f64.convert_i32_s (local.get 0)) (f64.convert_i64_s (local.get 1)))
        (f64.add (f64.promote_f32 (local.get 2)) (local.get 3)))
      (f64.add
        (f64.add (f64.convert_i32_s (local.get 12)) (f64.convert_i64_s (local.get 13)))
        (f64.add (f64.promote_f32 (local.get 14)) (f64.convert_i64_s (local.get 19))))))
  (func (export "many") (param i32) (result f64)
    (call $many
      (local.get 0) (i64.const 2) (f32.const 3) (f64.const 4) (i32.const 5) (i64.const 6) (f32.const 7) (f64.const 8)
      (i32.const 9) (i64.const 10) (f32.const 11) (f64.const 12) (i32.const 13) (i64.const 14) (f32.const 15)
      (f64.const 16) (i64.const 17) (i64.const 18) (i64.const 19) (i64.const 20)))
  (func $results (export "results") (param i32) (result i32 i64 f32 f64 i32 i64 f32 f64 i64 i64)
    (local.get 0) (i64.extend_i32_s (local.get 0)) (f32.const 1.5) (f64.const 2.5) (i32.const -1) (i64.const -2)
    (f32.const -3.5) (f64.const -4.5) (i64.const 5) (i64.const 6))
  (func (export "uses-results") (param i32) (result i64)
    (local i64)
    (call $results (local.get 0))
    (local.set 1) (drop) (drop) (drop) (drop) (drop) (drop) (drop) (drop)
    (i64.extend_i32_s)
    (i64.sub (local.get 1)))
  (func (export "indirect") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 1) (local.get 0)))
  (func $even (param i64) (result i32)
    (if (result i32) (i64.eqz (local.get 0))
      (then (i32.const 1))
      (else (return_call $odd (i64.sub (local.get 0) (i64.const 1))))))
  (func $odd (param i64) (result i32)
    (if (result i32) (i64.eqz (local.get 0))
      (then (i32.const 0))
      (else (return_call $even (i64.sub (local.get 0) (i64.const 1))))))
  (func (export "even") (param i64) (result i32) (call $even (local.get 0)))
  (func $grow (param i32 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (if (result i64) (i32.eqz (local.get 0))
      (then (i64.add (local.get 1) (local.get 8)))
      (else (return_call $shrink (i32.sub (local.get 0) (i32.const 1)) (i64.add (local.get 1) (local.get 8))))))
  (func $shrink (param i32 i64) (result i64)
    (if (result i64) (i32.eqz (local.get 0))
      (then (local.get 1))
      (else (return_call $grow
        (i32.sub (local.get 0) (i32.const 1)) (local.get 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
        (i64.const 6) (i64.const 7) (i64.const 8)))))
  (func (export "changing-arguments") (param i32) (result i64) (call $shrink (local.get 0) (i64.const 0)))
  (func $fibonacci (export "fibonacci") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add
        (call $fibonacci (i32.sub (local.get 0) (i32.const 1)))
        (call $fibonacci (i32.sub (local.get 0) (i32.const 2))))))))

;;> many(i32:1) = f64:72
;;> results(i32:-7) = i32:-7, i64:-7, f32:1.5, f64:2.5, i32:-1, i64:-2, f32:-3.5, f64:-4.5, i64:5, i64:6
;;> uses-results(i32:10) = i64:4
;;> indirect(i32:0, i32:21) = i32:42
;;> indirect(i32:1, i32:-3) = i32:9
;;> indirect(i32:2, i32:1) trap indirect call type mismatch
;;> indirect(i32:3, i32:1) trap undefined element
;;> indirect(i32:-1, i32:1) trap undefined element
;;> even(i64:200000) = i32:1
;;> even(i64:200001) = i32:0
;;> changing-arguments(i32:10000) = i64:40000
;;> fibonacci(i32:15) = i32:610
