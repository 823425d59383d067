// Prints its arguments and environment, says something on standard error, and exits with the status it is told.
// environment [STATUS | abort]
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;
static void last_words(void) { puts("at exit"); }

int main(int argc, char **argv) {
    atexit(last_words);
    for (int i = 0; i < argc; i++) printf("argv[%d] = \"%s\"\n", i, argv[i]);
    for (char **e = environ; *e; e++) printf("%s\n", *e);
    const char *home = getenv("HOME");
    printf("HOME is %s\n", home ? home : "not set");
    fputs("nothing is wrong\n", stderr);
    if (argc > 1 && !strcmp(argv[1], "abort")) {
        fflush(stdout);
        abort();
    }
    return argc > 1 ? atoi(argv[1]) : 0;
}
