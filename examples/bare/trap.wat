(module $trap
  (memory (export "memory") 1)
  (func $far (param $at i32) (result i32)
    (i32.load (local.get $at)))
  (func $run (export "run") (result i32)
    (memory.grow (i32.const 3))
    (i32.store (i32.const 262140) (i32.const 7))
    (call $far (i32.const 262141))
    (i32.add)))
