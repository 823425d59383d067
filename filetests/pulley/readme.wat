;;! kind = "pulley"
;;! unsupported = { "pulley pulley32 winch" = "Winch makes no bytecode yet", "pulley pulley64 winch" = "Winch makes no bytecode yet" }

;; Sections are written by `gantry test --bless`; do not edit them. Offsets stand at branch targets only and count from the
;; start of the function; fields of the vmctx have names; other functions are named, too.

(module
  (memory 1)
  (global $calls (mut i32) (i32.const 0))
  (func $count (global.set $calls (i32.add (global.get $calls) (i32.const 1))))
  (func (export "sum") (param $from i32) (param $count i32) (result i32)
    (local $sum i32)
    (call $count)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum)))

;;> sum(i32:0, i32:3) = i32:0
;;> sum(i32:65532, i32:2) trap oob

;;@ pulley32 cranelift
;; count: 21 bytes, 6 instructions
;;   push_frame
;;   xload32le_o32 x3, [vmctx.globals[0]]
;;   xadd32_u8 x3, x3, 1
;;   xstore32le_o32 [vmctx.globals[0]], x3
;;   pop_frame
;;   ret
;;
;; sum: 122 bytes, 31 instructions
;;   push_frame_save 32, x20, x22, x24
;;   xmov x1, x0
;;   xmov x20, x3
;;   xmov x22, x2
;;   xmov x24, x0
;;   call <count>
;;   xmov x0, x24
;;   xload32le_o32 x1, [vmctx.memories[0].length]
;;   xzero x0
;;   zext32 x1, x1
;;   xmov x2, x24
;;   xload32le_o32 x2, [vmctx.memories[0].base]
;;   xmov x3, x22
;; 32:
;;   zext32 x4, x3
;;   xadd64_u8 x4, x4, 4
;;   br_if_xult64 x1, x4, 6c
;;   xadd32 x4, x2, x3
;;   xload32le_o32 x5, x4, 0
;;   xmov x4, x20
;;   xsub32_u8 x4, x4, 1
;;   xadd32 x0, x0, x5
;;   xadd32_u8 x3, x3, 4
;;   br_if_not32 x4, 66
;;   xmov x20, x4
;;   jump 32
;; 66:
;;   pop_frame_restore 32, x20, x22, x24
;;   ret
;; 6c:
;;   xconst8 x1, 2
;;   xmov x0, x24
;;   call <libcall[trap]>
;;   trap

;;@ pulley64 cranelift
;; count: 21 bytes, 6 instructions
;;   push_frame
;;   xload32le_o32 x3, [vmctx.globals[0]]
;;   xadd32_u8 x3, x3, 1
;;   xstore32le_o32 [vmctx.globals[0]], x3
;;   pop_frame
;;   ret
;;
;; sum: 119 bytes, 30 instructions
;;   push_frame_save 32, x19, x21, x23
;;   xmov x1, x0
;;   xmov x19, x3
;;   xmov x21, x2
;;   xmov x23, x0
;;   call <count>
;;   xmov x0, x23
;;   xload64le_o32 x1, [vmctx.memories[0].length]
;;   xzero x0
;;   xmov x2, x23
;;   xload64le_o32 x2, [vmctx.memories[0].base]
;;   xmov x3, x21
;; 2f:
;;   zext32 x4, x3
;;   xadd64_u8 x5, x4, 4
;;   br_if_xult64 x1, x5, 69
;;   xadd64 x4, x2, x4
;;   xload32le_o32 x5, x4, 0
;;   xmov x4, x19
;;   xsub32_u8 x4, x4, 1
;;   xadd32 x0, x0, x5
;;   xadd32_u8 x3, x3, 4
;;   br_if_not32 x4, 63
;;   xmov x19, x4
;;   jump 2f
;; 63:
;;   pop_frame_restore 32, x19, x21, x23
;;   ret
;; 69:
;;   xconst8 x1, 2
;;   xmov x0, x23
;;   call <libcall[trap]>
;;   trap
