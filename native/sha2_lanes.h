/* The hashes of FIPS 180-4 on several texts at once, one in each lane of a vector, for words of BITS bits and the
   instruction set TARGET. Included once for each of both; the parts of NAME tell the functions apart. */

#define WORD JOIN(uint, BITS, _t)
#define VEC NAME(vec)
#define LANES (VECTOR_BYTES / sizeof(WORD))
#define ROUNDS (BITS == 32 ? 64 : 80)
#define BLOCK (BITS == 32 ? 64 : 128)
#define K(i) ((WORD)(K64[i] >> (64 - BITS)))
#define TURN(v, by) ((v) >> (by) | (v) << (BITS - (by)))

/* Rotations and shifts by the section of FIPS 180-4 that has them: 4.1.2 for 32 bits, 4.1.3 for 64. */
#define PICK(narrow, wide) (BITS == 32 ? (narrow) : (wide))
#define SUM0(v) (TURN(v, PICK(2, 28)) ^ TURN(v, PICK(13, 34)) ^ TURN(v, PICK(22, 39)))
#define SUM1(v) (TURN(v, PICK(6, 14)) ^ TURN(v, PICK(11, 18)) ^ TURN(v, PICK(25, 41)))
#define SIGMA0(v) (TURN(v, PICK(7, 1)) ^ TURN(v, PICK(18, 8)) ^ (v) >> PICK(3, 7))
#define SIGMA1(v) (TURN(v, PICK(17, 19)) ^ TURN(v, PICK(19, 61)) ^ (v) >> PICK(10, 6))

#define ROUND(a, b, c, d, e, f, g, h, word) \
  do { \
    VEC sum = h + SUM1(e) + (((f ^ g) & e) ^ g) + (word); \
    d += sum; \
    h = sum + SUM0(a) + ((a & b) | (c & (a | b))); \
  } while (0)

#define EIGHT_ROUNDS(word) \
  do { \
    ROUND(a, b, c, d, e, f, g, h, word(0)); \
    ROUND(h, a, b, c, d, e, f, g, word(1)); \
    ROUND(g, h, a, b, c, d, e, f, word(2)); \
    ROUND(f, g, h, a, b, c, d, e, word(3)); \
    ROUND(e, f, g, h, a, b, c, d, word(4)); \
    ROUND(d, e, f, g, h, a, b, c, word(5)); \
    ROUND(c, d, e, f, g, h, a, b, word(6)); \
    ROUND(b, c, d, e, f, g, h, a, word(7)); \
  } while (0)

#define BEGIN(s) VEC a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7]
#define END(s) s[0] += a, s[1] += b, s[2] += c, s[3] += d, s[4] += e, s[5] += f, s[6] += g, s[7] += h

typedef WORD VEC __attribute__((vector_size(VECTOR_BYTES), aligned(1)));

static WORD NAME(read)(const uint8_t *bytes) {
  WORD word = 0;
  for (size_t i = 0; i < sizeof word; i++) {
    word = (WORD)(word << 8 | bytes[i]);
  }
  return word;
}

/* The words that the rounds of a block take. */
static void NAME(expand)(const uint8_t *block, WORD words[ROUNDS]) {
  for (int i = 0; i < 16; i++) {
    words[i] = NAME(read)(block + i * sizeof(WORD));
  }
  for (int i = 16; i < ROUNDS; i++) {
    words[i] = (WORD)(words[i - 16] + SIGMA0(words[i - 15]) + words[i - 7] + SIGMA1(words[i - 2]));
  }
  for (int i = 0; i < ROUNDS; i++) {
    words[i] = (WORD)(words[i] + K(i));
  }
}

/* Takes the same block in, in all lanes. */
TARGET static void NAME(same)(VEC state[8], const WORD words[ROUNDS]) {
  BEGIN(state);
#define SAME(j) words[i + j]
  for (int i = 0; i < ROUNDS; i += 8) {
    EIGHT_ROUNDS(SAME);
  }
#undef SAME
  END(state);
}

/* Takes in a block of its own in every lane. */
TARGET static void NAME(own)(VEC state[8], VEC words[16]) {
  BEGIN(state);
  for (int i = 0;; i += 16) {
#define FIRST(j) (words[j] + K(i + j))
    EIGHT_ROUNDS(FIRST);
#undef FIRST
#define LAST(j) (words[8 + j] + K(i + 8 + j))
    EIGHT_ROUNDS(LAST);
#undef LAST
    if (i + 16 == ROUNDS) {
      break;
    }
#pragma GCC unroll 16
    for (int j = 0; j < 16; j++) {
      words[j] += SIGMA0(words[(j + 1) & 15]) + words[(j + 9) & 15] + SIGMA1(words[(j + 14) & 15]);
    }
  }
  END(state);
}

static void NAME(begin)(const sha2 *hash, VEC state[8]) {
  for (int i = 0; i < 8; i++) {
    state[i] = (VEC){0} + (WORD)(hash->initial[i] >> (64 - BITS));
  }
}

