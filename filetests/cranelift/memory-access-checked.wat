;;! kind = "cranelift"
;;! options = ["signals_based_traps=false", "memory_reservation=0", "memory_guard_size=0"]

;; Loads and stores with explicit checks, without address space behind the memory.

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
;; load: 49 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r9, qword ptr [vmctx.memories[0].base]
;;   mov r11, qword ptr [vmctx.memories[0].length]
;;   mov r10d, edx
;;   lea rax, [r10 + 4]
;;   cmp rax, r11
;;   ja 25
;;   mov eax, dword ptr [r9 + r10]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 25:
;;   mov esi, 2
;;   call <libcall[trap]>
;;   ud2
;;
;; load-offset: 50 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r9, qword ptr [vmctx.memories[0].base]
;;   mov r11, qword ptr [vmctx.memories[0].length]
;;   mov r10d, edx
;;   lea rax, [r10 + 0x18]
;;   cmp rax, r11
;;   ja 26
;;   mov rax, qword ptr [r9 + r10 + 0x10]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 26:
;;   mov esi, 2
;;   call <libcall[trap]>
;;   ud2
;;
;; load-far: 57 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r9, qword ptr [vmctx.memories[0].base]
;;   mov r11, qword ptr [vmctx.memories[0].length]
;;   mov r10d, edx
;;   lea rax, [r10 + 0x9c41]
;;   cmp rax, r11
;;   ja 2d
;;   movzx rax, byte ptr [r9 + r10 + 0x9c40]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 2d:
;;   mov esi, 2
;;   call <libcall[trap]>
;;   ud2
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
;; store16: 50 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r9, qword ptr [vmctx.memories[0].base]
;;   mov r11, qword ptr [vmctx.memories[0].length]
;;   mov r10d, edx
;;   lea rax, [r10 + 2]
;;   cmp rax, r11
;;   ja 26
;;   mov word ptr [r9 + r10], cx
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 26:
;;   mov esi, 2
;;   call <libcall[trap]>
;;   ud2
;;
;; store-constant: 53 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r8, qword ptr [vmctx.memories[0].base]
;;   mov r10, qword ptr [vmctx.memories[0].length]
;;   mov r9d, edx
;;   lea r11, [r9 + 8]
;;   cmp r11, r10
;;   ja 29
;;   mov qword ptr [r8 + r9], 0xffffffffffffffff
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 29:
;;   mov esi, 2
;;   call <libcall[trap]>
;;   ud2
;;
;; vector: 82 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.memories[0].base]
;;   mov rcx, qword ptr [vmctx.memories[0].length]
;;   mov eax, edx
;;   lea rdx, [rax + 0x10]
;;   cmp rdx, rcx
;;   ja 46
;;   movdqu xmm0, xmmword ptr [r11 + rax]
;;   lea rdx, [rax + 0x20]
;;   cmp rdx, rcx
;;   ja 3a
;;   movdqu xmmword ptr [r11 + rax + 0x10], xmm0
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 3a:
;;   mov esi, 2
;;   call <libcall[trap]>
;;   ud2
;; 46:
;;   mov esi, 2
;;   call <libcall[trap]>
;;   ud2

