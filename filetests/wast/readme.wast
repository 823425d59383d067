;; Every directive of a script, each with what it means. This file is a test itself: it runs with the others.
;;
;; Scripts run on one store from top to bottom. A directive that fails is reported with its line, and the next one runs.
;; Source: the section "Scripts" of the reference interpreter's README, which comes with the specification.

;; A module is compiled and instantiated. It stays the current one until the next; with a name it can be used later as well.
(module $numbers
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "sqrt") (param f32) (result f32) (f32.sqrt (local.get 0)))
  (func (export "swap") (param i64 f64) (result f64 i64) (local.get 1) (local.get 0))
  (func (export "lanes") (param v128) (result v128) (f32x4.sqrt (local.get 0)))
  (func (export "same") (param externref) (result externref) (local.get 0))
  (func $self (export "self") (result funcref) (ref.func $self))
  (func (export "divide") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func $deep (export "deep") (call $deep))
  (global (export "answer") i64 (i64.const 42)))

;; Calls an export of the current module, or of the one named, and compares all results.
(assert_return (invoke "add" (i32.const 2) (i32.const -3)) (i32.const -1))
(assert_return (invoke $numbers "swap" (i64.const 1) (f64.const 0x1p-3)) (f64.const 0.125) (i64.const 1))

;; Floats are compared by their bits. A NaN has a pattern: the canonical one, or any quiet one.
(assert_return (invoke "sqrt" (f32.const -1)) (f32.const nan:canonical))
(assert_return (invoke "sqrt" (f32.const nan:0x200000)) (f32.const nan:arithmetic))
(assert_return (invoke "lanes" (v128.const f32x4 4 -1 0 inf)) (v128.const f32x4 2 nan:canonical 0 inf))

;; Where results depend on the machine, several are allowed.
(assert_return (invoke "add" (i32.const 1) (i32.const 1)) (either (i32.const 2) (i32.const 3)))

;; References of the host are numbers. Of functions it can only be said that they are there.
(assert_return (invoke "same" (ref.extern 7)) (ref.extern 7))
(assert_return (invoke "same" (ref.null extern)) (ref.null extern))
(assert_return (invoke "self") (ref.func))

;; Reads a global.
(assert_return (get "answer") (i64.const 42))

;; Calls without an expectation, but that it returns.
(invoke "add" (i32.const 0) (i32.const 0))

;; The call has to trap. The message is the specification's; the trap's own has to begin with it.
(assert_trap (invoke "divide" (i32.const 1) (i32.const 0)) "integer divide by zero")
;; So has instantiating a module.
(assert_trap (module (func $main (unreachable)) (start $main)) "unreachable")
;; The call has to use up the stack.
(assert_exhaustion (invoke "deep") "call stack exhausted")

;; Makes the exports of an instance importable under a name.
(register "numbers" $numbers)
(module
  (import "numbers" "add" (func $add (param i32 i32) (result i32)))
  ;; The host provides the module `spectest`.
  (import "spectest" "print_i32" (func $print (param i32)))
  (import "spectest" "global_i32" (global $g i32))
  (func (export "run") (result i32) (call $print (global.get $g)) (call $add (global.get $g) (i32.const 1))))
(assert_return (invoke "run") (i32.const 667))

;; The module is valid, but its imports cannot be satisfied.
(assert_unlinkable (module (import "numbers" "subtract" (func))) "unknown import")
(assert_unlinkable (module (import "numbers" "add" (func (param i64)))) "incompatible import type")

;; The module breaks a rule of validation. Nobody compares messages here.
(assert_invalid (module (func (result i32))) "type mismatch")

;; The module cannot even be parsed: as text (a quoted module may be anything), or as binary.
(assert_malformed (module quote "(func (i32.nonsense))") "unknown operator")
(assert_malformed (module binary "\00asm" "\02\00\00\00") "unknown binary version")

;; Quoted and binary modules can be valid as well.
(module quote "(func (export \"one\") (result i32) (i32.const 1))")
(assert_return (invoke "one") (i32.const 1))
(module binary "\00asm" "\01\00\00\00")

;; A definition is compiled, and instantiated as often as asked for: instances do not share what they define.
(module definition $counter
  (global $n (mut i32) (i32.const 0))
  (func (export "next") (result i32)
    (global.set $n (i32.add (global.get $n) (i32.const 1)))
    (global.get $n)))
(module instance $a $counter)
(module instance $b $counter)
(assert_return (invoke $a "next") (i32.const 1))
(assert_return (invoke $a "next") (i32.const 2))
(assert_return (invoke $b "next") (i32.const 1))
