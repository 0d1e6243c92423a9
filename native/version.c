/* Tells the library from others, and from what an older build made, for io.jwtrawl.source.NativeCode. */

#include <jni.h>

#define VERSION 3

JNIEXPORT jint JNICALL Java_io_jwtrawl_source_NativeCode_version(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return VERSION;
}
