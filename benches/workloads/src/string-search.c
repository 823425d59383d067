// Search of words in text: naive, Horspool with a skip table, and Knuth-Morris-Pratt. A unit is 64 kB by all three.
#include "bench.h"

#define SIZE 65536
static u8 text[SIZE];

static NOINLINE u32 naive(const u8 *word, u32 len) {
    u32 hits = 0;
    for (u32 i = 0; i + len <= SIZE; i++) {
        u32 k = 0;
        while (k < len && text[i + k] == word[k]) k++;
        hits += k == len;
    }
    return hits;
}

static NOINLINE u32 horspool(const u8 *word, u32 len) {
    u32 skip[256], hits = 0;
    for (u32 i = 0; i < 256; i++) skip[i] = len;
    for (u32 i = 0; i + 1 < len; i++) skip[word[i]] = len - 1 - i;
    for (u32 i = 0; i + len <= SIZE; i += skip[text[i + len - 1]]) {
        u32 k = len;
        while (k > 0 && text[i + k - 1] == word[k - 1]) k--;
        hits += k == 0;
    }
    return hits;
}

static NOINLINE u32 knuth_morris_pratt(const u8 *word, u32 len) {
    u32 fail[32], hits = 0, k = 0;
    fail[0] = 0;
    for (u32 i = 1; i < len; i++) {
        while (k && word[i] != word[k]) k = fail[k - 1];
        if (word[i] == word[k]) k++;
        fail[i] = k;
    }
    k = 0;
    for (u32 i = 0; i < SIZE; i++) {
        while (k && text[i] != word[k]) k = fail[k - 1];
        if (text[i] == word[k]) k++;
        if (k == len) hits++, k = fail[k - 1];
    }
    return hits;
}

i64 run(i32 n) {
    Random random = {37};
    for (u32 i = 0; i < SIZE; i++) text[i] = (u8)"aaabbcdee "[below(&random, 10)];
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        u32 len = 2 + below(&random, 8), at = below(&random, SIZE - 32);
        u32 a = naive(text + at, len), b = horspool(text + at, len), c = knuth_morris_pratt(text + at, len);
        if (a != b || b != c) __builtin_trap();
        sum = mix(sum, a);
    }
    return (i64)sum;
}
