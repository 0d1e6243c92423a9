/* Counts line feeds, with AVX2, for io.jwtrawl.detect.LineCounter. */

#include <jni.h>
#include <stdint.h>

#if defined(__x86_64__)

#include <immintrin.h>

#define WIDTH 32
#define MAX_ROUNDS 255 /* before a count of one byte overflows */

__attribute__((target("avx2"), noinline)) static int64_t line_feeds(const uint8_t *text, int64_t from, int64_t to) {
  const __m256i feed = _mm256_set1_epi8('\n');
  const __m256i zero = _mm256_setzero_si256();
  __m256i sums = zero;
  int64_t position = from;
  while (position + WIDTH <= to) {
    __m256i counts = zero;
    for (int round = 0; round < MAX_ROUNDS && position + WIDTH <= to; round++, position += WIDTH) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(text + position));
      counts = _mm256_sub_epi8(counts, _mm256_cmpeq_epi8(bytes, feed));
    }
    sums = _mm256_add_epi64(sums, _mm256_sad_epu8(counts, zero));
  }
  int64_t feeds = _mm256_extract_epi64(sums, 0) + _mm256_extract_epi64(sums, 1) + _mm256_extract_epi64(sums, 2) +
                  _mm256_extract_epi64(sums, 3);
  for (; position < to; position++) {
    feeds += text[position] == '\n';
  }
  return feeds;
}

#endif

/* How many line feeds bytes[from, to) has, or -1 if the processor cannot count them this way. */
JNIEXPORT jint JNICALL Java_io_jwtrawl_detect_LineCounter_vectorLineFeeds(
    JNIEnv *env, jclass class, jbyteArray bytes, jint from, jint to) {
  (void)class;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) {
    void *text = (*env)->GetPrimitiveArrayCritical(env, bytes, NULL);
    if (text == NULL) {
      return -1;
    }
    jint feeds = (jint)line_feeds(text, from, to);
    (*env)->ReleasePrimitiveArrayCritical(env, bytes, text, JNI_ABORT);
    return feeds;
  }
#endif
  (void)env, (void)bytes, (void)from, (void)to;
  return -1;
}
