// Runs the kernel for each number on standard input.
#include "kernel.h"
#include <stdio.h>

int main(void) {
    wasm_rt_init();
    Z_kernel_init_module();
    Z_kernel_instance_t kernel;
    Z_kernel_instantiate(&kernel);
    puts("ready");
    fflush(stdout);
    for (int n; scanf("%d", &n) == 1; fflush(stdout))
        printf("%lld\n", (long long)Z_kernelZ_run(&kernel, (u32)n));
}
