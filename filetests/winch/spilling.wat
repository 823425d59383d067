;;! kind = "winch"

;; Values that do not stay in registers: over calls, when there are more than registers, and where branches meet.

(module
  (global $g (mut i32) (i32.const 1))
  (func $nothing)
  (func (export "over_a_call") (param i32 f64) (result i32 f64)
    (i32.add (local.get 0) (i32.const 1)) (f64.neg (local.get 1))
    (call $nothing))
  (func (export "local_changed_below") (param i32) (result i32)
    (local.get 0) (local.set 0 (i32.const 9)) (i32.add (local.get 0)))
  (func (export "global_changed_below") (result i32)
    (global.get $g) (global.set $g (i32.const 5)) (i32.add (global.get $g)))
  (func (export "many") (param i32) (result i32)
    (i32.add (local.get 0) (i32.const 1)) (i32.add (local.get 0) (i32.const 2)) (i32.add (local.get 0) (i32.const 3))
    (i32.add (local.get 0) (i32.const 4)) (i32.add (local.get 0) (i32.const 5)) (i32.add (local.get 0) (i32.const 6))
    (i32.add (local.get 0) (i32.const 7)) (i32.add (local.get 0) (i32.const 8)) (i32.add (local.get 0) (i32.const 9))
    (i32.add (local.get 0) (i32.const 10)) (i32.add (local.get 0) (i32.const 11)) (i32.add (local.get 0) (i32.const 12))
    (i32.add (local.get 0) (i32.const 13)) (i32.add (local.get 0) (i32.const 14)) (i32.add (local.get 0) (i32.const 15))
    (i32.add (local.get 0) (i32.const 16)) (i32.add (local.get 0) (i32.const 17)) (i32.add (local.get 0) (i32.const 18))
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add)
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add))
  (func (export "kept_in_a_branch") (param i32 i32) (result i32)
    (i32.mul (local.get 0) (local.get 0))
    (if (local.get 1) (then (call $nothing)))
    (i32.add (local.get 0)))
  (func (export "division_wants_fixed_registers") (param i32 i32) (result i32)
    (i32.add (i32.shl (local.get 0) (local.get 1)) (i32.div_u (local.get 0) (i32.rem_u (local.get 0) (local.get 1))))))

;;> over_a_call(i32:1, f64:2) = i32:2, f64:-2
;;> local_changed_below(i32:4) = i32:13
;;> global_changed_below() = i32:6
;;> many(i32:100) = i32:1971
;;> kept_in_a_branch(i32:3, i32:1) = i32:12
;;> kept_in_a_branch(i32:3, i32:0) = i32:12
;;> division_wants_fixed_registers(i32:7, i32:4) = i32:114
;;> division_wants_fixed_registers(i32:8, i32:4) trap integer divide by zero

;;@ x86_64
;; nothing: 24 bytes, 9 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x30
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; over_a_call: 112 bytes, 34 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 56
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   lea eax, [rdx + 1]
;;   movaps xmm1, xmm0
;;   xorps xmm1, xmmword ptr [rip + 0x36]
;;   mov dword ptr [rbp - 0x48], eax
;;   mov dword ptr [rbp - 0x38], edx
;;   movsd qword ptr [rbp - 0x40], xmm0
;;   movsd qword ptr [rbp - 0x50], xmm1
;;   mov rsi, r14
;;   mov rdi, r14
;;   call <nothing>
;;   mov eax, dword ptr [rbp - 0x48]
;;   movsd xmm0, qword ptr [rbp - 0x50]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 56:
;;   ud2
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   .byte 0x00
;;   .byte 0x80
;;
;; local_changed_below: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 9
;;   add edx, eax
;;   mov eax, edx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; global_changed_below: 42 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, dword ptr [vmctx.globals[0]]
;;   mov dword ptr [vmctx.globals[0]], 5
;;   mov ecx, dword ptr [vmctx.globals[0]]
;;   add eax, ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; many: 212 bytes, 69 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0xd0
;;   mov qword ptr [rbp - 8], rbx
;;   mov qword ptr [rbp - 0x10], r12
;;   mov qword ptr [rbp - 0x18], r13
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   lea eax, [rdx + 1]
;;   lea ecx, [rdx + 2]
;;   lea esi, [rdx + 3]
;;   lea edi, [rdx + 4]
;;   lea r8d, [rdx + 5]
;;   lea r9d, [rdx + 6]
;;   lea ebx, [rdx + 7]
;;   lea r12d, [rdx + 8]
;;   lea r13d, [rdx + 9]
;;   mov dword ptr [rbp - 0x40], eax
;;   lea eax, [rdx + 0xa]
;;   mov dword ptr [rbp - 0x48], ecx
;;   lea ecx, [rdx + 0xb]
;;   mov dword ptr [rbp - 0x50], esi
;;   lea esi, [rdx + 0xc]
;;   mov dword ptr [rbp - 0x58], edi
;;   lea edi, [rdx + 0xd]
;;   mov dword ptr [rbp - 0x60], r8d
;;   lea r8d, [rdx + 0xe]
;;   mov dword ptr [rbp - 0x68], r9d
;;   lea r9d, [rdx + 0xf]
;;   mov dword ptr [rbp - 0x70], ebx
;;   lea ebx, [rdx + 0x10]
;;   mov dword ptr [rbp - 0x78], r12d
;;   lea r12d, [rdx + 0x11]
;;   mov dword ptr [rbp - 0x80], r13d
;;   lea r13d, [rdx + 0x12]
;;   add r12d, r13d
;;   add ebx, r12d
;;   add r9d, ebx
;;   add r8d, r9d
;;   add edi, r8d
;;   add esi, edi
;;   add ecx, esi
;;   add eax, ecx
;;   mov ecx, dword ptr [rbp - 0x80]
;;   add ecx, eax
;;   mov eax, dword ptr [rbp - 0x78]
;;   add eax, ecx
;;   mov ecx, dword ptr [rbp - 0x70]
;;   add ecx, eax
;;   mov eax, dword ptr [rbp - 0x68]
;;   add eax, ecx
;;   mov ecx, dword ptr [rbp - 0x60]
;;   add ecx, eax
;;   mov eax, dword ptr [rbp - 0x58]
;;   add eax, ecx
;;   mov ecx, dword ptr [rbp - 0x50]
;;   add ecx, eax
;;   mov eax, dword ptr [rbp - 0x48]
;;   add eax, ecx
;;   mov ecx, dword ptr [rbp - 0x40]
;;   add ecx, eax
;;   mov eax, ecx
;;   mov rbx, qword ptr [rbp - 8]
;;   mov r12, qword ptr [rbp - 0x10]
;;   mov r13, qword ptr [rbp - 0x18]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; kept_in_a_branch: 84 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 52
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, edx
;;   imul eax, edx
;;   test ecx, ecx
;;   je 47
;;   mov dword ptr [rbp - 0x48], eax
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov rsi, r14
;;   mov rdi, r14
;;   call <nothing>
;;   mov eax, dword ptr [rbp - 0x48]
;;   mov ecx, dword ptr [rbp - 0x40]
;;   mov edx, dword ptr [rbp - 0x38]
;; 47:
;;   add eax, edx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 52:
;;   ud2
;;
;; division_wants_fixed_registers: 75 bytes, 28 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, edx
;;   shl eax, cl
;;   mov esi, eax
;;   mov rax, rdx
;;   mov edi, edx
;;   test ecx, ecx
;;   je 47
;;   xor edx, edx
;;   div ecx
;;   mov r8, rdx
;;   mov rax, rdi
;;   test r8d, r8d
;;   je 49
;;   xor edx, edx
;;   div r8d
;;   add esi, eax
;;   mov eax, esi
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 47:
;;   ud2
;; 49:
;;   ud2

