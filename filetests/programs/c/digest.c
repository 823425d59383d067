// SHA-256 (FIPS 180-4) and CRC-32 of files, or of standard input for "-": integer arithmetic on what unbuffered reads give.
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct { uint32_t state[8], crc; uint64_t bytes; uint8_t block[64]; size_t fill; } Digest;
static uint32_t k[64], start[8], crc_table[256];

// The constants are the first bits of roots of primes: cheaper to compute than to list, and a test of libm.
static void constants(void) {
    for (uint32_t n = 0, p = 2; n < 64; p++) {
        int prime = 1;
        for (uint32_t d = 2; d * d <= p; d++) prime &= p % d != 0;
        if (!prime) continue;
        if (n < 8) start[n] = (uint32_t)(uint64_t)(fmod(sqrt(p), 1) * 4294967296.0);
        k[n++] = (uint32_t)(uint64_t)(fmod(cbrt(p), 1) * 4294967296.0);
    }
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int b = 0; b < 8; b++) c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
        crc_table[i] = c;
    }
}

static uint32_t ror(uint32_t x, int by) { return x >> by | x << (32 - by); }

static void compress(Digest *d) {
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)d->block[4 * i] << 24 | (uint32_t)d->block[4 * i + 1] << 16 | (uint32_t)d->block[4 * i + 2] << 8 | d->block[4 * i + 3];
    for (int i = 16; i < 64; i++)
        w[i] = w[i - 16] + (ror(w[i - 15], 7) ^ ror(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 7] +
               (ror(w[i - 2], 17) ^ ror(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(s, d->state, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t t = s[7] + (ror(s[4], 6) ^ ror(s[4], 11) ^ ror(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        uint32_t u = (ror(s[0], 2) ^ ror(s[0], 13) ^ ror(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += t;
        s[0] = t + u;
    }
    for (int i = 0; i < 8; i++) d->state[i] += s[i];
}

static void update(Digest *d, const uint8_t *data, size_t size) {
    d->bytes += size;
    for (size_t i = 0; i < size; i++) {
        d->crc = d->crc >> 8 ^ crc_table[(d->crc ^ data[i]) & 255];
        d->block[d->fill++] = data[i];
        if (d->fill == 64) compress(d), d->fill = 0;
    }
}

static int digest(const char *name) {
    int fd = strcmp(name, "-") ? open(name, O_RDONLY) : 0;
    if (fd < 0) return printf("%s: %s\n", name, strerror(errno)), 1;
    Digest d = {.crc = ~0u};
    memcpy(d.state, start, sizeof start);
    uint8_t buffer[1000];
    for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) != 0;) {
        if (n < 0) return printf("%s: %s\n", name, strerror(errno)), 1;
        update(&d, buffer, (size_t)n);
    }
    uint64_t bytes = d.bytes;
    uint32_t crc = ~d.crc;
    static const uint8_t padding[64] = {0x80};
    update(&d, padding, 1 + (119 - bytes % 64) % 64);
    uint8_t bits[8];
    for (int i = 0; i < 8; i++) bits[i] = (uint8_t)(bytes * 8 >> (56 - 8 * i));
    update(&d, bits, 8);
    for (int i = 0; i < 8; i++) printf("%08x", d.state[i]);
    printf("  %08x %8llu  %s\n", crc, (unsigned long long)bytes, name);
    if (fd) close(fd);
    return 0;
}

int main(int argc, char **argv) {
    constants();
    int failures = 0;
    for (int i = 1; i < argc; i++) failures += digest(argv[i]);
    return failures;
}
