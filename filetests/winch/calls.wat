;;! kind = "winch"

;; Calls: direct, through a table, of libcalls, and tail calls.

(module
  (type $unary (func (param i32) (result i32)))
  (table 2 funcref)
  (memory 1)
  (func $id (type $unary) (local.get 0))
  (func (export "direct") (param i32) (result i32) (i32.add (call $id (local.get 0)) (local.get 0)))
  (func (export "indirect") (param i32 i32) (result i32) (call_indirect (type $unary) (local.get 0) (local.get 1)))
  (func (export "libcall") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "tail") (param i32) (result i32) (return_call $id (local.get 0))))

;;> direct(i32:4) = i32:8
;;> indirect(i32:4, i32:0) trap uninitialized element
;;> indirect(i32:4, i32:2) trap undefined element
;;> libcall(i32:0) = i32:1
;;> tail(i32:5) = i32:5

;;@ x86_64
;; id: 26 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, edx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; direct: 59 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 39
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov dword ptr [rbp - 0x38], edx
;;   mov rsi, r14
;;   mov rdi, r14
;;   call <id>
;;   mov ecx, dword ptr [rbp - 0x38]
;;   add eax, ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 39:
;;   ud2
;;
;; indirect: 116 bytes, 35 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 72
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rsi, qword ptr [vmctx.tables[0].length]
;;   mov rax, qword ptr [vmctx.tables[0].base]
;;   mov edi, ecx
;;   shl rdi, 3
;;   add rax, rdi
;;   cmp ecx, esi
;;   mov r11d, 0
;;   cmovae rax, r11
;;   mov r8, qword ptr [rax]
;;   mov r10d, dword ptr [r8 + 0x18]
;;   mov r9, qword ptr [vmctx.type_ids]
;;   mov r9d, dword ptr [r9]
;;   cmp r10d, r9d
;;   jne 70
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov r10, qword ptr [r8]
;;   mov r8, qword ptr [r8 + 0x10]
;;   mov rsi, r14
;;   mov rdi, r8
;;   call r10
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 70:
;;   ud2
;; 72:
;;   ud2
;;
;; libcall: 57 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 37
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov dword ptr [rbp - 0x38], edx
;;   mov edx, edx
;;   mov rdi, r14
;;   xor esi, esi
;;   call <libcall[memory_grow]>
;;   mov eax, eax
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 37:
;;   ud2
;;
;; tail: 111 bytes, 32 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 6d
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 8], rbx
;;   mov qword ptr [rbp - 0x10], r12
;;   mov qword ptr [rbp - 0x18], r13
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov rsi, r14
;;   mov rdi, r14
;;   mov rbx, qword ptr [rbp - 8]
;;   mov r12, qword ptr [rbp - 0x10]
;;   mov r13, qword ptr [rbp - 0x18]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   jmp <id>
;;   mov rbx, qword ptr [rbp - 8]
;;   mov r12, qword ptr [rbp - 0x10]
;;   mov r13, qword ptr [rbp - 0x18]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 6d:
;;   ud2

;;@ aarch64
;; id: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov w2, w4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; direct: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 4c
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   stur w4, [x29, #-0xa8]
;;   mov x2, x28
;;   mov x3, x28
;;   bl <id>
;;   ldur w0, [x29, #-0xa8]
;;   add w2, w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 4c:
;;   udf #0xc11f
;;
;; indirect: 140 bytes, 35 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 88
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x1, [vmctx.tables[0].length]
;;   ldr x0, [vmctx.tables[0].base]
;;   mov w2, w5
;;   lsl x2, x2, #3
;;   add x0, x0, x2
;;   cmp w5, w1
;;   csel x0, xzr, x0, hs
;;   ldr x3, [x0]
;;   ldr w15, [x3, #0x18]
;;   ldr x6, [vmctx.type_ids]
;;   ldr w6, [x6]
;;   cmp w15, w6
;;   b.ne 84
;;   stur w4, [x29, #-0xa8]
;;   stur w5, [x29, #-0xb0]
;;   ldr x15, [x3]
;;   ldr x3, [x3, #0x10]
;;   mov x2, x3
;;   mov x3, x28
;;   blr x15
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 84:
;;   udf #0xc11f
;; 88:
;;   udf #0xc11f
;;
;; libcall: 84 bytes, 21 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 50
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   stur w4, [x29, #-0xa8]
;;   mov x0, x28
;;   mov w2, w4
;;   mov x1, #0
;;   bl <libcall[memory_grow]>
;;   mov w0, w0
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 50:
;;   udf #0xc11f
;;
;; tail: 296 bytes, 74 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 124
;;   sub sp, sp, #0xb0
;;   stur x19, [x29, #-8]
;;   stur x20, [x29, #-0x10]
;;   stur x21, [x29, #-0x18]
;;   stur x22, [x29, #-0x20]
;;   stur x23, [x29, #-0x28]
;;   stur x24, [x29, #-0x30]
;;   stur x25, [x29, #-0x38]
;;   stur x26, [x29, #-0x40]
;;   stur x27, [x29, #-0x48]
;;   stur x28, [x29, #-0x50]
;;   stur d8, [x29, #-0x58]
;;   stur d9, [x29, #-0x60]
;;   stur d10, [x29, #-0x68]
;;   stur d11, [x29, #-0x70]
;;   stur d12, [x29, #-0x78]
;;   stur d13, [x29, #-0x80]
;;   stur d14, [x29, #-0x88]
;;   stur d15, [x29, #-0x90]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   sub x27, x29, #3, lsl #12
;;   sub x27, x27, #0xff0
;;   mov x2, x28
;;   mov x3, x28
;;   ldur x19, [x29, #-8]
;;   ldur x20, [x29, #-0x10]
;;   ldur x21, [x29, #-0x18]
;;   ldur x22, [x29, #-0x20]
;;   ldur x23, [x29, #-0x28]
;;   ldur x24, [x29, #-0x30]
;;   ldur x25, [x29, #-0x38]
;;   ldur x26, [x29, #-0x40]
;;   ldur x27, [x29, #-0x48]
;;   ldur x28, [x29, #-0x50]
;;   ldur d8, [x29, #-0x58]
;;   ldur d9, [x29, #-0x60]
;;   ldur d10, [x29, #-0x68]
;;   ldur d11, [x29, #-0x70]
;;   ldur d12, [x29, #-0x78]
;;   ldur d13, [x29, #-0x80]
;;   ldur d14, [x29, #-0x88]
;;   ldur d15, [x29, #-0x90]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   b <id>
;;   ldur x19, [x29, #-8]
;;   ldur x20, [x29, #-0x10]
;;   ldur x21, [x29, #-0x18]
;;   ldur x22, [x29, #-0x20]
;;   ldur x23, [x29, #-0x28]
;;   ldur x24, [x29, #-0x30]
;;   ldur x25, [x29, #-0x38]
;;   ldur x26, [x29, #-0x40]
;;   ldur x27, [x29, #-0x48]
;;   ldur x28, [x29, #-0x50]
;;   ldur d8, [x29, #-0x58]
;;   ldur d9, [x29, #-0x60]
;;   ldur d10, [x29, #-0x68]
;;   ldur d11, [x29, #-0x70]
;;   ldur d12, [x29, #-0x78]
;;   ldur d13, [x29, #-0x80]
;;   ldur d14, [x29, #-0x88]
;;   ldur d15, [x29, #-0x90]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 124:
;;   udf #0xc11f
