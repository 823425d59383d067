;;! kind = "winch"

;; Blocks, loops and branches: where values are when branches meet, and code that cannot be reached.

(module
  (func (export "if") (param i32 i64 i64) (result i64)
    (if (result i64) (local.get 0) (then (local.get 1)) (else (local.get 2))))
  (func (export "compare_and_branch") (param i32 i32) (result i32)
    (block (br_if 0 (i32.lt_s (local.get 0) (local.get 1))) (return (i32.const 1)))
    (i32.const 2))
  (func (export "branch_with_value") (param i32) (result i32)
    (block (result i32)
      (drop (br_if 0 (i32.const 7) (local.get 0)))
      (i32.add (local.get 0) (i32.const 8))))
  (func (export "several_values") (param i32) (result i32 i64)
    (block (result i32 i64)
      (i32.const 1) (i64.const 2)
      (br_if 0 (local.get 0))
      (drop) (drop)
      (i32.const 3) (i64.const 4)))
  (func (export "loop") (param i32) (result i32) (local i32)
    (loop (result i32)
      (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))
      (local.get 1)))
  (func (export "loop_with_parameter") (param i32) (result i32)
    (i32.const 1)
    (loop (param i32) (result i32)
      (i32.mul (local.get 0))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "table") (param i32) (result i32)
    (block (block (block (br_table 0 1 2 1 (local.get 0))) (return (i32.const 10))) (return (i32.const 20)))
    (i32.const 30))
  (func (export "select") (param i32 f64 f64) (result f64) (select (local.get 1) (local.get 2) (local.get 0)))
  (func (export "select_by_comparison") (param i32 i32) (result i32)
    (select (local.get 0) (local.get 1) (i32.gt_u (local.get 0) (local.get 1))))
  (func (export "unreachable") (param i32) (result i32)
    (block (br_if 0 (local.get 0)) (unreachable) (drop (i32.add (i32.const 1))))
    (i32.const 5)))

;;> if(i32:1, i64:2, i64:3) = i64:2
;;> if(i32:0, i64:2, i64:3) = i64:3
;;> compare_and_branch(i32:-1, i32:1) = i32:2
;;> compare_and_branch(i32:1, i32:1) = i32:1
;;> branch_with_value(i32:1) = i32:7
;;> branch_with_value(i32:0) = i32:8
;;> several_values(i32:1) = i32:1, i64:2
;;> several_values(i32:0) = i32:3, i64:4
;;> loop(i32:4) = i32:10
;;> loop_with_parameter(i32:5) = i32:120
;;> table(i32:0) = i32:10
;;> table(i32:1) = i32:20
;;> table(i32:2) = i32:30
;;> table(i32:-1) = i32:20
;;> select(i32:0, f64:1, f64:2) = f64:2
;;> select_by_comparison(i32:-1, i32:1) = i32:-1
;;> unreachable(i32:1) = i32:5
;;> unreachable(i32:0) trap unreachable

;;@ x86_64
;; if: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   test edx, edx
;;   je 1f
;;   mov rax, rcx
;;   jmp 22
;; 1f:
;;   mov rax, r8
;; 22:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; compare_and_branch: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp edx, ecx
;;   jl 21
;;   mov eax, 1
;;   jmp 26
;; 21:
;;   mov eax, 2
;; 26:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; branch_with_value: 40 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 7
;;   test edx, edx
;;   jne 1f
;;   lea eax, [rdx + 8]
;; 1f:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; several_values: 52 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 1
;;   mov ecx, 2
;;   test edx, edx
;;   jne 2b
;;   mov eax, 3
;;   mov ecx, 4
;; 2b:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; loop: 44 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov qword ptr [rbp - 0x40], 0
;;   mov eax, dword ptr [rbp - 0x40]
;; 1a:
;;   add eax, edx
;;   sub edx, 1
;;   test edx, edx
;;   jne 1a
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; loop_with_parameter: 39 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 1
;; 14:
;;   imul eax, edx
;;   sub edx, 1
;;   test edx, edx
;;   jne 14
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; table: 96 bytes, 30 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, edx
;;   mov r11d, 3
;;   cmp eax, r11d
;;   cmova rax, r11
;;   lea r11, [rip + 9]
;;   movsxd rax, dword ptr [r11 + rax*4]
;;   add rax, r11
;;   jmp rax
;;   adc byte ptr [rax], al
;;   add byte ptr [rax], al
;;   sbb al, byte ptr [rax]
;;   add byte ptr [rax], al
;;   and al, 0
;;   add byte ptr [rax], al
;;   sbb al, byte ptr [rax]
;;   add byte ptr [rax], al
;;   mov eax, 0xa
;;   jmp 57
;;   mov eax, 0x14
;;   jmp 57
;;   mov eax, 0x1e
;; 57:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; select: 37 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   test edx, edx
;;   movaps xmm2, xmm1
;;   je 19
;;   movaps xmm2, xmm0
;; 19:
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; select_by_comparison: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp edx, ecx
;;   mov rax, rcx
;;   cmova rax, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; unreachable: 39 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   test edx, edx
;;   jne 19
;;   ud2
;; 19:
;;   mov eax, 5
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret

;;@ aarch64
;; if: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cbz w4, 20
;;   mov x0, x5
;;   b 24
;; 20:
;;   mov x0, x6
;; 24:
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; compare_and_branch: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp w4, w5
;;   b.lt 24
;;   mov x2, #1
;;   b 28
;; 24:
;;   mov x2, #2
;; 28:
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; branch_with_value: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #7
;;   cbnz w4, 20
;;   add w0, w4, #8
;; 20:
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; several_values: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #1
;;   mov x1, #2
;;   cbnz w4, 28
;;   mov x0, #3
;;   mov x1, #4
;; 28:
;;   mov w2, w0
;;   mov x3, x1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; loop: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   stur xzr, [x29, #-0xb0]
;;   ldur w0, [x29, #-0xb0]
;; 1c:
;;   add w0, w0, w4
;;   sub w4, w4, #1
;;   cbnz w4, 1c
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; loop_with_parameter: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #1
;; 18:
;;   mul w0, w0, w4
;;   sub w4, w4, #1
;;   cbnz w4, 18
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; table: 100 bytes, 25 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #3
;;   cmp w4, w17
;;   csel w17, w4, w17, lo
;;   adr x16, #0x30
;;   ldrsw x0, [x16, x17, lsl #2]
;;   add x0, x16, x0
;;   br x0
;;   udf #0x10
;;   udf #0x18
;;   udf #0x20
;;   udf #0x18
;;   mov x2, #0xa
;;   b 54
;;   mov x2, #0x14
;;   b 54
;;   mov x2, #0x1e
;; 54:
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; select: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp w4, #0
;;   fcsel d2, d0, d1, ne
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; select_by_comparison: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp w4, w5
;;   csel x0, x4, x5, hi
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; unreachable: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cbnz w4, 1c
;;   udf #0xc11f
;; 1c:
;;   mov x2, #5
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
