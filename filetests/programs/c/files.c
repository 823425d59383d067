// Exercises the file system in the directory given as its first argument: create, append, seek, truncate, copy, rename, stat,
// list, remove, and all the ways out of the directory that must not exist. Prints each step; leaves "kept.txt" behind.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[200];
static const char *in(const char *name) {
    static char paths[4][300];
    static int turn;
    char *path = paths[turn++ & 3];
    snprintf(path, 300, "%s/%s", dir, name);
    return path;
}
static void step(const char *what, long result) {
    if (result < 0) printf("%-28s %s\n", what, strerror(errno));
    else printf("%-28s %ld\n", what, result);
}
static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(const char *path) {
    DIR *d = opendir(path);
    if (!d) return step("opendir", -1);
    char *names[64];
    size_t n = 0;
    for (struct dirent *e; (e = readdir(d)) && n < 64;)
        if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..")) {
            names[n] = malloc(strlen(e->d_name) + 3);
            sprintf(names[n++], "%s%s", e->d_name, e->d_type == DT_DIR ? "/" : "");
        }
    closedir(d);
    qsort(names, n, sizeof *names, by_name);
    printf("%zu entries:", n);
    for (size_t i = 0; i < n; i++) printf(" %s", names[i]);
    puts("");
}

int main(int argc, char **argv) {
    snprintf(dir, sizeof dir, "%s", argc > 1 ? argv[1] : "/");
    char buffer[100] = {0};
    struct stat st;
    list(dir);

    int fd = open(in("a.txt"), O_RDWR | O_CREAT | O_EXCL, 0644);
    step("create", fd >= 0 ? 0 : -1);
    step("create again", open(in("a.txt"), O_RDWR | O_CREAT | O_EXCL, 0644));
    step("write", write(fd, "0123456789", 10));
    step("seek", lseek(fd, -4, SEEK_END));
    step("read", read(fd, buffer, 3));
    printf("read \"%s\"\n", buffer);
    step("pwrite", pwrite(fd, "AB", 2, 1));
    step("pread", pread(fd, buffer, 5, 0));
    printf("read \"%.5s\"\n", buffer);
    step("position", lseek(fd, 0, SEEK_CUR));
    step("seek before the start", lseek(fd, -1, SEEK_SET));
    step("truncate", ftruncate(fd, 7));
    step("fstat", fstat(fd, &st));
    printf("size %lld, regular %d\n", (long long)st.st_size, S_ISREG(st.st_mode));
    step("close", close(fd));
    step("close again", close(fd));
    step("read a closed one", read(fd, buffer, 1));

    fd = open(in("a.txt"), O_WRONLY | O_APPEND);
    step("append", write(fd, "xyz", 3));
    step("read without the right", read(fd, buffer, 1) < 0);
    close(fd);

    step("mkdir", mkdir(in("sub"), 0755));
    step("mkdir again", mkdir(in("sub"), 0755));
    FILE *from = fopen(in("a.txt"), "r"), *to = fopen(in("sub/copy.txt"), "w");
    for (int c; (c = getc(from)) != EOF;) putc(c, to);
    for (int i = 0; i < 10000; i++) fprintf(to, "%d,", i);
    fclose(from);
    step("copy", fclose(to));
    step("stat copy", stat(in("sub/copy.txt"), &st));
    printf("size %lld\n", (long long)st.st_size);
    step("rename", rename(in("sub/copy.txt"), in("kept.txt")));
    step("stat the old name", stat(in("sub/copy.txt"), &st));
    step("stat a directory", stat(in("sub"), &st));
    printf("directory %d\n", S_ISDIR(st.st_mode));
    for (int i = 0; i < 40; i++) {
        snprintf(buffer, sizeof buffer, "sub/many-%02d-%.*s", i, i, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
        close(open(in(buffer), O_WRONLY | O_CREAT, 0644));
    }
    DIR *d = opendir(in("sub"));
    int entries = 0;
    for (struct dirent *e; (e = readdir(d));) entries += e->d_name[0] != '.';  // some hosts list "." and "..", some do not
    printf("%d entries in sub\n", entries);
    closedir(d);
    list(dir);

    step("symlink", symlink("a.txt", in("link")));
    memset(buffer, 0, sizeof buffer);
    step("readlink", readlink(in("link"), buffer, sizeof buffer));
    printf("link to \"%s\"\n", buffer);
    step("stat through the link", stat(in("link"), &st));
    step("lstat", lstat(in("link"), &st));
    printf("link %d\n", S_ISLNK(st.st_mode));
    step("link", link(in("a.txt"), in("hard")));
    step("unlink link", unlink(in("link")));
    step("unlink hard", unlink(in("hard")));

    step("rmdir when not empty", rmdir(in("sub")));
    step("unlink a directory", unlink(in("sub")));
    step("rmdir of a file", rmdir(in("a.txt")));
    step("open as a directory", open(in("a.txt"), O_RDONLY | O_DIRECTORY));
    step("write to a directory", open(in("sub"), O_WRONLY));
    step("up and out", open(in("../outside"), O_RDONLY) >= 0 ? 0 : -1);
    step("up and in again", open(in("sub/../a.txt"), O_RDONLY) >= 0 ? 0 : -1);
    step("far up", open(in("sub/../../../etc/passwd"), O_RDONLY) >= 0 ? 0 : -1);
    step("absolute", open("/etc/passwd", O_RDONLY) >= 0 ? 0 : -1);
    step("unlink", unlink(in("a.txt")));
    step("unlink again", unlink(in("a.txt")));
    for (int i = 0; i < 40; i++) {
        snprintf(buffer, sizeof buffer, "sub/many-%02d-%.*s", i, i, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
        if (unlink(in(buffer))) step(buffer, -1);
    }
    step("rmdir", rmdir(in("sub")));
    list(dir);
    return 0;
}
