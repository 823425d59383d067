;;! kind = "winch"

;; Tables, references and bulk operations.

(module
  (table $t 4 8 funcref)
  (memory 1)
  (data $d "abc")
  (elem $e func $f)
  (func $f (export "f") (result i32) (i32.const 3))
  (func (export "null") (result i32) (ref.is_null (ref.null func)))
  (func (export "func") (result i32) (ref.is_null (ref.func $f)))
  (func (export "get") (param i32) (result i32) (ref.is_null (table.get $t (local.get 0))))
  (func (export "set") (param i32) (table.set $t (local.get 0) (ref.func $f)))
  (func (export "size") (result i32) (table.size $t))
  (func (export "grow") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0)))
  (func (export "fill") (param i32 i32) (table.fill $t (local.get 0) (ref.func $f) (local.get 1)))
  (func (export "init") (param i32 i32 i32) (table.init $t $e (local.get 0) (local.get 1) (local.get 2)))
  (func (export "memory_init") (param i32 i32 i32) (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
  (func (export "memory_copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "memory_fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0))))

;;> null() = i32:1
;;> func() = i32:0
;;> get(i32:0) = i32:1
;;> get(i32:4) trap out of bounds table access
;;> set(i32:1)
;;> get(i32:1) = i32:0
;;> size() = i32:4
;;> grow(i32:2) = i32:4
;;> grow(i32:3) = i32:-1
;;> fill(i32:4, i32:2)
;;> get(i32:5) = i32:0
;;> fill(i32:5, i32:2) trap out of bounds table access
;;> init(i32:0, i32:0, i32:1)
;;> get(i32:0) = i32:0
;;> init(i32:0, i32:1, i32:1) trap out of bounds table access
;;> memory_init(i32:8, i32:1, i32:2)
;;> memory_copy(i32:9, i32:8, i32:2)
;;> load(i32:10) = i32:99
;;> memory_fill(i32:10, i32:5, i32:1)
;;> load(i32:10) = i32:5
;;> memory_fill(i32:65536, i32:0, i32:1) trap oob

;;@ x86_64
;; f: 29 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 3
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; null: 29 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; func: 39 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   lea rax, [vmctx.func_refs[0].wasm_call]
;;   test rax, rax
;;   sete cl
;;   movzx ecx, cl
;;   mov eax, ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; get: 67 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rcx, qword ptr [vmctx.tables[0].length]
;;   mov rax, qword ptr [vmctx.tables[0].base]
;;   mov esi, edx
;;   shl rsi, 3
;;   add rax, rsi
;;   cmp edx, ecx
;;   mov r11d, 0
;;   cmovae rax, r11
;;   mov rax, qword ptr [rax]
;;   test rax, rax
;;   sete cl
;;   movzx ecx, cl
;;   mov eax, ecx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; set: 60 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   lea rax, [vmctx.func_refs[0].wasm_call]
;;   mov rsi, qword ptr [vmctx.tables[0].length]
;;   mov rcx, qword ptr [vmctx.tables[0].base]
;;   mov edi, edx
;;   shl rdi, 3
;;   add rcx, rdi
;;   cmp edx, esi
;;   mov r11d, 0
;;   cmovae rcx, r11
;;   mov qword ptr [rcx], rax
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; size: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, qword ptr [vmctx.tables[0].length]
;;   mov eax, eax
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; grow: 59 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 39
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov dword ptr [rbp - 0x38], edx
;;   mov edx, edx
;;   mov rdi, r14
;;   xor esi, esi
;;   xor ecx, ecx
;;   call <libcall[table_grow]>
;;   mov eax, eax
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 39:
;;   ud2
;;
;; fill: 68 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 42
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   lea rax, [vmctx.func_refs[0].wasm_call]
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov edx, edx
;;   mov rdi, r14
;;   mov r8d, ecx
;;   mov rcx, rax
;;   xor esi, esi
;;   call <libcall[table_fill]>
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 42:
;;   ud2
;;
;; init: 70 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 44
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov dword ptr [rbp - 0x48], r8d
;;   mov rdi, r14
;;   mov r9d, r8d
;;   mov r8d, ecx
;;   mov ecx, edx
;;   xor esi, esi
;;   xor edx, edx
;;   call <libcall[table_init]>
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 44:
;;   ud2
;;
;; memory_init: 70 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 44
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov dword ptr [rbp - 0x48], r8d
;;   mov rdi, r14
;;   mov r9d, r8d
;;   mov r8d, ecx
;;   mov ecx, edx
;;   xor esi, esi
;;   xor edx, edx
;;   call <libcall[memory_init]>
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 44:
;;   ud2
;;
;; memory_copy: 130 bytes, 39 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 80
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov eax, r8d
;;   mov esi, ecx
;;   mov edi, edx
;;   mov r10, qword ptr [vmctx.memories[0].length]
;;   lea r9, [rdi + rax]
;;   cmp r9, r10
;;   ja 7c
;;   add rdi, r15
;;   mov r10, qword ptr [vmctx.memories[0].length]
;;   lea r9, [rsi + rax]
;;   cmp r9, r10
;;   ja 7e
;;   add rsi, r15
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov dword ptr [rbp - 0x48], r8d
;;   mov rcx, rax
;;   mov rdx, rsi
;;   mov rsi, rdi
;;   mov rdi, r14
;;   call <libcall[move_bytes]>
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 7c:
;;   ud2
;; 7e:
;;   ud2
;; 80:
;;   ud2
;;
;; memory_fill: 102 bytes, 31 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 64
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov eax, r8d
;;   mov esi, edx
;;   mov r10, qword ptr [vmctx.memories[0].length]
;;   lea rdi, [rsi + rax]
;;   cmp rdi, r10
;;   ja 62
;;   add rsi, r15
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov dword ptr [rbp - 0x48], r8d
;;   mov edx, ecx
;;   mov rdi, r14
;;   mov rcx, rax
;;   call <libcall[fill_bytes]>
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 62:
;;   ud2
;; 64:
;;   ud2
;;
;; load: 44 bytes, 14 instructions
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

