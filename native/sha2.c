#include "sha2.h"

#include <string.h>

/* The constants of both; words of 32 bits have the high halves of the first. */
static const uint64_t K64[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

/* Vectors of the width that most processors have; the compiler makes two or four of one where they have not. */
#define VECTOR_BYTES 32

#define JOIN_(a, b, c) a##b##c
#define JOIN(a, b, c) JOIN_(a, b, c)

#define TARGET
#define BITS 32
#define NAME(part) part##_32_plain
#include "sha2_lanes.h"
#undef BITS
#define BITS 64
#define NAME(part) part##_64_plain
#include "sha2_lanes.h"
#undef BITS
#undef TARGET

#define HASHES(set) \
  static const sha2 set[] = { \
      {32, SHA2_SECRETS * 2 * 32, INITIAL_256, key_32_##set, first_that_signed_32_##set}, \
      {48, SHA2_SECRETS * 2 * 64, INITIAL_384, key_64_##set, first_that_signed_64_##set}, \
      {64, SHA2_SECRETS * 2 * 64, INITIAL_256, key_64_##set, first_that_signed_64_##set}, \
  }

/* SHA-256 and SHA-512 begin alike. */
#define INITIAL_256 \
  {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, \
   0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}
#define INITIAL_384 \
  {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, \
   0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}

HASHES(plain);

#if defined(__x86_64__)

#define TARGET __attribute__((target("avx2")))
#define BITS 32
#define NAME(part) part##_32_avx2
#include "sha2_lanes.h"
#undef BITS
#define BITS 64
#define NAME(part) part##_64_avx2
#include "sha2_lanes.h"
#undef BITS
#undef TARGET
HASHES(avx2);

#define TARGET __attribute__((target("avx512f,avx512vl")))
#define BITS 32
#define NAME(part) part##_32_avx512
#include "sha2_lanes.h"
#undef BITS
#define BITS 64
#define NAME(part) part##_64_avx512
#include "sha2_lanes.h"
#undef BITS
#undef TARGET
HASHES(avx512);

#endif

static const sha2 *hashes(int level) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (level >= 2 && __builtin_cpu_supports("avx512vl")) {
    return avx512;
  }
  if (level >= 1 && __builtin_cpu_supports("avx2")) {
    return avx2;
  }
#endif
  (void)level;
  return plain;
}

const sha2 *sha2_of_length(size_t digest, int level) {
  const sha2 *known = hashes(level);
  return digest == 32 ? known : digest == 48 ? known + 1 : digest == 64 ? known + 2 : NULL;
}
