/* Tries many secrets on one HMAC (RFC 2104), for io.jwtrawl.classify.SecretTrial: before the JVM has compiled a hash, one
   try takes it as long as a hundred take here. */

#include "sha2.h"

#include <jni.h>
#include <string.h>

#define INNER 0x36
#define OUTER 0x5c

static void keyed(const sha2 *hash, const uint8_t key[MAX_BLOCK], uint8_t with, sha2_state *state) {
  uint8_t pad[MAX_BLOCK];
  for (size_t i = 0; i < hash->block; i++) {
    pad[i] = key[i] ^ with;
  }
  *state = hash->initial;
  hash->compress(state, pad, 1);
}

/* Text after what `state` has taken in. */
typedef struct {
  const uint8_t *text;
  size_t whole; /* blocks */
  uint8_t tail[2 * MAX_BLOCK];
  size_t tail_blocks;
} message;

static message message_of(const sha2 *hash, const uint8_t *text, size_t length, uint64_t before) {
  message made;
  made.text = text;
  made.whole = length / hash->block;
  size_t taken = made.whole * hash->block;
  made.tail_blocks = sha2_finish(hash, text + taken, length - taken, before + length, made.tail);
  return made;
}

static void digest(const sha2 *hash, sha2_state *state, const message *of, uint8_t out[MAX_DIGEST]) {
  hash->compress(state, of->text, of->whole);
  hash->compress(state, of->tail, of->tail_blocks);
  hash->store(state, out);
}

static int signs(const sha2 *hash, const uint8_t *secret, size_t length, const message *input, const uint8_t *signature) {
  uint8_t key[MAX_BLOCK] = {0};
  uint8_t out[MAX_DIGEST];
  sha2_state state;
  if (length > hash->block) {
    message long_key = message_of(hash, secret, length, 0);
    state = hash->initial;
    digest(hash, &state, &long_key, out);
    memcpy(key, out, hash->digest);
  } else {
    memcpy(key, secret, length);
  }
  keyed(hash, key, INNER, &state);
  digest(hash, &state, input, out);
  message inner = message_of(hash, out, hash->digest, hash->block);
  keyed(hash, key, OUTER, &state);
  digest(hash, &state, &inner, out);
  return memcmp(out, signature, hash->digest) == 0;
}

static jint first(
    const sha2 *hash, const uint8_t *secrets, const jint *ends, jint from, jint to, const message *input,
    const uint8_t *signature) {
  for (jint i = from; i < to; i++) {
    jint start = i == 0 ? 0 : ends[i - 1];
    if (signs(hash, secrets + start, (size_t)(ends[i] - start), input, signature)) {
      return i;
    }
  }
  return -1;
}

/* Which of the secrets [from, to) made `signature` of `input`; -1 if none did. Secret i is
   secrets[ends[i - 1], ends[i]). The length of the signature tells the algorithm. */
JNIEXPORT jint JNICALL Java_io_jwtrawl_classify_SecretTrial_firstThatSigned(
    JNIEnv *env, jclass class, jbyteArray secrets, jintArray ends, jint from, jint to, jbyteArray input,
    jbyteArray signature, jboolean plain) {
  (void)class;
  const sha2 *hash = sha2_of_length((size_t)(*env)->GetArrayLength(env, signature), plain);
  if (hash == NULL) {
    return -1;
  }
  uint8_t expected[MAX_DIGEST];
  (*env)->GetByteArrayRegion(env, signature, 0, (jsize)hash->digest, (jbyte *)expected);
  jsize length = (*env)->GetArrayLength(env, input);
  jint found = -1;
  uint8_t *text = (*env)->GetPrimitiveArrayCritical(env, input, NULL);
  uint8_t *all = text == NULL ? NULL : (*env)->GetPrimitiveArrayCritical(env, secrets, NULL);
  jint *stops = all == NULL ? NULL : (*env)->GetPrimitiveArrayCritical(env, ends, NULL);
  if (stops != NULL) {
    message whole = message_of(hash, text, (size_t)length, hash->block);
    found = first(hash, all, stops, from, to, &whole, expected);
    (*env)->ReleasePrimitiveArrayCritical(env, ends, stops, JNI_ABORT);
  }
  if (all != NULL) {
    (*env)->ReleasePrimitiveArrayCritical(env, secrets, all, JNI_ABORT);
  }
  if (text != NULL) {
    (*env)->ReleasePrimitiveArrayCritical(env, input, text, JNI_ABORT);
  }
  return found;
}
