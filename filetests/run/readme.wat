;;! kind = "run"

;; Lines that begin like the next ones are calls. They run on every backend, with every set of options, on every instruction
;; set at hand. Values are those of the specification's text format, behind their type.

(module
  (memory 1)
  (func (export "div") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func (export "both") (param i32 i32) (result i32 i32) (local.get 1) (local.get 0))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "sqrt") (param f32) (result f32) (f32.sqrt (local.get 0)))
  (func $recurse (export "recurse") (param i32) (result i32) (i32.add (i32.const 1) (call $recurse (local.get 0)))))

;;> div(i64:7, i64:-2) = i64:-3
;;> both(i32:1, i32:2) = i32:2, i32:1
;;> sqrt(f32:-1) = f32:nan:canonical
;;> sqrt(f32:0x1p-2) = f32:0.5

;; A call may also trap. Messages are those of the specification's tests; `oob` is an out-of-bounds access of a memory.

;;> div(i64:7, i64:0) trap integer divide by zero
;;> load(i32:65532) = i32:0
;;> load(i32:65533) trap oob
;;> recurse(i32:0) trap call stack exhausted
