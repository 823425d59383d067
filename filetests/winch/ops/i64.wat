;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module
  (func (export "i64.eqz") (param i64) (result i32) (i64.eqz (local.get 0)))
  (func (export "i64.eq") (param i64 i64) (result i32) (i64.eq (local.get 0) (local.get 1)))
  (func (export "i64.eq, constant") (param i64) (result i32) (i64.eq (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.ne") (param i64 i64) (result i32) (i64.ne (local.get 0) (local.get 1)))
  (func (export "i64.ne, constant") (param i64) (result i32) (i64.ne (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.lt_s") (param i64 i64) (result i32) (i64.lt_s (local.get 0) (local.get 1)))
  (func (export "i64.lt_s, constant") (param i64) (result i32) (i64.lt_s (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.lt_u") (param i64 i64) (result i32) (i64.lt_u (local.get 0) (local.get 1)))
  (func (export "i64.lt_u, constant") (param i64) (result i32) (i64.lt_u (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.gt_s") (param i64 i64) (result i32) (i64.gt_s (local.get 0) (local.get 1)))
  (func (export "i64.gt_s, constant") (param i64) (result i32) (i64.gt_s (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.gt_u") (param i64 i64) (result i32) (i64.gt_u (local.get 0) (local.get 1)))
  (func (export "i64.gt_u, constant") (param i64) (result i32) (i64.gt_u (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.le_s") (param i64 i64) (result i32) (i64.le_s (local.get 0) (local.get 1)))
  (func (export "i64.le_s, constant") (param i64) (result i32) (i64.le_s (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.le_u") (param i64 i64) (result i32) (i64.le_u (local.get 0) (local.get 1)))
  (func (export "i64.le_u, constant") (param i64) (result i32) (i64.le_u (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.ge_s") (param i64 i64) (result i32) (i64.ge_s (local.get 0) (local.get 1)))
  (func (export "i64.ge_s, constant") (param i64) (result i32) (i64.ge_s (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.ge_u") (param i64 i64) (result i32) (i64.ge_u (local.get 0) (local.get 1)))
  (func (export "i64.ge_u, constant") (param i64) (result i32) (i64.ge_u (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.clz") (param i64) (result i64) (i64.clz (local.get 0)))
  (func (export "i64.ctz") (param i64) (result i64) (i64.ctz (local.get 0)))
  (func (export "i64.popcnt") (param i64) (result i64) (i64.popcnt (local.get 0)))
  (func (export "i64.add") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func (export "i64.add, constant") (param i64) (result i64) (i64.add (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.sub") (param i64 i64) (result i64) (i64.sub (local.get 0) (local.get 1)))
  (func (export "i64.sub, constant") (param i64) (result i64) (i64.sub (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.mul") (param i64 i64) (result i64) (i64.mul (local.get 0) (local.get 1)))
  (func (export "i64.mul, constant") (param i64) (result i64) (i64.mul (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.div_s") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func (export "i64.div_s, constant") (param i64) (result i64) (i64.div_s (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.div_u") (param i64 i64) (result i64) (i64.div_u (local.get 0) (local.get 1)))
  (func (export "i64.div_u, constant") (param i64) (result i64) (i64.div_u (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.rem_s") (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func (export "i64.rem_s, constant") (param i64) (result i64) (i64.rem_s (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.rem_u") (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1)))
  (func (export "i64.rem_u, constant") (param i64) (result i64) (i64.rem_u (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.and") (param i64 i64) (result i64) (i64.and (local.get 0) (local.get 1)))
  (func (export "i64.and, constant") (param i64) (result i64) (i64.and (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.or") (param i64 i64) (result i64) (i64.or (local.get 0) (local.get 1)))
  (func (export "i64.or, constant") (param i64) (result i64) (i64.or (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.xor") (param i64 i64) (result i64) (i64.xor (local.get 0) (local.get 1)))
  (func (export "i64.xor, constant") (param i64) (result i64) (i64.xor (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.shl") (param i64 i64) (result i64) (i64.shl (local.get 0) (local.get 1)))
  (func (export "i64.shl, constant") (param i64) (result i64) (i64.shl (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.shr_s") (param i64 i64) (result i64) (i64.shr_s (local.get 0) (local.get 1)))
  (func (export "i64.shr_s, constant") (param i64) (result i64) (i64.shr_s (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.shr_u") (param i64 i64) (result i64) (i64.shr_u (local.get 0) (local.get 1)))
  (func (export "i64.shr_u, constant") (param i64) (result i64) (i64.shr_u (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.rotl") (param i64 i64) (result i64) (i64.rotl (local.get 0) (local.get 1)))
  (func (export "i64.rotl, constant") (param i64) (result i64) (i64.rotl (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.rotr") (param i64 i64) (result i64) (i64.rotr (local.get 0) (local.get 1)))
  (func (export "i64.rotr, constant") (param i64) (result i64) (i64.rotr (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64.extend_i32_s") (param i32) (result i64) (i64.extend_i32_s (local.get 0)))
  (func (export "i64.extend_i32_u") (param i32) (result i64) (i64.extend_i32_u (local.get 0)))
  (func (export "i64.trunc_f32_s") (param f32) (result i64) (i64.trunc_f32_s (local.get 0)))
  (func (export "i64.trunc_f32_u") (param f32) (result i64) (i64.trunc_f32_u (local.get 0)))
  (func (export "i64.trunc_f64_s") (param f64) (result i64) (i64.trunc_f64_s (local.get 0)))
  (func (export "i64.trunc_f64_u") (param f64) (result i64) (i64.trunc_f64_u (local.get 0)))
  (func (export "i64.reinterpret_f64") (param f64) (result i64) (i64.reinterpret_f64 (local.get 0)))
  (func (export "i64.extend8_s") (param i64) (result i64) (i64.extend8_s (local.get 0)))
  (func (export "i64.extend16_s") (param i64) (result i64) (i64.extend16_s (local.get 0)))
  (func (export "i64.extend32_s") (param i64) (result i64) (i64.extend32_s (local.get 0)))
  (func (export "i64.trunc_sat_f32_s") (param f32) (result i64) (i64.trunc_sat_f32_s (local.get 0)))
  (func (export "i64.trunc_sat_f32_u") (param f32) (result i64) (i64.trunc_sat_f32_u (local.get 0)))
  (func (export "i64.trunc_sat_f64_s") (param f64) (result i64) (i64.trunc_sat_f64_s (local.get 0)))
  (func (export "i64.trunc_sat_f64_u") (param f64) (result i64) (i64.trunc_sat_f64_u (local.get 0))))

;;@ x86_64
;; i64.eqz: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   test rdx, rdx
;;   sete al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.eq: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   sete al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.eq, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   sete al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.ne: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   setne al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.ne, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   setne al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.lt_s: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   setl al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.lt_s, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   setl al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.lt_u: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   setb al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.lt_u, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   setb al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.gt_s: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   setg al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.gt_s, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   setg al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.gt_u: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   seta al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.gt_u, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   seta al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.le_s: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   setle al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.le_s, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   setle al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.le_u: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   setbe al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.le_u, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   setbe al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.ge_s: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   setge al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.ge_s, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   setge al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.ge_u: 33 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, rcx
;;   setae al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.ge_u, constant: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cmp rdx, -1
;;   setae al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.clz: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   bsr r11, rdx
;;   jne 1b
;;   mov r11d, 0x7f
;; 1b:
;;   xor r11d, 0x3f
;;   mov eax, r11d
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.ctz: 39 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   bsf r11, rdx
;;   jne 1b
;;   mov r11d, 0x40
;; 1b:
;;   mov eax, r11d
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.popcnt: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xor eax, eax
;;   popcnt rax, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.add: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   lea rax, [rdx + rcx]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.add, constant: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   lea rax, [rdx - 1]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.sub: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   sub rax, rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.sub, constant: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   lea rax, [rdx + 1]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.mul: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   imul rax, rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.mul, constant: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   imul rax, rdx, -1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.div_s: 77 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   mov rsi, rdx
;;   test rcx, rcx
;;   je 49
;;   cmp rcx, -1
;;   jne 3b
;;   movabs r11, 0x8000000000000000
;;   cmp rax, r11
;;   je 4b
;; 3b:
;;   cqo
;;   idiv rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 49:
;;   ud2
;; 4b:
;;   ud2
;;
;; i64.div_s, constant: 76 bytes, 21 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   mov rcx, rax
;;   mov rax, rdx
;;   mov rsi, rdx
;;   cmp rcx, -1
;;   jne 3c
;;   movabs r11, 0x8000000000000000
;;   cmp rax, r11
;;   je 4a
;; 3c:
;;   cqo
;;   idiv rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 4a:
;;   ud2
;;
;; i64.div_u: 46 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   mov rsi, rdx
;;   test rcx, rcx
;;   je 2c
;;   xor edx, edx
;;   div rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 2c:
;;   ud2
;;
;; i64.div_u, constant: 45 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   mov rcx, rax
;;   mov rax, rdx
;;   mov rsi, rdx
;;   xor edx, edx
;;   div rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.rem_s: 59 bytes, 21 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   mov rsi, rdx
;;   test rcx, rcx
;;   je 39
;;   cmp rcx, -1
;;   jne 28
;;   xor edx, edx
;;   jmp 2d
;; 28:
;;   cqo
;;   idiv rcx
;; 2d:
;;   mov rax, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 39:
;;   ud2
;;
;; i64.rem_s, constant: 58 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   mov rcx, rax
;;   mov rax, rdx
;;   mov rsi, rdx
;;   cmp rcx, -1
;;   jne 29
;;   xor edx, edx
;;   jmp 2e
;; 29:
;;   cqo
;;   idiv rcx
;; 2e:
;;   mov rax, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.rem_u: 49 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   mov rsi, rdx
;;   test rcx, rcx
;;   je 2f
;;   xor edx, edx
;;   div rcx
;;   mov rax, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 2f:
;;   ud2
;;
;; i64.rem_u, constant: 48 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   mov rcx, rax
;;   mov rax, rdx
;;   mov rsi, rdx
;;   xor edx, edx
;;   div rcx
;;   mov rax, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.and: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   and rax, rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.and, constant: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   and rax, 0xffffffffffffffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.or: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   or rax, rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.or, constant: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   or rax, 0xffffffffffffffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.xor: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   xor rax, rcx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.xor, constant: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   xor rax, 0xffffffffffffffff
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.shl: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   shl rax, cl
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.shl, constant: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   shl rax, 0x3f
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.shr_s: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   sar rax, cl
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.shr_s, constant: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   sar rax, 0x3f
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.shr_u: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   shr rax, cl
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.shr_u, constant: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   shr rax, 0x3f
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.rotl: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   rol rax, cl
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.rotl, constant: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   rol rax, 0x3f
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.rotr: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   ror rax, cl
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.rotr, constant: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, rdx
;;   ror rax, 0x3f
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.extend_i32_s: 27 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsxd rax, edx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.extend_i32_u: 26 bytes, 10 instructions
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
;; i64.trunc_f32_s: 88 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cvttss2si rax, xmm0
;;   cmp rax, 1
;;   jno 44
;;   ucomiss xmm0, xmm0
;;   jp 4d
;;   movss xmm15, dword ptr [rip + 0x28]
;;   ucomiss xmm15, xmm0
;;   ja 4f
;;   xorps xmm15, xmm15
;;   ucomiss xmm0, xmm15
;;   jae 4f
;; 44:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 4d:
;;   ud2
;; 4f:
;;   ud2
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   .byte 0xdf
;;
;; i64.trunc_f32_u: 100 bytes, 29 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movss xmm15, dword ptr [rip + 0x48]
;;   ucomiss xmm0, xmm15
;;   jp 59
;;   jae 34
;;   cvttss2si rax, xmm0
;;   test rax, rax
;;   js 5b
;;   jmp 50
;; 34:
;;   movaps xmm14, xmm0
;;   subss xmm14, xmm15
;;   cvttss2si rax, xmm14
;;   test rax, rax
;;   js 5b
;;   btc rax, 0x3f
;; 50:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 59:
;;   ud2
;; 5b:
;;   ud2
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   pop rdi
;;
;; i64.trunc_f64_s: 96 bytes, 28 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cvttsd2si rax, xmm0
;;   cmp rax, 1
;;   jno 47
;;   ucomisd xmm0, xmm0
;;   jp 50
;;   movsd xmm15, qword ptr [rip + 0x2b]
;;   ucomisd xmm15, xmm0
;;   ja 52
;;   xorps xmm15, xmm15
;;   ucomisd xmm0, xmm15
;;   jae 52
;; 47:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 50:
;;   ud2
;; 52:
;;   ud2
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   loopne 0x23
;;
;; i64.trunc_f64_u: 104 bytes, 30 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm15, qword ptr [rip + 0x48]
;;   ucomisd xmm0, xmm15
;;   jp 5a
;;   jae 35
;;   cvttsd2si rax, xmm0
;;   test rax, rax
;;   js 5c
;;   jmp 51
;; 35:
;;   movaps xmm14, xmm0
;;   subsd xmm14, xmm15
;;   cvttsd2si rax, xmm14
;;   test rax, rax
;;   js 5c
;;   btc rax, 0x3f
;; 51:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;; 5a:
;;   ud2
;; 5c:
;;   ud2
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   loopne 0xab
;;
;; i64.reinterpret_f64: 29 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movq rax, xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.extend8_s: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsx rax, dl
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.extend16_s: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsx rax, dx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.extend32_s: 27 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsxd rax, edx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.trunc_sat_f32_s: 61 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cvttss2si rax, xmm0
;;   cmp rax, 1
;;   jno 34
;;   xorps xmm15, xmm15
;;   ucomiss xmm0, xmm15
;;   jp 32
;;   jb 34
;;   movabs rax, 0x7fffffffffffffff
;;   jmp 34
;; 32:
;;   xor eax, eax
;; 34:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.trunc_sat_f32_u: 96 bytes, 29 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm15, xmm15
;;   ucomiss xmm0, xmm15
;;   ja 1d
;;   xor eax, eax
;;   jmp 51
;; 1d:
;;   cvttss2si rax, xmm0
;;   test rax, rax
;;   jns 51
;;   movss xmm15, dword ptr [rip + 0x2c]
;;   movaps xmm14, xmm0
;;   subss xmm14, xmm15
;;   cvttss2si rax, xmm14
;;   test rax, rax
;;   js 4a
;;   btc rax, 0x3f
;;   jmp 51
;; 4a:
;;   mov rax, 0xffffffffffffffff
;; 51:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   .byte 0x00
;;   pop rdi
;;
;; i64.trunc_sat_f64_s: 62 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cvttsd2si rax, xmm0
;;   cmp rax, 1
;;   jno 35
;;   xorps xmm15, xmm15
;;   ucomisd xmm0, xmm15
;;   jp 33
;;   jb 35
;;   movabs rax, 0x7fffffffffffffff
;;   jmp 35
;; 33:
;;   xor eax, eax
;; 35:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64.trunc_sat_f64_u: 104 bytes, 32 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm15, xmm15
;;   ucomisd xmm0, xmm15
;;   ja 1e
;;   xor eax, eax
;;   jmp 52
;; 1e:
;;   cvttsd2si rax, xmm0
;;   test rax, rax
;;   jns 52
;;   movsd xmm15, qword ptr [rip + 0x2f]
;;   movaps xmm14, xmm0
;;   subsd xmm14, xmm15
;;   cvttsd2si rax, xmm14
;;   test rax, rax
;;   js 4b
;;   btc rax, 0x3f
;;   jmp 52
;; 4b:
;;   mov rax, 0xffffffffffffffff
;; 52:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, ah
;;   .byte 0x43

;;@ aarch64
;; i64.eqz: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, #0
;;   cset w0, eq
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.eq: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, eq
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.eq, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, eq
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.ne: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, ne
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.ne, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, ne
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.lt_s: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, lt
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.lt_s, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, lt
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.lt_u: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, lo
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.lt_u, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, lo
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.gt_s: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, gt
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.gt_s, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, gt
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.gt_u: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, hi
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.gt_u, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, hi
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.le_s: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, le
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.le_s, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, le
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.le_u: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, ls
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.le_u, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, ls
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.ge_s: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, ge
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.ge_s, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, ge
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.ge_u: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmp x4, x5
;;   cset w0, hs
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.ge_u, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmn x4, #1
;;   cset w0, hs
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.clz: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   clz x0, x4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.ctz: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   rbit x17, x4
;;   clz x0, x17
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.popcnt: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmov d30, x4
;;   cnt v30.8b, v30.8b
;;   addv b30, v30.8b
;;   fmov w0, s30
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.add: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.add, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sub x0, x4, #1
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.sub: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sub x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.sub, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add x0, x4, #1
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.mul: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mul x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.mul, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #-1
;;   mul x0, x4, x17
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.div_s: 76 bytes, 19 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cbz x5, 44
;;   cmn x5, #1
;;   b.ne 2c
;;   mov x17, #-0x8000000000000000
;;   cmp x4, x17
;;   b.eq 48
;; 2c:
;;   sdiv x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 44:
;;   udf #0xc11f
;; 48:
;;   udf #0xc11f
;;
;; i64.div_s, constant: 72 bytes, 18 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   cmn x0, #1
;;   b.ne 2c
;;   mov x17, #-0x8000000000000000
;;   cmp x4, x17
;;   b.eq 44
;; 2c:
;;   sdiv x0, x4, x0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 44:
;;   udf #0xc11f
;;
;; i64.div_u: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cbz x5, 30
;;   udiv x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 30:
;;   udf #0xc11f
;;
;; i64.div_u, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   udiv x0, x4, x0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.rem_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cbz x5, 34
;;   sdiv x17, x4, x5
;;   msub x0, x17, x5, x4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 34:
;;   udf #0xc11f
;;
;; i64.rem_s, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   sdiv x17, x4, x0
;;   msub x0, x17, x0, x4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.rem_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cbz x5, 34
;;   udiv x17, x4, x5
;;   msub x0, x17, x5, x4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 34:
;;   udf #0xc11f
;;
;; i64.rem_u, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   udiv x17, x4, x0
;;   msub x0, x17, x0, x4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.and: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.and, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #-1
;;   and x0, x4, x17
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.or: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   orr x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.or, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #-1
;;   orr x0, x4, x17
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.xor: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   eor x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.xor, constant: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #-1
;;   eor x0, x4, x17
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.shl: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   lsl x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.shl, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   lsl x0, x4, #0x3f
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.shr_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   asr x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.shr_s, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   asr x0, x4, #0x3f
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.shr_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   lsr x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.shr_u, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   lsr x0, x4, #0x3f
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.rotl: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   neg x17, x5
;;   ror x0, x4, x17
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.rotl, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ror x0, x4, #1
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.rotr: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ror x0, x4, x5
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.rotr, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ror x0, x4, #0x3f
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.extend_i32_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sxtw x0, w4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.extend_i32_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov w0, w4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.trunc_f32_s: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp s0, s0
;;   b.vs 54
;;   mov x17, #0xdf000000
;;   fmov s30, w17
;;   fcmp s0, s30
;;   b.lt 58
;;   mov x17, #0x5f000000
;;   fmov s30, w17
;;   fcmp s0, s30
;;   b.ge 58
;;   fcvtzs x0, s0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 54:
;;   udf #0xc11f
;; 58:
;;   udf #0xc11f
;;
;; i64.trunc_f32_u: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp s0, s0
;;   b.vs 54
;;   mov x17, #0xbf800000
;;   fmov s30, w17
;;   fcmp s0, s30
;;   b.le 58
;;   mov x17, #0x5f800000
;;   fmov s30, w17
;;   fcmp s0, s30
;;   b.ge 58
;;   fcvtzu x0, s0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 54:
;;   udf #0xc11f
;; 58:
;;   udf #0xc11f
;;
;; i64.trunc_f64_s: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp d0, d0
;;   b.vs 54
;;   mov x17, #-0x3c20000000000000
;;   fmov d30, x17
;;   fcmp d0, d30
;;   b.lt 58
;;   mov x17, #0x43e0000000000000
;;   fmov d30, x17
;;   fcmp d0, d30
;;   b.ge 58
;;   fcvtzs x0, d0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 54:
;;   udf #0xc11f
;; 58:
;;   udf #0xc11f
;;
;; i64.trunc_f64_u: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp d0, d0
;;   b.vs 54
;;   mov x17, #-0x4010000000000000
;;   fmov d30, x17
;;   fcmp d0, d30
;;   b.le 58
;;   mov x17, #0x43f0000000000000
;;   fmov d30, x17
;;   fcmp d0, d30
;;   b.ge 58
;;   fcvtzu x0, d0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;; 54:
;;   udf #0xc11f
;; 58:
;;   udf #0xc11f
;;
;; i64.reinterpret_f64: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmov x0, d0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.extend8_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sxtb x0, w4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.extend16_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sxth x0, w4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.extend32_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sxtw x0, w4
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.trunc_sat_f32_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtzs x0, s0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.trunc_sat_f32_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtzu x0, s0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.trunc_sat_f64_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtzs x0, d0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64.trunc_sat_f64_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtzu x0, d0
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
