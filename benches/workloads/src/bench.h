// What all workloads share: integer types, a checksum, a generator of reproducible input, and a bump allocator.
//
// A workload defines `run`, which does `n` units of work and returns a checksum. It starts from the same state each time, so
// that an instance can be run again and again and gives the same result. There is no C library: nothing is linked.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char i8;
typedef int i32;
typedef long long i64;
typedef unsigned long usize;

#define EXPORT __attribute__((visibility("default")))
#define NOINLINE __attribute__((noinline))
#define NULL ((void *)0)

// One step of a 64-bit FNV-like mix: order matters, all bits of `value` count.
static inline u64 mix(u64 sum, u64 value) { return (sum ^ value) * 0x100000001b3ull ^ sum >> 29; }

// xorshift64*, the generator of all inputs.
typedef struct { u64 state; } Random;
static inline u64 next(Random *r) {
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return r->state * 0x2545f4914f6cdd1dull;
}
static inline u32 below(Random *r, u32 limit) { return (u32)((next(r) >> 32) * limit >> 32); }

// Allocations are 16-byte aligned and freed all at once.
typedef struct { u8 *base; usize used, size; } Arena;
static inline void *allocate(Arena *a, usize size) {
    usize at = a->used;
    a->used += (size + 15) & ~(usize)15;
    if (a->used > a->size) __builtin_trap();
    return a->base + at;
}

EXPORT i64 run(i32 n);
