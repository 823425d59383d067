;; An empty segment away from the others made the compiler panic.
(module
  (memory 1)
  (data (i32.const 16) "abc")
  (data (i32.const 60000) "")
  (func (result i32) (i32.load8_u (i32.const 17))))
