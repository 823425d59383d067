;;! kind = "run"

;; Shapes of control flow: values that leave blocks by every way out, loops with parameters, tables of branches, code that is
;; never reached.

(module
  (func (export "first-exit") (param i32) (result i32)
    (block $a (result i32)
      (block $b (result i32)
        (br_if $a (i32.const 10) (i32.eq (local.get 0) (i32.const 0)))
        (drop)
        (br_if $b (i32.const 20) (i32.eq (local.get 0) (i32.const 1)))
        (drop)
        (i32.const 30))
      (i32.add (i32.const 1))))
  (func (export "countdown") (param i32) (result i32 i32)
    (i32.const 0) (local.get 0)
    (loop $again (param i32 i32) (result i32 i32)
      (local.set 0)
      (i32.add (i32.const 3))
      (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))
      (br_if $again (local.get 0))))
  (func (export "select-by-table") (param i32) (result i64)
    (block $default (block $two (block $one (block $zero
      (br_table $zero $one $two $one $default (local.get 0)))
      (return (i64.const 100)))
      (return (i64.const 101)))
      (return (i64.const 102)))
    (i64.const 199))
  (func (export "table-with-values") (param i32) (result i32)
    (block $a (result i32)
      (block $b (result i32)
        (br_table $a $b $a (i32.const 7) (local.get 0)))
      (i32.mul (i32.const 3))))
  (func (export "if-else") (param i32 i32) (result i32)
    (if (result i32) (local.get 0)
      (then (if (result i32) (local.get 1) (then (i32.const 3)) (else (i32.const 2))))
      (else (if (result i32) (local.get 1) (then (i32.const 1)) (else (i32.const 0))))))
  (func (export "if-with-parameters") (param i32) (result i32)
    (i32.const 5) (i32.const 6) (local.get 0)
    (if (param i32 i32) (result i32) (then (i32.add)) (else (i32.sub))))
  (func (export "never-reached") (param i32) (result i32)
    (block $out (result i32)
      (br $out (local.get 0))
      (i32.add (i32.const 1))
      (if (then (unreachable)))
      (loop (br 0))
      (unreachable)))
  (func (export "nested-loops") (param i32) (result i32)
    (local $i i32) (local $j i32) (local $sum i32)
    (loop $outer
      (local.set $j (i32.const 0))
      (loop $inner
        (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $i) (local.get $j))))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $inner (i32.le_u (local.get $j) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $outer (i32.lt_u (local.get $i) (local.get 0))))
    (local.get $sum))
  (func $same (param i32) (result i32) (local.get 0))
  ;; The result waits for a call behind the block, as it did for one inside on one of the two ways only.
  (func (export "result-across-calls") (param i32 i32) (result i32)
    (block (result i32)
      (i32.mul (local.get 0) (i32.const 3))
      (br_if 0 (call $same (local.get 1)))
      (drop)
      (i32.add (local.get 0) (i32.const 7)))
    (i32.add (call $same (i32.const 1))))
  ;; The parameter waits for calls, each time with another value.
  (func (export "parameter-across-calls") (param i32) (result i32) (local i32)
    (i32.mul (local.get 0) (i32.const 3))
    (drop (call $same (i32.const 1)))
    (loop (param i32) (result i32)
      (drop (call $same (i32.const 1)))
      (i32.add (i32.const 1))
      (br_if 0 (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 4)))))
  (func (export "stop") (param i32) (result i32)
    (if (local.get 0) (then (unreachable)))
    (i32.const 1)))

;;> first-exit(i32:0) = i32:10
;;> first-exit(i32:1) = i32:21
;;> first-exit(i32:2) = i32:31
;;> countdown(i32:4) = i32:12, i32:0
;;> select-by-table(i32:0) = i64:100
;;> select-by-table(i32:1) = i64:101
;;> select-by-table(i32:2) = i64:102
;;> select-by-table(i32:3) = i64:101
;;> select-by-table(i32:4) = i64:199
;;> select-by-table(i32:-1) = i64:199
;;> table-with-values(i32:0) = i32:7
;;> table-with-values(i32:1) = i32:21
;;> table-with-values(i32:2) = i32:7
;;> if-else(i32:0, i32:0) = i32:0
;;> if-else(i32:0, i32:5) = i32:1
;;> if-else(i32:5, i32:0) = i32:2
;;> if-else(i32:5, i32:5) = i32:3
;;> if-with-parameters(i32:1) = i32:11
;;> if-with-parameters(i32:0) = i32:-1
;;> never-reached(i32:9) = i32:9
;;> nested-loops(i32:4) = i32:25
;;> result-across-calls(i32:10, i32:0) = i32:18
;;> result-across-calls(i32:10, i32:1) = i32:31
;;> parameter-across-calls(i32:10) = i32:34
;;> stop(i32:0) = i32:1
;;> stop(i32:1) trap unreachable
