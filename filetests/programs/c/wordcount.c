// Counts lines, words and bytes of files, and lists the most frequent words: stdio, qsort, a hash table, error messages.
// wordcount [-g WORD] [-t COUNT] FILE...    with -g, lists the lines that contain WORD instead
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Word { struct Word *next; unsigned count; char text[]; } Word;
static Word *buckets[1024];
static size_t distinct;

static void count_word(const char *text, size_t len) {
    unsigned h = 2166136261u;
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)text[i]) * 16777619u;
    for (Word *w = buckets[h % 1024]; w; w = w->next)
        if (strlen(w->text) == len && !memcmp(w->text, text, len)) {
            w->count++;
            return;
        }
    Word *w = malloc(sizeof *w + len + 1);
    if (!w) abort();
    memcpy(w->text, text, len);
    w->text[len] = 0;
    w->count = 1;
    w->next = buckets[h % 1024];
    buckets[h % 1024] = w;
    distinct++;
}

static int by_count(const void *a, const void *b) {
    const Word *x = *(Word *const *)a, *y = *(Word *const *)b;
    return x->count != y->count ? (x->count < y->count) - (x->count > y->count) : strcmp(x->text, y->text);
}

int main(int argc, char **argv) {
    const char *pattern = NULL;
    size_t top = 5;
    int failures = 0, i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        if (!strcmp(argv[i], "-g")) pattern = argv[i + 1];
        else if (!strcmp(argv[i], "-t")) top = strtoul(argv[i + 1], NULL, 10);
        else return fprintf(stderr, "wordcount: no such option: %s\n", argv[i]), 2;
    }
    for (; i < argc; i++) {
        FILE *file = fopen(argv[i], "r");
        if (!file) {
            fprintf(stderr, "wordcount: %s: %s\n", argv[i], strerror(errno));
            failures++;
            continue;
        }
        char *line = NULL;
        size_t room = 0, lines = 0, words = 0, bytes = 0;
        ssize_t len;
        while ((len = getline(&line, &room, file)) >= 0) {
            lines++;
            bytes += (size_t)len;
            if (pattern && strstr(line, pattern)) printf("%s:%zu:%s", argv[i], lines, line);
            for (ssize_t at = 0; at < len;) {
                while (at < len && !isalpha((unsigned char)line[at])) at++;
                ssize_t start = at;
                for (; at < len && isalpha((unsigned char)line[at]); at++) line[at] = (char)tolower((unsigned char)line[at]);
                if (at > start) words++, count_word(line + start, (size_t)(at - start));
            }
        }
        free(line);
        fclose(file);
        if (!pattern) printf("%7zu %7zu %7zu %s\n", lines, words, bytes, argv[i]);
    }
    if (!pattern && distinct) {
        Word **all = malloc(distinct * sizeof *all);
        size_t n = 0;
        for (size_t b = 0; b < 1024; b++)
            for (Word *w = buckets[b]; w; w = w->next) all[n++] = w;
        qsort(all, n, sizeof *all, by_count);
        for (size_t k = 0; k < n && k < top; k++) printf("%7u %s\n", all[k]->count, all[k]->text);
    }
    return failures ? 1 : 0;
}
