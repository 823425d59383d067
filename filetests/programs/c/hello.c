// Greets everyone it is told to, or the world.
#include <stdio.h>

int main(int argc, char **argv) {
    if (argc < 2) printf("hello, world\n");
    for (int i = 1; i < argc; i++) printf("hello, %s\n", argv[i]);
    return 0;
}
