;;! kind = "winch"

;; Division and remainder: what traps, and by constants.

(module
  (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "rem") (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func (export "by-eight") (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 8)))
  (func (export "by-ten") (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 10))))

;;> div(i32:-7, i32:2) = i32:-3
;;> div(i32:1, i32:0) trap integer divide by zero
;;> div(i32:0x80000000, i32:-1) trap integer overflow
;;> rem(i64:0x8000000000000000, i64:-1) = i64:0
;;> by-eight(i32:-9) = i32:-1
;;> by-ten(i32:-1) = i32:429496729

;;@ x86_64
;; div: 65 bytes, 21 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   mov esi, edx
;;   test ecx, ecx
;;   je 3d
;;   cmp ecx, -1
;;   jne 31
;;   cmp eax, 0x80000000
;;   je 3f
;; 31:
;;   cdq
;;   idiv ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 3d:
;;   ud2
;; 3f:
;;   ud2
;;
;; rem: 59 bytes, 21 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   mov rsi, rdx
;;   test rcx, rcx
;;   je 39
;;   cmp rcx, -1
;;   jne 28
;;   xor edx, edx
;;   jmp 2d
;; 28:
;;   cqo
;;   idiv rcx
;; 2d:
;;   mov rax, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 39:
;;   ud2
;;
;; by-eight: 40 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 8
;;   mov rcx, rax
;;   mov rax, rdx
;;   mov esi, edx
;;   cdq
;;   idiv ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; by-ten: 41 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 0xa
;;   mov rcx, rax
;;   mov rax, rdx
;;   mov esi, edx
;;   xor edx, edx
;;   div ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret

;;@ aarch64
;; div: 76 bytes, 19 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cbz w5, 44
;;   cmn w5, #1
;;   b.ne 2c
;;   mov x17, #-0x80000000
;;   cmp w4, w17
;;   b.eq 48
;; 2c:
;;   sdiv w0, w4, w5
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 44:
;;   udf #0xc11f
;; 48:
;;   udf #0xc11f
;;
;; rem: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cbz x5, 34
;;   sdiv x17, x4, x5
;;   msub x0, x17, x5, x4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 34:
;;   udf #0xc11f
;;
;; by-eight: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #8
;;   sdiv w0, w4, w0
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; by-ten: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #0xa
;;   udiv w0, w4, w0
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
