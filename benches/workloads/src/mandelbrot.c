// The Mandelbrot set in f32, up to 200 steps for a point: a loop carried by floating-point latency. A unit is a row of 256.
#include "bench.h"

i64 run(i32 n) {
    u64 sum = 0;
    for (i32 row = 0; row < n; row++) {
        float ci = (float)(row & 255) / 128.0f - 1.0f;
        for (int column = 0; column < 256; column++) {
            float cr = (float)column / 96.0f - 2.0f, zr = 0, zi = 0;
            u32 steps = 0;
            while (steps < 200 && zr * zr + zi * zi <= 4.0f) {
                float t = zr * zr - zi * zi + cr;
                zi = 2 * zr * zi + ci;
                zr = t;
                steps++;
            }
            sum = mix(sum, steps);
        }
    }
    return (i64)sum;
}
