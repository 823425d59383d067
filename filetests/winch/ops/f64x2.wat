;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module
  (func (export "f64x2.extract_lane 0") (param v128) (result f64) (f64x2.extract_lane 0 (local.get 0)))
  (func (export "f64x2.replace_lane 0") (param v128 f64) (result v128) (f64x2.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "f64x2.replace_lane 0, constant") (param v128) (result v128) (f64x2.replace_lane 0 (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64x2.splat") (param f64) (result v128) (f64x2.splat (local.get 0)))
  (func (export "f64x2.eq") (param v128 v128) (result v128) (f64x2.eq (local.get 0) (local.get 1)))
  (func (export "f64x2.eq, constant") (param v128) (result v128) (f64x2.eq (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.ne") (param v128 v128) (result v128) (f64x2.ne (local.get 0) (local.get 1)))
  (func (export "f64x2.ne, constant") (param v128) (result v128) (f64x2.ne (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.lt") (param v128 v128) (result v128) (f64x2.lt (local.get 0) (local.get 1)))
  (func (export "f64x2.lt, constant") (param v128) (result v128) (f64x2.lt (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.gt") (param v128 v128) (result v128) (f64x2.gt (local.get 0) (local.get 1)))
  (func (export "f64x2.gt, constant") (param v128) (result v128) (f64x2.gt (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.le") (param v128 v128) (result v128) (f64x2.le (local.get 0) (local.get 1)))
  (func (export "f64x2.le, constant") (param v128) (result v128) (f64x2.le (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.ge") (param v128 v128) (result v128) (f64x2.ge (local.get 0) (local.get 1)))
  (func (export "f64x2.ge, constant") (param v128) (result v128) (f64x2.ge (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.ceil") (param v128) (result v128) (f64x2.ceil (local.get 0)))
  (func (export "f64x2.floor") (param v128) (result v128) (f64x2.floor (local.get 0)))
  (func (export "f64x2.trunc") (param v128) (result v128) (f64x2.trunc (local.get 0)))
  (func (export "f64x2.nearest") (param v128) (result v128) (f64x2.nearest (local.get 0)))
  (func (export "f64x2.abs") (param v128) (result v128) (f64x2.abs (local.get 0)))
  (func (export "f64x2.neg") (param v128) (result v128) (f64x2.neg (local.get 0)))
  (func (export "f64x2.sqrt") (param v128) (result v128) (f64x2.sqrt (local.get 0)))
  (func (export "f64x2.add") (param v128 v128) (result v128) (f64x2.add (local.get 0) (local.get 1)))
  (func (export "f64x2.add, constant") (param v128) (result v128) (f64x2.add (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.sub") (param v128 v128) (result v128) (f64x2.sub (local.get 0) (local.get 1)))
  (func (export "f64x2.sub, constant") (param v128) (result v128) (f64x2.sub (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.mul") (param v128 v128) (result v128) (f64x2.mul (local.get 0) (local.get 1)))
  (func (export "f64x2.mul, constant") (param v128) (result v128) (f64x2.mul (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.div") (param v128 v128) (result v128) (f64x2.div (local.get 0) (local.get 1)))
  (func (export "f64x2.div, constant") (param v128) (result v128) (f64x2.div (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.min") (param v128 v128) (result v128) (f64x2.min (local.get 0) (local.get 1)))
  (func (export "f64x2.min, constant") (param v128) (result v128) (f64x2.min (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.max") (param v128 v128) (result v128) (f64x2.max (local.get 0) (local.get 1)))
  (func (export "f64x2.max, constant") (param v128) (result v128) (f64x2.max (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.pmin") (param v128 v128) (result v128) (f64x2.pmin (local.get 0) (local.get 1)))
  (func (export "f64x2.pmin, constant") (param v128) (result v128) (f64x2.pmin (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.pmax") (param v128 v128) (result v128) (f64x2.pmax (local.get 0) (local.get 1)))
  (func (export "f64x2.pmax, constant") (param v128) (result v128) (f64x2.pmax (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "f64x2.convert_low_i32x4_s") (param v128) (result v128) (f64x2.convert_low_i32x4_s (local.get 0)))
  (func (export "f64x2.convert_low_i32x4_u") (param v128) (result v128) (f64x2.convert_low_i32x4_u (local.get 0)))
  (func (export "f64x2.promote_low_f32x4") (param v128) (result v128) (f64x2.promote_low_f32x4 (local.get 0))))

;;@ x86_64
;; f64x2.extract_lane 0: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.replace_lane 0: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   movsd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.replace_lane 0, constant: 56 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   movaps xmm2, xmm0
;;   movsd xmm2, xmm1
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
;;   clc
;;   .byte 0x3f
;;
;; f64x2.splat: 32 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pshufd xmm1, xmm0, 0x44
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.eq: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   cmpeqpd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.eq, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   cmpeqpd xmm2, xmm1
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
;; f64x2.ne: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   cmpneqpd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.ne, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   cmpneqpd xmm2, xmm1
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
;; f64x2.lt: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   cmpltpd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.lt, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   cmpltpd xmm2, xmm1
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
;; f64x2.gt: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm1
;;   cmpltpd xmm2, xmm0
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.gt, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm1
;;   cmpltpd xmm2, xmm0
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
;; f64x2.le: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   cmplepd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.le, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   cmplepd xmm2, xmm1
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
;; f64x2.ge: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm1
;;   cmplepd xmm2, xmm0
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.ge, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm1
;;   cmplepd xmm2, xmm0
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
;; f64x2.ceil: 33 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   roundpd xmm1, xmm0, 0xa
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.floor: 33 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   roundpd xmm1, xmm0, 9
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.trunc: 33 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   roundpd xmm1, xmm0, 0xb
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.nearest: 33 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   roundpd xmm1, xmm0, 8
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.abs: 64 bytes, 18 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   pand xmm1, xmmword ptr [rip + 0x16]
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
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 38
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0x7f
;;
;; f64x2.neg: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   pxor xmm1, xmmword ptr [rip + 0x16]
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
;; f64x2.sqrt: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   sqrtpd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.add: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   addpd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.add, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   addpd xmm2, xmm1
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
;; f64x2.sub: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   subpd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.sub, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   subpd xmm2, xmm1
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
;; f64x2.mul: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   mulpd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.mul, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   mulpd xmm2, xmm1
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
;; f64x2.div: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   divpd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.div, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   divpd xmm2, xmm1
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
;; f64x2.min: 76 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   minpd xmm14, xmm1
;;   movaps xmm15, xmm1
;;   minpd xmm15, xmm0
;;   por xmm14, xmm15
;;   cmpunordpd xmm15, xmm14
;;   por xmm14, xmm15
;;   psrlq xmm15, 0xd
;;   movaps xmm2, xmm15
;;   pandn xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.min, constant: 112 bytes, 31 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x4a]
;;   movaps xmm14, xmm0
;;   minpd xmm14, xmm1
;;   movaps xmm15, xmm1
;;   minpd xmm15, xmm0
;;   por xmm14, xmm15
;;   cmpunordpd xmm15, xmm14
;;   por xmm14, xmm15
;;   psrlq xmm15, 0xd
;;   movaps xmm2, xmm15
;;   pandn xmm2, xmm14
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
;;   jg 6f
;; 6f:
;;   .byte 0x80
;;
;; f64x2.max: 81 bytes, 21 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   maxpd xmm14, xmm1
;;   movaps xmm15, xmm1
;;   maxpd xmm15, xmm0
;;   pxor xmm15, xmm14
;;   por xmm14, xmm15
;;   subpd xmm14, xmm15
;;   cmpunordpd xmm15, xmm14
;;   psrlq xmm15, 0xd
;;   movaps xmm2, xmm15
;;   pandn xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.max, constant: 112 bytes, 32 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x4a]
;;   movaps xmm14, xmm0
;;   maxpd xmm14, xmm1
;;   movaps xmm15, xmm1
;;   maxpd xmm15, xmm0
;;   pxor xmm15, xmm14
;;   por xmm14, xmm15
;;   subpd xmm14, xmm15
;;   cmpunordpd xmm15, xmm14
;;   psrlq xmm15, 0xd
;;   movaps xmm2, xmm15
;;   pandn xmm2, xmm14
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
;;   jg 6f
;; 6f:
;;   .byte 0x80
;;
;; f64x2.pmin: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm1
;;   minpd xmm2, xmm0
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.pmin, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm1
;;   minpd xmm2, xmm0
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
;; f64x2.pmax: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm1
;;   maxpd xmm2, xmm0
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.pmax, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm1
;;   maxpd xmm2, xmm0
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
;; f64x2.convert_low_i32x4_s: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cvtdq2pd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64x2.convert_low_i32x4_u: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   punpckldq xmm1, xmmword ptr [rip + 0x16]
;;   subpd xmm1, xmmword ptr [rip + 0x1e]
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   xor byte ptr [rbx], al
;;   add byte ptr [rax], dh
;;   add byte ptr [r8], al
;;   xor byte ptr [rbx], al
;;   add byte ptr [rax], dh
;;   add byte ptr [r8], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   xor byte ptr [rbx], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], dh
;;   .byte 0x43
;;
;; f64x2.promote_low_f32x4: 30 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   cvtps2pd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret

;;@ aarch64
;; f64x2.extract_lane 0: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov d1, v0.d[0]
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.replace_lane 0: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov v2.16b, v0.16b
;;   mov v2.d[0], v1.d[0]
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.replace_lane 0, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   mov v2.16b, v0.16b
;;   mov v2.d[0], v1.d[0]
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.splat: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   dup v1.2d, v0.d[0]
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.eq: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmeq v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.eq, constant: 80 bytes, 20 instructions
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
;;   fcmeq v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.ne: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmeq v2.2d, v0.2d, v1.2d
;;   mvn v2.16b, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.ne, constant: 84 bytes, 21 instructions
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
;;   fcmeq v2.2d, v0.2d, v1.2d
;;   mvn v2.16b, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.lt: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmgt v2.2d, v1.2d, v0.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.lt, constant: 80 bytes, 20 instructions
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
;;   fcmgt v2.2d, v1.2d, v0.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.gt: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmgt v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.gt, constant: 80 bytes, 20 instructions
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
;;   fcmgt v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.le: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmge v2.2d, v1.2d, v0.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.le, constant: 80 bytes, 20 instructions
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
;;   fcmge v2.2d, v1.2d, v0.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.ge: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmge v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.ge, constant: 80 bytes, 20 instructions
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
;;   fcmge v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.ceil: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   frintp v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.floor: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   frintm v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.trunc: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   frintz v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.nearest: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   frintn v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.abs: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fabs v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.neg: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fneg v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.sqrt: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fsqrt v1.2d, v0.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.add: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fadd v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.add, constant: 80 bytes, 20 instructions
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
;;   fadd v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.sub: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fsub v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.sub, constant: 80 bytes, 20 instructions
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
;;   fsub v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.mul: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmul v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.mul, constant: 80 bytes, 20 instructions
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
;;   fmul v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.div: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fdiv v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.div, constant: 80 bytes, 20 instructions
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
;;   fdiv v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.min: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmin v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.min, constant: 80 bytes, 20 instructions
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
;;   fmin v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.max: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmax v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.max, constant: 80 bytes, 20 instructions
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
;;   fmax v2.2d, v0.2d, v1.2d
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.pmin: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmgt v30.2d, v0.2d, v1.2d
;;   bsl v30.16b, v1.16b, v0.16b
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.pmin, constant: 88 bytes, 22 instructions
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
;;   fcmgt v30.2d, v0.2d, v1.2d
;;   bsl v30.16b, v1.16b, v0.16b
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.pmax: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmgt v30.2d, v1.2d, v0.2d
;;   bsl v30.16b, v1.16b, v0.16b
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.pmax, constant: 88 bytes, 22 instructions
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
;;   fcmgt v30.2d, v1.2d, v0.2d
;;   bsl v30.16b, v1.16b, v0.16b
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.convert_low_i32x4_s: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshll v1.2d, v0.2s, #0
;;   scvtf v1.2d, v1.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.convert_low_i32x4_u: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ushll v1.2d, v0.2s, #0
;;   ucvtf v1.2d, v1.2d
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64x2.promote_low_f32x4: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvtl v1.2d, v0.2s
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