;;@ aarch64
;; f: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x2, #3
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; null: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x2, #1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; func: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add x0, x28, #0x50
;;   cmp x0, #0
;;   cset w1, eq
;;   mov w2, w1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; get: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x1, [vmctx.tables[0].length]
;;   ldr x0, [vmctx.tables[0].base]
;;   mov w2, w4
;;   lsl x2, x2, #3
;;   add x0, x0, x2
;;   cmp w4, w1
;;   csel x0, xzr, x0, hs
;;   ldr x0, [x0]
;;   cmp x0, #0
;;   cset w1, eq
;;   mov w2, w1
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; set: 72 bytes, 18 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add x0, x28, #0x50
;;   ldr x2, [vmctx.tables[0].length]
;;   ldr x1, [vmctx.tables[0].base]
;;   mov w3, w4
;;   lsl x3, x3, #3
;;   add x1, x1, x3
;;   cmp w4, w2
;;   csel x1, xzr, x1, hs
;;   str x0, [x1]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; size: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x0, [vmctx.tables[0].length]
;;   mov w0, w0
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; grow: 88 bytes, 22 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 54
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   stur w4, [x29, #-0xa8]
;;   mov x0, x28
;;   mov w2, w4
;;   mov x1, #0
;;   mov x3, #0
;;   bl <libcall[table_grow]>
;;   mov w0, w0
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 54:
;;   udf #0xc11f
;;
;; fill: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 58
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add x0, x28, #0x50
;;   stur w4, [x29, #-0xa8]
;;   stur w5, [x29, #-0xb0]
;;   mov w2, w4
;;   mov x3, x0
;;   mov x0, x28
;;   mov w4, w5
;;   mov x1, #0
;;   bl <libcall[table_fill]>
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 58:
;;   udf #0xc11f
;;
;; init: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 5c
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   stur w4, [x29, #-0xa8]
;;   stur w5, [x29, #-0xb0]
;;   stur w6, [x29, #-0xb8]
;;   mov x0, x28
;;   mov w3, w4
;;   mov w4, w5
;;   mov w5, w6
;;   mov x1, #0
;;   mov x2, #0
;;   bl <libcall[table_init]>
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 5c:
;;   udf #0xc11f
;;
;; memory_init: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 5c
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   stur w4, [x29, #-0xa8]
;;   stur w5, [x29, #-0xb0]
;;   stur w6, [x29, #-0xb8]
;;   mov x0, x28
;;   mov w3, w4
;;   mov w4, w5
;;   mov w5, w6
;;   mov x1, #0
;;   mov x2, #0
;;   bl <libcall[memory_init]>
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 5c:
;;   udf #0xc11f
;;
;; memory_copy: 164 bytes, 41 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo a0
;;   sub sp, sp, #0xd0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov w0, w6
;;   mov w1, w5
;;   mov w2, w4
;;   ldr x15, [vmctx.memories[0].length]
;;   add x3, x2, x0
;;   cmp x3, x15
;;   b.hi 98
;;   add x2, x2, x26
;;   ldr x15, [vmctx.memories[0].length]
;;   add x3, x1, x0
;;   cmp x3, x15
;;   b.hi 9c
;;   add x1, x1, x26
;;   stur w4, [x29, #-0xa8]
;;   stur w5, [x29, #-0xb0]
;;   stur w6, [x29, #-0xb8]
;;   mov x3, x0
;;   mov x0, x28
;;   mov x16, x1
;;   mov x1, x2
;;   mov x2, x16
;;   bl <libcall[move_bytes]>
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 98:
;;   udf #0xc11f
;; 9c:
;;   udf #0xc11f
;; a0:
;;   udf #0xc11f
;;
;; memory_fill: 128 bytes, 32 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   ldr x16, [vmctx.store]
;;   ldr x16, [store.stack_limit]
;;   cmp sp, x16
;;   b.lo 7c
;;   sub sp, sp, #0xd0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov w0, w6
;;   mov w1, w4
;;   ldr x15, [vmctx.memories[0].length]
;;   add x2, x1, x0
;;   cmp x2, x15
;;   b.hi 78
;;   add x1, x1, x26
;;   stur w4, [x29, #-0xa8]
;;   stur w5, [x29, #-0xb0]
;;   stur w6, [x29, #-0xb8]
;;   mov w2, w5
;;   mov x3, x0
;;   mov x0, x28
;;   bl <libcall[fill_bytes]>
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 78:
;;   udf #0xc11f
;; 7c:
;;   udf #0xc11f
;;
;; load: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrb w0, [x26, w4, uxtw]
;;   mov w2, w0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
