;; Accesses at the end of memory whose checks a compiler may leave out, move or merge: they trap at the same place, and what was
;; stored before stays.

(module
  (memory (export "memory") 1 2)
  (func (export "load8") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "clear") (memory.fill (i32.const 0) (i32.const 0) (i32.const 65536)))

  ;; An index of few bits.
  (func (export "masked inside") (param i32) (result i32)
    (i32.load8_u offset=65280 (i32.and (local.get 0) (i32.const 255))))
  (func (export "masked beyond") (param i32) (result i32)
    (i32.load8_u offset=65281 (i32.and (local.get 0) (i32.const 255))))

  ;; Stores every fourth byte from 0 to the index: the limit is known, and it is not.
  (func (export "up to the end") (local i32)
    (loop
      (i32.store (local.get 0) (i32.const 0x01010101))
      (local.set 0 (i32.add (local.get 0) (i32.const 4)))
      (br_if 0 (i32.ne (local.get 0) (i32.const 65536)))))
  (func (export "beyond the end") (local i32)
    (loop
      (i32.store (local.get 0) (i32.const 0x02020202))
      (local.set 0 (i32.add (local.get 0) (i32.const 4)))
      (br_if 0 (i32.ne (local.get 0) (i32.const 65540)))))
  (func (export "up to") (param i32) (local i32)
    (loop
      (i32.store (local.get 1) (i32.const 0x03030303))
      (local.set 1 (i32.add (local.get 1) (i32.const 4)))
      (br_if 0 (i32.ne (local.get 1) (local.get 0)))))

  ;; A step that misses the limit: it goes on to the end of memory.
  (func (export "misses the limit") (local i32)
    (loop
      (i32.store8 (local.get 0) (i32.const 4))
      (local.set 0 (i32.add (local.get 0) (i32.const 3)))
      (br_if 0 (i32.ne (local.get 0) (i32.const 100)))))

  ;; Down to 0, and past it.
  (func (export "down") (param i32) (local i32)
    (local.set 1 (i32.const 400))
    (loop
      (local.set 1 (i32.sub (local.get 1) (i32.const 8)))
      (i32.store8 (local.get 1) (i32.const 5))
      (br_if 0 (i32.gt_s (local.get 1) (local.get 0)))))
  (func (export "down past zero") (local i32)
    (local.set 0 (i32.const 9))
    (loop
      (local.set 0 (i32.sub (local.get 0) (i32.const 4)))
      (i32.store8 (local.get 0) (i32.const 6))
      (br_if 0 (i32.gt_s (local.get 0) (i32.const -4)))))

  ;; Negative starts, whose sum with an offset wraps around: as 32 bits it does not, as an address it is beyond.
  (func (export "from below") (result i32) (local i32 i32)
    (local.set 0 (i32.const -64))
    (loop
      (local.set 1 (i32.add (local.get 1) (i32.load8_u (i32.add (local.get 0) (i32.const 64)))))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if 0 (local.get 0)))
    (local.get 1))
  (func (export "from below with an offset") (result i32) (local i32 i32)
    (local.set 0 (i32.const -64))
    (loop
      (local.set 1 (i32.add (local.get 1) (i32.load8_u offset=64 (local.get 0))))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if 0 (local.get 0)))
    (local.get 1))

  ;; A field that a larger one of the same structure covers, and one that it does not.
  (func (export "large then small") (param i32)
    (drop (i32.load offset=12 (local.get 0)))
    (if (i32.const 1) (then (i32.store offset=8 (local.get 0) (i32.const 0x07070707)))))
  (func (export "small then large") (param i32)
    (i32.store (local.get 0) (i32.const 0x08080808))
    (i32.store offset=8 (local.get 0) (i32.const 0x09090909)))
  (func (export "derived") (param i32)
    (i32.store offset=4 (local.get 0) (i32.const 0x0a0a0a0a))
    (i32.store (i32.add (local.get 0) (i32.const 4)) (i32.const 0x0b0b0b0b))
    (i32.store (i32.sub (local.get 0) (i32.const 4)) (i32.const 0x0c0c0c0c)))

  ;; Nested loops with limits that depend on each other.
  (func (export "triangle") (param i32) (local i32 i32)
    (loop $outer
      (local.set 2 (i32.const 0))
      (loop $inner
        (i32.store8 (i32.add (i32.shl (local.get 1) (i32.const 8)) (local.get 2)) (i32.const 13))
        (local.set 2 (i32.add (local.get 2) (i32.const 1)))
        (br_if $inner (i32.le_u (local.get 2) (local.get 1))))
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $outer (i32.lt_u (local.get 1) (local.get 0)))))

  ;; A loop that goes on from two places.
  (func (export "two ways back") (param i32) (local i32)
    (loop $next
      (i32.store8 (local.get 1) (i32.const 14))
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $next (i32.ne (local.get 1) (i32.const 16)))
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $next (local.get 0))))
)

