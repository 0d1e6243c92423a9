/* HMACs (RFC 2104) with SHA-256, SHA-384 and SHA-512 (FIPS 180-4) under many secrets at once. */

#ifndef JWTRAWL_SHA2_H
#define JWTRAWL_SHA2_H

#include <stddef.h>
#include <stdint.h>

/* So many secrets at most are tried at once. */
#define SHA2_SECRETS 64

/* Secret i is bytes[ends[i - 1], ends[i]). Meant are `count` of them. */
typedef struct {
  const uint8_t *bytes;
  const int32_t *ends;
  size_t from;
  size_t count;
} sha2_secrets;

typedef struct sha2 sha2;

struct sha2 {
  size_t digest;       /* bytes that come out */
  size_t keyed;        /* bytes for what is known of SHA2_SECRETS secrets */
  uint64_t initial[8]; /* the high bits of each, if words are shorter */

  /* Works out what does not depend on the text. */
  void (*key)(const sha2 *hash, const sha2_secrets *secrets, void *keyed);

  /* Which of the first `count` secrets made `signature` of the text, or -1. */
  int (*first_that_signed)(
      const sha2 *hash, const void *keyed, size_t count, const uint8_t *text, size_t length, const uint8_t *signature);
};

/* The one with digests of so many bytes, or NULL. `level`: 0 for instructions that every processor has, 1 for AVX2 too, 2
   for AVX-512 too, each where the processor has them. */
const sha2 *sha2_of_length(size_t digest, int level);

#endif
