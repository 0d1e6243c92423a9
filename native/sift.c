/*
 * The prefilter, for processors with AVX2: four bytes of every needle are looked for at every position at once, and where
 * they may stand, needles are compared. Java does the same, slower, where this was not compiled or does not run
 * (io.jwtrawl.detect.PairSieve).
 *
 * The method is that of "Teddy" (Langdale; Hyperscan's literal matcher): needles are spread over eight buckets, one bit
 * each; for each of the four bytes two tables of 16 tell, by its low and its high half, in which buckets it may stand.
 *
 * Keeps nothing: the tables come with every call, and are as io.jwtrawl.detect.VectorSieve and NeedleChains lay them out.
 */

#include <jni.h>
#include <stdint.h>
#include <string.h>

#define BYTES 4 /* of a needle that are looked at: io.jwtrawl.rules.Needle.Probe.BYTES */

#if defined(__x86_64__)

#include <immintrin.h>

#define WIDTH 32

#define LINK 4 /* numbers that make a link: mask, value, what it is for, next */

typedef struct {
  const uint8_t *text;
  int64_t from; /* needles begin at or behind it */
  int64_t end;  /* and before it */
  int64_t to;   /* what stands at or behind it is not looked at */
  const uint16_t *first;
  const int64_t *links;
  int64_t *hits;
  int64_t capacity;
  int64_t found;
} search_t;

/* The first eight bytes at `start`, those behind `to` as zeros. */
static uint64_t eight_at(const search_t *search, int64_t start) {
  uint64_t eight = 0;
  int64_t there = search->to - start;
  if (there >= 8) {
    memcpy(&eight, search->text + start, 8);
    return eight;
  }
  for (int64_t i = 0; i < there; i++) {
    eight |= (uint64_t)search->text[start + i] << (8 * i);
  }
  return eight;
}

/* Notes the needles whose probe stands at `position`, in order. Returns 0 if there is no room. */
static int compare(search_t *search, int64_t position) {
  unsigned pair = search->text[position];
  if (position + 1 < search->to) {
    pair |= (unsigned)search->text[position + 1] << 8;
  }
  for (int64_t link = search->first[pair]; link != 0; link = search->links[LINK * link + 3]) {
    uint64_t mask = (uint64_t)search->links[LINK * link];
    uint64_t value = (uint64_t)search->links[LINK * link + 1];
    uint64_t about = (uint64_t)search->links[LINK * link + 2];
    int64_t start = position - (int64_t)(about >> 32 & 0xffff);
    int64_t length = (int64_t)(about >> 48);
    if (start < search->from || start >= search->end || start + length > search->to ||
        (eight_at(search, start) & mask) != value) {
      continue;
    }
    if (search->found == search->capacity) {
      return 0;
    }
    int64_t hit = start << 32 | (int64_t)(about & 0xffffffff);
    int64_t place = search->found++;
    while (place > 0 && search->hits[place - 1] > hit) {
      search->hits[place] = search->hits[place - 1];
      place--;
    }
    search->hits[place] = hit;
  }
  return 1;
}

/* Whether the bytes at `position` may be a needle's; what stands at or behind `to` may be anything. */
static int may_stand(const search_t *search, const uint8_t *tables, int64_t position) {
  unsigned buckets = 0xff;
  for (int i = 0; i < BYTES && position + i < search->to; i++) {
    uint8_t byte = search->text[position + i];
    buckets &= tables[32 * i + (byte & 15)] & tables[32 * i + 16 + (byte >> 4)];
  }
  return buckets != 0;
}

/* Compares wherever a probe may stand in [from, stop). Returns 0 if there is no room. */
__attribute__((target("avx2"), noinline)) static int sift(search_t *search, const uint8_t *tables, int64_t stop) {
  __m256i low[BYTES];
  __m256i high[BYTES];
  for (int i = 0; i < BYTES; i++) {
    low[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(tables + 32 * i)));
    high[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(tables + 32 * i + 16)));
  }
  const __m256i half = _mm256_set1_epi8(15);
  const uint8_t *text = search->text;
  int64_t position = search->from;
  for (; position + WIDTH <= stop && position + WIDTH + BYTES - 1 <= search->to; position += WIDTH) {
    __m256i buckets = _mm256_set1_epi8(-1);
    for (int i = 0; i < BYTES; i++) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(text + position + i));
      __m256i by_low = _mm256_shuffle_epi8(low[i], _mm256_and_si256(bytes, half));
      __m256i by_high = _mm256_shuffle_epi8(high[i], _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
      buckets = _mm256_and_si256(buckets, _mm256_and_si256(by_low, by_high));
    }
    unsigned none = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(buckets, _mm256_setzero_si256()));
    for (unsigned some = ~none; some != 0; some &= some - 1) {
      if (!compare(search, position + __builtin_ctz(some))) {
        return 0;
      }
    }
  }
  for (; position < stop; position++) {
    if (may_stand(search, tables, position) && !compare(search, position)) {
      return 0;
    }
  }
  return 1;
}

#endif

/*
 * Writes the needles that begin in [from, end) and end before `to`, as far as their first eight bytes tell: for each its
 * start in the high half and its index in the low one, in rising order.
 *
 * tables: for each of the four bytes 16 sets of buckets by its low half, then 16 by its high half
 * first: for each pair of bytes the first link of the chain of needles whose probe begins with it, or 0
 * links: which bits of the first eight bytes the needle determines, and how they are set; its index, how far in front of
 *     the probe it begins (from bit 32 on), and its length (from bit 48 on); the next link
 *
 * Returns how many there are, more than `hits` has room for if they did not fit, or -1 if the processor cannot do it.
 */
JNIEXPORT jint JNICALL Java_io_jwtrawl_detect_VectorSieve_sift(
    JNIEnv *env, jclass class, jbyteArray bytes, jbyteArray tables, jcharArray first, jlongArray links, jlongArray hits,
    jint from, jint end, jint stop, jint to) {
  (void)class;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) {
    search_t search = {.from = from, .end = end, .to = to};
    jarray arrays[] = {bytes, tables, first, links, hits};
    void *held[] = {NULL, NULL, NULL, NULL, NULL};
    search.capacity = (*env)->GetArrayLength(env, hits);
    jint count = 5;
    for (jint i = 0; i < count; i++) {
      held[i] = (*env)->GetPrimitiveArrayCritical(env, arrays[i], NULL);
      if (held[i] == NULL) {
        count = i;
      }
    }
    jint found = -1;
    if (count == 5) {
      search.text = held[0];
      search.first = held[2];
      search.links = held[3];
      search.hits = held[4];
      found = (jint)(sift(&search, held[1], stop) ? search.found : search.capacity + 1);
    }
    for (jint i = count - 1; i >= 0; i--) {
      (*env)->ReleasePrimitiveArrayCritical(env, arrays[i], held[i], i == 4 ? 0 : JNI_ABORT);
    }
    return found;
  }
#endif
  (void)env, (void)bytes, (void)tables, (void)first, (void)links, (void)hits;
  (void)from, (void)end, (void)stop, (void)to;
  return -1;
}
