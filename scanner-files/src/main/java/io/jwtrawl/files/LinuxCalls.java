package io.jwtrawl.files;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The system calls that reading a tree of files takes, made directly: a third of what the standard library takes for
/// each small file (docs/benchmarks.md). One instance for each thread, with its buffers.
///
/// All go through `syscall(2)`, because every further shape of a foreign function costs start-up time. The numbers and
/// flags are those of x86-64 (Linux, `arch/x86/entry/syscalls/syscall_64.tbl`, `include/uapi/asm-generic/fcntl.h`).
final class LinuxCalls {

    /// So much is read at once.
    static final int BUFFER = 64 * 1024;

    static final int OPEN_FILE =
            0_400_000 | 0_4_000 | 0_2_000_000; // O_NOFOLLOW O_NONBLOCK O_CLOEXEC
    static final int OPEN_FOLDER = 0_200_000 | 0_2_000_000; // O_DIRECTORY O_CLOEXEC
    static final int WORKING_FOLDER = -100; // AT_FDCWD

    private static final long READ = 0;
    private static final long CLOSE = 3;
    private static final long LSEEK = 8;
    private static final long GETDENTS64 = 217;
    private static final long OPENAT = 257;

    private static final int MAX_PATH = 4096;

    @SuppressWarnings("restricted")
    private static final MethodHandle SYSCALL =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG),
                            Linker.Option.firstVariadicArg(1));

    private static final ThreadLocal<LinuxCalls> OF_THREAD =
            ThreadLocal.withInitial(LinuxCalls::new);

    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER, BUFFER / 16);
    private final MemorySegment path = Arena.ofAuto().allocate(MAX_PATH, Long.BYTES);

    private final byte[] records = new byte[BUFFER];

    private LinuxCalls() {}

    static LinuxCalls ofThread() {
        return OF_THREAD.get();
    }

    /// What [#list] reads into.
    byte[] records() {
        return records;
    }

    /// @param folder a file descriptor, or [#WORKING_FOLDER]
    /// @param name a path without NUL
    /// @return a file descriptor, or less than 0
    int open(int folder, byte[] name, int flags) {
        if (name.length >= MAX_PATH) {
            return -1;
        }
        MemorySegment.copy(name, 0, path, ValueLayout.JAVA_BYTE, 0, name.length);
        path.set(ValueLayout.JAVA_BYTE, name.length, (byte) 0);
        return (int) call(OPENAT, folder, path.address(), flags);
    }

    /// Reads at most `length` bytes of a file, and at most [#BUFFER].
    ///
    /// @return how many; 0 at its end, less than 0 if that failed
    int read(int file, byte[] bytes, int offset, int length) {
        int read = (int) call(READ, file, buffer.address(), Math.min(length, BUFFER));
        if (read > 0) {
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, offset, read);
        }
        return read;
    }

    /// Reads some entries of a folder into [#records], each a `struct linux_dirent64`.
    ///
    /// @return how many bytes they take; 0 at the end, less than 0 if that failed
    int list(int folder) {
        int read = (int) call(GETDENTS64, folder, buffer.address(), BUFFER);
        if (read > 0) {
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, records, 0, read);
        }
        return read;
    }

    /// @return less than 0 if that failed
    long seek(int file, long position) {
        return call(LSEEK, file, position, 0);
    }

    void close(int descriptor) {
        call(CLOSE, descriptor, 0, 0);
    }

    private static long call(long number, long first, long second, long third) {
        try {
            return (long) SYSCALL.invokeExact(number, first, second, third);
        } catch (Throwable e) {
            throw new AssertionError("a system call cannot throw", e);
        }
    }
}
