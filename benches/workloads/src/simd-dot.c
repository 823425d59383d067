// Dot products of f32 vectors and of i16 vectors, four and eight lanes at a time. A unit is 4096 elements of each.
#include "bench.h"
#include <wasm_simd128.h>

#define N 4096
static float fa[N], fb[N];
static short ia[N], ib[N];

i64 run(i32 n) {
    Random random = {5};
    for (int i = 0; i < N; i++) {
        fa[i] = (float)below(&random, 2048) / 64 - 16;
        fb[i] = (float)below(&random, 2048) / 4096;
        ia[i] = (short)below(&random, 512) - 256;
        ib[i] = (short)below(&random, 512) - 256;
    }
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        v128_t f0 = wasm_f32x4_splat(0), f1 = f0, i0 = wasm_i32x4_splat(round);
        for (int i = 0; i < N; i += 8) {
            f0 = wasm_f32x4_add(f0, wasm_f32x4_mul(wasm_v128_load(fa + i), wasm_v128_load(fb + i)));
            f1 = wasm_f32x4_add(f1, wasm_f32x4_mul(wasm_v128_load(fa + i + 4), wasm_v128_load(fb + i + 4)));
            i0 = wasm_i32x4_add(i0, wasm_i32x4_dot_i16x8(wasm_v128_load(ia + i), wasm_v128_load(ib + i)));
        }
        f0 = wasm_f32x4_add(f0, f1);
        u64 words[4];
        wasm_v128_store(words, f0);
        wasm_v128_store(words + 2, i0);
        for (int i = 0; i < 4; i++) sum = mix(sum, words[i]);
        fa[round & (N - 1)] = wasm_f32x4_extract_lane(f0, 0) / 1024;
    }
    return (i64)sum;
}
