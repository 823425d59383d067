;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module (memory 1)
  (func (export "v128.load") (param i32) (result v128) (v128.load (local.get 0)))
  (func (export "v128.load offset=3") (param i32) (result v128) (v128.load offset=3 (local.get 0)))
  (func (export "v128.load8x8_s") (param i32) (result v128) (v128.load8x8_s (local.get 0)))
  (func (export "v128.load8x8_s offset=3") (param i32) (result v128) (v128.load8x8_s offset=3 (local.get 0)))
  (func (export "v128.load8x8_u") (param i32) (result v128) (v128.load8x8_u (local.get 0)))
  (func (export "v128.load8x8_u offset=3") (param i32) (result v128) (v128.load8x8_u offset=3 (local.get 0)))
  (func (export "v128.load16x4_s") (param i32) (result v128) (v128.load16x4_s (local.get 0)))
  (func (export "v128.load16x4_s offset=3") (param i32) (result v128) (v128.load16x4_s offset=3 (local.get 0)))
  (func (export "v128.load16x4_u") (param i32) (result v128) (v128.load16x4_u (local.get 0)))
  (func (export "v128.load16x4_u offset=3") (param i32) (result v128) (v128.load16x4_u offset=3 (local.get 0)))
  (func (export "v128.load32x2_s") (param i32) (result v128) (v128.load32x2_s (local.get 0)))
  (func (export "v128.load32x2_s offset=3") (param i32) (result v128) (v128.load32x2_s offset=3 (local.get 0)))
  (func (export "v128.load32x2_u") (param i32) (result v128) (v128.load32x2_u (local.get 0)))
  (func (export "v128.load32x2_u offset=3") (param i32) (result v128) (v128.load32x2_u offset=3 (local.get 0)))
  (func (export "v128.load8_splat") (param i32) (result v128) (v128.load8_splat (local.get 0)))
  (func (export "v128.load8_splat offset=3") (param i32) (result v128) (v128.load8_splat offset=3 (local.get 0)))
  (func (export "v128.load16_splat") (param i32) (result v128) (v128.load16_splat (local.get 0)))
  (func (export "v128.load16_splat offset=3") (param i32) (result v128) (v128.load16_splat offset=3 (local.get 0)))
  (func (export "v128.load32_splat") (param i32) (result v128) (v128.load32_splat (local.get 0)))
  (func (export "v128.load32_splat offset=3") (param i32) (result v128) (v128.load32_splat offset=3 (local.get 0)))
  (func (export "v128.load64_splat") (param i32) (result v128) (v128.load64_splat (local.get 0)))
  (func (export "v128.load64_splat offset=3") (param i32) (result v128) (v128.load64_splat offset=3 (local.get 0)))
  (func (export "v128.load32_zero") (param i32) (result v128) (v128.load32_zero (local.get 0)))
  (func (export "v128.load32_zero offset=3") (param i32) (result v128) (v128.load32_zero offset=3 (local.get 0)))
  (func (export "v128.load64_zero") (param i32) (result v128) (v128.load64_zero (local.get 0)))
  (func (export "v128.load64_zero offset=3") (param i32) (result v128) (v128.load64_zero offset=3 (local.get 0)))
  (func (export "v128.store") (param i32 v128) (v128.store (local.get 0) (local.get 1)))
  (func (export "v128.store, constant") (param i32) (v128.store (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store offset=3") (param i32 v128) (v128.store offset=3 (local.get 0) (local.get 1)))
  (func (export "v128.store offset=3, constant") (param i32) (v128.store offset=3 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.load8_lane 0") (param i32 v128) (result v128) (v128.load8_lane 0 (local.get 0) (local.get 1)))
  (func (export "v128.load8_lane 0, constant") (param i32) (result v128) (v128.load8_lane 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.load8_lane offset=3 0") (param i32 v128) (result v128) (v128.load8_lane offset=3 0 (local.get 0) (local.get 1)))
  (func (export "v128.load8_lane offset=3 0, constant") (param i32) (result v128) (v128.load8_lane offset=3 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.load16_lane 0") (param i32 v128) (result v128) (v128.load16_lane 0 (local.get 0) (local.get 1)))
  (func (export "v128.load16_lane 0, constant") (param i32) (result v128) (v128.load16_lane 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.load16_lane offset=3 0") (param i32 v128) (result v128) (v128.load16_lane offset=3 0 (local.get 0) (local.get 1)))
  (func (export "v128.load16_lane offset=3 0, constant") (param i32) (result v128) (v128.load16_lane offset=3 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.load32_lane 0") (param i32 v128) (result v128) (v128.load32_lane 0 (local.get 0) (local.get 1)))
  (func (export "v128.load32_lane 0, constant") (param i32) (result v128) (v128.load32_lane 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.load32_lane offset=3 0") (param i32 v128) (result v128) (v128.load32_lane offset=3 0 (local.get 0) (local.get 1)))
  (func (export "v128.load32_lane offset=3 0, constant") (param i32) (result v128) (v128.load32_lane offset=3 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.load64_lane 0") (param i32 v128) (result v128) (v128.load64_lane 0 (local.get 0) (local.get 1)))
  (func (export "v128.load64_lane 0, constant") (param i32) (result v128) (v128.load64_lane 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.load64_lane offset=3 0") (param i32 v128) (result v128) (v128.load64_lane offset=3 0 (local.get 0) (local.get 1)))
  (func (export "v128.load64_lane offset=3 0, constant") (param i32) (result v128) (v128.load64_lane offset=3 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store8_lane 0") (param i32 v128) (v128.store8_lane 0 (local.get 0) (local.get 1)))
  (func (export "v128.store8_lane 0, constant") (param i32) (v128.store8_lane 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store8_lane offset=3 0") (param i32 v128) (v128.store8_lane offset=3 0 (local.get 0) (local.get 1)))
  (func (export "v128.store8_lane offset=3 0, constant") (param i32) (v128.store8_lane offset=3 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store16_lane 0") (param i32 v128) (v128.store16_lane 0 (local.get 0) (local.get 1)))
  (func (export "v128.store16_lane 0, constant") (param i32) (v128.store16_lane 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store16_lane offset=3 0") (param i32 v128) (v128.store16_lane offset=3 0 (local.get 0) (local.get 1)))
  (func (export "v128.store16_lane offset=3 0, constant") (param i32) (v128.store16_lane offset=3 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store32_lane 0") (param i32 v128) (v128.store32_lane 0 (local.get 0) (local.get 1)))
  (func (export "v128.store32_lane 0, constant") (param i32) (v128.store32_lane 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store32_lane offset=3 0") (param i32 v128) (v128.store32_lane offset=3 0 (local.get 0) (local.get 1)))
  (func (export "v128.store32_lane offset=3 0, constant") (param i32) (v128.store32_lane offset=3 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store64_lane 0") (param i32 v128) (v128.store64_lane 0 (local.get 0) (local.get 1)))
  (func (export "v128.store64_lane 0, constant") (param i32) (v128.store64_lane 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001)))
  (func (export "v128.store64_lane offset=3 0") (param i32 v128) (v128.store64_lane offset=3 0 (local.get 0) (local.get 1)))
  (func (export "v128.store64_lane offset=3 0, constant") (param i32) (v128.store64_lane offset=3 0 (local.get 0) (v128.const i64x2 0x80ff7f0155aa00ff 0x80007fffffff0001))))

;;@ x86_64
;; v128.load: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movups xmm0, xmmword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movups xmm0, xmmword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load8x8_s: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovsxbw xmm0, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load8x8_s offset=3: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovsxbw xmm0, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load8x8_u: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovzxbw xmm0, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load8x8_u offset=3: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovzxbw xmm0, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load16x4_s: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovsxwd xmm0, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load16x4_s offset=3: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovsxwd xmm0, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load16x4_u: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovzxwd xmm0, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load16x4_u offset=3: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovzxwd xmm0, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32x2_s: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovsxdq xmm0, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32x2_s offset=3: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovsxdq xmm0, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32x2_u: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovzxdq xmm0, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32x2_u offset=3: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pmovzxdq xmm0, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load8_splat: 60 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx r11d, byte ptr [r15 + r11]
;;   movd xmm0, r11d
;;   pxor xmm15, xmm15
;;   pshufb xmm0, xmm15
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load8_splat offset=3: 61 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx r11d, byte ptr [r15 + r11 + 3]
;;   movd xmm0, r11d
;;   pxor xmm15, xmm15
;;   pshufb xmm0, xmm15
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load16_splat: 59 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx r11d, word ptr [r15 + r11]
;;   movd xmm0, r11d
;;   pshuflw xmm0, xmm0, 0
;;   pshufd xmm0, xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load16_splat offset=3: 60 bytes, 17 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movzx r11d, word ptr [r15 + r11 + 3]
;;   movd xmm0, r11d
;;   pshuflw xmm0, xmm0, 0
;;   pshufd xmm0, xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32_splat: 50 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movss xmm0, dword ptr [r15 + r11]
;;   pshufd xmm0, xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32_splat offset=3: 51 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movss xmm0, dword ptr [r15 + r11 + 3]
;;   pshufd xmm0, xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load64_splat: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movddup xmm0, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load64_splat offset=3: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movddup xmm0, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32_zero: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movss xmm0, dword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32_zero offset=3: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movss xmm0, dword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load64_zero: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsd xmm0, qword ptr [r15 + r11]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load64_zero offset=3: 46 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movsd xmm0, qword ptr [r15 + r11 + 3]
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store: 44 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movups xmmword ptr [r15 + r11], xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store, constant: 80 bytes, 25 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   movups xmmword ptr [r15 + r11], xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.store offset=3: 45 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   movups xmmword ptr [r15 + r11 + 3], xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store offset=3, constant: 80 bytes, 27 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   movups xmmword ptr [r15 + r11 + 3], xmm0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.load8_lane 0: 53 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm1, xmm0
;;   mov r11d, edx
;;   pinsrb xmm1, byte ptr [r15 + r11], 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load8_lane 0, constant: 80 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pinsrb xmm0, byte ptr [r15 + r11], 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.load8_lane offset=3 0: 54 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm1, xmm0
;;   mov r11d, edx
;;   pinsrb xmm1, byte ptr [r15 + r11 + 3], 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load8_lane offset=3 0, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pinsrb xmm0, byte ptr [r15 + r11 + 3], 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.load16_lane 0: 52 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm1, xmm0
;;   mov r11d, edx
;;   pinsrw xmm1, word ptr [r15 + r11], 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load16_lane 0, constant: 80 bytes, 24 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pinsrw xmm0, word ptr [r15 + r11], 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.load16_lane offset=3 0: 53 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm1, xmm0
;;   mov r11d, edx
;;   pinsrw xmm1, word ptr [r15 + r11 + 3], 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load16_lane offset=3 0, constant: 80 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pinsrw xmm0, word ptr [r15 + r11 + 3], 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.load32_lane 0: 53 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm1, xmm0
;;   mov r11d, edx
;;   pinsrd xmm1, dword ptr [r15 + r11], 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32_lane 0, constant: 80 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pinsrd xmm0, dword ptr [r15 + r11], 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.load32_lane offset=3 0: 54 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm1, xmm0
;;   mov r11d, edx
;;   pinsrd xmm1, dword ptr [r15 + r11 + 3], 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load32_lane offset=3 0, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pinsrd xmm0, dword ptr [r15 + r11 + 3], 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.load64_lane 0: 53 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm1, xmm0
;;   mov r11d, edx
;;   pinsrq xmm1, qword ptr [r15 + r11], 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load64_lane 0, constant: 80 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pinsrq xmm0, qword ptr [r15 + r11], 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.load64_lane offset=3 0: 54 bytes, 16 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm1, xmm0
;;   mov r11d, edx
;;   pinsrq xmm1, qword ptr [r15 + r11 + 3], 0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.load64_lane offset=3 0, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pinsrq xmm0, qword ptr [r15 + r11 + 3], 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.store8_lane 0: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pextrb byte ptr [r15 + r11], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store8_lane 0, constant: 80 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pextrb byte ptr [r15 + r11], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.store8_lane offset=3 0: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pextrb byte ptr [r15 + r11 + 3], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store8_lane offset=3 0, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pextrb byte ptr [r15 + r11 + 3], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.store16_lane 0: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pextrw word ptr [r15 + r11], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store16_lane 0, constant: 80 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pextrw word ptr [r15 + r11], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.store16_lane offset=3 0: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pextrw word ptr [r15 + r11 + 3], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store16_lane offset=3 0, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pextrw word ptr [r15 + r11 + 3], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.store32_lane 0: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pextrd dword ptr [r15 + r11], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store32_lane 0, constant: 80 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pextrd dword ptr [r15 + r11], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.store32_lane offset=3 0: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pextrd dword ptr [r15 + r11 + 3], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store32_lane offset=3 0, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pextrd dword ptr [r15 + r11 + 3], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.store64_lane 0: 47 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pextrq qword ptr [r15 + r11], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store64_lane 0, constant: 80 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pextrq qword ptr [r15 + r11], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
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
;; v128.store64_lane offset=3 0: 48 bytes, 14 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x70
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   mov r11d, edx
;;   pextrq qword ptr [r15 + r11 + 3], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; v128.store64_lane offset=3 0, constant: 80 bytes, 23 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov qword ptr [rbp - 0x28], r15
;;   mov r14, rdi
;;   mov r15, qword ptr [vmctx.memories[0].base]
;;   movaps xmm0, xmmword ptr [rip + 0x22]
;;   mov r11d, edx
;;   pextrq qword ptr [r15 + r11 + 3], xmm0, 0
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov r15, qword ptr [rbp - 0x28]
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
;; v128.load: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr q0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load offset=3: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr q0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8x8_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, w4, uxtw]
;;   sshll v0.8h, v0.8b, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8x8_s offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d0, [x17, w4, uxtw]
;;   sshll v0.8h, v0.8b, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8x8_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, w4, uxtw]
;;   ushll v0.8h, v0.8b, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8x8_u offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d0, [x17, w4, uxtw]
;;   ushll v0.8h, v0.8b, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16x4_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, w4, uxtw]
;;   sshll v0.4s, v0.4h, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16x4_s offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d0, [x17, w4, uxtw]
;;   sshll v0.4s, v0.4h, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16x4_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, w4, uxtw]
;;   ushll v0.4s, v0.4h, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16x4_u offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d0, [x17, w4, uxtw]
;;   ushll v0.4s, v0.4h, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32x2_s: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, w4, uxtw]
;;   sshll v0.2d, v0.2s, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32x2_s offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d0, [x17, w4, uxtw]
;;   sshll v0.2d, v0.2s, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32x2_u: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, w4, uxtw]
;;   ushll v0.2d, v0.2s, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32x2_u offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d0, [x17, w4, uxtw]
;;   ushll v0.2d, v0.2s, #0
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8_splat: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr b0, [x26, w4, uxtw]
;;   dup v0.16b, v0.b[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8_splat offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr b0, [x17, w4, uxtw]
;;   dup v0.16b, v0.b[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16_splat: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr h0, [x26, w4, uxtw]
;;   dup v0.8h, v0.h[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16_splat offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr h0, [x17, w4, uxtw]
;;   dup v0.8h, v0.h[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32_splat: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr s0, [x26, w4, uxtw]
;;   dup v0.4s, v0.s[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32_splat offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr s0, [x17, w4, uxtw]
;;   dup v0.4s, v0.s[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load64_splat: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, w4, uxtw]
;;   dup v0.2d, v0.d[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load64_splat offset=3: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d0, [x17, w4, uxtw]
;;   dup v0.2d, v0.d[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32_zero: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr s0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32_zero offset=3: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr s0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load64_zero: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load64_zero offset=3: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr q30, [x26, w4, uxtw]
;;   str q0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store, constant: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   ldr q30, [x26, w4, uxtw]
;;   str q0, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store offset=3: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr q30, [x17, w4, uxtw]
;;   add x17, x26, #3
;;   str q0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store offset=3, constant: 100 bytes, 25 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   add x17, x26, #3
;;   ldr q30, [x17, w4, uxtw]
;;   add x17, x26, #3
;;   str q0, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8_lane 0: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr b30, [x26, w4, uxtw]
;;   mov v1.16b, v0.16b
;;   mov v1.b[0], v30.b[0]
;;   mov v0.16b, v1.16b
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8_lane 0, constant: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   ldr b30, [x26, w4, uxtw]
;;   mov v0.b[0], v30.b[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8_lane offset=3 0: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr b30, [x17, w4, uxtw]
;;   mov v1.16b, v0.16b
;;   mov v1.b[0], v30.b[0]
;;   mov v0.16b, v1.16b
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load8_lane offset=3 0, constant: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   add x17, x26, #3
;;   ldr b30, [x17, w4, uxtw]
;;   mov v0.b[0], v30.b[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16_lane 0: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr h30, [x26, w4, uxtw]
;;   mov v1.16b, v0.16b
;;   mov v1.h[0], v30.h[0]
;;   mov v0.16b, v1.16b
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16_lane 0, constant: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   ldr h30, [x26, w4, uxtw]
;;   mov v0.h[0], v30.h[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16_lane offset=3 0: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr h30, [x17, w4, uxtw]
;;   mov v1.16b, v0.16b
;;   mov v1.h[0], v30.h[0]
;;   mov v0.16b, v1.16b
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load16_lane offset=3 0, constant: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   add x17, x26, #3
;;   ldr h30, [x17, w4, uxtw]
;;   mov v0.h[0], v30.h[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32_lane 0: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr s30, [x26, w4, uxtw]
;;   mov v1.16b, v0.16b
;;   mov v1.s[0], v30.s[0]
;;   mov v0.16b, v1.16b
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32_lane 0, constant: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   ldr s30, [x26, w4, uxtw]
;;   mov v0.s[0], v30.s[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32_lane offset=3 0: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr s30, [x17, w4, uxtw]
;;   mov v1.16b, v0.16b
;;   mov v1.s[0], v30.s[0]
;;   mov v0.16b, v1.16b
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load32_lane offset=3 0, constant: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   add x17, x26, #3
;;   ldr s30, [x17, w4, uxtw]
;;   mov v0.s[0], v30.s[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load64_lane 0: 64 bytes, 16 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr d30, [x26, w4, uxtw]
;;   mov v1.16b, v0.16b
;;   mov v1.d[0], v30.d[0]
;;   mov v0.16b, v1.16b
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load64_lane 0, constant: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   ldr d30, [x26, w4, uxtw]
;;   mov v0.d[0], v30.d[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load64_lane offset=3 0: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr d30, [x17, w4, uxtw]
;;   mov v1.16b, v0.16b
;;   mov v1.d[0], v30.d[0]
;;   mov v0.16b, v1.16b
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.load64_lane offset=3 0, constant: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   add x17, x26, #3
;;   ldr d30, [x17, w4, uxtw]
;;   mov v0.d[0], v30.d[0]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store8_lane 0: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov b30, v0.b[0]
;;   str b30, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store8_lane 0, constant: 92 bytes, 23 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   mov b30, v0.b[0]
;;   str b30, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store8_lane offset=3 0: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov b30, v0.b[0]
;;   add x17, x26, #3
;;   str b30, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store8_lane offset=3 0, constant: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   mov b30, v0.b[0]
;;   add x17, x26, #3
;;   str b30, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store16_lane 0: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldrh wzr, [x26, w4, uxtw]
;;   mov h30, v0.h[0]
;;   str h30, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store16_lane 0, constant: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   ldrh wzr, [x26, w4, uxtw]
;;   mov h30, v0.h[0]
;;   str h30, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store16_lane offset=3 0: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldrh wzr, [x17, w4, uxtw]
;;   mov h30, v0.h[0]
;;   add x17, x26, #3
;;   str h30, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store16_lane offset=3 0, constant: 104 bytes, 26 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   add x17, x26, #3
;;   ldrh wzr, [x17, w4, uxtw]
;;   mov h30, v0.h[0]
;;   add x17, x26, #3
;;   str h30, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store32_lane 0: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr wzr, [x26, w4, uxtw]
;;   mov s30, v0.s[0]
;;   str s30, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store32_lane 0, constant: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   ldr wzr, [x26, w4, uxtw]
;;   mov s30, v0.s[0]
;;   str s30, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store32_lane offset=3 0: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr wzr, [x17, w4, uxtw]
;;   mov s30, v0.s[0]
;;   add x17, x26, #3
;;   str s30, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store32_lane offset=3 0, constant: 104 bytes, 26 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   add x17, x26, #3
;;   ldr wzr, [x17, w4, uxtw]
;;   mov s30, v0.s[0]
;;   add x17, x26, #3
;;   str s30, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store64_lane 0: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   ldr xzr, [x26, w4, uxtw]
;;   mov d30, v0.d[0]
;;   str d30, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store64_lane 0, constant: 96 bytes, 24 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   ldr xzr, [x26, w4, uxtw]
;;   mov d30, v0.d[0]
;;   str d30, [x26, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store64_lane offset=3 0: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xe0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   add x17, x26, #3
;;   ldr xzr, [x17, w4, uxtw]
;;   mov d30, v0.d[0]
;;   add x17, x26, #3
;;   str d30, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; v128.store64_lane offset=3 0, constant: 104 bytes, 26 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x26, [x29, #-0x40]
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ldr x26, [vmctx.memories[0].base]
;;   mov x17, #0xff
;;   movk x17, #0x55aa, lsl #16
;;   movk x17, #0x7f01, lsl #32
;;   movk x17, #0x80ff, lsl #48
;;   fmov d0, x17
;;   mov x17, #-0xffff
;;   movk x17, #0x7fff, lsl #32
;;   movk x17, #0x8000, lsl #48
;;   mov v0.d[1], x17
;;   add x17, x26, #3
;;   ldr xzr, [x17, w4, uxtw]
;;   mov d30, v0.d[0]
;;   add x17, x26, #3
;;   str d30, [x17, w4, uxtw]
;;   ldur x26, [x29, #-0x40]
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