;;@ aarch64
;; nothing: 36 bytes, 9 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xa0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; over_a_call: 100 bytes, 25 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 60
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add w0, w4, #1
;;   fneg d1, d0
;;   stur w0, [x29, #-0xb8]
;;   stur w4, [x29, #-0xa8]
;;   stur d0, [x29, #-0xb0]
;;   stur d1, [x29, #-0xc0]
;;   mov x2, x28
;;   mov x3, x28
;;   bl <nothing>
;;   ldur w2, [x29, #-0xb8]
;;   ldur d0, [x29, #-0xc0]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 60:
;;   udf #0xc11f
;;
;; local_changed_below: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #9
;;   add w4, w4, w0
;;   mov w2, w4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; global_changed_below: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr w0, [vmctx.globals[0]]
;;   mov x1, #5
;;   str w1, [vmctx.globals[0]]
;;   ldr w1, [vmctx.globals[0]]
;;   add w0, w0, w1
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; many: 212 bytes, 53 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0x140
;;   stur x19, [x29, #-8]
;;   stur x20, [x29, #-0x10]
;;   stur x21, [x29, #-0x18]
;;   stur x22, [x29, #-0x20]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add w0, w4, #1
;;   add w1, w4, #2
;;   add w2, w4, #3
;;   add w3, w4, #4
;;   add w5, w4, #5
;;   add w6, w4, #6
;;   add w7, w4, #7
;;   add w8, w4, #8
;;   add w9, w4, #9
;;   add w10, w4, #0xa
;;   add w11, w4, #0xb
;;   add w12, w4, #0xc
;;   add w13, w4, #0xd
;;   add w14, w4, #0xe
;;   add w19, w4, #0xf
;;   add w20, w4, #0x10
;;   add w21, w4, #0x11
;;   add w22, w4, #0x12
;;   add w21, w21, w22
;;   add w20, w20, w21
;;   add w19, w19, w20
;;   add w14, w14, w19
;;   add w13, w13, w14
;;   add w12, w12, w13
;;   add w11, w11, w12
;;   add w10, w10, w11
;;   add w9, w9, w10
;;   add w8, w8, w9
;;   add w7, w7, w8
;;   add w6, w6, w7
;;   add w5, w5, w6
;;   add w3, w3, w5
;;   add w2, w2, w3
;;   add w1, w1, w2
;;   add w0, w0, w1
;;   mov w2, w0
;;   ldur x19, [x29, #-8]
;;   ldur x20, [x29, #-0x10]
;;   ldur x21, [x29, #-0x18]
;;   ldur x22, [x29, #-0x20]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; kept_in_a_branch: 108 bytes, 27 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 68
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mul w0, w4, w4
;;   cbz w5, 50
;;   stur w0, [x29, #-0xb8]
;;   stur w4, [x29, #-0xa8]
;;   stur w5, [x29, #-0xb0]
;;   mov x2, x28
;;   mov x3, x28
;;   bl <nothing>
;;   ldur w0, [x29, #-0xb8]
;;   ldur w4, [x29, #-0xa8]
;;   ldur w5, [x29, #-0xb0]
;; 50:
;;   add w0, w0, w4
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 68:
;;   udf #0xc11f
;;
;; division_wants_fixed_registers: 76 bytes, 19 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   lsl w0, w4, w5
;;   cbz w5, 44
;;   udiv w17, w4, w5
;;   msub w1, w17, w5, w4
;;   cbz w1, 48
;;   udiv w1, w4, w1
;;   add w0, w0, w1
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 44:
;;   udf #0xc11f
;; 48:
;;   udf #0xc11f
