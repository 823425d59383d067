;;! kind = "winch"

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

;;@ x86_64
;; count: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, dword ptr [vmctx.globals[0]]
;;   add eax, 1
;;   mov dword ptr [vmctx.globals[0]], eax
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; sum: 104 bytes, 32 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 66
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov qword ptr [rbp - 0x48], 0
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov rsi, r14
;;   mov rdi, r14
;;   call <count>
;;   mov eax, dword ptr [rbp - 0x38]
;;   mov ecx, dword ptr [rbp - 0x40]
;;   mov edx, dword ptr [rbp - 0x48]
;; 47:
;;   mov esi, dword ptr [r15 + rax]
;;   add edx, esi
;;   add eax, 4
;;   sub ecx, 1
;;   test ecx, ecx
;;   jne 47
;;   mov eax, edx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 66:
;;   ud2

;;@ aarch64
;; count: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr w0, [vmctx.globals[0]]
;;   add w0, w0, #1
;;   str w0, [vmctx.globals[0]]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; sum: 124 bytes, 31 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 78
;;   sub sp, sp, #0xd0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   stur xzr, [x29, #-0xb8]
;;   stur w4, [x29, #-0xa8]
;;   stur w5, [x29, #-0xb0]
;;   mov x2, x28
;;   mov x3, x28
;;   bl <count>
;;   ldur w0, [x29, #-0xa8]
;;   ldur w1, [x29, #-0xb0]
;;   ldur w2, [x29, #-0xb8]
;; 50:
;;   ldr w3, [x26, x0]
;;   add w2, w2, w3
;;   add w0, w0, #4
;;   sub w1, w1, #1
;;   cbnz w1, 50
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 78:
;;   udf #0xc11f
