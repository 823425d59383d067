;;! kind = "cranelift"

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
;; id: 12 bytes, 6 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rax, rdx
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; direct: 62 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r10, qword ptr [vmctx.store]
;;   mov r10, qword ptr [store.stack_limit]
;;   add r10, 0x20
;;   cmp r10, rsp
;;   ja 3c
;;   sub rsp, 0x10
;;   mov qword ptr [rsp], r12
;;   mov rsi, rdi
;;   mov r12, rdx
;;   call <id>
;;   add eax, r12d
;;   mov r12, qword ptr [rsp]
;;   add rsp, 0x10
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 3c:
;;   ud2
;;
;; indirect: 91 bytes, 29 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r10, qword ptr [vmctx.store]
;;   mov r10, qword ptr [store.stack_limit]
;;   add r10, 0x10
;;   cmp r10, rsp
;;   ja 57
;;   mov rax, qword ptr [vmctx.tables[0].length]
;;   mov r8, qword ptr [vmctx.tables[0].base]
;;   xor rsi, rsi
;;   mov r9d, ecx
;;   lea r8, [r8 + r9*8]
;;   cmp ecx, eax
;;   cmovae r8, rsi
;;   mov rax, qword ptr [r8]
;;   mov ecx, dword ptr [rax + 0x18]
;;   mov rsi, qword ptr [vmctx.type_ids]
;;   mov r8, rdi
;;   cmp ecx, dword ptr [rsi]
;;   jne 59
;;   mov rcx, qword ptr [rax]
;;   mov rdi, qword ptr [rax + 0x10]
;;   mov rsi, r8
;;   call rcx
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 57:
;;   ud2
;; 59:
;;   ud2
;;
;; libcall: 41 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r10, qword ptr [vmctx.store]
;;   mov r10, qword ptr [store.stack_limit]
;;   add r10, 0x10
;;   cmp r10, rsp
;;   ja 27
;;   xor esi, esi
;;   mov edx, edx
;;   call <libcall[memory_grow]>
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 27:
;;   ud2
;;
;; tail: 39 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r10, qword ptr [vmctx.store]
;;   mov r10, qword ptr [store.stack_limit]
;;   add r10, 0x10
;;   cmp r10, rsp
;;   ja 25
;;   mov rsi, rdi
;;   mov rsp, rbp
;;   pop rbp
;;   jmp <id>
;; 25:
;;   ud2

