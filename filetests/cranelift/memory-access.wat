;;! kind = "cranelift"

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
;; load: 18 bytes, 8 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rsi, qword ptr [vmctx.memories[0].base]
;;   mov edi, edx
;;   mov eax, dword ptr [rsi + rdi]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; load-offset: 20 bytes, 8 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rsi, qword ptr [vmctx.memories[0].base]
;;   mov edi, edx
;;   mov rax, qword ptr [rsi + rdi + 0x10]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; load-far: 24 bytes, 8 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rsi, qword ptr [vmctx.memories[0].base]
;;   mov edi, edx
;;   movzx rax, byte ptr [rsi + rdi + 0x9c40]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; load-constant: 18 bytes, 7 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rsi, qword ptr [vmctx.memories[0].base]
;;   movsd xmm0, qword ptr [rsi + 0x40]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; store16: 19 bytes, 8 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rsi, qword ptr [vmctx.memories[0].base]
;;   mov edi, edx
;;   mov word ptr [rsi + rdi], cx
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; store-constant: 23 bytes, 8 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rsi, qword ptr [vmctx.memories[0].base]
;;   mov edi, edx
;;   mov qword ptr [rsi + rdi], 0xffffffffffffffff
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; vector: 26 bytes, 9 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rsi, qword ptr [vmctx.memories[0].base]
;;   mov edi, edx
;;   movdqu xmm5, xmmword ptr [rsi + rdi]
;;   movdqu xmmword ptr [rsi + rdi + 0x10], xmm5
;;   mov rsp, rbp
;;   pop rbp
;;   ret

;;@ aarch64
;; load: 24 bytes, 6 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x5, [vmctx.memories[0].base]
;;   ldr w2, [x5, w4, uxtw]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; load-offset: 28 bytes, 7 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x5, [vmctx.memories[0].base]
;;   add x5, x5, w4, uxtw
;;   ldr x2, [x5, #0x10]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; load-far: 32 bytes, 8 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x6, [vmctx.memories[0].base]
;;   mov x5, #0x9c40
;;   add x6, x6, x5
;;   ldrb w2, [x6, w4, uxtw]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; load-constant: 24 bytes, 6 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x3, [vmctx.memories[0].base]
;;   ldr d0, [x3, #0x40]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; store16: 28 bytes, 7 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x6, [vmctx.memories[0].base]
;;   ldrh w7, [x6, w4, uxtw]
;;   strh w5, [x6, w4, uxtw]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; store-constant: 32 bytes, 8 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x5, [vmctx.memories[0].base]
;;   ldr x6, [x5, w4, uxtw]
;;   mov x6, #-1
;;   str x6, [x5, w4, uxtw]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; vector: 36 bytes, 9 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x7, [vmctx.memories[0].base]
;;   add x6, x7, w4, uxtw
;;   ldr q6, [x7, w4, uxtw]
;;   ldr q7, [x6, #0x10]
;;   str q6, [x6, #0x10]
;;   ldp x29, x30, [sp], #0x10
;;   ret

;;@ riscv64
;; load: 52 bytes, 13 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a0, [vmctx.memories[0].base]
;;   slli a1, a2, 0x20
;;   srli a1, a1, 0x20
;;   add a0, a0, a1
;;   lw a0, 0(a0)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; load-offset: 52 bytes, 13 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a0, [vmctx.memories[0].base]
;;   slli a1, a2, 0x20
;;   srli a1, a1, 0x20
;;   add a0, a0, a1
;;   ld a0, 0x10(a0)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; load-far: 64 bytes, 16 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a0, [vmctx.memories[0].base]
;;   slli a1, a2, 0x20
;;   srli a1, a1, 0x20
;;   add a0, a0, a1
;;   lui t6, 0xa
;;   addi t6, t6, -0x3c0
;;   add t6, t6, a0
;;   lbu a0, 0(t6)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; load-constant: 40 bytes, 10 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a0, [vmctx.memories[0].base]
;;   fld fa0, 0x40(a0)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; store16: 56 bytes, 14 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a0, [vmctx.memories[0].base]
;;   slli a1, a2, 0x20
;;   srli a1, a1, 0x20
;;   add a0, a0, a1
;;   lh a1, 0(a0)
;;   sh a3, 0(a0)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; store-constant: 60 bytes, 15 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a0, [vmctx.memories[0].base]
;;   slli a1, a2, 0x20
;;   srli a1, a1, 0x20
;;   add a0, a0, a1
;;   ld a1, 0(a0)
;;   addi a1, zero, -1
;;   sd a1, 0(a0)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; vector: 72 bytes, 16 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a0, [vmctx.memories[0].base]
;;   slli a1, a2, 0x20
;;   srli a1, a1, 0x20
;;   add a0, a0, a1
;;   .byte 0x57, 0x70
;;   c.sw a0, 0x18(s0)
;;   .byte 0x07, 0x04
;;   c.addi tp, 1
;;   addi t6, a0, 0x10
;;   .byte 0x87, 0x84
;;   .byte 0x0f, 0x02
;;   addi t6, a0, 0x10
;;   .byte 0x27, 0x84
;;   .byte 0x0f, 0x02
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret

;;@ s390x
;; load: 64 bytes, 13 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r5, [vmctx.memories[0].base]
;;   llgfr %r6, %r4
;;   lrv %r2, 0(%r6, %r5)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; load-offset: 64 bytes, 13 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r5, [vmctx.memories[0].base]
;;   llgfr %r6, %r4
;;   lrvg %r2, 0x10(%r6, %r5)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; load-far: 64 bytes, 13 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r5, [vmctx.memories[0].base]
;;   llgfr %r6, %r4
;;   llc %r2, 0x9c40(%r6, %r5)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; load-constant: 64 bytes, 13 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r4, [vmctx.memories[0].base]
;;   lrvg %r3, 0x40(%r4)
;;   ldgr %f0, %r3
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; store16: 64 bytes, 13 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r6, [vmctx.memories[0].base]
;;   llgfr %r7, %r4
;;   strvh %r5, 0(%r7, %r6)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; store-constant: 68 bytes, 14 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lghi %r5, -1
;;   lg %r6, [vmctx.memories[0].base]
;;   llgfr %r7, %r4
;;   strvg %r5, 0(%r7, %r6)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; vector: 100 bytes, 19 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r2, [vmctx.memories[0].base]
;;   llgfr %r3, %r4
;;   lrvg %r7, 0(%r3, %r2)
;;   lrvg %r4, 8(%r3, %r2)
;;   vlvgp %v16, %r4, %r7
;;   vlgvg %r5, %v16, 1
;;   vlgvg %r4, %v16, 0
;;   strvg %r5, 0x10(%r3, %r2)
;;   strvg %r4, 0x18(%r3, %r2)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
