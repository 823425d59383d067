// Build: clang --target=wasm32 -g -O1 -nostdlib -fdebug-compilation-dir=. -Wl,--no-entry -o fail.wasm fail.c

static inline int divide(int a, int b) {
    return a / b;
}

__attribute__((noinline)) static int inner(int x) {
    return divide(10, x) + 1;
}

__attribute__((export_name("run"))) int run(int x) {
    return inner(x) * 2;
}
