// A chained hash table that grows: inserts, look-ups and removals of 64-bit keys, nodes from an arena with a free list.
// A unit is 10,000 operations.
#include "bench.h"

typedef struct Node Node;
struct Node { Node *next; u64 key; u32 value; };
typedef struct { Node **buckets, *free; u32 mask, count; Arena arena; } Map;

static u8 space[32 << 20];

static inline u32 slot(const Map *m, u64 key) { return (u32)(key * 0x9e3779b97f4a7c15ull >> 40) & m->mask; }

static void resize(Map *m, u32 size) {
    Node **old = m->buckets;
    u32 buckets = old ? m->mask + 1 : 0;
    m->buckets = allocate(&m->arena, size * sizeof(Node *));
    __builtin_memset(m->buckets, 0, size * sizeof(Node *));
    m->mask = size - 1;
    for (u32 i = 0; i < buckets; i++)
        for (Node *node = old[i], *next; node; node = next) {
            next = node->next;
            Node **head = &m->buckets[slot(m, node->key)];
            node->next = *head;
            *head = node;
        }
}

static NOINLINE Node *find(const Map *m, u64 key) {
    Node *node = m->buckets[slot(m, key)];
    while (node && node->key != key) node = node->next;
    return node;
}

static NOINLINE void insert(Map *m, u64 key, u32 value) {
    Node *node = find(m, key);
    if (node) { node->value += value; return; }
    if (m->count++ > m->mask) resize(m, 2 * (m->mask + 1));
    if ((node = m->free)) m->free = node->next;
    else node = allocate(&m->arena, sizeof *node);
    Node **head = &m->buckets[slot(m, key)];
    *node = (Node){*head, key, value};
    *head = node;
}

static NOINLINE u32 take(Map *m, u64 key) {
    for (Node **link = &m->buckets[slot(m, key)]; *link; link = &(*link)->next)
        if ((*link)->key == key) {
            Node *node = *link;
            *link = node->next;
            node->next = m->free;
            m->free = node;
            m->count--;
            return node->value;
        }
    return 0;
}

i64 run(i32 n) {
    Map map = {.arena = {space, 0, sizeof space}};
    resize(&map, 64);
    Random random = {17};
    u64 sum = 0;
    for (i32 i = 0; i < n * 2500; i++) {
        u64 key = below(&random, 200000);
        insert(&map, key * key, (u32)i);
        Node *found = find(&map, (u64)below(&random, 200000) * 3);
        if (found) sum = mix(sum, found->value);
        insert(&map, key ^ 0xabcdef, 1);
        key = below(&random, 200000);
        sum += take(&map, key * key);
    }
    return (i64)mix(sum, map.count);
}
