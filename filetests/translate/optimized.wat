;;! kind = "clif-opt"
;;! isas = ["x86_64", "pulley32"]

;; Functions as the optimizer leaves them.


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
;; count:
;;   function u0:0(i64 vmctx, i64) tail {
;;       region0 = 0 "vmctx"
;;       region1 = 1 "store"
;;       region2 = 196609 "global 0"
;;       gv0 = vmctx
;;       gv1 = load.i64 notrap aligned readonly can_move region0 [vmctx.store]
;;       gv2 = load.i64 notrap aligned region1 [store.stack_limit]
;;       stack_limit = gv2
;;   block0(v0: i64, v1: i64):
;;       v2 = load.i32 notrap aligned little region2 [vmctx.globals[0]]
;;       v3 = iconst.i32 1
;;       v4 = iadd v2, v3
;;       store notrap aligned little region2 v4, [vmctx.globals[0]]
;;       return
;;   }
;;
;; sum:
;;   function u0:1(i64 vmctx, i64, i32, i32) -> i32 tail {
;;       region0 = 0 "vmctx"
;;       region1 = 1 "store"
;;       region2 = 65537 "memory 0"
;;       region3 = 5 "record"
;;       gv0 = vmctx
;;       gv1 = load.i64 notrap aligned readonly can_move region0 [vmctx.store]
;;       gv2 = load.i64 notrap aligned region1 [store.stack_limit]
;;       sig0 = (i64 vmctx, i64) tail
;;       fn0 = colocated u0:0 sig0
;;       stack_limit = gv2
;;   block0(v0: i64, v1: i64, v2: i32, v3: i32):
;;       call fn0(v0, v0)
;;       v4 = iconst.i32 0
;;       v5 = load.i64 notrap aligned readonly can_move region3 [vmctx.memories[0].base]
;;       v6 = iconst.i32 1
;;       v7 = iconst.i32 4
;;       jump block1(v4, v2, v3)
;;   block1(v8: i32, v9: i32, v10: i32):
;;       v11 = uextend.i64 v9
;;       v12 = iadd.i64 v5, v11
;;       v13 = load.i32 little region2 v12
;;       v14 = iconst.i32 1
;;       v15 = isub v10, v14
;;       v16 = iadd v8, v13
;;       v17 = iconst.i32 4
;;       v18 = iadd v9, v17
;;       brif v15, block1(v16, v18, v15), block2
;;   block2:
;;       return v16
;;   }

;;@ pulley32
;; count:
;;   function u0:0(i32 vmctx, i32) tail {
;;       region0 = 5 "record"
;;       region1 = 196609 "global 0"
;;   block0(v0: i32, v1: i32):
;;       v2 = load.i32 notrap aligned little region1 [vmctx.globals[0]]
;;       v3 = iconst.i32 1
;;       v4 = iadd v2, v3
;;       store notrap aligned little region1 v4, [vmctx.globals[0]]
;;       return
;;   }
;;
;; sum:
;;   function u0:1(i32 vmctx, i32, i32, i32) -> i32 tail {
;;       region0 = 5 "record"
;;       region1 = 65537 "memory 0"
;;       sig0 = (i32 vmctx, i32) tail
;;       sig1 = (i32, i32) preserve_all
;;       fn0 = colocated u0:0 sig0
;;       fn1 = colocated u1:12 sig1
;;   block0(v0: i32, v1: i32, v2: i32, v3: i32):
;;       call fn0(v0, v0)
;;       v4 = load.i32 notrap aligned region0 [vmctx.memories[0].length]
;;       v5 = iconst.i32 0
;;       v6 = iconst.i64 4
;;       v7 = uextend.i64 v4
;;       v8 = load.i32 notrap aligned readonly can_move region0 [vmctx.memories[0].base]
;;       v9 = iconst.i32 1
;;       v10 = iconst.i32 4
;;       jump block1(v5, v2, v3)
;;   block1(v11: i32, v12: i32, v13: i32):
;;       v14 = uextend.i64 v12
;;       v15 = iconst.i64 4
;;       v16 = iadd v14, v15
;;       v17 = icmp ugt v16, v7
;;       brif v17, block2, block3
;;   block2 cold:
;;       v18 = iconst.i32 2
;;       call fn1(v0, v18)
;;       trap user200
;;   block3:
;;       v19 = iadd.i32 v8, v12
;;       v20 = load.i32 notrap little region1 v19
;;       v21 = iconst.i32 1
;;       v22 = isub.i32 v13, v21
;;       v23 = iadd.i32 v11, v20
;;       v24 = iconst.i32 4
;;       v25 = iadd.i32 v12, v24
;;       brif v22, block1(v23, v25, v22), block4
;;   block4:
;;       return v23
;;   }
