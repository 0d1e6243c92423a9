/*
 * The prefilter's inner loop for processors with AVX2: four bytes of every needle are looked for at every position at
 * once. Java does the same, slower, where this was not compiled or does not run (io.jwtrawl.detect.PairSieve), and
 * compares whole needles at the positions found here.
 *
 * The method is that of "Teddy" (Langdale; Hyperscan's literal matcher): needles are spread over eight buckets, one bit
 * each; for each of the four bytes two tables of 16 tell, by its low and its high half, in which buckets it may stand.
 *
 * Keeps nothing: the tables come with every call.
 */

#include <jni.h>
#include <stdint.h>

#define BYTES 4 /* of a needle that are looked at: io.jwtrawl.rules.Needle.PROBE */

#if defined(__x86_64__)

#include <immintrin.h>

#define WIDTH 32

/* Whether the bytes at `position` may be a needle's; what stands at or behind `to` may be anything. */
static int may_stand(const uint8_t *text, const uint8_t *tables, int64_t position, int64_t to) {
  unsigned buckets = 0xff;
  for (int i = 0; i < BYTES && position + i < to; i++) {
    uint8_t byte = text[position + i];
    buckets &= tables[32 * i + (byte & 15)] & tables[32 * i + 16 + (byte >> 4)];
  }
  return buckets != 0;
}

__attribute__((target("avx2"), noinline)) static int64_t sift(
    const uint8_t *text, const uint8_t *tables, int32_t *positions, int64_t from, int64_t end, int64_t to,
    int64_t capacity) {
  __m256i low[BYTES];
  __m256i high[BYTES];
  for (int i = 0; i < BYTES; i++) {
    low[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(tables + 32 * i)));
    high[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(tables + 32 * i + 16)));
  }
  const __m256i half = _mm256_set1_epi8(15);
  int64_t found = 0;
  int64_t position = from;
  for (; position + WIDTH <= end && position + WIDTH + BYTES - 1 <= to; position += WIDTH) {
    __m256i buckets = _mm256_set1_epi8(-1);
    for (int i = 0; i < BYTES; i++) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(text + position + i));
      __m256i by_low = _mm256_shuffle_epi8(low[i], _mm256_and_si256(bytes, half));
      __m256i by_high = _mm256_shuffle_epi8(high[i], _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
      buckets = _mm256_and_si256(buckets, _mm256_and_si256(by_low, by_high));
    }
    unsigned none = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(buckets, _mm256_setzero_si256()));
    unsigned some = ~none;
    if (__builtin_expect(some != 0, 0)) {
      if (found + WIDTH > capacity) {
        return capacity + 1;
      }
      do {
        positions[found++] = (int32_t)(position + __builtin_ctz(some));
        some &= some - 1;
      } while (some != 0);
    }
  }
  for (; position < end; position++) {
    if (may_stand(text, tables, position, to)) {
      if (found == capacity) {
        return capacity + 1;
      }
      positions[found++] = (int32_t)position;
    }
  }
  return found;
}

#endif

/*
 * Writes the positions in [from, end) at which four bytes of a needle may stand, in rising order; bytes at or behind
 * `to` are not looked at.
 *
 * tables: for each of the four bytes 16 sets of buckets by its low half, then 16 by its high half
 *
 * Returns how many there are, more than `positions` has room for if they did not fit, or -1 if the processor cannot do
 * it.
 */
JNIEXPORT jint JNICALL Java_io_jwtrawl_detect_VectorSieve_sift(
    JNIEnv *env, jclass class, jbyteArray bytes, jbyteArray tables, jintArray positions, jint from, jint end, jint to) {
  (void)class;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) {
    jint capacity = (*env)->GetArrayLength(env, positions);
    void *text = (*env)->GetPrimitiveArrayCritical(env, bytes, NULL);
    void *sets = (*env)->GetPrimitiveArrayCritical(env, tables, NULL);
    void *out = (*env)->GetPrimitiveArrayCritical(env, positions, NULL);
    jint found = -1;
    if (text != NULL && sets != NULL && out != NULL) {
      found = (jint)sift(text, sets, out, from, end, to, capacity);
    }
    if (out != NULL) {
      (*env)->ReleasePrimitiveArrayCritical(env, positions, out, 0);
    }
    if (sets != NULL) {
      (*env)->ReleasePrimitiveArrayCritical(env, tables, sets, JNI_ABORT);
    }
    if (text != NULL) {
      (*env)->ReleasePrimitiveArrayCritical(env, bytes, text, JNI_ABORT);
    }
    return found;
  }
#endif
  (void)env, (void)bytes, (void)tables, (void)positions, (void)from, (void)end, (void)to;
  return -1;
}
