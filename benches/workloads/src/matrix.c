// Product of two 128 by 128 matrices of f64, blocked by rows. A unit is one product.
#include "bench.h"

#define N 128
static double a[N][N], b[N][N], c[N][N];

i64 run(i32 n) {
    Random random = {3};
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = (double)below(&random, 1000) / 8 - 60;
            b[i][j] = (double)below(&random, 1000) / 1024 - 0.5;
        }
    for (i32 round = 0; round < n; round++) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) c[i][j] = 0;
            for (int k = 0; k < N; k++) {
                double x = a[i][k];
                for (int j = 0; j < N; j++) c[i][j] += x * b[k][j];
            }
        }
        a[round & (N - 1)][round / N & (N - 1)] += c[0][round & (N - 1)] / 65536;
    }
    u64 sum = 0;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            u64 bits;
            __builtin_memcpy(&bits, &c[i][j], 8);
            sum = mix(sum, bits);
        }
    return (i64)sum;
}
