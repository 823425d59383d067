;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module (memory 1)
  (func (export "i64.load") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "i64.load offset=3") (param i32) (result i64) (i64.load offset=3 (local.get 0)))
  (func (export "i64.load8_s") (param i32) (result i64) (i64.load8_s (local.get 0)))
  (func (export "i64.load8_s offset=3") (param i32) (result i64) (i64.load8_s offset=3 (local.get 0)))
  (func (export "i64.load8_u") (param i32) (result i64) (i64.load8_u (local.get 0)))
  (func (export "i64.load8_u offset=3") (param i32) (result i64) (i64.load8_u offset=3 (local.get 0)))
  (func (export "i64.load16_s") (param i32) (result i64) (i64.load16_s (local.get 0)))
  (func (export "i64.load16_s offset=3") (param i32) (result i64) (i64.load16_s offset=3 (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.load16_u (local.get 0)))
  (func (export "i64.load16_u offset=3") (param i32) (result i64) (i64.load16_u offset=3 (local.get 0)))
  (func (export "i64.load32_s") (param i32) (result i64) (i64.load32_s (local.get 0)))
  (func (export "i64.load32_s offset=3") (param i32) (result i64) (i64.load32_s offset=3 (local.get 0)))
  (func (export "i64.load32_u") (param i32) (result i64) (i64.load32_u (local.get 0)))
  (func (export "i64.load32_u offset=3") (param i32) (result i64) (i64.load32_u offset=3 (local.get 0)))
  (func (export "i64.store") (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func (export "i64.store, constant") (param i32) (i64.store (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.store offset=3") (param i32 i64) (i64.store offset=3 (local.get 0) (local.get 1)))
  (func (export "i64.store offset=3, constant") (param i32) (i64.store offset=3 (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.store8") (param i32 i64) (i64.store8 (local.get 0) (local.get 1)))
  (func (export "i64.store8, constant") (param i32) (i64.store8 (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.store8 offset=3") (param i32 i64) (i64.store8 offset=3 (local.get 0) (local.get 1)))
  (func (export "i64.store8 offset=3, constant") (param i32) (i64.store8 offset=3 (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.store16") (param i32 i64) (i64.store16 (local.get 0) (local.get 1)))
  (func (export "i64.store16, constant") (param i32) (i64.store16 (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.store16 offset=3") (param i32 i64) (i64.store16 offset=3 (local.get 0) (local.get 1)))
  (func (export "i64.store16 offset=3, constant") (param i32) (i64.store16 offset=3 (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.store32") (param i32 i64) (i64.store32 (local.get 0) (local.get 1)))
  (func (export "i64.store32, constant") (param i32) (i64.store32 (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.store32 offset=3") (param i32 i64) (i64.store32 offset=3 (local.get 0) (local.get 1)))
  (func (export "i64.store32 offset=3, constant") (param i32) (i64.store32 offset=3 (local.get 0) (i64.const 0xffffffffffffffff))))

;;@ x86_64
;; i64.load: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov rax, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.load offset=3: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov rax, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.load8_s: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsx rax, byte ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.load8_s offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsx rax, byte ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.load8_u: 44 bytes, 14 instructions
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
;; i64.load8_u offset=3: 45 bytes, 14 instructions
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
;; i64.load16_s: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsx rax, word ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.load16_s offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsx rax, word ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.load16_u: 44 bytes, 14 instructions
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
;; i64.load16_u offset=3: 45 bytes, 14 instructions
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
;; i64.load32_s: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsxd rax, dword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.load32_s offset=3: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsxd rax, dword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.load32_u: 43 bytes, 14 instructions
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
;; i64.load32_u offset=3: 44 bytes, 14 instructions
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
;; i64.store: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov qword ptr [r15 + r11], rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.store, constant: 47 bytes, 14 instructions
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
;; i64.store offset=3: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov qword ptr [r15 + r11 + 3], rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.store offset=3, constant: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   mov qword ptr [r15 + r11 + 3], 0xffffffffffffffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.store8: 43 bytes, 14 instructions
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
;; i64.store8, constant: 44 bytes, 14 instructions
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
;; i64.store8 offset=3: 44 bytes, 14 instructions
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
;; i64.store8 offset=3, constant: 45 bytes, 14 instructions
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
;; i64.store16: 44 bytes, 14 instructions
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
;; i64.store16, constant: 46 bytes, 14 instructions
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
;; i64.store16 offset=3: 45 bytes, 14 instructions
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
;; i64.store16 offset=3, constant: 47 bytes, 14 instructions
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
;;
;; i64.store32: 43 bytes, 14 instructions
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
;; i64.store32, constant: 47 bytes, 14 instructions
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
;; i64.store32 offset=3: 44 bytes, 14 instructions
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
;; i64.store32 offset=3, constant: 48 bytes, 14 instructions
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

;;@ aarch64
;; i64.load: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr x0, [x26, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr x0, [x17, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load8_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrsb x0, [x26, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load8_s offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrsb x0, [x17, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load8_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrb w0, [x26, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load8_u offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrb w0, [x17, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load16_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrsh x0, [x26, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load16_s offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrsh x0, [x17, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load16_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrh w0, [x26, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load16_u offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrh w0, [x17, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load32_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrsw x0, [x26, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load32_s offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrsw x0, [x17, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load32_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr w0, [x26, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.load32_u offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr w0, [x17, w4, uxtw]
;;   mov x2, x0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr xzr, [x26, w4, uxtw]
;;   str x5, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store, constant: 60 bytes, 15 instructions
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
;; i64.store offset=3: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr xzr, [x17, w4, uxtw]
;;   add x17, x26, #3
;;   str x5, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store offset=3, constant: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr xzr, [x17, w4, uxtw]
;;   mov x0, #-1
;;   add x17, x26, #3
;;   str x0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store8: 52 bytes, 13 instructions
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
;; i64.store8, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x0, #-1
;;   strb w0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store8 offset=3: 56 bytes, 14 instructions
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
;; i64.store8 offset=3, constant: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x0, #-1
;;   add x17, x26, #3
;;   strb w0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store16: 56 bytes, 14 instructions
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
;; i64.store16, constant: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrh wzr, [x26, w4, uxtw]
;;   mov x0, #-1
;;   strh w0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store16 offset=3: 64 bytes, 16 instructions
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
;; i64.store16 offset=3, constant: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrh wzr, [x17, w4, uxtw]
;;   mov x0, #-1
;;   add x17, x26, #3
;;   strh w0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store32: 56 bytes, 14 instructions
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
;; i64.store32, constant: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr wzr, [x26, w4, uxtw]
;;   mov x0, #-1
;;   str w0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.store32 offset=3: 64 bytes, 16 instructions
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
;; i64.store32 offset=3, constant: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr wzr, [x17, w4, uxtw]
;;   mov x0, #-1
;;   add x17, x26, #3
;;   str w0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
