// A list of 20,000 nodes laid out at random: walking, reversing, merge sort by pointers. A unit is 10 walks and one sort.
#include "bench.h"

typedef struct Node Node;
struct Node { Node *next; u32 key, walked; };
#define NODES 20000
static Node nodes[NODES];

static Node *merge(Node *a, Node *b) {
    Node head = {0}, *tail = &head;
    while (a && b) {
        Node **smaller = a->key <= b->key ? &a : &b;
        tail = tail->next = *smaller;
        *smaller = (*smaller)->next;
    }
    tail->next = a ? a : b;
    return head.next;
}

static Node *sort(Node *list) {
    Node *bins[20] = {0};
    while (list) {
        Node *one = list;
        list = list->next;
        one->next = NULL;
        int i = 0;
        for (; bins[i]; i++) {
            one = merge(bins[i], one);
            bins[i] = NULL;
        }
        bins[i] = one;
    }
    Node *all = NULL;
    for (int i = 0; i < 20; i++) all = merge(bins[i], all);
    return all;
}

static Node *reverse(Node *list) {
    Node *out = NULL;
    while (list) {
        Node *next = list->next;
        list->next = out;
        out = list;
        list = next;
    }
    return out;
}

i64 run(i32 n) {
    static u32 order[NODES];
    Random random = {19};
    for (u32 i = 0; i < NODES; i++) order[i] = i;
    for (u32 i = NODES - 1; i > 0; i--) {
        u32 j = below(&random, i + 1), t = order[i];
        order[i] = order[j], order[j] = t;
    }
    for (u32 i = 0; i < NODES; i++) {
        nodes[order[i]].next = i + 1 < NODES ? &nodes[order[i + 1]] : NULL;
        nodes[order[i]].key = below(&random, 1u << 30);
        nodes[order[i]].walked = 0;
    }
    Node *list = &nodes[order[0]];
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        for (u32 walk = 0; walk < 10; walk++) {
            u32 steps = 0;
            for (Node *node = list; node; node = node->next) steps += node->key ^ node->walked++;
            sum = mix(sum, steps);
            list = reverse(list);
        }
        list = sort(list);
        sum = mix(sum, list->key);
        for (Node *node = list; node; node = node->next) node->key = node->key * 1664525 + 1013904223 & 0x3fffffff;
    }
    return (i64)sum;
}
