// Conway's game of life on a torus of 256 by 256, one byte for a cell. A unit is one generation.
#include "bench.h"

#define N 256
static u8 cells[2][N][N];

i64 run(i32 n) {
    Random random = {41};
    for (u32 y = 0; y < N; y++)
        for (u32 x = 0; x < N; x++) cells[0][y][x] = below(&random, 3) == 0;
    int from = 0;
    for (i32 round = 0; round < n; round++, from ^= 1)
        for (u32 y = 0; y < N; y++) {
            const u8 *up = cells[from][(y - 1) & (N - 1)], *row = cells[from][y], *down = cells[from][(y + 1) & (N - 1)];
            for (u32 x = 0; x < N; x++) {
                u32 l = (x - 1) & (N - 1), r = (x + 1) & (N - 1);
                u32 around = up[l] + up[x] + up[r] + row[l] + row[r] + down[l] + down[x] + down[r];
                cells[from ^ 1][y][x] = around == 3 || (around == 2 && row[x]);
            }
        }
    u64 sum = 0;
    for (u32 y = 0; y < N; y++)
        for (u32 x = 0; x < N; x++) sum = mix(sum, cells[from][y][x]);
    return (i64)sum;
}
