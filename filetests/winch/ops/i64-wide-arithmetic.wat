;;! kind = "winch"
;;! features = ["wide-arithmetic"]

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module
  (func (export "i64.add128") (param i64 i64 i64 i64) (result i64 i64) (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "i64.add128, constant") (param i64 i64 i64) (result i64 i64) (i64.add128 (local.get 0) (local.get 1) (local.get 2) (i64.const 0xffffffffffffffff)))
  (func (export "i64.sub128") (param i64 i64 i64 i64) (result i64 i64) (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "i64.sub128, constant") (param i64 i64 i64) (result i64 i64) (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (i64.const 0xffffffffffffffff)))
  (func (export "i64.mul_wide_s") (param i64 i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 1)))
  (func (export "i64.mul_wide_s, constant") (param i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.mul_wide_u") (param i64 i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1)))
  (func (export "i64.mul_wide_u, constant") (param i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (i64.const 0xffffffffffffffff))))

;;@ x86_64
;; i64.add128: 39 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   mov rsi, rcx
;;   add rax, r8
;;   adc rsi, r9
;;   mov rcx, rsi
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.add128, constant: 49 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   mov rsi, rdx
;;   mov rdi, rcx
;;   add rsi, r8
;;   adc rdi, rax
;;   mov rax, rsi
;;   mov rcx, rdi
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.sub128: 39 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   mov rsi, rcx
;;   sub rax, r8
;;   sbb rsi, r9
;;   mov rcx, rsi
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.sub128, constant: 49 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   mov rsi, rdx
;;   mov rdi, rcx
;;   sub rsi, r8
;;   sbb rdi, rax
;;   mov rax, rsi
;;   mov rcx, rdi
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.mul_wide_s: 39 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rsi, rdx
;;   mov rdi, rdx
;;   mov rax, rsi
;;   imul rcx
;;   mov rcx, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.mul_wide_s, constant: 49 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   mov rcx, rdx
;;   mov rsi, rax
;;   mov rdi, rdx
;;   mov rax, rcx
;;   imul rsi
;;   mov rcx, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.mul_wide_u: 39 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rsi, rdx
;;   mov rdi, rdx
;;   mov rax, rsi
;;   mul rcx
;;   mov rcx, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.mul_wide_u, constant: 49 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   mov rcx, rdx
;;   mov rsi, rax
;;   mov rdi, rdx
;;   mov rax, rcx
;;   mul rsi
;;   mov rcx, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret

;;@ aarch64
;; i64.add128: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   adds x0, x4, x6
;;   adc x1, x5, x7
;;   mov x2, x0
;;   mov x3, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.add128, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   adds x1, x4, x6
;;   adc x2, x5, x0
;;   mov x3, x2
;;   mov x2, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.sub128: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   subs x0, x4, x6
;;   sbc x1, x5, x7
;;   mov x2, x0
;;   mov x3, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.sub128, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   subs x1, x4, x6
;;   sbc x2, x5, x0
;;   mov x3, x2
;;   mov x2, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.mul_wide_s: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mul x0, x4, x5
;;   smulh x1, x4, x5
;;   mov x2, x0
;;   mov x3, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.mul_wide_s, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   mul x1, x4, x0
;;   smulh x2, x4, x0
;;   mov x3, x2
;;   mov x2, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.mul_wide_u: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mul x0, x4, x5
;;   umulh x1, x4, x5
;;   mov x2, x0
;;   mov x3, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.mul_wide_u, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   mul x1, x4, x0
;;   umulh x2, x4, x0
;;   mov x3, x2
;;   mov x2, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
