;;! kind = "run"

;; Memories that grow, bulk operators, and everything that happens at the end of memory.

(module
  (memory 1 3)
  (data $text "\01\02\03\04\05\06\07\08")
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "load8") (param i32) (result i32) (i32.load8_s offset=1 (local.get 0)))
  (func (export "far") (param i32) (result i32) (i32.load8_u offset=0xffff0000 (local.get 0)))
  (func (export "store") (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "init") (param i32 i32 i32) (memory.init $text (local.get 0) (local.get 1) (local.get 2)))
  (func (export "drop") (data.drop $text)))

;;> size() = i32:1
;;> init(i32:8, i32:0, i32:8)
;;> load(i32:8) = i64:0x0807060504030201
;;> load(i32:5) = i64:0x0504030201000000
;;> copy(i32:10, i32:8, i32:6)
;;> load(i32:8) = i64:0x0605040302010201
;;> copy(i32:8, i32:10, i32:6)
;;> load(i32:8) = i64:0x0605060504030201
;;> fill(i32:65528, i32:0x1ff, i32:8)
;;> load(i32:65528) = i64:-1
;;> load8(i32:65534) = i32:-1
;;> load8(i32:65535) trap oob
;;> load(i32:65529) trap oob
;;> store(i32:65529, i64:0) trap oob
;;> load(i32:65528) = i64:-1
;;> fill(i32:65529, i32:0, i32:8) trap oob
;;> load(i32:65528) = i64:-1
;;> copy(i32:65529, i32:0, i32:8) trap oob
;;> fill(i32:65536, i32:0, i32:0)
;;> fill(i32:65537, i32:0, i32:0) trap oob
;;> far(i32:0) trap oob
;;> far(i32:0x10000) trap oob
;;> far(i32:-1) trap oob
;;> grow(i32:1) = i32:1
;;> load(i32:65529) = i64:0x00ffffffffffffff
;;> load(i32:131064) = i64:0
;;> load(i32:131065) trap oob
;;> grow(i32:2) = i32:-1
;;> grow(i32:1) = i32:2
;;> size() = i32:3
;;> init(i32:0, i32:4, i32:5) trap oob
;;> drop()
;;> init(i32:0, i32:0, i32:1) trap oob
;;> init(i32:0, i32:0, i32:0)
