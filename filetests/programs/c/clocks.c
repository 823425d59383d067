// Sleeps, waits for input that is ready, and checks that the clocks agree with each other. Prints nothing that depends on speed.
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static long long now(clockid_t id) {
    struct timespec t;
    if (clock_gettime(id, &t)) return -1;
    return t.tv_sec * 1000000000ll + t.tv_nsec;
}
static void check(const char *what, int good) {
    printf("%s: %s\n", what, good ? "yes" : "NO");
    if (!good) exit(1);
}

int main(void) {
    struct timespec resolution;
    check("the monotonic clock has a resolution", !clock_getres(CLOCK_MONOTONIC, &resolution) && resolution.tv_nsec > 0);
    long long start = now(CLOCK_MONOTONIC), wall = now(CLOCK_REALTIME);
    check("the time is after 2020", wall > 1577836800ll * 1000000000);
    struct timespec nap = {0, 30000000};
    check("nanosleep returns 0", !nanosleep(&nap, NULL));
    long long slept = now(CLOCK_MONOTONIC) - start;
    check("it slept for at least 30 ms", slept >= 30000000);
    check("it slept for less than 30 s", slept < 30000000000ll);
    check("poll without descriptors times out", poll(NULL, 0, 5) == 0 || errno == ENOTSUP || errno == EINVAL);
    struct pollfd fds[2] = {{0, POLLIN, 0}, {1, POLLOUT, 0}};
    check("poll finds a stream ready", poll(fds, 2, 10000) > 0);
    check("one of them says so", (fds[0].revents | fds[1].revents) != 0);
    long long last = now(CLOCK_MONOTONIC);
    for (int i = 0; i < 10000; i++) {
        long long t = now(CLOCK_MONOTONIC);
        if (t < last) check("the monotonic clock goes forward", 0);
        last = t;
    }
    time_t zero = 0;
    char text[64];
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", gmtime(&zero));
    printf("time began at %s\n", text);
    unsigned char a[16], b[16];
    int same = !getentropy(a, 16) && !getentropy(b, 16);
    for (int i = 0; i < 16; i++) same &= a[i] == b[i];
    check("randomness differs from call to call", !same);
    return 0;
}
