// Fibonacci by double recursion: nothing but direct calls. Time doubles with each 1.44 units.
#include "bench.h"

static NOINLINE u64 fib(u32 n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

i64 run(i32 n) { return (i64)fib((u32)n); }
