// A mix as small embedded processors see it: a sorted list, an integer matrix, a state machine over text, and a CRC-16 that
// binds their results together. A unit is one round of all four.
#include "bench.h"

static inline u16 crc16(u16 crc, u32 value) {
    for (int i = 0; i < 32; i++) {
        u32 bit = (value ^ crc) & 1;
        value >>= 1;
        crc = (u16)(crc >> 1 ^ (bit ? 0xa001 : 0));
    }
    return crc;
}

// 1. A list of pairs, searched, reversed and sorted by one of two orders.
typedef struct Item Item;
struct Item { Item *next; short key, index; };
#define ITEMS 128
static Item items[ITEMS];
typedef i32 (*Order)(const Item *, const Item *);
static i32 by_key(const Item *a, const Item *b) { return a->key - b->key; }
static i32 by_index(const Item *a, const Item *b) { return a->index - b->index; }

static Item *insertion_sort(Item *list, Order order) {
    Item *sorted = NULL;
    while (list) {
        Item *item = list, **link = &sorted;
        list = list->next;
        while (*link && order(*link, item) <= 0) link = &(*link)->next;
        item->next = *link;
        *link = item;
    }
    return sorted;
}

static NOINLINE u16 list_round(u16 crc, u32 seed) {
    for (u32 i = 0; i < ITEMS; i++)
        items[i] = (Item){i + 1 < ITEMS ? &items[i + 1] : NULL, (short)((i * 2654435761u ^ seed * 40503u) >> 18), (short)i};
    Item *list = insertion_sort(items, by_key);
    for (u32 wanted = 0; wanted < 16; wanted++) {
        u32 steps = 0;
        for (Item *item = list; item && item->index != (short)(wanted * 7 + seed % 16); item = item->next) steps++;
        crc = crc16(crc, steps);
    }
    list = insertion_sort(list, by_index);
    for (u32 i = 0; list; list = list->next, i++) crc = i & 15 ? crc : crc16(crc, (u32)list->key);
    return crc;
}

// 2. A matrix of 16-bit integers: times a constant, a vector and itself, with bits taken out.
#define N 24
static short m[N][N];
static i32 product[N][N];

static NOINLINE u16 matrix_round(u16 crc, u32 seed) {
    for (u32 i = 0; i < N; i++)
        for (u32 j = 0; j < N; j++) m[i][j] = (short)((i * 31 + j * 17 + seed) % 257 - 128);
    for (u32 i = 0; i < N; i++)
        for (u32 j = 0; j < N; j++) {
            i32 sum = 0;
            for (u32 k = 0; k < N; k++) {
                i32 t = m[i][k] * m[k][j];
                sum += (t >> 2 & 15) * (t >> 5 & 127);
            }
            product[i][j] = sum;
        }
    i32 sum = 0, last = 0;
    for (u32 i = 0; i < N; i++)
        for (u32 j = 0; j < N; j++) {
            sum += product[i][j];
            if (sum > 40000) crc = crc16(crc, (u32)(sum = last));
            last = product[i][j] > last ? last + 10 : last;
        }
    return crc16(crc, (u32)sum);
}

// 3. Numbers told apart by a state machine: integer, decimal, exponent, or none.
enum State { START, SIGN, INTEGER, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, POWER, BAD, STATES };
static const char *const samples[] = {"7", "42", "-19", "+60034", "3.25", "-0.5", ".75", "+12.0625",
                                      "6e9", "1.5e-7", "-2.5e+12", "8.e3", "x1", "--4", "1.2.3", "9e"};
static u8 text[512];

static enum State step(enum State state, u8 c) {
    i32 digit = c >= '0' && c <= '9';
    switch (state) {
        case START: if (c == '+' || c == '-') return SIGN;  // fall through
        case SIGN: return digit ? INTEGER : c == '.' ? POINT : BAD;
        case INTEGER: return digit ? INTEGER : c == '.' ? FRACTION : c == 'e' ? EXPONENT : BAD;
        case POINT: return digit ? FRACTION : BAD;
        case FRACTION: return digit ? FRACTION : c == 'e' ? EXPONENT : BAD;
        case EXPONENT: return c == '+' || c == '-' ? EXPONENT_SIGN : digit ? POWER : BAD;
        case EXPONENT_SIGN:
        case POWER: return digit ? POWER : BAD;
        default: return BAD;
    }
}

static NOINLINE u16 state_round(u16 crc, u32 seed) {
    u32 size = 0, counts[STATES] = {0}, visits[STATES] = {0};
    for (u32 i = 0; size < sizeof text - 16; i++) {
        for (const char *s = samples[(i * 5 + seed) & 15]; *s; s++) text[size++] = (u8)*s;
        text[size++] = ',';
    }
    for (u32 damage = 0; damage < 2; damage++) {
        enum State state = START;
        for (u32 i = 0; i < size; i++) {
            if (text[i] == ',') {
                counts[state]++;
                state = START;
            } else {
                state = step(state, text[i]);
                visits[state]++;
            }
        }
        for (u32 i = seed % 7; i < size; i += 11) if (text[i] != ',') text[i] ^= (u8)seed;
    }
    for (u32 i = 0; i < STATES; i++) crc = crc16(crc16(crc, counts[i]), visits[i]);
    return crc;
}

i64 run(i32 n) {
    u16 crc = 0;
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        crc = list_round(crc, (u32)round);
        crc = matrix_round(crc, (u32)round ^ crc);
        crc = state_round(crc, (u32)round ^ (crc & 63));
        sum = mix(sum, crc);
    }
    return (i64)sum;
}
