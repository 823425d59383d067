;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module (memory 1)
  (func (export "i32.load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "i32.load offset=3") (param i32) (result i32) (i32.load offset=3 (local.get 0)))
  (func (export "i32.load8_s") (param i32) (result i32) (i32.load8_s (local.get 0)))
  (func (export "i32.load8_s offset=3") (param i32) (result i32) (i32.load8_s offset=3 (local.get 0)))
  (func (export "i32.load8_u") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "i32.load8_u offset=3") (param i32) (result i32) (i32.load8_u offset=3 (local.get 0)))
  (func (export "i32.load16_s") (param i32) (result i32) (i32.load16_s (local.get 0)))
  (func (export "i32.load16_s offset=3") (param i32) (result i32) (i32.load16_s offset=3 (local.get 0)))
  (func (export "i32.load16_u") (param i32) (result i32) (i32.load16_u (local.get 0)))
  (func (export "i32.load16_u offset=3") (param i32) (result i32) (i32.load16_u offset=3 (local.get 0)))
  (func (export "i32.store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "i32.store, constant") (param i32) (i32.store (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32.store offset=3") (param i32 i32) (i32.store offset=3 (local.get 0) (local.get 1)))
  (func (export "i32.store offset=3, constant") (param i32) (i32.store offset=3 (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32.store8") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "i32.store8, constant") (param i32) (i32.store8 (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32.store8 offset=3") (param i32 i32) (i32.store8 offset=3 (local.get 0) (local.get 1)))
  (func (export "i32.store8 offset=3, constant") (param i32) (i32.store8 offset=3 (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32.store16") (param i32 i32) (i32.store16 (local.get 0) (local.get 1)))
  (func (export "i32.store16, constant") (param i32) (i32.store16 (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32.store16 offset=3") (param i32 i32) (i32.store16 offset=3 (local.get 0) (local.get 1)))
  (func (export "i32.store16 offset=3, constant") (param i32) (i32.store16 offset=3 (local.get 0) (i32.const 0xffffffff))))

;;@ x86_64
;; i32.load: 43 bytes, 14 instructions
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
;; i32.load offset=3: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov eax, dword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.load8_s: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsx eax, byte ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.load8_s offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsx eax, byte ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.load8_u: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx eax, byte ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.load8_u offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx eax, byte ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.load16_s: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsx eax, word ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.load16_s offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsx eax, word ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.load16_u: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx eax, word ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.load16_u offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx eax, word ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov dword ptr [r15 + r11], ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store, constant: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov dword ptr [r15 + r11], 0xffffffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store offset=3: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov dword ptr [r15 + r11 + 3], ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store offset=3, constant: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov dword ptr [r15 + r11 + 3], 0xffffffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store8: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov byte ptr [r15 + r11], cl
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store8, constant: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov byte ptr [r15 + r11], 0xff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store8 offset=3: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov byte ptr [r15 + r11 + 3], cl
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store8 offset=3, constant: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov byte ptr [r15 + r11 + 3], 0xff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store16: 44 bytes, 14 instructions
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
;; i32.store16, constant: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov word ptr [r15 + r11], 0xffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store16 offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov word ptr [r15 + r11 + 3], cx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32.store16 offset=3, constant: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov word ptr [r15 + r11 + 3], 0xffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret

;;@ aarch64
;; i32.load: 56 bytes, 14 instructions
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
;; i32.load offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr w0, [x17, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.load8_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrsb w0, [x26, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.load8_s offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrsb w0, [x17, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.load8_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrb w0, [x26, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.load8_u offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrb w0, [x17, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.load16_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrsh w0, [x26, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.load16_s offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrsh w0, [x17, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.load16_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrh w0, [x26, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.load16_u offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrh w0, [x17, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr wzr, [x26, w4, uxtw]
;;   str w5, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store, constant: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr wzr, [x26, w4, uxtw]
;;   mov x0, #0xffffffff
;;   str w0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store offset=3: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr wzr, [x17, w4, uxtw]
;;   add x17, x26, #3
;;   str w5, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store offset=3, constant: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr wzr, [x17, w4, uxtw]
;;   mov x0, #0xffffffff
;;   add x17, x26, #3
;;   str w0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store8: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   strb w5, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store8, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x0, #0xffffffff
;;   strb w0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store8 offset=3: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   strb w5, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store8 offset=3, constant: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x0, #0xffffffff
;;   add x17, x26, #3
;;   strb w0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store16: 56 bytes, 14 instructions
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
;; i32.store16, constant: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrh wzr, [x26, w4, uxtw]
;;   mov x0, #0xffffffff
;;   strh w0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store16 offset=3: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrh wzr, [x17, w4, uxtw]
;;   add x17, x26, #3
;;   strh w5, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32.store16 offset=3, constant: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrh wzr, [x17, w4, uxtw]
;;   mov x0, #0xffffffff
;;   add x17, x26, #3
;;   strh w0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
