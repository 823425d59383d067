// The Ackermann and Tak functions: deep recursion, and calls whose arguments are calls. A unit is one of each.
#include "bench.h"

static NOINLINE u32 ackermann(u32 m, u32 n) {
    if (m == 0) return n + 1;
    if (n == 0) return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

static NOINLINE i32 tak(i32 x, i32 y, i32 z) {
    return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

i64 run(i32 n) {
    u64 sum = 0;
    for (i32 i = 0; i < n; i++) {
        sum = mix(sum, ackermann(2, 200 + ((u32)i & 15)));
        sum = mix(sum, (u64)tak(16, 10, 4 + (i & 1)));
    }
    return (i64)sum;
}