(assert_return (invoke "masked inside" (i32.const -1)) (i32.const 0))
(assert_trap (invoke "masked beyond" (i32.const -1)) "out of bounds memory access")
(assert_return (invoke "masked beyond" (i32.const 254)) (i32.const 0))

(assert_return (invoke "up to the end"))
(assert_return (invoke "load8" (i32.const 65535)) (i32.const 1))
(assert_trap (invoke "beyond the end") "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 65535)) (i32.const 2))
(assert_return (invoke "up to" (i32.const 65536)))
(assert_return (invoke "load8" (i32.const 65535)) (i32.const 3))
(assert_return (invoke "clear"))
(assert_trap (invoke "up to" (i32.const 65540)) "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 65535)) (i32.const 3))
(assert_return (invoke "clear"))
;; The limit is where it starts: all the way around.
(assert_trap (invoke "up to" (i32.const 0)) "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 65535)) (i32.const 3))

(assert_return (invoke "clear"))
(assert_trap (invoke "misses the limit") "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 99)) (i32.const 4))
(assert_return (invoke "load8" (i32.const 102)) (i32.const 4))
(assert_return (invoke "load8" (i32.const 65535)) (i32.const 4))
(assert_return (invoke "load8" (i32.const 65534)) (i32.const 0))

(assert_return (invoke "clear"))
(assert_return (invoke "down" (i32.const 0)))
(assert_return (invoke "load8" (i32.const 0)) (i32.const 5))
(assert_return (invoke "load8" (i32.const 392)) (i32.const 5))
(assert_trap (invoke "down" (i32.const -1)) "out of bounds memory access")
(assert_trap (invoke "down past zero") "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 1)) (i32.const 6))
(assert_return (invoke "load8" (i32.const 5)) (i32.const 6))

(assert_return (invoke "clear"))
(assert_return (invoke "up to" (i32.const 64)))
(assert_return (invoke "from below") (i32.const 192))
(assert_trap (invoke "from below with an offset") "out of bounds memory access")

(assert_return (invoke "large then small" (i32.const 65520)))
(assert_return (invoke "load8" (i32.const 65528)) (i32.const 7))
(assert_return (invoke "clear"))
(assert_trap (invoke "large then small" (i32.const 65521)) "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 65529)) (i32.const 0))
(assert_trap (invoke "large then small" (i32.const -8)) "out of bounds memory access")
(assert_trap (invoke "small then large" (i32.const 65525)) "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 65525)) (i32.const 8))
(assert_return (invoke "load8" (i32.const 65533)) (i32.const 0))
(assert_return (invoke "derived" (i32.const 4)))
(assert_return (invoke "load8" (i32.const 0)) (i32.const 12))
(assert_return (invoke "load8" (i32.const 8)) (i32.const 11))
(assert_trap (invoke "derived" (i32.const 3)) "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 7)) (i32.const 11))
(assert_trap (invoke "derived" (i32.const -4)) "out of bounds memory access")

(assert_return (invoke "clear"))
(assert_return (invoke "triangle" (i32.const 256)))
(assert_return (invoke "load8" (i32.const 65535)) (i32.const 13))
(assert_return (invoke "load8" (i32.const 511)) (i32.const 0))
(assert_trap (invoke "triangle" (i32.const 257)) "out of bounds memory access")
(assert_return (invoke "clear"))
(assert_return (invoke "two ways back" (i32.const 0)))
(assert_return (invoke "load8" (i32.const 15)) (i32.const 14))
(assert_return (invoke "load8" (i32.const 16)) (i32.const 0))
(assert_trap (invoke "two ways back" (i32.const 1)) "out of bounds memory access")
(assert_return (invoke "load8" (i32.const 65535)) (i32.const 14))
(assert_return (invoke "load8" (i32.const 16)) (i32.const 0))
