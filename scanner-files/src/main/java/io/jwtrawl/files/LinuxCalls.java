package io.jwtrawl.files;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The system calls that reading a tree of files takes, made directly: a third of what the standard library takes for
/// each small file (docs/benchmarks.md). One instance for each thread, with its buffers.
///
/// All go through `syscall(2)`, because every further shape of a foreign function costs start-up time, and straight into
/// Java's arrays, which spares a copy of everything that is read. While a call runs the garbage collector has to wait;
/// calls for files and folders of a disk are short. The numbers and flags are those of x86-64 (Linux,
/// `arch/x86/entry/syscalls/syscall_64.tbl`, `include/uapi/asm-generic/fcntl.h`).
final class LinuxCalls {

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
    private static final int RECORDS = 64 * 1024;

    @SuppressWarnings("restricted")
    private static final MethodHandle SYSCALL =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG),
                            Linker.Option.firstVariadicArg(1),
                            Linker.Option.critical(true));

    private static final ThreadLocal<LinuxCalls> OF_THREAD =
            ThreadLocal.withInitial(LinuxCalls::new);

    private final byte[] path = new byte[MAX_PATH];
    private final MemorySegment pathSegment = MemorySegment.ofArray(path);
    private final byte[] records = new byte[RECORDS];
    private final MemorySegment recordsSegment = MemorySegment.ofArray(records);

    /// The array that was read into last, as a foreign function sees it: most files are read into the same one.
    private byte[] array = {};

    private MemorySegment arraySegment = MemorySegment.NULL;

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
        System.arraycopy(name, 0, path, 0, name.length);
        path[name.length] = 0;
        return (int) call(OPENAT, folder, pathSegment, flags);
    }

    /// Reads at most `length` bytes of a file.
    ///
    /// @return how many; 0 at its end, less than 0 if that failed
    @SuppressWarnings("ReferenceEquality") // it must be this very array
    int read(int file, byte[] bytes, int offset, int length) {
        if (bytes != array) {
            array = bytes;
            arraySegment = MemorySegment.ofArray(bytes);
        }
        MemorySegment at = offset == 0 ? arraySegment : arraySegment.asSlice(offset, length);
        return (int) call(READ, file, at, length);
    }

    /// Reads some entries of a folder into [#records], each a `struct linux_dirent64`.
    ///
    /// @return how many bytes they take; 0 at the end, less than 0 if that failed
    int list(int folder) {
        return (int) call(GETDENTS64, folder, recordsSegment, RECORDS);
    }

    /// @return less than 0 if that failed
    long seek(int file, long position) {
        return call(LSEEK, file, MemorySegment.ofAddress(position), 0);
    }

    void close(int descriptor) {
        call(CLOSE, descriptor, MemorySegment.NULL, 0);
    }

    private static long call(long number, long first, MemorySegment second, long third) {
        try {
            return (long) SYSCALL.invokeExact(number, first, second, third);
        } catch (Throwable e) {
            throw new AssertionError("a system call cannot throw", e);
        }
    }
}
