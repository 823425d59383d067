;;! kind = "run"

;; More values alive at once than there are registers, of every type, with calls and divisions (which want registers of their
;; own) in between.

(module
  (func $keep (param i32) (result i32) (local.get 0))
  (func (export "integers") (param i32) (result i32)
    (i32.mul (local.get 0) (i32.const 2)) (i32.mul (local.get 0) (i32.const 3)) (i32.mul (local.get 0) (i32.const 5))
    (i32.mul (local.get 0) (i32.const 7)) (i32.mul (local.get 0) (i32.const 11)) (i32.mul (local.get 0) (i32.const 13))
    (i32.mul (local.get 0) (i32.const 17)) (i32.mul (local.get 0) (i32.const 19)) (i32.mul (local.get 0) (i32.const 23))
    (i32.mul (local.get 0) (i32.const 29)) (i32.mul (local.get 0) (i32.const 31)) (i32.mul (local.get 0) (i32.const 37))
    (i32.mul (local.get 0) (i32.const 41)) (i32.mul (local.get 0) (i32.const 43)) (i32.mul (local.get 0) (i32.const 47))
    (i32.mul (local.get 0) (i32.const 53)) (i32.mul (local.get 0) (i32.const 59)) (i32.mul (local.get 0) (i32.const 61))
    (i32.div_s (call $keep (i32.mul (local.get 0) (i32.const 100))) (i32.rem_u (local.get 0) (i32.const 10)))
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) )
  (func (export "floats") (param f64) (result f64)
    (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0)
    (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (f64.const 1)
    (f64.mul) (f64.add) (f64.mul) (f64.add) (f64.mul) (f64.add) (f64.mul) (f64.add) (f64.mul) (f64.add)
    (f64.mul) (f64.add) (f64.mul) (f64.add) (f64.mul) (f64.add) (f64.mul) (f64.add) (f64.mul) (f64.add) )
  (func (export "shifts") (param i64 i64) (result i64)
    (i64.shl (local.get 0) (local.get 1)) (i64.shr_u (local.get 0) (local.get 1)) (i64.rotl (local.get 0) (local.get 1))
    (i64.rotr (local.get 0) (local.get 1)) (i64.div_u (local.get 0) (local.get 1)) (i64.rem_u (local.get 0) (local.get 1))
    (i64.xor) (i64.xor) (i64.xor) (i64.xor) (i64.xor)))

;;> integers(i32:1) = i32:601
;;> integers(i32:3) = i32:1603
;;> integers(i32:10) trap integer divide by zero
;;> floats(f64:1) = f64:11
;;> floats(f64:2) = f64:3070
;;> shifts(i64:1, i64:1) = i64:0x8000000000000001
;;> shifts(i64:1, i64:0) trap integer divide by zero
