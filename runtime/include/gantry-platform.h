/* What Gantry's runtime asks of a host when it is built without std. Memory comes from the program's global allocator; that of
 * linear memories and of copies of artifacts, with the cargo feature `custom-virtual-memory`, from the functions gantry_vm_*.
 *
 * The functions are called from any thread that uses the runtime. They do not unwind, and call nothing of the runtime. */
#ifndef GANTRY_PLATFORM_H
#define GANTRY_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The pointer that the current thread gave to gantry_tls_set last; null if it never did. Where there are no threads, a static
 * variable will do. */
uint8_t *gantry_tls_get(void);

/* Keeps a pointer for the current thread. */
void gantry_tls_set(uint8_t *value);

/* With the cargo feature `custom-virtual-memory`: */

/* The granularity of all that follows in bytes: a power of two, and always the same. */
size_t gantry_vm_page_size(void);

/* Reserves address space: `len` bytes, whole pages and not 0, at an address of whole pages. Null if there is not so much. A host
 * without virtual memory gives memory; it is asked for no more than a memory has if modules and engine have the options
 * memory-reservation=0 and memory-guard-size=0. */
uint8_t *gantry_vm_reserve(size_t len);

/* Makes whole pages of a reservation memory that can be read and written, zero at first. They were not committed before. False
 * if there is not so much: they then stay as they are. */
bool gantry_vm_commit(uint8_t *base, size_t len);

/* Gives a reservation back, whole, with what is committed of it. */
void gantry_vm_release(uint8_t *base, size_t len);

#ifdef __cplusplus
}
#endif

#endif
