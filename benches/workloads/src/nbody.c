// Five bodies that attract each other, in f64 with square roots and divisions. A unit is 100 time steps.
#include "bench.h"

#define BODIES 5
static double p[BODIES][3], v[BODIES][3], m[BODIES];

i64 run(i32 n) {
    Random random = {11};
    for (int i = 0; i < BODIES; i++) {
        m[i] = i == 0 ? 40.0 : 0.001 * (double)(1 + below(&random, 40));
        for (int d = 0; d < 3; d++) {
            p[i][d] = i == 0 ? 0 : (double)(i * 4 + (int)below(&random, 8)) * (d == i % 3 ? 1.0 : 0.125);
            v[i][d] = i == 0 ? 0 : ((double)below(&random, 256) - 128) / 128;
        }
    }
    const double dt = 0.001;
    for (i32 step = 0; step < n * 100; step++) {
        for (int i = 0; i < BODIES; i++)
            for (int j = i + 1; j < BODIES; j++) {
                double x = p[i][0] - p[j][0], y = p[i][1] - p[j][1], z = p[i][2] - p[j][2];
                double square = x * x + y * y + z * z;
                double force = dt / (square * __builtin_sqrt(square));
                v[i][0] -= x * m[j] * force, v[i][1] -= y * m[j] * force, v[i][2] -= z * m[j] * force;
                v[j][0] += x * m[i] * force, v[j][1] += y * m[i] * force, v[j][2] += z * m[i] * force;
            }
        for (int i = 0; i < BODIES; i++)
            for (int d = 0; d < 3; d++) p[i][d] += dt * v[i][d];
    }
    u64 sum = 0;
    for (int i = 0; i < BODIES; i++)
        for (int d = 0; d < 3; d++) {
            u64 bits;
            __builtin_memcpy(&bits, &p[i][d], 8);
            sum = mix(sum, bits);
        }
    return (i64)sum;
}
