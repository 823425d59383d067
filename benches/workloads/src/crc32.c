// CRC-32 (IEEE 802.3, reflected) by tables of four slices: dependent loads of a small table. A unit is 64 KiB of input.
#include "bench.h"

static u32 table[4][256];
static u8 input[65536];

i64 run(i32 n) {
    for (u32 i = 0; i < 256; i++) {
        u32 c = i;
        for (int k = 0; k < 8; k++) c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
        table[0][i] = c;
    }
    for (u32 i = 0; i < 256; i++)
        for (int t = 1; t < 4; t++) table[t][i] = table[t - 1][i] >> 8 ^ table[0][table[t - 1][i] & 255];
    Random random = {1};
    for (u32 i = 0; i < sizeof input; i++) input[i] = (u8)(next(&random) >> 56);
    u32 crc = ~0u;
    for (i32 round = 0; round < n; round++) {
        for (u32 i = 0; i < sizeof input; i += 4) {
            u32 word;
            __builtin_memcpy(&word, input + i, 4);
            crc ^= word;
            crc = table[3][crc & 255] ^ table[2][crc >> 8 & 255] ^ table[1][crc >> 16 & 255] ^ table[0][crc >> 24];
        }
    }
    return (i64)(u64)~crc;
}
