;;! kind = "winch"
;;! isas = ["x86_64"]

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
;; count: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, dword ptr [vmctx.globals[0]]
;;   add eax, 1
;;   mov dword ptr [vmctx.globals[0]], eax
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; sum: 104 bytes, 32 instructions
;;   push rbp
;;   mov rbp, rsp
;;   mov r11, qword ptr [vmctx.store]
;;   cmp rsp, qword ptr [store.stack_limit]
;;   jb 66
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov qword ptr [rbp - 0x48], 0
;;   mov dword ptr [rbp - 0x40], ecx
;;   mov dword ptr [rbp - 0x38], edx
;;   mov rsi, r14
;;   mov rdi, r14
;;   call <count>
;;   mov eax, dword ptr [rbp - 0x38]
;;   mov ecx, dword ptr [rbp - 0x40]
;;   mov edx, dword ptr [rbp - 0x48]
;; 47:
;;   mov esi, dword ptr [r15 + rax]
;;   add edx, esi
;;   add eax, 4
;;   sub ecx, 1
;;   test ecx, ecx
;;   jne 47
;;   mov eax, edx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 66:
;;   ud2
