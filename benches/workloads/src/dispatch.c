// Indirect calls through tables of function pointers, of several types, in an order that varies. A unit is 1000 calls.
#include "bench.h"

typedef struct Shape Shape;
struct Shape { const struct Methods *methods; u32 a, b; };
typedef struct Methods { u32 (*area)(const Shape *); void (*grow)(Shape *, u32); } Methods;

static u32 area_box(const Shape *s) { return s->a * s->b; }
static u32 area_disc(const Shape *s) { return s->a * s->a * 355 / 113; }
static u32 area_triangle(const Shape *s) { return s->a * s->b / 2; }
static u32 area_line(const Shape *s) { (void)s; return 0; }
static void grow_both(Shape *s, u32 by) { s->a = (s->a + by) & 1023; s->b = (s->b + 3 * by) & 1023; }
static void grow_one(Shape *s, u32 by) { s->a = (s->a * 5 + by) & 511; }
static void swap(Shape *s, u32 by) { u32 a = s->a; s->a = s->b ^ (by & 7); s->b = a; }

static const Methods box = {area_box, grow_both}, disc = {area_disc, grow_one}, triangle = {area_triangle, swap},
                     line = {area_line, swap};
static const Methods *const kinds[4] = {&box, &disc, &triangle, &line};
static Shape shapes[500];

i64 run(i32 n) {
    Random random = {7};
    for (u32 i = 0; i < 500; i++) shapes[i] = (Shape){kinds[below(&random, 4)], below(&random, 100), below(&random, 100)};
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        u32 total = 0;
        for (u32 i = 0; i < 500; i++) {
            Shape *s = &shapes[i];
            s->methods->grow(s, (u32)round);
            total += s->methods->area(s);
        }
        sum = mix(sum, total);
    }
    return (i64)sum;
}
