;;! kind = "cranelift"

;; Division and remainder: what traps, and by constants.

(module
  (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "rem") (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func (export "by-eight") (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 8)))
  (func (export "by-ten") (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 10))))

;;> div(i32:-7, i32:2) = i32:-3
;;> div(i32:1, i32:0) trap integer divide by zero
;;> div(i32:0x80000000, i32:-1) trap integer overflow
;;> rem(i64:0x8000000000000000, i64:-1) = i64:0
;;> by-eight(i32:-9) = i32:-1
;;> by-ten(i32:-1) = i32:429496729

;;@ x86_64
;; div: 25 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rax, rdx
;;   cdq
;;   test ecx, ecx
;;   je 17
;;   idiv ecx
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 17:
;;   ud2
;;
;; rem: 40 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rax, rdx
;;   cqo
;;   cmp rcx, -1
;;   jne 1d
;;   mov edx, 0
;;   jmp 20
;; 1d:
;;   idiv rcx
;; 20:
;;   mov rax, rdx
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; by-eight: 24 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rsi, rdx
;;   sar esi, 2
;;   shr esi, 0x1d
;;   lea eax, [rdx + rsi]
;;   sar eax, 3
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; by-ten: 32 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov rax, rdx
;;   mul dword ptr [rip + 0xb]
;;   mov rax, rdx
;;   shr eax, 3
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   int 0xcc
;;   int3
;;   int3
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al

;;@ aarch64
;; div: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   cbz w5, 24
;;   cmn w5, #1
;;   ccmp w4, #1, #0, eq
;;   b.vs 28
;;   sdiv w2, w4, w5
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 24:
;;   udf #0xc11f
;; 28:
;;   udf #0xc11f
;;
;; rem: 32 bytes, 8 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   cbz x5, 1c
;;   sdiv x6, x4, x5
;;   msub x2, x6, x5, x4
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 1c:
;;   udf #0xc11f
;;
;; by-eight: 32 bytes, 8 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   asr w5, w4, #2
;;   lsr w5, w5, #0x1d
;;   add w5, w4, w5
;;   asr w2, w5, #3
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; by-ten: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   mov w8, #0xcccd
;;   movk w8, #0xcccc, lsl #16
;;   mov w5, w4
;;   mov w7, w8
;;   mul x9, x5, x7
;;   lsr x11, x9, #0x20
;;   lsr w2, w11, #3
;;   ldp x29, x30, [sp], #0x10
;;   ret

;;@ riscv64
;; div: 76 bytes, 21 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   sext.w a0, a2
;;   sext.w a1, a3
;;   bnez a1, 20
;;   c.unimp
;;   c.unimp
;; 20:
;;   lui a2, 0x80000
;;   xor a2, a0, a2
;;   not a3, a1
;;   or a4, a2, a3
;;   bnez a4, 38
;;   c.unimp
;;   c.unimp
;; 38:
;;   divw a0, a0, a1
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; rem: 44 bytes, 12 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   bnez a3, 18
;;   c.unimp
;;   c.unimp
;; 18:
;;   rem a0, a2, a3
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; by-eight: 48 bytes, 12 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   sraiw a0, a2, 2
;;   srliw a0, a0, 0x1d
;;   addw a0, a2, a0
;;   sraiw a0, a0, 3
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; by-ten: 68 bytes, 17 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   lui a0, 0xccccd
;;   addi a1, a0, -0x333
;;   slli a0, a2, 0x20
;;   srli a0, a0, 0x20
;;   slli a1, a1, 0x20
;;   srli a1, a1, 0x20
;;   mul a3, a0, a1
;;   srli a5, a3, 0x20
;;   srliw a0, a5, 3
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret

;;@ s390x
;; div: 80 bytes, 17 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lgfr %r3, %r4
;;   iilf %r6, 0x7fffffff
;;   xrk %r7, %r6, %r3
;;   nrk %r2, %r7, %r5
;;   cite %r2, -1
;;   dsgfr %r2, %r5
;;   lgr %r2, %r3
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; rem: 66 bytes, 14 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   cghi %r5, -1
;;   lgr %r3, %r4
;;   locghie %r3, 0
;;   dsgr %r2, %r5
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; by-eight: 70 bytes, 14 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   srak %r5, %r4, 2
;;   srlk %r5, %r5, 0x1d
;;   ark %r5, %r4, %r5
;;   srak %r2, %r5, 3
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; by-ten: 74 bytes, 15 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   llgfr %r3, %r4
;;   llilf %r5, 0xcccccccd
;;   msgrkc %r7, %r3, %r5
;;   srlg %r2, %r7, 0x20
;;   srlk %r2, %r2, 3
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
