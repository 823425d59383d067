;;! kind = "winch"

;; Made by `gantry-filetests generate-winch`: what operators become, with parameters and with a constant as last operand.

(module
  (func (export "f64.eq") (param f64 f64) (result i32) (f64.eq (local.get 0) (local.get 1)))
  (func (export "f64.eq, constant") (param f64) (result i32) (f64.eq (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.ne") (param f64 f64) (result i32) (f64.ne (local.get 0) (local.get 1)))
  (func (export "f64.ne, constant") (param f64) (result i32) (f64.ne (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.lt") (param f64 f64) (result i32) (f64.lt (local.get 0) (local.get 1)))
  (func (export "f64.lt, constant") (param f64) (result i32) (f64.lt (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.gt") (param f64 f64) (result i32) (f64.gt (local.get 0) (local.get 1)))
  (func (export "f64.gt, constant") (param f64) (result i32) (f64.gt (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.le") (param f64 f64) (result i32) (f64.le (local.get 0) (local.get 1)))
  (func (export "f64.le, constant") (param f64) (result i32) (f64.le (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.ge") (param f64 f64) (result i32) (f64.ge (local.get 0) (local.get 1)))
  (func (export "f64.ge, constant") (param f64) (result i32) (f64.ge (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.abs") (param f64) (result f64) (f64.abs (local.get 0)))
  (func (export "f64.neg") (param f64) (result f64) (f64.neg (local.get 0)))
  (func (export "f64.ceil") (param f64) (result f64) (f64.ceil (local.get 0)))
  (func (export "f64.floor") (param f64) (result f64) (f64.floor (local.get 0)))
  (func (export "f64.trunc") (param f64) (result f64) (f64.trunc (local.get 0)))
  (func (export "f64.nearest") (param f64) (result f64) (f64.nearest (local.get 0)))
  (func (export "f64.sqrt") (param f64) (result f64) (f64.sqrt (local.get 0)))
  (func (export "f64.add") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1)))
  (func (export "f64.add, constant") (param f64) (result f64) (f64.add (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.sub") (param f64 f64) (result f64) (f64.sub (local.get 0) (local.get 1)))
  (func (export "f64.sub, constant") (param f64) (result f64) (f64.sub (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.mul") (param f64 f64) (result f64) (f64.mul (local.get 0) (local.get 1)))
  (func (export "f64.mul, constant") (param f64) (result f64) (f64.mul (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.div") (param f64 f64) (result f64) (f64.div (local.get 0) (local.get 1)))
  (func (export "f64.div, constant") (param f64) (result f64) (f64.div (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.min") (param f64 f64) (result f64) (f64.min (local.get 0) (local.get 1)))
  (func (export "f64.min, constant") (param f64) (result f64) (f64.min (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.max") (param f64 f64) (result f64) (f64.max (local.get 0) (local.get 1)))
  (func (export "f64.max, constant") (param f64) (result f64) (f64.max (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.copysign") (param f64 f64) (result f64) (f64.copysign (local.get 0) (local.get 1)))
  (func (export "f64.copysign, constant") (param f64) (result f64) (f64.copysign (local.get 0) (f64.reinterpret_i64 (i64.const 0x3ff8000000000000))))
  (func (export "f64.convert_i32_s") (param i32) (result f64) (f64.convert_i32_s (local.get 0)))
  (func (export "f64.convert_i32_u") (param i32) (result f64) (f64.convert_i32_u (local.get 0)))
  (func (export "f64.convert_i64_s") (param i64) (result f64) (f64.convert_i64_s (local.get 0)))
  (func (export "f64.convert_i64_u") (param i64) (result f64) (f64.convert_i64_u (local.get 0)))
  (func (export "f64.promote_f32") (param f32) (result f64) (f64.promote_f32 (local.get 0)))
  (func (export "f64.reinterpret_i64") (param i64) (result f64) (f64.reinterpret_i64 (local.get 0))))

;;@ x86_64
;; f64.eq: 45 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   ucomisd xmm0, xmm1
;;   setnp r11b
;;   movzx r11d, r11b
;;   sete al
;;   movzx eax, al
;;   and eax, r11d
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.eq, constant: 64 bytes, 21 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x21]
;;   ucomisd xmm0, xmm1
;;   setnp r11b
;;   movzx r11d, r11b
;;   sete al
;;   movzx eax, al
;;   and eax, r11d
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, bh
;;   .byte 0x3f
;;
;; f64.ne: 45 bytes, 15 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   ucomisd xmm0, xmm1
;;   setp r11b
;;   movzx r11d, r11b
;;   setne al
;;   movzx eax, al
;;   or eax, r11d
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.ne, constant: 64 bytes, 21 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x21]
;;   ucomisd xmm0, xmm1
;;   setp r11b
;;   movzx r11d, r11b
;;   setne al
;;   movzx eax, al
;;   or eax, r11d
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, bh
;;   .byte 0x3f
;;
;; f64.lt: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   ucomisd xmm1, xmm0
;;   seta al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.lt, constant: 56 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   ucomisd xmm1, xmm0
;;   seta al
;;   movzx eax, al
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
;; f64.gt: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   ucomisd xmm0, xmm1
;;   seta al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.gt, constant: 56 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   ucomisd xmm0, xmm1
;;   seta al
;;   movzx eax, al
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
;; f64.le: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   ucomisd xmm1, xmm0
;;   setae al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.le, constant: 56 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   ucomisd xmm1, xmm0
;;   setae al
;;   movzx eax, al
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
;; f64.ge: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   ucomisd xmm0, xmm1
;;   setae al
;;   movzx eax, al
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.ge, constant: 56 bytes, 20 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   ucomisd xmm0, xmm1
;;   setae al
;;   movzx eax, al
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
;; f64.abs: 64 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   andps xmm1, xmmword ptr [rip + 0x17]
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
;;   add bh, bh
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
;; f64.neg: 64 bytes, 24 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm1, xmm0
;;   xorps xmm1, xmmword ptr [rip + 0x17]
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
;;   add byte ptr [rax], 0
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   .byte 0x00
;;   .byte 0x80
;;
;; f64.ceil: 36 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm1, xmm1
;;   roundsd xmm1, xmm0, 0xa
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.floor: 36 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm1, xmm1
;;   roundsd xmm1, xmm0, 9
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.trunc: 36 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm1, xmm1
;;   roundsd xmm1, xmm0, 0xb
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.nearest: 36 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm1, xmm1
;;   roundsd xmm1, xmm0, 8
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.sqrt: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm1, xmm1
;;   sqrtsd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.add: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   addsd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.add, constant: 56 bytes, 18 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   movaps xmm15, xmm1
;;   movaps xmm1, xmm0
;;   addsd xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, bh
;;   .byte 0x3f
;;
;; f64.sub: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   subsd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.sub, constant: 56 bytes, 18 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   movaps xmm15, xmm1
;;   movaps xmm1, xmm0
;;   subsd xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, bh
;;   .byte 0x3f
;;
;; f64.mul: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   mulsd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.mul, constant: 56 bytes, 18 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   movaps xmm15, xmm1
;;   movaps xmm1, xmm0
;;   mulsd xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, bh
;;   .byte 0x3f
;;
;; f64.div: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   divsd xmm2, xmm1
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.div, constant: 56 bytes, 18 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x19]
;;   movaps xmm15, xmm1
;;   movaps xmm1, xmm0
;;   divsd xmm1, xmm15
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, bh
;;   .byte 0x3f
;;
;; f64.min: 53 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   ucomisd xmm2, xmm1
;;   jp 25
;;   je 20
;;   minsd xmm2, xmm1
;;   jmp 29
;; 20:
;;   orps xmm2, xmm1
;;   jmp 29
;; 25:
;;   addsd xmm2, xmm1
;; 29:
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.min, constant: 72 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x29]
;;   ucomisd xmm1, xmm0
;;   jp 2a
;;   je 25
;;   minsd xmm1, xmm0
;;   jmp 2e
;; 25:
;;   orps xmm1, xmm0
;;   jmp 2e
;; 2a:
;;   addsd xmm1, xmm0
;; 2e:
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
;;   clc
;;   .byte 0x3f
;;
;; f64.max: 53 bytes, 19 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm2, xmm0
;;   ucomisd xmm2, xmm1
;;   jp 25
;;   je 20
;;   maxsd xmm2, xmm1
;;   jmp 29
;; 20:
;;   andps xmm2, xmm1
;;   jmp 29
;; 25:
;;   addsd xmm2, xmm1
;; 29:
;;   movaps xmm0, xmm2
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.max, constant: 72 bytes, 26 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x29]
;;   ucomisd xmm1, xmm0
;;   jp 2a
;;   je 25
;;   maxsd xmm1, xmm0
;;   jmp 2e
;; 25:
;;   andps xmm1, xmm0
;;   jmp 2e
;; 2a:
;;   addsd xmm1, xmm0
;; 2e:
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
;;   clc
;;   .byte 0x3f
;;
;; f64.copysign: 96 bytes, 29 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movaps xmm14, xmm1
;;   andps xmm14, xmmword ptr [rip + 0x25]
;;   movaps xmm2, xmm0
;;   andps xmm2, xmmword ptr [rip + 0x2b]
;;   orps xmm2, xmm14
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
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax], 0
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax - 1], al
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 58
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0x7f
;;
;; f64.copysign, constant: 104 bytes, 30 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x50
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movsd xmm1, qword ptr [rip + 0x49]
;;   movaps xmm14, xmm1
;;   andps xmm14, xmmword ptr [rip + 0x1d]
;;   movaps xmm1, xmm0
;;   andps xmm1, xmmword ptr [rip + 0x23]
;;   orps xmm1, xmm14
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
;;   add byte ptr [rax], 0
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add byte ptr [rax - 1], al
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 58
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   .byte 0xff
;;   jg 61
;; 61:
;;   add byte ptr [rax], al
;;   add byte ptr [rax], al
;;   add al, bh
;;   .byte 0x3f
;;
;; f64.convert_i32_s: 31 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm0, xmm0
;;   cvtsi2sd xmm0, edx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.convert_i32_u: 35 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   mov r11d, edx
;;   xorps xmm0, xmm0
;;   cvtsi2sd xmm0, r11
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.convert_i64_s: 32 bytes, 11 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm0, xmm0
;;   cvtsi2sd xmm0, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.convert_i64_u: 67 bytes, 22 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   test rdx, rdx
;;   js 1e
;;   xorps xmm0, xmm0
;;   cvtsi2sd xmm0, rdx
;;   jmp 3a
;; 1e:
;;   mov r10, rdx
;;   mov r11, rdx
;;   shr r11, 1
;;   and r10d, 1
;;   or r11, r10
;;   xorps xmm0, xmm0
;;   cvtsi2sd xmm0, r11
;;   addsd xmm0, xmm0
;; 3a:
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.promote_f32: 34 bytes, 12 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   xorps xmm1, xmm1
;;   cvtss2sd xmm1, xmm0
;;   movaps xmm0, xmm1
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret
;;
;; f64.reinterpret_i64: 29 bytes, 10 instructions
;;   push rbp
;;   mov rbp, rsp
;;   sub rsp, 0x40
;;   mov qword ptr [rbp - 0x20], r14
;;   mov r14, rdi
;;   movq xmm0, rdx
;;   mov r14, qword ptr [rbp - 0x20]
;;   mov rsp, rbp
;;   pop rbp
;;   ret

;;@ aarch64
;; f64.eq: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp d0, d1
;;   cset w0, eq
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.eq, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fcmp d0, d1
;;   cset w0, eq
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.ne: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp d0, d1
;;   cset w0, ne
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.ne, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fcmp d0, d1
;;   cset w0, ne
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.lt: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp d0, d1
;;   cset w0, mi
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.lt, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fcmp d0, d1
;;   cset w0, mi
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.gt: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp d0, d1
;;   cset w0, gt
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.gt, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fcmp d0, d1
;;   cset w0, gt
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.le: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp d0, d1
;;   cset w0, ls
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.le, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fcmp d0, d1
;;   cset w0, ls
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.ge: 48 bytes, 12 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcmp d0, d1
;;   cset w0, ge
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.ge, constant: 56 bytes, 14 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fcmp d0, d1
;;   cset w0, ge
;;   mov w2, w0
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.abs: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fabs d1, d0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.neg: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fneg d1, d0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.ceil: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   frintp d1, d0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.floor: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   frintm d1, d0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.trunc: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   frintz d1, d0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.nearest: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   frintn d1, d0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.sqrt: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fsqrt d1, d0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.add: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fadd d2, d0, d1
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.add, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fadd d1, d0, d1
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.sub: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fsub d2, d0, d1
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.sub, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fsub d1, d0, d1
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.mul: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmul d2, d0, d1
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.mul, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fmul d1, d0, d1
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.div: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fdiv d2, d0, d1
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.div, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fdiv d1, d0, d1
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.min: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmin d2, d0, d1
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.min, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fmin d1, d0, d1
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.max: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmax d2, d0, d1
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.max, constant: 52 bytes, 13 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   fmax d1, d0, d1
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.copysign: 60 bytes, 15 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #-0x8000000000000000
;;   fmov d31, x17
;;   mov v30.16b, v0.16b
;;   bit v30.16b, v1.16b, v31.16b
;;   mov v2.16b, v30.16b
;;   mov v0.16b, v2.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.copysign, constant: 68 bytes, 17 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xc0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   mov x17, #0x3ff8000000000000
;;   fmov d1, x17
;;   mov x17, #-0x8000000000000000
;;   fmov d31, x17
;;   mov v30.16b, v0.16b
;;   bit v30.16b, v1.16b, v31.16b
;;   mov v1.16b, v30.16b
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.convert_i32_s: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   scvtf d0, w4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.convert_i32_u: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ucvtf d0, w4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.convert_i64_s: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   scvtf d0, x4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.convert_i64_u: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   ucvtf d0, x4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.promote_f32: 44 bytes, 11 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fcvt d1, s0
;;   mov v0.16b, v1.16b
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
;;
;; f64.reinterpret_i64: 40 bytes, 10 instructions
;;   stp x29, x30, [sp, #-0x10]!
;;   mov x29, sp
;;   sub sp, sp, #0xb0
;;   stur x28, [x29, #-0x50]
;;   mov x28, x2
;;   fmov d0, x4
;;   ldur x28, [x29, #-0x50]
;;   mov sp, x29
;;   ldp x29, x30, [sp], #0x10
;;   ret
