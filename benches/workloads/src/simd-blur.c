// A 3 by 3 blur of a grey image of 256 by 256, sixteen pixels at a time: widening adds, shifts, narrowing, saturation.
// A unit is one pass over the image.
#include "bench.h"
#include <wasm_simd128.h>

#define W 256
#define H 256
static u8 image[2][H + 2][W + 32];

// Sums of three neighbours in a row, for the low and the high half.
static inline void row_sums(const u8 *p, v128_t *low, v128_t *high) {
    v128_t a = wasm_v128_load(p - 1), b = wasm_v128_load(p), c = wasm_v128_load(p + 1);
    *low = wasm_i16x8_add(wasm_i16x8_add(wasm_u16x8_extend_low_u8x16(a), wasm_u16x8_extend_low_u8x16(c)),
                          wasm_i16x8_shl(wasm_u16x8_extend_low_u8x16(b), 1));
    *high = wasm_i16x8_add(wasm_i16x8_add(wasm_u16x8_extend_high_u8x16(a), wasm_u16x8_extend_high_u8x16(c)),
                           wasm_i16x8_shl(wasm_u16x8_extend_high_u8x16(b), 1));
}

i64 run(i32 n) {
    Random random = {9};
    __builtin_memset(image, 0, sizeof image);
    for (int y = 1; y <= H; y++)
        for (int x = 16; x < W + 16; x++) image[0][y][x] = (u8)below(&random, 256);
    int from = 0;
    for (i32 round = 0; round < n; round++, from ^= 1) {
        for (int y = 1; y <= H; y++)
            for (int x = 16; x < W + 16; x += 16) {
                v128_t l0, l1, l2, h0, h1, h2;
                row_sums(&image[from][y - 1][x], &l0, &h0);
                row_sums(&image[from][y][x], &l1, &h1);
                row_sums(&image[from][y + 1][x], &l2, &h2);
                v128_t low = wasm_i16x8_add(wasm_i16x8_add(l0, l2), wasm_i16x8_shl(l1, 1));
                v128_t high = wasm_i16x8_add(wasm_i16x8_add(h0, h2), wasm_i16x8_shl(h1, 1));
                v128_t out = wasm_u8x16_narrow_i16x8(wasm_u16x8_shr(low, 4), wasm_u16x8_shr(high, 4));
                out = wasm_u8x16_add_sat(out, wasm_v128_and(wasm_u8x16_lt(out, wasm_u8x16_splat(40)), wasm_u8x16_splat(90)));
                wasm_v128_store(&image[from ^ 1][y][x], out);
            }
    }
    u64 sum = 0;
    for (int y = 1; y <= H; y++)
        for (int x = 16; x < W + 16; x += 8) {
            u64 eight;
            __builtin_memcpy(&eight, &image[from][y][x], 8);
            sum = mix(sum, eight);
        }
    return (i64)sum;
}
