// memory.copy and memory.fill of many sizes, overlapping too. A unit is about 300 kB moved.
#include "bench.h"

static u8 buffer[1 << 20];

i64 run(i32 n) {
    Random random = {13};
    for (u32 i = 0; i < sizeof buffer; i++) buffer[i] = (u8)(i * 7 ^ i >> 8);
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        for (int k = 0; k < 64; k++) {  // small ones, where the cost is the call
            u32 size = 1 + below(&random, 64), from = below(&random, 60000), to = below(&random, 60000);
            __builtin_memmove(buffer + to, buffer + from, size);
        }
        u32 from = below(&random, 500000), to = below(&random, 500000), size = below(&random, 400000);
        __builtin_memmove(buffer + to, buffer + from, size);
        __builtin_memset(buffer + below(&random, 900000), round & 255, below(&random, 100000));
        sum = mix(sum, buffer[below(&random, sizeof buffer)]);
    }
    for (u32 i = 0; i < sizeof buffer; i += 8) {
        u64 word;
        __builtin_memcpy(&word, buffer + i, 8);
        sum = mix(sum, word);
    }
    return (i64)sum;
}
