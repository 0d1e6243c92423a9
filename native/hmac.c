/* Tries many secrets on one HMAC, for io.jwtrawl.classify.SecretTrial: before the JVM has compiled a hash, one try takes
   it as long as hundreds take here. */

#include "sha2.h"

#include <jni.h>
#include <string.h>

/* Works out for `count` secrets from number `from` on, SHA2_SECRETS at most, what does not depend on the text. Secret i is
   secrets[ends[i - 1], ends[i]). The length of a digest tells the algorithm. NULL if there is no memory. */
JNIEXPORT jbyteArray JNICALL Java_io_jwtrawl_classify_SecretTrial_keyed(
    JNIEnv *env, jclass class, jbyteArray secrets, jintArray ends, jint from, jint count, jint digest, jint level) {
  (void)class;
  const sha2 *hash = sha2_of_length((size_t)digest, level);
  jbyteArray keyed = hash == NULL ? NULL : (*env)->NewByteArray(env, (jsize)hash->keyed);
  void *to = keyed == NULL ? NULL : (*env)->GetPrimitiveArrayCritical(env, keyed, NULL);
  uint8_t *all = to == NULL ? NULL : (*env)->GetPrimitiveArrayCritical(env, secrets, NULL);
  jint *stops = all == NULL ? NULL : (*env)->GetPrimitiveArrayCritical(env, ends, NULL);
  if (stops != NULL) {
    hash->key(hash, &(sha2_secrets){all, stops, (size_t)from, (size_t)count}, to);
    (*env)->ReleasePrimitiveArrayCritical(env, ends, stops, JNI_ABORT);
  }
  if (all != NULL) {
    (*env)->ReleasePrimitiveArrayCritical(env, secrets, all, JNI_ABORT);
  }
  if (to != NULL) {
    (*env)->ReleasePrimitiveArrayCritical(env, keyed, to, 0);
  }
  return stops == NULL ? NULL : keyed;
}

/* Which of the first `count` secrets of `keyed` made `signature` of `input`; -1 if none did. */
JNIEXPORT jint JNICALL Java_io_jwtrawl_classify_SecretTrial_firstThatSigned(
    JNIEnv *env, jclass class, jbyteArray keyed, jint count, jbyteArray input, jbyteArray signature, jint level) {
  (void)class;
  const sha2 *hash = sha2_of_length((size_t)(*env)->GetArrayLength(env, signature), level);
  if (hash == NULL) {
    return -1;
  }
  uint8_t expected[64];
  (*env)->GetByteArrayRegion(env, signature, 0, (jsize)hash->digest, (jbyte *)expected);
  jsize length = (*env)->GetArrayLength(env, input);
  jint found = -1;
  uint8_t *text = (*env)->GetPrimitiveArrayCritical(env, input, NULL);
  void *known = text == NULL ? NULL : (*env)->GetPrimitiveArrayCritical(env, keyed, NULL);
  if (known != NULL) {
    found = hash->first_that_signed(hash, known, (size_t)count, text, (size_t)length, expected);
    (*env)->ReleasePrimitiveArrayCritical(env, keyed, known, JNI_ABORT);
  }
  if (text != NULL) {
    (*env)->ReleasePrimitiveArrayCritical(env, input, text, JNI_ABORT);
  }
  return found;
}
