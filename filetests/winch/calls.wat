;;! kind = "winch"
;;! isas = ["x86_64"]

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
