;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module
  (func (export "i32x4.extract_lane 0") (param v128) (result i32) (i32x4.extract_lane 0 (local.get 0)))
  (func (export "i32x4.replace_lane 0") (param v128 i32) (result v128) (i32x4.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "i32x4.replace_lane 0, constant") (param v128) (result v128) (i32x4.replace_lane 0 (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32x4.splat") (param i32) (result v128) (i32x4.splat (local.get 0)))
  (func (export "i32x4.eq") (param v128 v128) (result v128) (i32x4.eq (local.get 0) (local.get 1)))
  (func (export "i32x4.eq, constant") (param v128) (result v128) (i32x4.eq (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.ne") (param v128 v128) (result v128) (i32x4.ne (local.get 0) (local.get 1)))
  (func (export "i32x4.ne, constant") (param v128) (result v128) (i32x4.ne (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.lt_s") (param v128 v128) (result v128) (i32x4.lt_s (local.get 0) (local.get 1)))
  (func (export "i32x4.lt_s, constant") (param v128) (result v128) (i32x4.lt_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.lt_u") (param v128 v128) (result v128) (i32x4.lt_u (local.get 0) (local.get 1)))
  (func (export "i32x4.lt_u, constant") (param v128) (result v128) (i32x4.lt_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.gt_s") (param v128 v128) (result v128) (i32x4.gt_s (local.get 0) (local.get 1)))
  (func (export "i32x4.gt_s, constant") (param v128) (result v128) (i32x4.gt_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.gt_u") (param v128 v128) (result v128) (i32x4.gt_u (local.get 0) (local.get 1)))
  (func (export "i32x4.gt_u, constant") (param v128) (result v128) (i32x4.gt_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.le_s") (param v128 v128) (result v128) (i32x4.le_s (local.get 0) (local.get 1)))
  (func (export "i32x4.le_s, constant") (param v128) (result v128) (i32x4.le_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.le_u") (param v128 v128) (result v128) (i32x4.le_u (local.get 0) (local.get 1)))
  (func (export "i32x4.le_u, constant") (param v128) (result v128) (i32x4.le_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.ge_s") (param v128 v128) (result v128) (i32x4.ge_s (local.get 0) (local.get 1)))
  (func (export "i32x4.ge_s, constant") (param v128) (result v128) (i32x4.ge_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.ge_u") (param v128 v128) (result v128) (i32x4.ge_u (local.get 0) (local.get 1)))
  (func (export "i32x4.ge_u, constant") (param v128) (result v128) (i32x4.ge_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.extadd_pairwise_i16x8_s") (param v128) (result v128) (i32x4.extadd_pairwise_i16x8_s (local.get 0)))
  (func (export "i32x4.extadd_pairwise_i16x8_u") (param v128) (result v128) (i32x4.extadd_pairwise_i16x8_u (local.get 0)))
  (func (export "i32x4.abs") (param v128) (result v128) (i32x4.abs (local.get 0)))
  (func (export "i32x4.neg") (param v128) (result v128) (i32x4.neg (local.get 0)))
  (func (export "i32x4.all_true") (param v128) (result i32) (i32x4.all_true (local.get 0)))
  (func (export "i32x4.bitmask") (param v128) (result i32) (i32x4.bitmask (local.get 0)))
  (func (export "i32x4.extend_low_i16x8_s") (param v128) (result v128) (i32x4.extend_low_i16x8_s (local.get 0)))
  (func (export "i32x4.extend_high_i16x8_s") (param v128) (result v128) (i32x4.extend_high_i16x8_s (local.get 0)))
  (func (export "i32x4.extend_low_i16x8_u") (param v128) (result v128) (i32x4.extend_low_i16x8_u (local.get 0)))
  (func (export "i32x4.extend_high_i16x8_u") (param v128) (result v128) (i32x4.extend_high_i16x8_u (local.get 0)))
  (func (export "i32x4.shl") (param v128 i32) (result v128) (i32x4.shl (local.get 0) (local.get 1)))
  (func (export "i32x4.shl, constant") (param v128) (result v128) (i32x4.shl (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32x4.shr_s") (param v128 i32) (result v128) (i32x4.shr_s (local.get 0) (local.get 1)))
  (func (export "i32x4.shr_s, constant") (param v128) (result v128) (i32x4.shr_s (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32x4.shr_u") (param v128 i32) (result v128) (i32x4.shr_u (local.get 0) (local.get 1)))
  (func (export "i32x4.shr_u, constant") (param v128) (result v128) (i32x4.shr_u (local.get 0) (i32.const 0xffffffff)))
  (func (export "i32x4.add") (param v128 v128) (result v128) (i32x4.add (local.get 0) (local.get 1)))
  (func (export "i32x4.add, constant") (param v128) (result v128) (i32x4.add (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.sub") (param v128 v128) (result v128) (i32x4.sub (local.get 0) (local.get 1)))
  (func (export "i32x4.sub, constant") (param v128) (result v128) (i32x4.sub (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.mul") (param v128 v128) (result v128) (i32x4.mul (local.get 0) (local.get 1)))
  (func (export "i32x4.mul, constant") (param v128) (result v128) (i32x4.mul (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.min_s") (param v128 v128) (result v128) (i32x4.min_s (local.get 0) (local.get 1)))
  (func (export "i32x4.min_s, constant") (param v128) (result v128) (i32x4.min_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.min_u") (param v128 v128) (result v128) (i32x4.min_u (local.get 0) (local.get 1)))
  (func (export "i32x4.min_u, constant") (param v128) (result v128) (i32x4.min_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.max_s") (param v128 v128) (result v128) (i32x4.max_s (local.get 0) (local.get 1)))
  (func (export "i32x4.max_s, constant") (param v128) (result v128) (i32x4.max_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.max_u") (param v128 v128) (result v128) (i32x4.max_u (local.get 0) (local.get 1)))
  (func (export "i32x4.max_u, constant") (param v128) (result v128) (i32x4.max_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.dot_i16x8_s") (param v128 v128) (result v128) (i32x4.dot_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i32x4.dot_i16x8_s, constant") (param v128) (result v128) (i32x4.dot_i16x8_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.extmul_low_i16x8_s") (param v128 v128) (result v128) (i32x4.extmul_low_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_low_i16x8_s, constant") (param v128) (result v128) (i32x4.extmul_low_i16x8_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.extmul_high_i16x8_s") (param v128 v128) (result v128) (i32x4.extmul_high_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_high_i16x8_s, constant") (param v128) (result v128) (i32x4.extmul_high_i16x8_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.extmul_low_i16x8_u") (param v128 v128) (result v128) (i32x4.extmul_low_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_low_i16x8_u, constant") (param v128) (result v128) (i32x4.extmul_low_i16x8_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.extmul_high_i16x8_u") (param v128 v128) (result v128) (i32x4.extmul_high_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_high_i16x8_u, constant") (param v128) (result v128) (i32x4.extmul_high_i16x8_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i32x4.trunc_sat_f32x4_s") (param v128) (result v128) (i32x4.trunc_sat_f32x4_s (local.get 0)))
  (func (export "i32x4.trunc_sat_f32x4_u") (param v128) (result v128) (i32x4.trunc_sat_f32x4_u (local.get 0)))
  (func (export "i32x4.trunc_sat_f64x2_s_zero") (param v128) (result v128) (i32x4.trunc_sat_f64x2_s_zero (local.get 0)))
  (func (export "i32x4.trunc_sat_f64x2_u_zero") (param v128) (result v128) (i32x4.trunc_sat_f64x2_u_zero (local.get 0))))

;;@ x86_64
;; i32x4.extract_lane 0: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movd eax, xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.replace_lane 0: 36 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   pinsrd xmm1, edx, 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.replace_lane 0, constant: 41 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 0xffffffff
;;   movaps xmm1, xmm0
;;   pinsrd xmm1, eax, 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.splat: 33 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movd xmm0, edx
;;   pshufd xmm0, xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.eq: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.eq, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm1
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
;; i32x4.ne: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm1
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.ne, constant: 80 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm1
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
;; i32x4.lt_s: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm1
;;   pcmpgtd xmm2, xmm0
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.lt_s, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm1
;;   pcmpgtd xmm2, xmm0
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
;; i32x4.lt_u: 55 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmaxud xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.lt_u, constant: 80 bytes, 24 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmaxud xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; i32x4.gt_s: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpgtd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.gt_s, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pcmpgtd xmm2, xmm1
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
;; i32x4.gt_u: 55 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pminud xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.gt_u, constant: 80 bytes, 24 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pminud xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; i32x4.le_s: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pminsd xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.le_s, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pminsd xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
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
;; i32x4.le_u: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pminud xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.le_u, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pminud xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
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
;; i32x4.ge_s: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmaxsd xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.ge_s, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmaxsd xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
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
;; i32x4.ge_u: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmaxud xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.ge_u, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmaxud xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqd xmm2, xmm14
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
;; i32x4.extadd_pairwise_i16x8_s: 64 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   pmaddwd xmm1, xmmword ptr [rip + 0x16]
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
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;
;; i32x4.extadd_pairwise_i16x8_u: 112 bytes, 37 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   pxor xmm1, xmmword ptr [rip + 0x26]
;;   pmaddwd xmm1, xmmword ptr [rip + 0x2e]
;;   paddd xmm1, xmmword ptr [rip + 0x36]
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
;;   add byte ptr [rax - 0x7fff8000], al
;;   add byte ptr [rax - 0x7fff8000], al
;;   add byte ptr [rax + 0x18000], al
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add dword ptr [rax], eax
;;   add byte ptr [rax], al
;;   add dword ptr [rax], eax
;;   add byte ptr [rax], al
;;   add dword ptr [rax], eax
;;   add byte ptr [rax], al
;;   add dword ptr [rax], eax
;;   add byte ptr [rax], al
;;   add dword ptr [rax], eax
;;
;; i32x4.abs: 32 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pabsd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.neg: 40 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm14, xmm14
;;   movaps xmm1, xmm14
;;   psubd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.all_true: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm1, xmm1
;;   pcmpeqd xmm1, xmm0
;;   ptest xmm1, xmm1
;;   sete al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.bitmask: 27 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movmskps eax, xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.extend_low_i16x8_s: 32 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pmovsxwd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.extend_high_i16x8_s: 37 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm1, xmm0, 0xee
;;   pmovsxwd xmm1, xmm1
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.extend_low_i16x8_u: 32 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pmovzxwd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.extend_high_i16x8_u: 37 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm1, xmm0, 0xee
;;   pmovzxwd xmm1, xmm1
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.shl: 47 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 0x1f
;;   movd xmm15, r11d
;;   movaps xmm1, xmm0
;;   pslld xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.shl, constant: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   pslld xmm1, 0x1f
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.shr_s: 47 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 0x1f
;;   movd xmm15, r11d
;;   movaps xmm1, xmm0
;;   psrad xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.shr_s, constant: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   psrad xmm1, 0x1f
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.shr_u: 47 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 0x1f
;;   movd xmm15, r11d
;;   movaps xmm1, xmm0
;;   psrld xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.shr_u, constant: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   psrld xmm1, 0x1f
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.add: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   paddd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.add, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   paddd xmm2, xmm1
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
;; i32x4.sub: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   psubd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.sub, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   psubd xmm2, xmm1
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
;; i32x4.mul: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pmulld xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.mul, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pmulld xmm2, xmm1
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
;; i32x4.min_s: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pminsd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.min_s, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pminsd xmm2, xmm1
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
;; i32x4.min_u: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pminud xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.min_u, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pminud xmm2, xmm1
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
;; i32x4.max_s: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pmaxsd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.max_s, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pmaxsd xmm2, xmm1
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
;; i32x4.max_u: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pmaxud xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.max_u, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pmaxud xmm2, xmm1
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
;; i32x4.dot_i16x8_s: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pmaddwd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.dot_i16x8_s, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pmaddwd xmm2, xmm1
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
;; i32x4.extmul_low_i16x8_s: 56 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmullw xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pmulhw xmm2, xmm1
;;   movaps xmm15, xmm2
;;   movaps xmm2, xmm14
;;   punpcklwd xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.extmul_low_i16x8_s, constant: 80 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmullw xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pmulhw xmm2, xmm1
;;   movaps xmm15, xmm2
;;   movaps xmm2, xmm14
;;   punpcklwd xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; i32x4.extmul_high_i16x8_s: 56 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmullw xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pmulhw xmm2, xmm1
;;   movaps xmm15, xmm2
;;   movaps xmm2, xmm14
;;   punpckhwd xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.extmul_high_i16x8_s, constant: 80 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmullw xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pmulhw xmm2, xmm1
;;   movaps xmm15, xmm2
;;   movaps xmm2, xmm14
;;   punpckhwd xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; i32x4.extmul_low_i16x8_u: 56 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmullw xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pmulhuw xmm2, xmm1
;;   movaps xmm15, xmm2
;;   movaps xmm2, xmm14
;;   punpcklwd xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.extmul_low_i16x8_u, constant: 80 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmullw xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pmulhuw xmm2, xmm1
;;   movaps xmm15, xmm2
;;   movaps xmm2, xmm14
;;   punpcklwd xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; i32x4.extmul_high_i16x8_u: 56 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmullw xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pmulhuw xmm2, xmm1
;;   movaps xmm15, xmm2
;;   movaps xmm2, xmm14
;;   punpckhwd xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i32x4.extmul_high_i16x8_u, constant: 80 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmullw xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pmulhuw xmm2, xmm1
;;   movaps xmm15, xmm2
;;   movaps xmm2, xmm14
;;   punpckhwd xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; i32x4.trunc_sat_f32x4_s: 96 bytes, 30 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm15, xmm0
;;   cmpeqps xmm15, xmm0
;;   movaps xmm14, xmm0
;;   pand xmm14, xmm15
;;   cvttps2dq xmm1, xmm14
;;   movaps xmm15, xmmword ptr [rip + 0x22]
;;   cmpleps xmm15, xmm14
;;   pxor xmm1, xmm15
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
;;   add byte ptr [rdi], cl
;;   add byte ptr [rax], al
;;   add byte ptr [r8], r8b
;;   add byte ptr [rdi], cl
;;   add byte ptr [rax], al
;;   .byte 0x4f
;;
;; i32x4.trunc_sat_f32x4_u: 112 bytes, 32 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm15, xmm15
;;   movaps xmm14, xmm0
;;   maxps xmm14, xmm15
;;   cvttps2dq xmm1, xmm14
;;   subps xmm14, xmmword ptr [rip + 0x37]
;;   maxps xmm14, xmm15
;;   movaps xmm15, xmmword ptr [rip + 0x2b]
;;   cmpleps xmm15, xmm14
;;   cvttps2dq xmm14, xmm14
;;   pxor xmm14, xmm15
;;   paddd xmm1, xmm14
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
;;   add byte ptr [r8], r8b
;;   add byte ptr [rdi], cl
;;   add byte ptr [rax], al
;;   add byte ptr [r8], r8b
;;   .byte 0x00
;;   .byte 0x4f
;;
;; i32x4.trunc_sat_f64x2_s_zero: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   cmpeqpd xmm14, xmm0
;;   pand xmm14, xmmword ptr [rip + 0x1e]
;;   movaps xmm1, xmm0
;;   minpd xmm1, xmm14
;;   cvttpd2dq xmm1, xmm1
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   sar bh, 0xff
;;   .byte 0xff
;;   fild word ptr [rcx]
;;   add al, al
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xdf
;;   .byte 0x41
;;
;; i32x4.trunc_sat_f64x2_u_zero: 112 bytes, 33 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm15, xmm15
;;   movaps xmm14, xmm0
;;   maxpd xmm14, xmm15
;;   minpd xmm14, xmmword ptr [rip + 0x2a]
;;   roundpd xmm14, xmm14, 0xb
;;   addpd xmm14, xmmword ptr [rip + 0x2a]
;;   movaps xmm1, xmm14
;;   shufps xmm1, xmm15, 0x88
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, ah
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   out dx, eax
;;   add byte ptr [r8], al
;;   loopne 0x5b
;;   .byte 0xff
;;   .byte 0xff
;;   out dx, eax
;;   add byte ptr [r8], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   xor byte ptr [rbx], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], dh
;;   .byte 0x43

;;@ aarch64
;; i32x4.extract_lane 0: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov w0, v0.s[0]
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.replace_lane 0: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov v1.16b, v0.16b
;;   mov v1.s[0], w4
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.replace_lane 0, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #0xffffffff
;;   mov v1.16b, v0.16b
;;   mov v1.s[0], w0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.splat: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   dup v0.4s, w4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.eq: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.eq, constant: 80 bytes, 20 instructions
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
;;   cmeq v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.ne: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v2.4s, v0.4s, v1.4s
;;   mvn v2.16b, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.ne, constant: 84 bytes, 21 instructions
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
;;   cmeq v2.4s, v0.4s, v1.4s
;;   mvn v2.16b, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.lt_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmgt v2.4s, v1.4s, v0.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.lt_s, constant: 80 bytes, 20 instructions
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
;;   cmgt v2.4s, v1.4s, v0.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.lt_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmhi v2.4s, v1.4s, v0.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.lt_u, constant: 80 bytes, 20 instructions
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
;;   cmhi v2.4s, v1.4s, v0.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.gt_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmgt v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.gt_s, constant: 80 bytes, 20 instructions
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
;;   cmgt v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.gt_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmhi v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.gt_u, constant: 80 bytes, 20 instructions
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
;;   cmhi v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.le_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmge v2.4s, v1.4s, v0.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.le_s, constant: 80 bytes, 20 instructions
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
;;   cmge v2.4s, v1.4s, v0.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.le_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmhs v2.4s, v1.4s, v0.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.le_u, constant: 80 bytes, 20 instructions
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
;;   cmhs v2.4s, v1.4s, v0.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.ge_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmge v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.ge_s, constant: 80 bytes, 20 instructions
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
;;   cmge v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.ge_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmhs v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.ge_u, constant: 80 bytes, 20 instructions
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
;;   cmhs v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extadd_pairwise_i16x8_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   saddlp v1.4s, v0.8h
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extadd_pairwise_i16x8_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   uaddlp v1.4s, v0.8h
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.abs: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   abs v1.4s, v0.4s
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.neg: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   neg v1.4s, v0.4s
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.all_true: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v30.4s, v0.4s, #0
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
;; i32x4.bitmask: 80 bytes, 20 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshr v30.4s, v0.4s, #0x1f
;;   mov x17, #1
;;   movk x17, #2, lsl #32
;;   fmov d1, x17
;;   mov x17, #4
;;   movk x17, #8, lsl #32
;;   mov v1.d[1], x17
;;   and v30.16b, v30.16b, v1.16b
;;   addv s30, v30.4s
;;   fmov w0, s30
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extend_low_i16x8_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshll v1.4s, v0.4h, #0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extend_high_i16x8_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshll2 v1.4s, v0.8h, #0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extend_low_i16x8_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ushll v1.4s, v0.4h, #0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extend_high_i16x8_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ushll2 v1.4s, v0.8h, #0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.shl: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #0x1f
;;   dup v30.4s, w17
;;   ushl v1.4s, v0.4s, v30.4s
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.shl, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   shl v1.4s, v0.4s, #0x1f
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.shr_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #0x1f
;;   neg x17, x17
;;   dup v30.4s, w17
;;   sshl v1.4s, v0.4s, v30.4s
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.shr_s, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshr v1.4s, v0.4s, #0x1f
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.shr_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #0x1f
;;   neg x17, x17
;;   dup v30.4s, w17
;;   ushl v1.4s, v0.4s, v30.4s
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.shr_u, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ushr v1.4s, v0.4s, #0x1f
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.add: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.add, constant: 80 bytes, 20 instructions
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
;;   add v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.sub: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sub v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.sub, constant: 80 bytes, 20 instructions
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
;;   sub v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.mul: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mul v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.mul, constant: 80 bytes, 20 instructions
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
;;   mul v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.min_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smin v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.min_s, constant: 80 bytes, 20 instructions
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
;;   smin v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.min_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umin v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.min_u, constant: 80 bytes, 20 instructions
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
;;   umin v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.max_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smax v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.max_s, constant: 80 bytes, 20 instructions
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
;;   smax v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.max_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umax v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.max_u, constant: 80 bytes, 20 instructions
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
;;   umax v2.4s, v0.4s, v1.4s
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.dot_i16x8_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smull v30.4s, v0.4h, v1.4h
;;   smull2 v31.4s, v0.8h, v1.8h
;;   addp v30.4s, v30.4s, v31.4s
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.dot_i16x8_s, constant: 92 bytes, 23 instructions
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
;;   smull v30.4s, v0.4h, v1.4h
;;   smull2 v31.4s, v0.8h, v1.8h
;;   addp v30.4s, v30.4s, v31.4s
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extmul_low_i16x8_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smull v2.4s, v0.4h, v1.4h
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extmul_low_i16x8_s, constant: 80 bytes, 20 instructions
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
;;   smull v2.4s, v0.4h, v1.4h
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extmul_high_i16x8_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smull2 v2.4s, v0.8h, v1.8h
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extmul_high_i16x8_s, constant: 80 bytes, 20 instructions
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
;;   smull2 v2.4s, v0.8h, v1.8h
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extmul_low_i16x8_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umull v2.4s, v0.4h, v1.4h
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extmul_low_i16x8_u, constant: 80 bytes, 20 instructions
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
;;   umull v2.4s, v0.4h, v1.4h
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extmul_high_i16x8_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umull2 v2.4s, v0.8h, v1.8h
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.extmul_high_i16x8_u, constant: 80 bytes, 20 instructions
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
;;   umull2 v2.4s, v0.8h, v1.8h
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.trunc_sat_f32x4_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtzs v1.4s, v0.4s
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.trunc_sat_f32x4_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtzu v1.4s, v0.4s
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.trunc_sat_f64x2_s_zero: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtzs v30.2d, v0.2d
;;   sqxtn v1.2s, v30.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i32x4.trunc_sat_f64x2_u_zero: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtzu v30.2d, v0.2d
;;   uqxtn v1.2s, v30.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
