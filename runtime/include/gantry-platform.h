/* What Gantry's runtime asks of a host when it is built without std. Memory comes from the program's global allocator.
 *
 * The functions are called from any thread that uses the runtime. They do not unwind, and call nothing of the runtime. */
#ifndef GANTRY_PLATFORM_H
#define GANTRY_PLATFORM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The pointer that the current thread gave to gantry_tls_set last; null if it never did. Where there are no threads, a static
 * variable will do. */
uint8_t *gantry_tls_get(void);

/* Keeps a pointer for the current thread. */
void gantry_tls_set(uint8_t *value);

#ifdef __cplusplus
}
#endif

#endif
