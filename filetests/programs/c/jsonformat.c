// Reads JSON from standard input and writes it indented, numbers as doubles: recursion, setjmp-free error paths, printf of
// floating point. Exits with 1 and a position when the input is not JSON.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *text;
static size_t at, size;

static void fail(const char *what) {
    size_t line = 1, column = 1;
    for (size_t i = 0; i < at && i < size; i++)
        if (text[i] == '\n') line++, column = 1;
        else column++;
    fflush(stdout);
    fprintf(stderr, "jsonformat: line %zu, column %zu: %s\n", line, column, what);
    exit(1);
}

static void space(void) { while (at < size && strchr(" \t\r\n", text[at]) && text[at]) at++; }
static bool take(char c) {
    space();
    if (at >= size || text[at] != c) return false;
    at++;
    return true;
}
static void indent(int depth) { printf("\n%*s", 2 * depth, ""); }

static void string(void) {
    if (!take('"')) fail("expected a string");
    putchar('"');
    for (;; at++) {
        if (at >= size || (unsigned char)text[at] < 32) fail("string without an end");
        if (text[at] == '"') break;
        if (text[at] == '\\') {
            putchar(text[at++]);
            if (at >= size || !strchr("\"\\/bfnrtu", text[at])) fail("no such escape");
        }
        putchar(text[at]);
    }
    at++;
    putchar('"');
}

static void value(int depth) {
    if (depth > 200) fail("nested too deeply");
    space();
    if (at >= size) fail("expected a value");
    switch (text[at]) {
        case '{': {
            at++;
            putchar('{');
            if (take('}')) { putchar('}'); break; }
            do {
                indent(depth + 1);
                space();
                string();
                if (!take(':')) fail("expected ':'");
                printf(": ");
                value(depth + 1);
            } while (take(',') && putchar(','));
            if (!take('}')) fail("expected ',' or '}'");
            indent(depth);
            putchar('}');
            break;
        }
        case '[': {
            at++;
            putchar('[');
            if (take(']')) { putchar(']'); break; }
            do {
                indent(depth + 1);
                value(depth + 1);
            } while (take(',') && putchar(','));
            if (!take(']')) fail("expected ',' or ']'");
            indent(depth);
            putchar(']');
            break;
        }
        case '"': string(); break;
        default: {
            static const char *const words[] = {"true", "false", "null"};
            for (int i = 0; i < 3; i++) {
                size_t len = strlen(words[i]);
                if (size - at >= len && !memcmp(text + at, words[i], len)) {
                    at += len;
                    printf("%s", words[i]);
                    return;
                }
            }
            char *end;
            double number = strtod(text + at, &end);
            if (end == text + at) fail("expected a value");
            at = (size_t)(end - text);
            printf("%.17g", number);
        }
    }
}

int main(void) {
    size_t room = 64;
    text = malloc(room + 1);
    for (size_t n; (n = fread(text + size, 1, room - size, stdin)) > 0;) {
        size += n;
        if (size == room) text = realloc(text, (room *= 2) + 1);
        if (!text) abort();
    }
    text[size] = 0;
    value(0);
    putchar('\n');
    space();
    if (at != size) fail("expected the end");
    return 0;
}
