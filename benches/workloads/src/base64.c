// Base64 (RFC 4648), encoding and decoding with checks: table look-ups on bytes. A unit is 48 KiB there and back.
#include "bench.h"

#define SIZE (48 * 1024)
static const u8 alphabet[64] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static u8 values[256], plain[SIZE], coded[SIZE / 3 * 4];

static NOINLINE void encode(void) {
    const u8 *in = plain;
    for (u8 *out = coded; in < plain + SIZE; in += 3, out += 4) {
        u32 bits = (u32)in[0] << 16 | (u32)in[1] << 8 | in[2];
        out[0] = alphabet[bits >> 18];
        out[1] = alphabet[bits >> 12 & 63];
        out[2] = alphabet[bits >> 6 & 63];
        out[3] = alphabet[bits & 63];
    }
}

static NOINLINE u32 decode(void) {
    u8 *out = plain;
    for (const u8 *in = coded; in < coded + sizeof coded; in += 4, out += 3) {
        u32 a = values[in[0]], b = values[in[1]], c = values[in[2]], d = values[in[3]];
        if ((a | b | c | d) > 63) return 0;
        u32 bits = a << 18 | b << 12 | c << 6 | d;
        out[0] = (u8)(bits >> 16), out[1] = (u8)(bits >> 8), out[2] = (u8)bits;
    }
    return (u32)(out - plain);
}

i64 run(i32 n) {
    Random random = {31};
    for (u32 i = 0; i < 256; i++) values[i] = 255;
    for (u32 i = 0; i < 64; i++) values[alphabet[i]] = (u8)i;
    for (u32 i = 0; i < SIZE; i++) plain[i] = (u8)(next(&random) >> 40);
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        encode();
        u32 at = below(&random, sizeof coded);
        coded[at] = alphabet[(values[coded[at]] + 1) & 63];
        if (decode() != SIZE) __builtin_trap();
        sum = mix(sum, coded[at]);
    }
    for (u32 i = 0; i < SIZE; i++) sum = mix(sum, plain[i]);
    return (i64)sum;
}
