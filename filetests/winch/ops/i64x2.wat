;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module
  (func (export "i64x2.extract_lane 0") (param v128) (result i64) (i64x2.extract_lane 0 (local.get 0)))
  (func (export "i64x2.replace_lane 0") (param v128 i64) (result v128) (i64x2.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "i64x2.replace_lane 0, constant") (param v128) (result v128) (i64x2.replace_lane 0 (local.get 0) (i64.const 0xffffffffffffffff)))
  (func (export "i64x2.splat") (param i64) (result v128) (i64x2.splat (local.get 0)))
  (func (export "i64x2.eq") (param v128 v128) (result v128) (i64x2.eq (local.get 0) (local.get 1)))
  (func (export "i64x2.eq, constant") (param v128) (result v128) (i64x2.eq (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.ne") (param v128 v128) (result v128) (i64x2.ne (local.get 0) (local.get 1)))
  (func (export "i64x2.ne, constant") (param v128) (result v128) (i64x2.ne (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.lt_s") (param v128 v128) (result v128) (i64x2.lt_s (local.get 0) (local.get 1)))
  (func (export "i64x2.lt_s, constant") (param v128) (result v128) (i64x2.lt_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.gt_s") (param v128 v128) (result v128) (i64x2.gt_s (local.get 0) (local.get 1)))
  (func (export "i64x2.gt_s, constant") (param v128) (result v128) (i64x2.gt_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.le_s") (param v128 v128) (result v128) (i64x2.le_s (local.get 0) (local.get 1)))
  (func (export "i64x2.le_s, constant") (param v128) (result v128) (i64x2.le_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.ge_s") (param v128 v128) (result v128) (i64x2.ge_s (local.get 0) (local.get 1)))
  (func (export "i64x2.ge_s, constant") (param v128) (result v128) (i64x2.ge_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.abs") (param v128) (result v128) (i64x2.abs (local.get 0)))
  (func (export "i64x2.neg") (param v128) (result v128) (i64x2.neg (local.get 0)))
  (func (export "i64x2.all_true") (param v128) (result i32) (i64x2.all_true (local.get 0)))
  (func (export "i64x2.bitmask") (param v128) (result i32) (i64x2.bitmask (local.get 0)))
  (func (export "i64x2.extend_low_i32x4_s") (param v128) (result v128) (i64x2.extend_low_i32x4_s (local.get 0)))
  (func (export "i64x2.extend_high_i32x4_s") (param v128) (result v128) (i64x2.extend_high_i32x4_s (local.get 0)))
  (func (export "i64x2.extend_low_i32x4_u") (param v128) (result v128) (i64x2.extend_low_i32x4_u (local.get 0)))
  (func (export "i64x2.extend_high_i32x4_u") (param v128) (result v128) (i64x2.extend_high_i32x4_u (local.get 0)))
  (func (export "i64x2.shl") (param v128 i32) (result v128) (i64x2.shl (local.get 0) (local.get 1)))
  (func (export "i64x2.shl, constant") (param v128) (result v128) (i64x2.shl (local.get 0) (i32.const 0xffffffff)))
  (func (export "i64x2.shr_s") (param v128 i32) (result v128) (i64x2.shr_s (local.get 0) (local.get 1)))
  (func (export "i64x2.shr_s, constant") (param v128) (result v128) (i64x2.shr_s (local.get 0) (i32.const 0xffffffff)))
  (func (export "i64x2.shr_u") (param v128 i32) (result v128) (i64x2.shr_u (local.get 0) (local.get 1)))
  (func (export "i64x2.shr_u, constant") (param v128) (result v128) (i64x2.shr_u (local.get 0) (i32.const 0xffffffff)))
  (func (export "i64x2.add") (param v128 v128) (result v128) (i64x2.add (local.get 0) (local.get 1)))
  (func (export "i64x2.add, constant") (param v128) (result v128) (i64x2.add (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.sub") (param v128 v128) (result v128) (i64x2.sub (local.get 0) (local.get 1)))
  (func (export "i64x2.sub, constant") (param v128) (result v128) (i64x2.sub (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.mul") (param v128 v128) (result v128) (i64x2.mul (local.get 0) (local.get 1)))
  (func (export "i64x2.mul, constant") (param v128) (result v128) (i64x2.mul (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.extmul_low_i32x4_s") (param v128 v128) (result v128) (i64x2.extmul_low_i32x4_s (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_low_i32x4_s, constant") (param v128) (result v128) (i64x2.extmul_low_i32x4_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.extmul_high_i32x4_s") (param v128 v128) (result v128) (i64x2.extmul_high_i32x4_s (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_high_i32x4_s, constant") (param v128) (result v128) (i64x2.extmul_high_i32x4_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.extmul_low_i32x4_u") (param v128 v128) (result v128) (i64x2.extmul_low_i32x4_u (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_low_i32x4_u, constant") (param v128) (result v128) (i64x2.extmul_low_i32x4_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i64x2.extmul_high_i32x4_u") (param v128 v128) (result v128) (i64x2.extmul_high_i32x4_u (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_high_i32x4_u, constant") (param v128) (result v128) (i64x2.extmul_high_i32x4_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001))))

;;@ x86_64
;; i64x2.extract_lane 0: 29 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movq rax, xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.replace_lane 0: 37 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   pinsrq xmm1, rdx, 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.replace_lane 0, constant: 44 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov rax, 0xffffffffffffffff
;;   movaps xmm1, xmm0
;;   pinsrq xmm1, rax, 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.splat: 34 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movq xmm0, rdx
;;   pshufd xmm0, xmm0, 0x44
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.eq: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpeqq xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.eq, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pcmpeqq xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   inc dword ptr [rax]
;;   stosb byte ptr [rdi], al
;;   push rbp
;;   add dword ptr [rdi - 1], edi
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 3f
;; 3f:
;;   .byte 0x80
;;
;; i64x2.ne: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpeqq xmm2, xmm1
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.ne, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm2, xmm0
;;   pcmpeqq xmm2, xmm1
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   inc dword ptr [rax]
;;   stosb byte ptr [rdi], al
;;   push rbp
;;   add dword ptr [rdi - 1], edi
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 4f
;; 4f:
;;   .byte 0x80
;;
;; i64x2.lt_s: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm1
;;   pcmpgtq xmm2, xmm0
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.lt_s, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm1
;;   pcmpgtq xmm2, xmm0
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   inc dword ptr [rax]
;;   stosb byte ptr [rdi], al
;;   push rbp
;;   add dword ptr [rdi - 1], edi
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 3f
;; 3f:
;;   .byte 0x80
;;
;; i64x2.gt_s: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpgtq xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.gt_s, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pcmpgtq xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   inc dword ptr [rax]
;;   stosb byte ptr [rdi], al
;;   push rbp
;;   add dword ptr [rdi - 1], edi
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 3f
;; 3f:
;;   .byte 0x80
;;
;; i64x2.le_s: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpgtq xmm2, xmm1
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.le_s, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm2, xmm0
;;   pcmpgtq xmm2, xmm1
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   inc dword ptr [rax]
;;   stosb byte ptr [rdi], al
;;   push rbp
;;   add dword ptr [rdi - 1], edi
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 4f
;; 4f:
;;   .byte 0x80
;;
;; i64x2.ge_s: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm1
;;   pcmpgtq xmm2, xmm0
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.ge_s, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm2, xmm1
;;   pcmpgtq xmm2, xmm0
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   inc dword ptr [rax]
;;   stosb byte ptr [rdi], al
;;   push rbp
;;   add dword ptr [rdi - 1], edi
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 4f
;; 4f:
;;   .byte 0x80
;;
;; i64x2.abs: 51 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm14, xmm14
;;   pcmpgtq xmm14, xmm0
;;   movaps xmm1, xmm0
;;   pxor xmm1, xmm14
;;   psubq xmm1, xmm14
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.neg: 40 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm14, xmm14
;;   movaps xmm1, xmm14
;;   psubq xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.all_true: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm1, xmm1
;;   pcmpeqq xmm1, xmm0
;;   ptest xmm1, xmm1
;;   sete al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.bitmask: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movmskpd eax, xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.extend_low_i32x4_s: 32 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pmovsxdq xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.extend_high_i32x4_s: 37 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm1, xmm0, 0xee
;;   pmovsxdq xmm1, xmm1
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.extend_low_i32x4_u: 32 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pmovzxdq xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.extend_high_i32x4_u: 37 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm1, xmm0, 0xee
;;   pmovzxdq xmm1, xmm1
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.shl: 47 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 0x3f
;;   movd xmm15, r11d
;;   movaps xmm1, xmm0
;;   psllq xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.shl, constant: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   psllq xmm1, 0x3f
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.shr_s: 96 bytes, 29 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 0x3f
;;   movd xmm15, r11d
;;   movaps xmm14, xmmword ptr [rip + 0x2d]
;;   psrlq xmm14, xmm15
;;   movaps xmm1, xmm0
;;   psrlq xmm1, xmm15
;;   pxor xmm1, xmm14
;;   psubq xmm1, xmm14
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   .byte 0x00
;;   .byte 0x80
;;
;; i64x2.shr_s, constant: 80 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmmword ptr [rip + 0x29]
;;   psrlq xmm14, 0x3f
;;   movaps xmm1, xmm0
;;   psrlq xmm1, 0x3f
;;   pxor xmm1, xmm14
;;   psubq xmm1, xmm14
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], 0
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   .byte 0x00
;;   .byte 0x80
;;
;; i64x2.shr_u: 47 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 0x3f
;;   movd xmm15, r11d
;;   movaps xmm1, xmm0
;;   psrlq xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.shr_u, constant: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   psrlq xmm1, 0x3f
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.add: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   paddq xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.add, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   paddq xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add bh, bh
;;   add byte ptr [rdx - 0x80feab], ch
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 3f
;; 3f:
;;   .byte 0x80
;;
;; i64x2.sub: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   psubq xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.sub, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   psubq xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add bh, bh
;;   add byte ptr [rdx - 0x80feab], ch
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 3f
;; 3f:
;;   .byte 0x80
;;
;; i64x2.mul: 80 bytes, 21 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   psrlq xmm14, 0x20
;;   pmuludq xmm14, xmm1
;;   movaps xmm15, xmm1
;;   psrlq xmm15, 0x20
;;   pmuludq xmm15, xmm0
;;   paddq xmm14, xmm15
;;   psllq xmm14, 0x20
;;   movaps xmm2, xmm0
;;   pmuludq xmm2, xmm1
;;   paddq xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.mul, constant: 112 bytes, 30 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x4a]
;;   movaps xmm14, xmm0
;;   psrlq xmm14, 0x20
;;   pmuludq xmm14, xmm1
;;   movaps xmm15, xmm1
;;   psrlq xmm15, 0x20
;;   pmuludq xmm15, xmm0
;;   paddq xmm14, xmm15
;;   psllq xmm14, 0x20
;;   movaps xmm2, xmm0
;;   pmuludq xmm2, xmm1
;;   paddq xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add bh, bh
;;   add byte ptr [rdx - 0x80feab], ch
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 6f
;; 6f:
;;   .byte 0x80
;;
;; i64x2.extmul_low_i32x4_s: 49 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm14, xmm0, 0x50
;;   pshufd xmm15, xmm1, 0x50
;;   movaps xmm2, xmm14
;;   pmuldq xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.extmul_low_i32x4_s, constant: 80 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   pshufd xmm14, xmm0, 0x50
;;   pshufd xmm15, xmm1, 0x50
;;   movaps xmm2, xmm14
;;   pmuldq xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   inc dword ptr [rax]
;;   stosb byte ptr [rdi], al
;;   push rbp
;;   add dword ptr [rdi - 1], edi
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 4f
;; 4f:
;;   .byte 0x80
;;
;; i64x2.extmul_high_i32x4_s: 49 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm14, xmm0, 0xfa
;;   pshufd xmm15, xmm1, 0xfa
;;   movaps xmm2, xmm14
;;   pmuldq xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.extmul_high_i32x4_s, constant: 80 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   pshufd xmm14, xmm0, 0xfa
;;   pshufd xmm15, xmm1, 0xfa
;;   movaps xmm2, xmm14
;;   pmuldq xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   inc dword ptr [rax]
;;   stosb byte ptr [rdi], al
;;   push rbp
;;   add dword ptr [rdi - 1], edi
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 4f
;; 4f:
;;   .byte 0x80
;;
;; i64x2.extmul_low_i32x4_u: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm14, xmm0, 0x50
;;   pshufd xmm15, xmm1, 0x50
;;   movaps xmm2, xmm14
;;   pmuludq xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.extmul_low_i32x4_u, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   pshufd xmm14, xmm0, 0x50
;;   pshufd xmm15, xmm1, 0x50
;;   movaps xmm2, xmm14
;;   pmuludq xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add bh, bh
;;   add byte ptr [rdx - 0x80feab], ch
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 4f
;; 4f:
;;   .byte 0x80
;;
;; i64x2.extmul_high_i32x4_u: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm14, xmm0, 0xfa
;;   pshufd xmm15, xmm1, 0xfa
;;   movaps xmm2, xmm14
;;   pmuludq xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i64x2.extmul_high_i32x4_u, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   pshufd xmm14, xmm0, 0xfa
;;   pshufd xmm15, xmm1, 0xfa
;;   movaps xmm2, xmm14
;;   pmuludq xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add bh, bh
;;   add byte ptr [rdx - 0x80feab], ch
;;   add byte ptr [rcx], 0
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 4f
;; 4f:
;;   .byte 0x80

;;@ aarch64
;; i64x2.extract_lane 0: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, v0.d[0]
;;   mov x2, x0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.replace_lane 0: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov v1.16b, v0.16b
;;   mov v1.d[0], x4
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.replace_lane 0, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #-1
;;   mov v1.16b, v0.16b
;;   mov v1.d[0], x0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.splat: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   dup v0.2d, x4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.eq: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.eq, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   cmeq v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.ne: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v2.2d, v0.2d, v1.2d
;;   mvn v2.16b, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.ne, constant: 84 bytes, 21 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   cmeq v2.2d, v0.2d, v1.2d
;;   mvn v2.16b, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.lt_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmgt v2.2d, v1.2d, v0.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.lt_s, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   cmgt v2.2d, v1.2d, v0.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.gt_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmgt v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.gt_s, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   cmgt v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.le_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmge v2.2d, v1.2d, v0.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.le_s, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   cmge v2.2d, v1.2d, v0.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.ge_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmge v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.ge_s, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   cmge v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.abs: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   abs v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.neg: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   neg v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.all_true: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v30.2d, v0.2d, #0
;;   umaxp v30.4s, v30.4s, v30.4s
;;   fmov x17, d30
;;   cmp x17, #0
;;   cset w0, eq
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.bitmask: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x16, v0.d[0]
;;   mov x17, v0.d[1]
;;   lsr x16, x16, #0x3f
;;   lsr x17, x17, #0x3f
;;   lsl x17, x17, #1
;;   orr w0, w16, w17
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extend_low_i32x4_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshll v1.2d, v0.2s, #0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extend_high_i32x4_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshll2 v1.2d, v0.4s, #0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extend_low_i32x4_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ushll v1.2d, v0.2s, #0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extend_high_i32x4_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ushll2 v1.2d, v0.4s, #0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.shl: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #0x3f
;;   dup v30.2d, x17
;;   ushl v1.2d, v0.2d, v30.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.shl, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   shl v1.2d, v0.2d, #0x3f
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.shr_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #0x3f
;;   neg x17, x17
;;   dup v30.2d, x17
;;   sshl v1.2d, v0.2d, v30.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.shr_s, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshr v1.2d, v0.2d, #0x3f
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.shr_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #0x3f
;;   neg x17, x17
;;   dup v30.2d, x17
;;   ushl v1.2d, v0.2d, v30.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.shr_u, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ushr v1.2d, v0.2d, #0x3f
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.add: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.add, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   add v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.sub: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sub v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.sub, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   sub v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.mul: 76 bytes, 19 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x16, v0.d[0]
;;   mov x17, v1.d[0]
;;   mul x16, x16, x17
;;   mov v30.d[0], x16
;;   mov x16, v0.d[1]
;;   mov x17, v1.d[1]
;;   mul x16, x16, x17
;;   mov v30.d[1], x16
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.mul, constant: 112 bytes, 28 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   mov x16, v0.d[0]
;;   mov x17, v1.d[0]
;;   mul x16, x16, x17
;;   mov v30.d[0], x16
;;   mov x16, v0.d[1]
;;   mov x17, v1.d[1]
;;   mul x16, x16, x17
;;   mov v30.d[1], x16
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extmul_low_i32x4_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smull v2.2d, v0.2s, v1.2s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extmul_low_i32x4_s, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   smull v2.2d, v0.2s, v1.2s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extmul_high_i32x4_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smull2 v2.2d, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extmul_high_i32x4_s, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   smull2 v2.2d, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extmul_low_i32x4_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umull v2.2d, v0.2s, v1.2s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extmul_low_i32x4_u, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   umull v2.2d, v0.2s, v1.2s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extmul_high_i32x4_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umull2 v2.2d, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i64x2.extmul_high_i32x4_u, constant: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d1, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v1.d[1], x17
;;   umull2 v2.2d, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
