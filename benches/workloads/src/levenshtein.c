// Edit distance of two texts of 1000 bytes by dynamic programming: a loop carried by minimum. A unit is one distance.
#include "bench.h"

#define N 1000
static u8 a[N], b[N];
static u32 row[N + 1];

static inline u32 smaller(u32 x, u32 y) { return x < y ? x : y; }

i64 run(i32 n) {
    Random random = {43};
    for (u32 i = 0; i < N; i++) a[i] = (u8)below(&random, 8), b[i] = (u8)below(&random, 8);
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        for (u32 j = 0; j <= N; j++) row[j] = j;
        for (u32 i = 0; i < N; i++) {
            u32 corner = row[0], left = row[0] = i + 1;
            for (u32 j = 0; j < N; j++) {
                u32 up = row[j + 1];
                left = smaller(smaller(up, left) + 1, corner + (a[i] != b[j]));
                row[j + 1] = left;
                corner = up;
            }
        }
        sum = mix(sum, row[N]);
        a[below(&random, N)] = b[below(&random, N)];
    }
    return (i64)sum;
}
