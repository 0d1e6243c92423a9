/* SHA-384 and SHA-512, and SHA-256 with the processor's own instructions where it has them (FIPS 180-4). */

#ifndef JWTRAWL_SHA2_H
#define JWTRAWL_SHA2_H

#include <stddef.h>
#include <stdint.h>

#define MAX_BLOCK 128
#define MAX_DIGEST 64

/* Words of 32 bits for SHA-256, of 64 for the others. */
typedef union {
  uint32_t narrow[8];
  uint64_t wide[8];
} sha2_state;

typedef struct {
  size_t block;  /* bytes that are taken at once */
  size_t digest; /* bytes that come out */
  sha2_state initial;
  void (*compress)(sha2_state *state, const uint8_t *blocks, size_t count);
  void (*store)(const sha2_state *state, uint8_t *digest); /* writes MAX_DIGEST bytes at most */
} sha2;

/* The one with digests of so many bytes, or NULL. `plain`: without the processor's own instructions. */
const sha2 *sha2_of_length(size_t digest, int plain);

/* Writes what is left of a text behind its whole blocks, and the end that every text gets.
   `total` counts what went before too. Returns how many blocks that makes: one or two. */
size_t sha2_finish(const sha2 *hash, const uint8_t *rest, size_t length, uint64_t total, uint8_t tail[2 * MAX_BLOCK]);

#endif
