/*
 * The system calls that reading a tree of files takes, for io.jwtrawl.files.LinuxCalls: the standard library makes more of
 * them, and more objects, for each file.
 *
 * Errors are only told apart from success: whoever gets one asks the standard library, which says why.
 */

#define _GNU_SOURCE

#include <jni.h>

#if defined(__linux__)

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CANNOT (-1)
#define DOES_NOT_FIT (-2)

#define FILE_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#define MAX_NAME 4096

static int open_at(JNIEnv *env, jint folder, jbyteArray name, int flags) {
  char path[MAX_NAME + 1];
  jsize length = (*env)->GetArrayLength(env, name);
  if (length > MAX_NAME) {
    return CANNOT;
  }
  (*env)->GetByteArrayRegion(env, name, 0, length, (jbyte *)path);
  path[length] = 0;
  return openat(folder < 0 ? AT_FDCWD : folder, path, flags);
}

static jint read_into(JNIEnv *env, int file, jbyteArray bytes, jint offset, jint length) {
  char *into = (*env)->GetPrimitiveArrayCritical(env, bytes, NULL);
  if (into == NULL) {
    return CANNOT;
  }
  ssize_t count = read(file, into + offset, (size_t)length);
  (*env)->ReleasePrimitiveArrayCritical(env, bytes, into, 0);
  return (jint)count;
}

JNIEXPORT jint JNICALL Java_io_jwtrawl_files_LinuxCalls_openFile(
    JNIEnv *env, jclass class, jint folder, jbyteArray name) {
  (void)class;
  return open_at(env, folder, name, FILE_FLAGS);
}

JNIEXPORT jint JNICALL Java_io_jwtrawl_files_LinuxCalls_openFolder(
    JNIEnv *env, jclass class, jint folder, jbyteArray name) {
  (void)class;
  return open_at(env, folder, name, FOLDER_FLAGS);
}

JNIEXPORT jint JNICALL Java_io_jwtrawl_files_LinuxCalls_read(
    JNIEnv *env, jclass class, jint file, jbyteArray bytes, jint offset, jint length) {
  (void)class;
  return read_into(env, file, bytes, offset, length);
}

/*
 * Opens, reads and closes a file: how many bytes it has, if fewer than `bytes` has room for, and if it has one name only.
 * What the system says of its size spares the read that finds nothing more; where that is 0 it may not be the truth.
 */
JNIEXPORT jint JNICALL Java_io_jwtrawl_files_LinuxCalls_readWhole(
    JNIEnv *env, jclass class, jint folder, jbyteArray name, jbyteArray bytes) {
  (void)class;
  int file = open_at(env, folder, name, FILE_FLAGS);
  if (file < 0) {
    return CANNOT;
  }
  struct stat about;
  if (fstat(file, &about) != 0 || about.st_nlink > 1) {
    close(file);
    return CANNOT;
  }
  jint room = (*env)->GetArrayLength(env, bytes);
  if (about.st_size >= room) {
    close(file);
    return DOES_NOT_FIT;
  }
  jint end = 0;
  jint count;
  do {
    count = read_into(env, file, bytes, end, room - end);
    end += count < 0 ? 0 : count;
  } while (count > 0 && end < room && (about.st_size == 0 || end != about.st_size));
  close(file);
  return count < 0 ? CANNOT : end == room ? DOES_NOT_FIT : end;
}

JNIEXPORT jint JNICALL Java_io_jwtrawl_files_LinuxCalls_list(
    JNIEnv *env, jclass class, jint folder, jbyteArray records) {
  (void)class;
  jsize length = (*env)->GetArrayLength(env, records);
  void *into = (*env)->GetPrimitiveArrayCritical(env, records, NULL);
  if (into == NULL) {
    return CANNOT;
  }
  long count = syscall(SYS_getdents64, folder, into, (size_t)length);
  (*env)->ReleasePrimitiveArrayCritical(env, records, into, 0);
  return (jint)count;
}

JNIEXPORT jlong JNICALL Java_io_jwtrawl_files_LinuxCalls_seek(JNIEnv *env, jclass class, jint file, jlong position) {
  (void)env, (void)class;
  return lseek(file, position, SEEK_SET);
}

JNIEXPORT jlong JNICALL Java_io_jwtrawl_files_LinuxCalls_size(JNIEnv *env, jclass class, jint file) {
  (void)env, (void)class;
  struct stat about;
  return fstat(file, &about) == 0 ? (jlong)about.st_size : CANNOT;
}

/* Where from `position` on something is written, or else the end; less than 0 if that cannot be told. */
JNIEXPORT jlong JNICALL Java_io_jwtrawl_files_LinuxCalls_nextData(
    JNIEnv *env, jclass class, jint file, jlong position) {
  (void)env, (void)class;
  off_t data = lseek(file, position, SEEK_DATA);
  return data < 0 && errno == ENXIO ? lseek(file, 0, SEEK_END) : data;
}

JNIEXPORT void JNICALL Java_io_jwtrawl_files_LinuxCalls_close(JNIEnv *env, jclass class, jint descriptor) {
  (void)env, (void)class;
  close(descriptor);
}

#endif