/* Takes in the end of a text after its whole blocks, in all lanes. `total` counts what went before too. */
static void NAME(finish)(VEC state[8], const uint8_t *rest, size_t length, uint64_t total) {
  uint8_t tail[2 * BLOCK] = {0};
  WORD words[ROUNDS];
  size_t size = length + 1 + BLOCK / 8 <= BLOCK ? BLOCK : 2 * BLOCK;
  memcpy(tail, rest, length);
  tail[length] = 0x80;
  for (int i = 0; i < 8; i++) {
    tail[size - 1 - i] = (uint8_t)(total * 8 >> (8 * i)); /* no text here is longer than 2^61 bytes */
  }
  for (size_t at = 0; at < size; at += BLOCK) {
    NAME(expand)(tail + at, words);
    NAME(same)(state, words);
  }
}

/* A key as long as a block (RFC 2104): filled up, or hashed if it is longer. */
static void NAME(key_block)(const sha2 *hash, const uint8_t *secret, size_t length, uint8_t key[BLOCK]) {
  memset(key, 0, BLOCK);
  if (length <= BLOCK) {
    memcpy(key, secret, length);
    return;
  }
  VEC state[8] = {0};
  WORD words[ROUNDS];
  NAME(begin)(hash, state);
  size_t whole = length - length % BLOCK;
  for (size_t at = 0; at < whole; at += BLOCK) {
    NAME(expand)(secret + at, words);
    NAME(same)(state, words);
  }
  NAME(finish)(state, secret + whole, length - whole, length);
  for (size_t i = 0; i < hash->digest; i++) {
    key[i] = (uint8_t)(state[i / sizeof(WORD)][0] >> (BITS - 8 - 8 * (i % sizeof(WORD))));
  }
}

/* What each lane has taken in before the text and before the digest of it. */
typedef struct {
  VEC inner[8];
  VEC outer[8];
} NAME(keyed);

static void NAME(key)(const sha2 *hash, const sha2_secrets *secrets, void *keyed) {
  NAME(keyed) *groups = keyed;
  for (size_t first = 0; first < secrets->count; first += LANES) {
    VEC inner[16] = {0};
    VEC outer[16] = {0};
    for (size_t lane = 0; lane < LANES; lane++) {
      uint8_t key[BLOCK] = {0};
      size_t i = secrets->from + first + lane;
      if (first + lane < secrets->count) {
        size_t start = i == 0 ? 0 : (size_t)secrets->ends[i - 1];
        NAME(key_block)(hash, secrets->bytes + start, (size_t)secrets->ends[i] - start, key);
      }
      for (int j = 0; j < 16; j++) {
        WORD word = NAME(read)(key + j * sizeof(WORD));
        inner[j][lane] = word ^ (WORD)0x3636363636363636;
        outer[j][lane] = word ^ (WORD)0x5c5c5c5c5c5c5c5c;
      }
    }
    NAME(keyed) *group = groups + first / LANES;
    NAME(begin)(hash, group->inner);
    NAME(own)(group->inner, inner);
    NAME(begin)(hash, group->outer);
    NAME(own)(group->outer, outer);
  }
}

static int NAME(first_that_signed)(
    const sha2 *hash, const void *keyed, size_t count, const uint8_t *text, size_t length, const uint8_t *signature) {
  const NAME(keyed) *groups = keyed;
  size_t group_count = (count + LANES - 1) / LANES;
  VEC states[SHA2_SECRETS / LANES][8];
  WORD words[ROUNDS];
  for (size_t i = 0; i < group_count; i++) {
    memcpy(states[i], groups[i].inner, sizeof states[i]);
  }
  size_t whole = length - length % BLOCK;
  for (size_t at = 0; at < whole; at += BLOCK) {
    NAME(expand)(text + at, words);
    for (size_t i = 0; i < group_count; i++) {
      NAME(same)(states[i], words);
    }
  }
  size_t digest_words = hash->digest / sizeof(WORD);
  for (size_t i = 0; i < group_count; i++) {
    NAME(finish)(states[i], text + whole, length - whole, BLOCK + length);
    VEC outer[8];
    VEC digest[16] = {0};
    memcpy(outer, groups[i].outer, sizeof outer);
    memcpy(digest, states[i], digest_words * sizeof *digest);
    digest[digest_words] += (WORD)1 << (BITS - 1);
    digest[15] += (WORD)(8 * (BLOCK + hash->digest));
    NAME(own)(outer, digest);
    for (size_t lane = 0; lane < LANES && i * LANES + lane < count; lane++) {
      size_t same = 0;
      while (same < digest_words && outer[same][lane] == NAME(read)(signature + same * sizeof(WORD))) {
        same++;
      }
      if (same == digest_words) {
        return (int)(i * LANES + lane);
      }
    }
  }
  return -1;
}

#undef WORD
#undef VEC
#undef LANES
#undef ROUNDS
#undef BLOCK
#undef K
#undef TURN
#undef PICK
#undef SUM0
#undef SUM1
#undef SIGMA0
#undef SIGMA1
#undef ROUND
#undef EIGHT_ROUNDS
#undef BEGIN
#undef END
#undef NAME
