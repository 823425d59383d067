;;! kind = "cranelift"

;; Sections are written by `gantry test --bless`; do not edit them. Offsets stand at branch targets only and count from the
;; start of the function; fields of the vmctx have names; other functions are named, too.

(module
  (memory 1)
  (global $calls (mut i32) (i32.const 0))
  (func $count (global.set $calls (i32.add (global.get $calls) (i32.const 1))))
  (func (export "sum") (param $from i32) (param $count i32) (result i32)
    (local $sum i32)
    (call $count)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum)))

;;> sum(i32:0, i32:3) = i32:0
;;> sum(i32:65532, i32:2) trap oob

;;@ x86_64
;; count: 13 bytes, 6 instructions
;;   push rbp
;;   mov rbp, rsp
;;   add dword ptr [vmctx.globals[0]], 1
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; sum: 129 bytes, 37 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r10, qword ptr [vmctx.store]
;;   mov r10, qword ptr [store.stack_limit]
;;   add r10, 0x30
;;   cmp r10, rsp
;;   ja 7f
;;   sub rsp, 0x20
;;   mov qword ptr [rsp], rbx
;;   mov qword ptr [rsp + 8], r12
;;   mov qword ptr [rsp + 0x10], r15
;;   mov rbx, rdi
;;   mov r12, rdx
;;   mov r15, rcx
;;   mov rsi, rbx
;;   call <count>
;;   xor eax, eax
;;   mov rcx, qword ptr [vmctx.memories[0].base]
;;   mov rdx, r12
;; 45:
;;   mov esi, edx
;;   mov edi, dword ptr [rcx + rsi]
;;   mov rsi, r15
;;   sub esi, 1
;;   add eax, edi
;;   add edx, 4
;;   test esi, esi
;;   je 68
;;   mov r15, rsi
;;   jmp 45
;; 68:
;;   mov rbx, qword ptr [rsp]
;;   mov r12, qword ptr [rsp + 8]
;;   mov r15, qword ptr [rsp + 0x10]
;;   add rsp, 0x20
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 7f:
;;   ud2

;;@ aarch64
;; count: 28 bytes, 7 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr w3, [vmctx.globals[0]]
;;   add w3, w3, #1
;;   str w3, [vmctx.globals[0]]
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; sum: 120 bytes, 30 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldur x16, [vmctx.store]
;;   ldur x16, [store.stack_limit]
;;   add x16, x16, #0x30
;;   cmp sp, x16
;;   b.lo 74
;;   str x21, [sp, #-0x10]!
;;   stp x19, x20, [sp, #-0x10]!
;;   mov x19, x2
;;   mov x20, x5
;;   mov x21, x4
;;   mov x3, x19
;;   bl <count>
;;   mov w2, #0
;;   ldr x13, [vmctx.memories[0].base]
;;   mov x4, x21
;; 44:
;;   ldr w14, [x13, w4, uxtw]
;;   mov x5, x20
;;   sub w5, w5, #1
;;   add w2, w2, w14
;;   add w4, w4, #4
;;   cbz w5, 64
;;   mov x20, x5
;;   b 44
;; 64:
;;   ldp x19, x20, [sp], #0x10
;;   ldr x21, [sp], #0x10
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 74:
;;   udf #0xc11f

;;@ riscv64
;; count: 44 bytes, 11 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   lw a1, [vmctx.globals[0]]
;;   addiw a1, a1, 1
;;   sw a1, [vmctx.globals[0]]
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret
;;
;; sum: 164 bytes, 42 instructions
;;   addi sp, sp, -0x10
;;   sd ra, 8(sp)
;;   sd s0, 0(sp)
;;   mv s0, sp
;;   ld t6, [vmctx.store]
;;   ld t6, [store.stack_limit]
;;   addi t6, t6, 0x30
;;   bgeu sp, t6, 24
;;   c.unimp
;;   c.unimp
;; 24:
;;   addi sp, sp, -0x20
;;   sd s2, 0x18(sp)
;;   sd s3, 0x10(sp)
;;   sd s4, 8(sp)
;;   mv s2, a3
;;   mv s3, a2
;;   mv s4, a0
;;   mv a1, s4
;;   auipc ra, 0
;;   jalr ra, ra, <count>
;;   mv a0, zero
;;   ld a1, [vmctx.memories[0].base]
;;   mv a2, s3
;;   slli a3, a2, 0x20
;;   srli a3, a3, 0x20
;;   add a3, a1, a3
;;   lw a4, 0(a3)
;;   mv a3, s2
;;   addiw a3, a3, -1
;;   addw a0, a0, a4
;;   addiw a2, a2, 4
;;   beqz a3, 84
;;   mv s2, a3
;;   j -0x28
;; 84:
;;   ld s2, 0x18(sp)
;;   ld s3, 0x10(sp)
;;   ld s4, 8(sp)
;;   addi sp, sp, 0x20
;;   ld ra, 8(sp)
;;   ld s0, 0(sp)
;;   addi sp, sp, 0x10
;;   ret

;;@ s390x
;; count: 64 bytes, 13 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r14, %r15, 0x70(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lrv %r3, [vmctx.globals[0]]
;;   ahi %r3, 1
;;   strv %r3, [vmctx.globals[0]]
;;   lmg %r14, %r15, 0x110(%r15)
;;   br %r14
;;
;; sum: 128 bytes, 28 instructions
;;   lg %r1, [vmctx.store]
;;   lg %r1, [store.stack_limit]
;;   la %r1, 0xa0(%r1)
;;   clgrtle %r15, %r1
;;   stmg %r8, %r15, 0x40(%r15)
;;   lgr %r1, %r15
;;   aghi %r15, -0xa0
;;   stg %r1, 0(%r15)
;;   lgr %r8, %r2
;;   lgr %r9, %r5
;;   lgr %r10, %r4
;;   lgr %r3, %r8
;;   brasl %r14, <count>
;;   lhi %r2, 0
;;   lg %r3, [vmctx.memories[0].base]
;;   lgr %r4, %r10
;; 4c:
;;   llgfr %r5, %r4
;;   lrv %r6, 0(%r5, %r3)
;;   lgr %r5, %r9
;;   ahi %r5, -1
;;   ar %r2, %r6
;;   ahi %r4, 4
;;   chi %r5, 0
;;   jgnlh 78
;;   lgr %r9, %r5
;;   jg 4c
;; 78:
;;   lmg %r8, %r15, 0xe0(%r15)
;;   br %r14