;;@ aarch64
;; load: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x9, [vmctx.memories[0].base]
;;   ldr x10, [vmctx.memories[0].length]
;;   mov x0, x2
;;   mov w11, w4
;;   add x11, x11, #4
;;   cmp x11, x10
;;   b.hi 30
;;   ldr w2, [x9, w4, uxtw]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 30:
;;   mov w1, #2
;;   bl <libcall[trap]>
;;   udf #0xc11f
;;
;; load-offset: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x10, [vmctx.memories[0].base]
;;   ldr x11, [vmctx.memories[0].length]
;;   mov x0, x2
;;   mov w12, w4
;;   add x12, x12, #0x18
;;   cmp x12, x11
;;   b.hi 34
;;   add x12, x10, w4, uxtw
;;   ldr x2, [x12, #0x10]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 34:
;;   mov w1, #2
;;   bl <libcall[trap]>
;;   udf #0xc11f
;;
;; load-far: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x11, [vmctx.memories[0].base]
;;   ldr x12, [vmctx.memories[0].length]
;;   mov x0, x2
;;   mov x13, #0x9c41
;;   add x13, x13, w4, uxtw
;;   cmp x13, x12
;;   b.hi 38
;;   mov x12, #0x9c40
;;   add x13, x11, x12
;;   ldrb w2, [x13, w4, uxtw]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 38:
;;   mov w1, #2
;;   bl <libcall[trap]>
;;   udf #0xc11f
;;
;; load-constant: 24 bytes, 6 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x4, [vmctx.memories[0].base]
;;   ldr d0, [x4, #0x40]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; store16: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x9, [vmctx.memories[0].base]
;;   ldr x10, [vmctx.memories[0].length]
;;   mov x0, x2
;;   mov w11, w4
;;   add x11, x11, #2
;;   cmp x11, x10
;;   b.hi 30
;;   strh w5, [x9, w4, uxtw]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 30:
;;   mov w1, #2
;;   bl <libcall[trap]>
;;   udf #0xc11f
;;
;; store-constant: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x9, [vmctx.memories[0].base]
;;   ldr x10, [vmctx.memories[0].length]
;;   mov x0, x2
;;   mov w11, w4
;;   add x11, x11, #8
;;   cmp x11, x10
;;   b.hi 34
;;   mov x11, #-1
;;   str x11, [x9, w4, uxtw]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 34:
;;   mov w1, #2
;;   bl <libcall[trap]>
;;   udf #0xc11f
;;
;; vector: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x13, [vmctx.memories[0].base]
;;   ldr x12, [vmctx.memories[0].length]
;;   mov x0, x2
;;   mov w14, w4
;;   add x15, x14, #0x10
;;   cmp x15, x12
;;   b.hi 50
;;   add x15, x13, w4, uxtw
;;   ldr q16, [x13, w4, uxtw]
;;   add x14, x14, #0x20
;;   cmp x14, x12
;;   b.hi 44
;;   str q16, [x15, #0x10]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 44:
;;   mov w1, #2
;;   bl <libcall[trap]>
;;   udf #0xc11f
;; 50:
;;   mov w1, #2
;;   bl <libcall[trap]>
;;   udf #0xc11f

;;@ riscv64
;; load: 88 bytes, 23 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a4, [vmctx.memories[0].base]
;;   ld a3, [vmctx.memories[0].length]
;;   slli a1, a2, 0x20
;;   srli a5, a1, 0x20
;;   addi a2, a5, 4
;;   bltu a3, a2, 40
;;   add a3, a4, a5
;;   lw a0, 0(a3)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;; 40:
;;   addi a4, zero, 2
;;   slli a1, a4, 0x20
;;   srai a1, a1, 0x20
;;   auipc ra, 1
;;   jalr ra, ra, <libcall[trap]>
;;   c.unimp
;;   c.unimp
;;
;; load-offset: 88 bytes, 23 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a4, [vmctx.memories[0].base]
;;   ld a3, [vmctx.memories[0].length]
;;   slli a1, a2, 0x20
;;   srli a5, a1, 0x20
;;   addi a2, a5, 0x18
;;   bltu a3, a2, 40
;;   add a3, a4, a5
;;   ld a0, 0x10(a3)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;; 40:
;;   addi a4, zero, 2
;;   slli a1, a4, 0x20
;;   srai a1, a1, 0x20
;;   auipc ra, 1
;;   jalr ra, ra, <libcall[trap]>
;;   c.unimp
;;   c.unimp
;;
;; load-far: 108 bytes, 28 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a4, [vmctx.memories[0].base]
;;   ld a5, [vmctx.memories[0].length]
;;   slli a3, a2, 0x20
;;   srli a1, a3, 0x20
;;   lui a3, 0xa
;;   addi a2, a3, -0x3bf
;;   add a2, a1, a2
;;   bltu a5, a2, 54
;;   add a5, a4, a1
;;   lui t6, 0xa
;;   addi t6, t6, -0x3c0
;;   add t6, t6, a5
;;   lbu a0, 0(t6)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;; 54:
;;   addi a1, zero, 2
;;   slli a1, a1, 0x20
;;   srai a1, a1, 0x20
;;   auipc ra, 1
;;   jalr ra, ra, <libcall[trap]>
;;   c.unimp
;;   c.unimp
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
;; store16: 88 bytes, 23 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a5, [vmctx.memories[0].base]
;;   ld a4, [vmctx.memories[0].length]
;;   slli a1, a2, 0x20
;;   srli a1, a1, 0x20
;;   addi a2, a1, 2
;;   bltu a4, a2, 40
;;   add a4, a5, a1
;;   sh a3, 0(a4)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;; 40:
;;   addi a5, zero, 2
;;   slli a1, a5, 0x20
;;   srai a1, a1, 0x20
;;   auipc ra, 1
;;   jalr ra, ra, <libcall[trap]>
;;   c.unimp
;;   c.unimp
;;
;; store-constant: 92 bytes, 24 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a5, [vmctx.memories[0].base]
;;   ld a3, [vmctx.memories[0].length]
;;   slli a1, a2, 0x20
;;   srli a4, a1, 0x20
;;   addi a2, a4, 8
;;   bltu a3, a2, 44
;;   addi a3, zero, -1
;;   add a4, a5, a4
;;   sd a3, 0(a4)
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;; 44:
;;   addi a5, zero, 2
;;   slli a1, a5, 0x20
;;   srai a1, a1, 0x20
;;   auipc ra, 1
;;   jalr ra, ra, <libcall[trap]>
;;   c.unimp
;;   c.unimp
;;
;; vector: 136 bytes, 35 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld a1, [vmctx.memories[0].base]
;;   ld a5, [vmctx.memories[0].length]
;;   slli a4, a2, 0x20
;;   srli a2, a4, 0x20
;;   addi a3, a2, 0x10
;;   bltu a5, a3, 70
;;   add a1, a1, a2
;;   .byte 0x57, 0x70
;;   c.sw a0, 0x18(s0)
;;   .byte 0x07, 0x84
;;   c.addi tp, 1
;;   addi a2, a2, 0x20
;;   bltu a5, a2, 58
;;   .byte 0x57, 0x70
;;   c.sw a0, 0x18(s0)
;;   addi t6, a1, 0x10
;;   .byte 0x27, 0x84
;;   .byte 0x0f, 0x02
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;; 58:
;;   addi a1, zero, 2
;;   slli a1, a1, 0x20
;;   srai a1, a1, 0x20
;;   auipc ra, 0
;;   jalr ra, ra, <libcall[trap]>
;;   c.unimp
;;   c.unimp
;; 70:
;;   addi a1, zero, 2
;;   slli a1, a1, 0x20
;;   srai a1, a1, 0x20
;;   auipc ra, 0
;;   jalr ra, ra, <libcall[trap]>
;;   c.unimp
;;   c.unimp

;;@ s390x
;; load: 82 bytes, 16 instructions
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r3, [vmctx.memories[0].base]
;;   lg %r5, [vmctx.memories[0].length]
;;   llgfr %r4, %r4
;;   aghik %r6, %r4, 4
;;   clgr %r6, %r5
;;   jgh 42
;;   lrv %r2, 0(%r4, %r3)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;; 42:
;;   lhi %r3, 2
;;   llgfr %r3, %r3
;;   brasl %r14, <libcall[trap]>
;;   .byte 0x00, 0x00
;;
;; load-offset: 82 bytes, 16 instructions
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r3, [vmctx.memories[0].base]
;;   lg %r5, [vmctx.memories[0].length]
;;   llgfr %r4, %r4
;;   aghik %r6, %r4, 0x18
;;   clgr %r6, %r5
;;   jgh 42
;;   lrvg %r2, 0x10(%r4, %r3)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;; 42:
;;   lhi %r3, 2
;;   llgfr %r3, %r3
;;   brasl %r14, <libcall[trap]>
;;   .byte 0x00, 0x00
;;
;; load-far: 86 bytes, 17 instructions
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r3, [vmctx.memories[0].base]
;;   lg %r5, [vmctx.memories[0].length]
;;   llgfr %r4, %r4
;;   lgr %r6, %r4
;;   agfi %r6, 0x9c41
;;   clgr %r6, %r5
;;   jgh 46
;;   llc %r2, 0x9c40(%r4, %r3)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;; 46:
;;   lhi %r3, 2
;;   llgfr %r3, %r3
;;   brasl %r14, <libcall[trap]>
;;   .byte 0x00, 0x00
;;
;; load-constant: 44 bytes, 9 instructions
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r5, [vmctx.memories[0].base]
;;   lrvg %r4, 0x40(%r5)
;;   ldgr %f0, %r4
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; store16: 82 bytes, 16 instructions
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r3, [vmctx.memories[0].base]
;;   lg %r6, [vmctx.memories[0].length]
;;   llgfr %r4, %r4
;;   aghik %r7, %r4, 2
;;   clgr %r7, %r6
;;   jgh 42
;;   strvh %r5, 0(%r4, %r3)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;; 42:
;;   lhi %r3, 2
;;   llgfr %r3, %r3
;;   brasl %r14, <libcall[trap]>
;;   .byte 0x00, 0x00
;;
;; store-constant: 86 bytes, 17 instructions
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r3, [vmctx.memories[0].base]
;;   lg %r5, [vmctx.memories[0].length]
;;   llgfr %r4, %r4
;;   aghik %r6, %r4, 8
;;   clgr %r6, %r5
;;   jgh 46
;;   lghi %r2, -1
;;   strvg %r2, 0(%r4, %r3)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;; 46:
;;   lhi %r3, 2
;;   llgfr %r3, %r3
;;   brasl %r14, <libcall[trap]>
;;   .byte 0x00, 0x00
;;
;; vector: 150 bytes, 28 instructions
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lg %r3, [vmctx.memories[0].base]
;;   lg %r5, [vmctx.memories[0].length]
;;   llgfr %r4, %r4
;;   aghik %r6, %r4, 0x10
;;   clgr %r6, %r5
;;   jgh 86
;;   lrvg %r6, 0(%r4, %r3)
;;   lrvg %r7, 8(%r4, %r3)
;;   vlvgp %v21, %r7, %r6
;;   aghik %r6, %r4, 0x20
;;   clgr %r6, %r5
;;   jgh 76
;;   vlgvg %r5, %v21, 1
;;   vlgvg %r2, %v21, 0
;;   strvg %r5, 0x10(%r4, %r3)
;;   strvg %r2, 0x18(%r4, %r3)
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;; 76:
;;   lhi %r3, 2
;;   llgfr %r3, %r3
;;   brasl %r14, <libcall[trap]>
;;   .byte 0x00, 0x00
;; 86:
;;   lhi %r3, 2
;;   llgfr %r3, %r3
;;   brasl %r14, <libcall[trap]>
;;   .byte 0x00, 0x00
