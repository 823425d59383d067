// Sieve of Eratosthenes over one bit per odd number: strided byte stores, short loops. A unit is one sieve of a million.
#include "bench.h"

#define LIMIT 1000000
static u8 composite[LIMIT / 2];

i64 run(i32 n) {
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        __builtin_memset(composite, 0, sizeof composite);
        u32 limit = LIMIT - (u32)round % 1000;
        for (u32 i = 3; i * i < limit; i += 2)
            if (!composite[i / 2])
                for (u32 j = i * i; j < limit; j += 2 * i) composite[j / 2] = 1;
        u32 count = 1;
        for (u32 i = 1; i < limit / 2; i++) count += !composite[i];
        sum = mix(sum, count);
    }
    return (i64)sum;
}
