#include "sha2.h"

#include <string.h>

static const uint32_t K32[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

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

static uint32_t read32(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static uint64_t read64(const uint8_t *bytes) {
  return (uint64_t)read32(bytes) << 32 | read32(bytes + 4);
}

static uint32_t turn32(uint32_t word, int by) {
  return word >> by | word << (32 - by);
}

static uint64_t turn64(uint64_t word, int by) {
  return word >> by | word << (64 - by);
}

static void plain256(sha2_state *state, const uint8_t *blocks, size_t count) {
  uint32_t w[64];
  for (; count > 0; count--, blocks += 64) {
    for (int i = 0; i < 16; i++) {
      w[i] = read32(blocks + 4 * i);
    }
    for (int i = 16; i < 64; i++) {
      uint32_t s0 = turn32(w[i - 15], 7) ^ turn32(w[i - 15], 18) ^ w[i - 15] >> 3;
      uint32_t s1 = turn32(w[i - 2], 17) ^ turn32(w[i - 2], 19) ^ w[i - 2] >> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t v[8];
    memcpy(v, state->narrow, sizeof v);
    for (int i = 0; i < 64; i++) {
      uint32_t s1 = turn32(v[4], 6) ^ turn32(v[4], 11) ^ turn32(v[4], 25);
      uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K32[i] + w[i];
      uint32_t s0 = turn32(v[0], 2) ^ turn32(v[0], 13) ^ turn32(v[0], 22);
      uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
      memmove(v + 1, v, 7 * sizeof v[0]);
      v[4] += t1;
      v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) {
      state->narrow[i] += v[i];
    }
  }
}

static void plain512(sha2_state *state, const uint8_t *blocks, size_t count) {
  uint64_t w[80];
  for (; count > 0; count--, blocks += 128) {
    for (int i = 0; i < 16; i++) {
      w[i] = read64(blocks + 8 * i);
    }
    for (int i = 16; i < 80; i++) {
      uint64_t s0 = turn64(w[i - 15], 1) ^ turn64(w[i - 15], 8) ^ w[i - 15] >> 7;
      uint64_t s1 = turn64(w[i - 2], 19) ^ turn64(w[i - 2], 61) ^ w[i - 2] >> 6;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint64_t v[8];
    memcpy(v, state->wide, sizeof v);
    for (int i = 0; i < 80; i++) {
      uint64_t s1 = turn64(v[4], 14) ^ turn64(v[4], 18) ^ turn64(v[4], 41);
      uint64_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K64[i] + w[i];
      uint64_t s0 = turn64(v[0], 28) ^ turn64(v[0], 34) ^ turn64(v[0], 39);
      uint64_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
      memmove(v + 1, v, 7 * sizeof v[0]);
      v[4] += t1;
      v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) {
      state->wide[i] += v[i];
    }
  }
}

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

/* Intel SHA extensions: two rounds an instruction, the state as the pairs ABEF and CDGH. */
__attribute__((target("sha,sse4.1,ssse3"))) static void fast256(sha2_state *state, const uint8_t *blocks, size_t count) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state->narrow), 0xb1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state->narrow + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8(low, high, 8);
  __m128i cdgh = _mm_blend_epi16(high, low, 0xf0);
  for (; count > 0; count--, blocks += 64) {
    __m128i abef_before = abef;
    __m128i cdgh_before = cdgh;
    __m128i w[4];
    for (int i = 0; i < 4; i++) {
      w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * i)), swap);
    }
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
      __m128i words = w[i & 3];
      __m128i sum = _mm_add_epi32(words, _mm_loadu_si128((const __m128i *)(K32 + 4 * i)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
      if (i < 12) {
        __m128i next = _mm_sha256msg1_epu32(words, w[(i + 1) & 3]);
        next = _mm_add_epi32(next, _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4));
        w[i & 3] = _mm_sha256msg2_epu32(next, w[(i + 3) & 3]);
      }
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  low = _mm_shuffle_epi32(abef, 0x1b);
  high = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state->narrow, _mm_blend_epi16(low, high, 0xf0));
  _mm_storeu_si128((__m128i *)(state->narrow + 4), _mm_alignr_epi8(high, low, 8));
}

#endif

static void store32(const sha2_state *state, uint8_t *digest) {
  for (int i = 0; i < 32; i++) {
    digest[i] = (uint8_t)(state->narrow[i / 4] >> (24 - 8 * (i % 4)));
  }
}

static void store64(const sha2_state *state, uint8_t *digest) {
  for (int i = 0; i < 64; i++) {
    digest[i] = (uint8_t)(state->wide[i / 8] >> (56 - 8 * (i % 8)));
  }
}

#define SHA256_INITIAL \
  {.narrow = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}}

static const sha2 SHA256 = {
    64,
    32,
    SHA256_INITIAL,
    plain256,
    store32,
};

static const sha2 SHA384 = {
    128,
    48,
    {.wide = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}},
    plain512,
    store64,
};

static const sha2 SHA512 = {
    128,
    64,
    {.wide = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}},
    plain512,
    store64,
};

#if defined(__x86_64__)

static const sha2 FAST_SHA256 = {
    64,
    32,
    SHA256_INITIAL,
    fast256,
    store32,
};

static int has_sha(void) {
  static int known = -1; /* threads that ask at once find the same */
  if (known < 0) {
    unsigned a, b, c, d;
    __builtin_cpu_init();
    known = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1) && __builtin_cpu_supports("sse4.1");
  }
  return known;
}

#endif

const sha2 *sha2_of_length(size_t digest, int plain) {
#if defined(__x86_64__)
  if (digest == 32 && !plain && has_sha()) {
    return &FAST_SHA256;
  }
#endif
  (void)plain;
  return digest == 32 ? &SHA256 : digest == 48 ? &SHA384 : digest == 64 ? &SHA512 : NULL;
}

size_t sha2_finish(const sha2 *hash, const uint8_t *rest, size_t length, uint64_t total, uint8_t tail[2 * MAX_BLOCK]) {
  size_t count = length + 1 + hash->block / 8 <= hash->block ? 1 : 2;
  memset(tail, 0, 2 * MAX_BLOCK);
  memcpy(tail, rest, length);
  tail[length] = 0x80;
  uint8_t *end = tail + count * hash->block;
  for (int i = 0; i < 8; i++) {
    end[-1 - i] = (uint8_t)(total * 8 >> (8 * i)); /* no text here is longer than 2^61 bytes */
  }
  return count;
}
