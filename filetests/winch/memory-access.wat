;;! kind = "winch"

;; Loads and stores of every width, with offsets that fit in an instruction and others that do not.

(module
  (memory 1)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "load-offset") (param i32) (result i64) (i64.load offset=16 (local.get 0)))
  (func (export "load-far") (param i32) (result i32) (i32.load8_u offset=40000 (local.get 0)))
  (func (export "load-constant") (result f64) (f64.load (i32.const 64)))
  (func (export "store16") (param i32 i32) (i32.store16 (local.get 0) (local.get 1)))
  (func (export "store-constant") (param i32) (i64.store (local.get 0) (i64.const -1)))
  (func (export "vector") (param i32) (v128.store offset=16 (local.get 0) (v128.load (local.get 0)))))

;;> load(i32:0) = i32:0
;;> load-far(i32:25536) trap oob
;;> store-constant(i32:8)
;;> load(i32:8) = i32:-1

;;@ x86_64
;; load: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov eax, dword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; load-offset: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov rax, qword ptr [r15 + r11 + 0x10]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; load-far: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx eax, byte ptr [r15 + r11 + 0x9c40]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; load-constant: 42 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movsd xmm0, qword ptr [r15 + 0x40]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; store16: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov word ptr [r15 + r11], cx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; store-constant: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov qword ptr [r15 + r11], 0xffffffffffffffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; vector: 53 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movups xmm0, xmmword ptr [r15 + r11]
;;   mov r11d, edx
;;   movups xmmword ptr [r15 + r11 + 0x10], xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret

;;@ aarch64
;; load: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr w0, [x26, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; load-offset: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #0x10
;;   ldr x0, [x17, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; load-far: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0x9c40
;;   add x17, x26, x17
;;   ldrb w0, [x17, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; load-constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, #0x40]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; store16: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrh wzr, [x26, w4, uxtw]
;;   strh w5, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; store-constant: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr xzr, [x26, w4, uxtw]
;;   mov x0, #-1
;;   str x0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; vector: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr q0, [x26, w4, uxtw]
;;   add x17, x26, #0x10
;;   ldr q30, [x17, w4, uxtw]
;;   add x17, x26, #0x10
;;   str q0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