;;@ aarch64
;; id: 20 bytes, 5 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   mov x2, x4
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; direct: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldur x16, [vmctx.store]
;;   ldur x16, [store.stack_limit]
;;   add x16, x16, #0x20
;;   cmp sp, x16
;;   b.lo 3c
;;   str x19, [sp, #-0x10]!
;;   mov x3, x2
;;   mov x19, x4
;;   bl <id>
;;   add w2, w2, w19
;;   ldr x19, [sp], #0x10
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 3c:
;;   udf #0xc11f
;;
;; indirect: 116 bytes, 29 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldur x16, [vmctx.store]
;;   ldur x16, [store.stack_limit]
;;   add x16, x16, #0x10
;;   cmp sp, x16
;;   b.lo 6c
;;   ldr x0, [vmctx.tables[0].length]
;;   ldr x3, [vmctx.tables[0].base]
;;   mov x1, #0
;;   mov w6, w5
;;   add x3, x3, x6, lsl #3
;;   cmp w5, w0
;;   csel x0, x1, x3, hs
;;   ldr x0, [x0]
;;   ldr w1, [x0, #0x18]
;;   ldr x3, [vmctx.type_ids]
;;   mov x5, x2
;;   ldr w3, [x3]
;;   cmp w1, w3
;;   b.ne 70
;;   ldr x1, [x0]
;;   ldr x2, [x0, #0x10]
;;   mov x3, x5
;;   blr x1
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 6c:
;;   udf #0xc11f
;; 70:
;;   udf #0xc11f
;;
;; libcall: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldur x16, [vmctx.store]
;;   ldur x16, [store.stack_limit]
;;   add x16, x16, #0x10
;;   cmp sp, x16
;;   b.lo 38
;;   mov x0, x2
;;   mov w1, #0
;;   mov w2, w4
;;   bl <libcall[memory_grow]>
;;   mov x2, x0
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 38:
;;   udf #0xc11f
;;
;; tail: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldur x16, [vmctx.store]
;;   ldur x16, [store.stack_limit]
;;   add x16, x16, #0x10
;;   cmp sp, x16
;;   b.lo 28
;;   mov x3, x2
;;   ldp x29, x30, [sp], #0x10
;;   b <id>
;; 28:
;;   udf #0xc11f

;;@ riscv64
;; id: 36 bytes, 9 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   mv a0, a2
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; direct: 88 bytes, 23 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld t6, [vmctx.store]
;;   ld t6, [store.stack_limit]
;;   addi t6, t6, 0x20
;;   bgeu sp, t6, 24
;;   c.unimp
;;   c.unimp
;; 24:
;;   addi sp, sp, -0x10
;;   sd s1, 8(sp)
;;   mv s1, a2
;;   mv a1, a0
;;   auipc ra, 0
;;   jalr ra, ra, <id>
;;   addw a0, a0, s1
;;   ld s1, 8(sp)
;;   addi sp, sp, 0x10
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; indirect: 164 bytes, 43 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld t6, [vmctx.store]
;;   ld t6, [store.stack_limit]
;;   addi t6, t6, 0x10
;;   bgeu sp, t6, 24
;;   c.unimp
;;   c.unimp
;; 24:
;;   ld a4, [vmctx.tables[0].length]
;;   ld a1, [vmctx.tables[0].base]
;;   slli a5, a3, 0x20
;;   srli a5, a5, 0x20
;;   slli a4, a4, 0x20
;;   srli a4, a4, 0x20
;;   sltu a4, a5, a4
;;   xori a4, a4, 1
;;   slli a3, a3, 0x20
;;   srli a3, a3, 0x20
;;   slli a3, a3, 3
;;   add a1, a1, a3
;;   neg a3, a4
;;   not a3, a3
;;   and a1, a1, a3
;;   ld a1, 0(a1)
;;   lw a3, 0x18(a1)
;;   ld a4, [vmctx.type_ids]
;;   mv a5, a0
;;   lw a4, 0(a4)
;;   sext.w a3, a3
;;   sext.w a4, a4
;;   beq a3, a4, 84
;;   c.unimp
;;   c.unimp
;; 84:
;;   ld a3, 0(a1)
;;   ld a0, 0x10(a1)
;;   mv a1, a5
;;   jalr a3
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; libcall: 80 bytes, 21 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld t6, [vmctx.store]
;;   ld t6, [store.stack_limit]
;;   addi t6, t6, 0x10
;;   bgeu sp, t6, 24
;;   c.unimp
;;   c.unimp
;; 24:
;;   mv a1, zero
;;   slli a2, a2, 0x20
;;   srli a2, a2, 0x20
;;   slli a1, a1, 0x20
;;   srai a1, a1, 0x20
;;   auipc ra, 0
;;   jalr ra, ra, <libcall[memory_grow]>
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; tail: 60 bytes, 16 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld t6, [vmctx.store]
;;   ld t6, [store.stack_limit]
;;   addi t6, t6, 0x10
;;   bgeu sp, t6, 24
;;   c.unimp
;;   c.unimp
;; 24:
;;   mv a1, a0
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   auipc t6, 0
;;   jalr zero, t6, -0x1c4

;;@ s390x
;; id: 52 bytes, 11 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lgr %r2, %r4
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; direct: 64 bytes, 14 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r8, %r15, 0x40(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lgr %r3, %r2
;;   lgr %r8, %r4
;;   brasl %r14, <id>
;;   ar %r2, %r8
;;   lmg %r8, %r15, 0xe0(%r15)
;;   br %r14
;;
;; indirect: 134 bytes, 29 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r8, %r15, 0x40(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r3, [vmctx.tables[0].length]
;;   lg %r7, [vmctx.tables[0].base]
;;   lghi %r6, 0
;;   llgfr %r8, %r5
;;   sllg %r8, %r8, 3
;;   agr %r7, %r8
;;   clr %r5, %r3
;;   locgrhe %r7, %r6
;;   lg %r3, 0(%r7)
;;   l %r5, 0x1c(%r3)
;;   lg %r6, [vmctx.type_ids]
;;   lgr %r7, %r2
;;   l %r6, 0(%r6)
;;   clr %r5, %r6
;;   jglh 68
;;   lg %r5, 0(%r3)
;;   lg %r2, 0x10(%r3)
;;   lgr %r3, %r7
;;   basr %r14, %r5
;;   lmg %r8, %r15, 0xe0(%r15)
;;   br %r14
;;
;; libcall: 130 bytes, 30 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xe0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xe0
;;   stg %r1, 0(%r15)
;;   std %f8, 0xa0(%r15)
;;   std %f9, 0xa8(%r15)
;;   std %f10, 0xb0(%r15)
;;   std %f11, 0xb8(%r15)
;;   std %f12, 0xc0(%r15)
;;   std %f13, 0xc8(%r15)
;;   std %f14, 0xd0(%r15)
;;   std %f15, 0xd8(%r15)
;;   lhi %r6, 0
;;   llgfr %r4, %r4
;;   llgfr %r3, %r6
;;   brasl %r14, <libcall[memory_grow]>
;;   ld %f8, 0xa0(%r15)
;;   ld %f9, 0xa8(%r15)
;;   ld %f10, 0xb0(%r15)
;;   ld %f11, 0xb8(%r15)
;;   ld %f12, 0xc0(%r15)
;;   ld %f13, 0xc8(%r15)
;;   ld %f14, 0xd0(%r15)
;;   ld %f15, 0xd8(%r15)
;;   lmg %r14, %r15, 0x150(%r15)
;;   br %r14
;;
;; tail: 56 bytes, 11 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lgr %r3, %r2
;;   lmg %r14, %r15, 0x110(%r15)
;;   jg <id>
