// Quicksort of 100,000 integers, median of three, insertion sort below 16: branches nobody can predict. A unit is one sort.
#include "bench.h"

#define N 100000
static i32 data[N];

static void sort(i32 *a, i32 low, i32 high) {
    while (high - low > 16) {
        i32 x = a[low], y = a[low + (high - low) / 2], z = a[high];
        i32 pivot = x < y ? (y < z ? y : x < z ? z : x) : (x < z ? x : y < z ? z : y);
        i32 i = low, j = high;
        while (i <= j) {
            while (a[i] < pivot) i++;
            while (a[j] > pivot) j--;
            if (i <= j) {
                i32 t = a[i];
                a[i++] = a[j], a[j--] = t;
            }
        }
        if (j - low < high - i) sort(a, low, j), low = i;
        else sort(a, i, high), high = j;
    }
    for (i32 i = low + 1; i <= high; i++) {
        i32 v = a[i], j = i - 1;
        for (; j >= low && a[j] > v; j--) a[j + 1] = a[j];
        a[j + 1] = v;
    }
}

i64 run(i32 n) {
    Random random = {23};
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        for (i32 i = 0; i < N; i++) data[i] = (i32)(next(&random) >> 32);
        sort(data, 0, N - 1);
        for (i32 i = 1; i < N; i++) if (data[i - 1] > data[i]) __builtin_trap();
        for (i32 i = 0; i < N; i += 997) sum = mix(sum, (u32)data[i]);
    }
    return (i64)sum;
}
