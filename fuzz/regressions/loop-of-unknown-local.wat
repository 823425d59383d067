;; Invalid: a loop that uses a local that is not there made Winch panic, which looks ahead before it validates.
(module
  (func (param i32)
    (loop
      (drop (local.get 5))
      (br_if 0 (local.get 0)))))
