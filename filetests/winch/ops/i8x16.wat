;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module
  (func (export "i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15") (param v128 v128) (result v128) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (local.get 0) (local.get 1)))
  (func (export "i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15, constant") (param v128) (result v128) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.extract_lane_s 0") (param v128) (result i32) (i8x16.extract_lane_s 0 (local.get 0)))
  (func (export "i8x16.extract_lane_u 0") (param v128) (result i32) (i8x16.extract_lane_u 0 (local.get 0)))
  (func (export "i8x16.replace_lane 0") (param v128 i32) (result v128) (i8x16.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "i8x16.replace_lane 0, constant") (param v128) (result v128) (i8x16.replace_lane 0 (local.get 0) (i32.const 0xffffffff)))
  (func (export "i8x16.swizzle") (param v128 v128) (result v128) (i8x16.swizzle (local.get 0) (local.get 1)))
  (func (export "i8x16.swizzle, constant") (param v128) (result v128) (i8x16.swizzle (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.splat") (param i32) (result v128) (i8x16.splat (local.get 0)))
  (func (export "i8x16.eq") (param v128 v128) (result v128) (i8x16.eq (local.get 0) (local.get 1)))
  (func (export "i8x16.eq, constant") (param v128) (result v128) (i8x16.eq (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.ne") (param v128 v128) (result v128) (i8x16.ne (local.get 0) (local.get 1)))
  (func (export "i8x16.ne, constant") (param v128) (result v128) (i8x16.ne (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.lt_s") (param v128 v128) (result v128) (i8x16.lt_s (local.get 0) (local.get 1)))
  (func (export "i8x16.lt_s, constant") (param v128) (result v128) (i8x16.lt_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.lt_u") (param v128 v128) (result v128) (i8x16.lt_u (local.get 0) (local.get 1)))
  (func (export "i8x16.lt_u, constant") (param v128) (result v128) (i8x16.lt_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.gt_s") (param v128 v128) (result v128) (i8x16.gt_s (local.get 0) (local.get 1)))
  (func (export "i8x16.gt_s, constant") (param v128) (result v128) (i8x16.gt_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.gt_u") (param v128 v128) (result v128) (i8x16.gt_u (local.get 0) (local.get 1)))
  (func (export "i8x16.gt_u, constant") (param v128) (result v128) (i8x16.gt_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.le_s") (param v128 v128) (result v128) (i8x16.le_s (local.get 0) (local.get 1)))
  (func (export "i8x16.le_s, constant") (param v128) (result v128) (i8x16.le_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.le_u") (param v128 v128) (result v128) (i8x16.le_u (local.get 0) (local.get 1)))
  (func (export "i8x16.le_u, constant") (param v128) (result v128) (i8x16.le_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.ge_s") (param v128 v128) (result v128) (i8x16.ge_s (local.get 0) (local.get 1)))
  (func (export "i8x16.ge_s, constant") (param v128) (result v128) (i8x16.ge_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.ge_u") (param v128 v128) (result v128) (i8x16.ge_u (local.get 0) (local.get 1)))
  (func (export "i8x16.ge_u, constant") (param v128) (result v128) (i8x16.ge_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.abs") (param v128) (result v128) (i8x16.abs (local.get 0)))
  (func (export "i8x16.neg") (param v128) (result v128) (i8x16.neg (local.get 0)))
  (func (export "i8x16.popcnt") (param v128) (result v128) (i8x16.popcnt (local.get 0)))
  (func (export "i8x16.all_true") (param v128) (result i32) (i8x16.all_true (local.get 0)))
  (func (export "i8x16.bitmask") (param v128) (result i32) (i8x16.bitmask (local.get 0)))
  (func (export "i8x16.narrow_i16x8_s") (param v128 v128) (result v128) (i8x16.narrow_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i8x16.narrow_i16x8_s, constant") (param v128) (result v128) (i8x16.narrow_i16x8_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.narrow_i16x8_u") (param v128 v128) (result v128) (i8x16.narrow_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i8x16.narrow_i16x8_u, constant") (param v128) (result v128) (i8x16.narrow_i16x8_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.shl") (param v128 i32) (result v128) (i8x16.shl (local.get 0) (local.get 1)))
  (func (export "i8x16.shl, constant") (param v128) (result v128) (i8x16.shl (local.get 0) (i32.const 0xffffffff)))
  (func (export "i8x16.shr_s") (param v128 i32) (result v128) (i8x16.shr_s (local.get 0) (local.get 1)))
  (func (export "i8x16.shr_s, constant") (param v128) (result v128) (i8x16.shr_s (local.get 0) (i32.const 0xffffffff)))
  (func (export "i8x16.shr_u") (param v128 i32) (result v128) (i8x16.shr_u (local.get 0) (local.get 1)))
  (func (export "i8x16.shr_u, constant") (param v128) (result v128) (i8x16.shr_u (local.get 0) (i32.const 0xffffffff)))
  (func (export "i8x16.add") (param v128 v128) (result v128) (i8x16.add (local.get 0) (local.get 1)))
  (func (export "i8x16.add, constant") (param v128) (result v128) (i8x16.add (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.add_sat_s") (param v128 v128) (result v128) (i8x16.add_sat_s (local.get 0) (local.get 1)))
  (func (export "i8x16.add_sat_s, constant") (param v128) (result v128) (i8x16.add_sat_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.add_sat_u") (param v128 v128) (result v128) (i8x16.add_sat_u (local.get 0) (local.get 1)))
  (func (export "i8x16.add_sat_u, constant") (param v128) (result v128) (i8x16.add_sat_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.sub") (param v128 v128) (result v128) (i8x16.sub (local.get 0) (local.get 1)))
  (func (export "i8x16.sub, constant") (param v128) (result v128) (i8x16.sub (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.sub_sat_s") (param v128 v128) (result v128) (i8x16.sub_sat_s (local.get 0) (local.get 1)))
  (func (export "i8x16.sub_sat_s, constant") (param v128) (result v128) (i8x16.sub_sat_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.sub_sat_u") (param v128 v128) (result v128) (i8x16.sub_sat_u (local.get 0) (local.get 1)))
  (func (export "i8x16.sub_sat_u, constant") (param v128) (result v128) (i8x16.sub_sat_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.min_s") (param v128 v128) (result v128) (i8x16.min_s (local.get 0) (local.get 1)))
  (func (export "i8x16.min_s, constant") (param v128) (result v128) (i8x16.min_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.min_u") (param v128 v128) (result v128) (i8x16.min_u (local.get 0) (local.get 1)))
  (func (export "i8x16.min_u, constant") (param v128) (result v128) (i8x16.min_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.max_s") (param v128 v128) (result v128) (i8x16.max_s (local.get 0) (local.get 1)))
  (func (export "i8x16.max_s, constant") (param v128) (result v128) (i8x16.max_s (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.max_u") (param v128 v128) (result v128) (i8x16.max_u (local.get 0) (local.get 1)))
  (func (export "i8x16.max_u, constant") (param v128) (result v128) (i8x16.max_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "i8x16.avgr_u") (param v128 v128) (result v128) (i8x16.avgr_u (local.get 0) (local.get 1)))
  (func (export "i8x16.avgr_u, constant") (param v128) (result v128) (i8x16.avgr_u (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001))))

;;@ x86_64
;; i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15: 96 bytes, 24 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pshufb xmm14, xmmword ptr [rip + 0x23]
;;   movaps xmm15, xmm1
;;   pshufb xmm15, xmmword ptr [rip + 0x25]
;;   movaps xmm2, xmm14
;;   por xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rcx], al
;;   add al, byte ptr [rbx]
;;   add al, 5
;;   .byte 0x06
;;   .byte 0x07
;;   or byte ptr [rcx], cl
;;   or cl, byte ptr [rbx]
;;   or al, 0xd
;;   .byte 0x0e
;;   jo 0xffffffff808080d5
;;   add byte ptr [rax - 0x7f7f7f80], 0x80
;;   .byte 0x80
;;   .byte 0x80
;;   .byte 0x80
;;   .byte 0x80
;;
;; i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15, constant: 128 bytes, 33 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x3a]
;;   movaps xmm14, xmm0
;;   pshufb xmm14, xmmword ptr [rip + 0x3c]
;;   movaps xmm15, xmm1
;;   pshufb xmm15, xmmword ptr [rip + 0x3e]
;;   movaps xmm2, xmm14
;;   por xmm2, xmm15
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
;;   jg 5f
;; 5f:
;;   add byte ptr [rax], 1
;;   add al, byte ptr [rbx]
;;   add al, 5
;;   .byte 0x06
;;   .byte 0x07
;;   or byte ptr [rcx], cl
;;   or cl, byte ptr [rbx]
;;   or al, 0xd
;;   .byte 0x0e
;;   jo 0xffffffff808080f5
;;   add byte ptr [rax - 0x7f7f7f80], 0x80
;;   .byte 0x80
;;   .byte 0x80
;;   .byte 0x80
;;   .byte 0x80
;;
;; i8x16.extract_lane_s 0: 33 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pextrb eax, xmm0, 0
;;   movsx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.extract_lane_u 0: 30 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pextrb eax, xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.replace_lane 0: 36 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   pinsrb xmm1, edx, 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.replace_lane 0, constant: 41 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov eax, 0xffffffff
;;   movaps xmm1, xmm0
;;   pinsrb xmm1, eax, 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.swizzle: 80 bytes, 29 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm15, xmmword ptr [rip + 0x29]
;;   paddusb xmm15, xmm1
;;   movaps xmm2, xmm0
;;   pshufb xmm2, xmm15
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
;;   add byte ptr [rax], al
;;   add byte ptr [rax + 0x70], dh
;;   jo 0xb4
;;   jo 0xb6
;;   jo 0xb8
;;   jo 0xba
;;   jo 0xbc
;;   jo 0xbe
;;   jo 0xc0
;;
;; i8x16.swizzle, constant: 96 bytes, 32 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm15, xmmword ptr [rip + 0x32]
;;   paddusb xmm15, xmm1
;;   movaps xmm2, xmm0
;;   pshufb xmm2, xmm15
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
;;   xor byte ptr [rax + 0x70], 0x70
;;   jo 0xc5
;;   jo 0xc7
;;   jo 0xc9
;;   jo 0xcb
;;   jo 0xcd
;;   jo 0xcf
;;   .byte 0x70
;;
;; i8x16.splat: 39 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movd xmm0, edx
;;   pxor xmm15, xmm15
;;   pshufb xmm0, xmm15
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.eq: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.eq, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm1
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
;; i8x16.ne: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm1
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.ne, constant: 80 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm1
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
;; i8x16.lt_s: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm1
;;   pcmpgtb xmm2, xmm0
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.lt_s, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm1
;;   pcmpgtb xmm2, xmm0
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
;; i8x16.lt_u: 54 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmaxub xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.lt_u, constant: 80 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmaxub xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; i8x16.gt_s: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pcmpgtb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.gt_s, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pcmpgtb xmm2, xmm1
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
;; i8x16.gt_u: 54 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pminub xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.gt_u, constant: 80 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pminub xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
;;   pcmpeqd xmm15, xmm15
;;   pxor xmm2, xmm15
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; i8x16.le_s: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pminsb xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.le_s, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pminsb xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
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
;; i8x16.le_u: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pminub xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.le_u, constant: 80 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pminub xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
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
;; i8x16.ge_s: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmaxsb xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.ge_s, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmaxsb xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
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
;; i8x16.ge_u: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   pmaxub xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.ge_u, constant: 80 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x2a]
;;   movaps xmm14, xmm0
;;   pmaxub xmm14, xmm1
;;   movaps xmm2, xmm0
;;   pcmpeqb xmm2, xmm14
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
;; i8x16.abs: 32 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pabsb xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.neg: 40 bytes, 13 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm14, xmm14
;;   movaps xmm1, xmm14
;;   psubb xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.popcnt: 128 bytes, 30 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm15, xmm0
;;   psrlw xmm15, 4
;;   pand xmm15, xmmword ptr [rip + 0x3e]
;;   movaps xmm14, xmm0
;;   pand xmm14, xmmword ptr [rip + 0x31]
;;   movaps xmm1, xmmword ptr [rip + 0x3a]
;;   pshufb xmm1, xmm14
;;   movaps xmm14, xmmword ptr [rip + 0x2c]
;;   pshufb xmm14, xmm15
;;   paddb xmm1, xmm14
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rdi], cl
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   .byte 0x0f
;;   sldt word ptr [rcx]
;;   add dword ptr [rdx], eax
;;   add dword ptr [rdx], eax
;;   add al, byte ptr [rbx]
;;   add dword ptr [rdx], eax
;;   add al, byte ptr [rbx]
;;   add al, byte ptr [rbx]
;;   .byte 0x03
;;   .byte 0x04
;;
;; i8x16.all_true: 43 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pxor xmm1, xmm1
;;   pcmpeqb xmm1, xmm0
;;   ptest xmm1, xmm1
;;   sete al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.bitmask: 28 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   pmovmskb eax, xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.narrow_i16x8_s: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   packsswb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.narrow_i16x8_s, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   packsswb xmm2, xmm1
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
;; i8x16.narrow_i16x8_u: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   packuswb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.narrow_i16x8_u, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   packuswb xmm2, xmm1
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
;; i8x16.shl: 73 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 7
;;   movd xmm15, r11d
;;   pcmpeqd xmm14, xmm14
;;   psrlw xmm14, 8
;;   psrlw xmm14, xmm15
;;   packuswb xmm14, xmm14
;;   movaps xmm1, xmm0
;;   pand xmm1, xmm14
;;   psllw xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.shl, constant: 64 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   psllw xmm1, 7
;;   pand xmm1, xmmword ptr [rip + 0x11]
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax - 0x7f7f7f80], al
;;   add byte ptr [rax - 0x7f7f7f80], 0x80
;;   .byte 0x80
;;   .byte 0x80
;;   .byte 0x80
;;   .byte 0x80
;;
;; i8x16.shr_s: 78 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 7
;;   add r11d, 8
;;   movd xmm15, r11d
;;   movaps xmm14, xmm0
;;   punpcklbw xmm14, xmm0
;;   movaps xmm1, xmm0
;;   punpckhbw xmm1, xmm0
;;   psraw xmm14, xmm15
;;   psraw xmm1, xmm15
;;   packsswb xmm14, xmm1
;;   movaps xmm1, xmm14
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.shr_s, constant: 67 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm0
;;   punpcklbw xmm14, xmm0
;;   movaps xmm1, xmm0
;;   punpckhbw xmm1, xmm0
;;   psraw xmm14, 0xf
;;   psraw xmm1, 0xf
;;   movaps xmm15, xmm1
;;   movaps xmm1, xmm14
;;   packsswb xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.shr_u: 73 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   and r11d, 7
;;   movd xmm15, r11d
;;   pcmpeqd xmm14, xmm14
;;   psrlw xmm14, 8
;;   psrlw xmm14, xmm15
;;   packuswb xmm14, xmm14
;;   movaps xmm1, xmm0
;;   psrlw xmm1, xmm15
;;   pand xmm1, xmm14
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.shr_u, constant: 64 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   psrlw xmm1, 7
;;   pand xmm1, xmmword ptr [rip + 0x11]
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rcx], al
;;   add dword ptr [rcx], eax
;;   add dword ptr [rcx], eax
;;   add dword ptr [rcx], eax
;;   add dword ptr [rcx], eax
;;   add dword ptr [rcx], eax
;;   add dword ptr [rcx], eax
;;   add dword ptr [rcx], eax
;;   .byte 0x01
;;
;; i8x16.add: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   paddb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.add, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   paddb xmm2, xmm1
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
;; i8x16.add_sat_s: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   paddsb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.add_sat_s, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   paddsb xmm2, xmm1
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
;; i8x16.add_sat_u: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   paddusb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.add_sat_u, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   paddusb xmm2, xmm1
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
;; i8x16.sub: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   psubb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.sub, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   psubb xmm2, xmm1
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
;; i8x16.sub_sat_s: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   psubsb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.sub_sat_s, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   psubsb xmm2, xmm1
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
;; i8x16.sub_sat_u: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   psubusb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.sub_sat_u, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   psubusb xmm2, xmm1
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
;; i8x16.min_s: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pminsb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.min_s, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pminsb xmm2, xmm1
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
;; i8x16.min_u: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pminub xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.min_u, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pminub xmm2, xmm1
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
;; i8x16.max_s: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pmaxsb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.max_s, constant: 64 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pmaxsb xmm2, xmm1
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
;; i8x16.max_u: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pmaxub xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.max_u, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pmaxub xmm2, xmm1
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
;; i8x16.avgr_u: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   pavgb xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; i8x16.avgr_u, constant: 64 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x60
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmmword ptr [rip + 0x1a]
;;   movaps xmm2, xmm0
;;   pavgb xmm2, xmm1
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

;;@ aarch64
;; i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov v30.16b, v0.16b
;;   mov v31.16b, v1.16b
;;   mov x17, #0x100
;;   movk x17, #0x302, lsl #16
;;   movk x17, #0x504, lsl #32
;;   movk x17, #0x706, lsl #48
;;   fmov d2, x17
;;   mov x17, #0x908
;;   movk x17, #0xb0a, lsl #16
;;   movk x17, #0xd0c, lsl #32
;;   movk x17, #0xf0e, lsl #48
;;   mov v2.d[1], x17
;;   tbl v2.16b, {v30.16b, v31.16b}, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15, constant: 128 bytes, 32 instructions
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
;;   mov v30.16b, v0.16b
;;   mov v31.16b, v1.16b
;;   mov x17, #0x100
;;   movk x17, #0x302, lsl #16
;;   movk x17, #0x504, lsl #32
;;   movk x17, #0x706, lsl #48
;;   fmov d2, x17
;;   mov x17, #0x908
;;   movk x17, #0xb0a, lsl #16
;;   movk x17, #0xd0c, lsl #32
;;   movk x17, #0xf0e, lsl #48
;;   mov v2.d[1], x17
;;   tbl v2.16b, {v30.16b, v31.16b}, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.extract_lane_s 0: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smov w0, v0.b[0]
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.extract_lane_u 0: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umov w0, v0.b[0]
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.replace_lane 0: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov v1.16b, v0.16b
;;   mov v1.b[0], w4
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.replace_lane 0, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x0, #0xffffffff
;;   mov v1.16b, v0.16b
;;   mov v1.b[0], w0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.swizzle: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   tbl v2.16b, {v0.16b}, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.swizzle, constant: 80 bytes, 20 instructions
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
;;   tbl v2.16b, {v0.16b}, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.splat: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   dup v0.16b, w4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.eq: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.eq, constant: 80 bytes, 20 instructions
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
;;   cmeq v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.ne: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v2.16b, v0.16b, v1.16b
;;   mvn v2.16b, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.ne, constant: 84 bytes, 21 instructions
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
;;   cmeq v2.16b, v0.16b, v1.16b
;;   mvn v2.16b, v2.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.lt_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmgt v2.16b, v1.16b, v0.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.lt_s, constant: 80 bytes, 20 instructions
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
;;   cmgt v2.16b, v1.16b, v0.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.lt_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmhi v2.16b, v1.16b, v0.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.lt_u, constant: 80 bytes, 20 instructions
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
;;   cmhi v2.16b, v1.16b, v0.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.gt_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmgt v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.gt_s, constant: 80 bytes, 20 instructions
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
;;   cmgt v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.gt_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmhi v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.gt_u, constant: 80 bytes, 20 instructions
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
;;   cmhi v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.le_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmge v2.16b, v1.16b, v0.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.le_s, constant: 80 bytes, 20 instructions
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
;;   cmge v2.16b, v1.16b, v0.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.le_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmhs v2.16b, v1.16b, v0.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.le_u, constant: 80 bytes, 20 instructions
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
;;   cmhs v2.16b, v1.16b, v0.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.ge_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmge v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.ge_s, constant: 80 bytes, 20 instructions
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
;;   cmge v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.ge_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmhs v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.ge_u, constant: 80 bytes, 20 instructions
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
;;   cmhs v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.abs: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   abs v1.16b, v0.16b
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.neg: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   neg v1.16b, v0.16b
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.popcnt: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cnt v1.16b, v0.16b
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.all_true: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   cmeq v30.16b, v0.16b, #0
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
;; i8x16.bitmask: 84 bytes, 21 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshr v30.16b, v0.16b, #7
;;   mov x17, #0x201
;;   movk x17, #0x804, lsl #16
;;   movk x17, #0x2010, lsl #32
;;   movk x17, #0x8040, lsl #48
;;   dup v1.2d, x17
;;   and v30.16b, v30.16b, v1.16b
;;   ext v31.16b, v30.16b, v30.16b, #8
;;   zip1 v30.16b, v30.16b, v31.16b
;;   addv h30, v30.8h
;;   fmov w0, s30
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.narrow_i16x8_s: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sqxtn v30.8b, v0.8h
;;   sqxtn2 v30.16b, v1.8h
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.narrow_i16x8_s, constant: 88 bytes, 22 instructions
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
;;   sqxtn v30.8b, v0.8h
;;   sqxtn2 v30.16b, v1.8h
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.narrow_i16x8_u: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sqxtun v30.8b, v0.8h
;;   sqxtun2 v30.16b, v1.8h
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.narrow_i16x8_u, constant: 88 bytes, 22 instructions
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
;;   sqxtun v30.8b, v0.8h
;;   sqxtun2 v30.16b, v1.8h
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.shl: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #7
;;   dup v30.16b, w17
;;   ushl v1.16b, v0.16b, v30.16b
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.shl, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   shl v1.16b, v0.16b, #7
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.shr_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #7
;;   neg x17, x17
;;   dup v30.16b, w17
;;   sshl v1.16b, v0.16b, v30.16b
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.shr_s, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sshr v1.16b, v0.16b, #7
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.shr_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   and w17, w4, #7
;;   neg x17, x17
;;   dup v30.16b, w17
;;   ushl v1.16b, v0.16b, v30.16b
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.shr_u, constant: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xd0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ushr v1.16b, v0.16b, #7
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.add: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   add v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.add, constant: 80 bytes, 20 instructions
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
;;   add v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.add_sat_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sqadd v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.add_sat_s, constant: 80 bytes, 20 instructions
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
;;   sqadd v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.add_sat_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   uqadd v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.add_sat_u, constant: 80 bytes, 20 instructions
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
;;   uqadd v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.sub: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sub v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.sub, constant: 80 bytes, 20 instructions
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
;;   sub v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.sub_sat_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   sqsub v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.sub_sat_s, constant: 80 bytes, 20 instructions
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
;;   sqsub v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.sub_sat_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   uqsub v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.sub_sat_u, constant: 80 bytes, 20 instructions
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
;;   uqsub v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.min_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smin v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.min_s, constant: 80 bytes, 20 instructions
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
;;   smin v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.min_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umin v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.min_u, constant: 80 bytes, 20 instructions
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
;;   umin v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.max_s: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   smax v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.max_s, constant: 80 bytes, 20 instructions
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
;;   smax v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.max_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   umax v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.max_u, constant: 80 bytes, 20 instructions
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
;;   umax v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.avgr_u: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   urhadd v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; i8x16.avgr_u, constant: 80 bytes, 20 instructions
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
;;   urhadd v2.16b, v0.16b, v1.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
