package io.jwtrawl.files;

/// The system calls that reading a tree of files takes, made directly (`native/files.c`): a third of what the standard
/// library takes for each small file (docs/benchmarks.md).
///
/// What they read goes straight into Java's arrays, which spares a copy; while a call runs the garbage collector has to
/// wait. Names are paths without NUL, in the bytes that the system knows them by.
final class LinuxCalls {

    static final int WORKING_FOLDER = -1;

    /// What [#readWhole] says of a file that is larger than its room.
    static final int DOES_NOT_FIT = -2;

    private LinuxCalls() {}

    /// Opens a file that is no link.
    ///
    /// @param folder the descriptor of the folder that `name` counts from, or [#WORKING_FOLDER]
    /// @return a descriptor, or less than 0
    static native int openFile(int folder, byte[] name);

    /// @return a descriptor, or less than 0
    static native int openFolder(int folder, byte[] name);

    /// Reads at most `length` bytes of a file.
    ///
    /// @return how many; 0 at its end, less than 0 if that failed
    static native int read(int file, byte[] bytes, int offset, int length);

    /// Reads a file that is no link, and lies at no other path, from its beginning to its end.
    ///
    /// @return how many bytes it has; [#DOES_NOT_FIT] if not fewer than `bytes`, or less than 0 if that failed or if it lies
    ///     at another path too
    static native int readWhole(int folder, byte[] name, byte[] bytes);

    /// Reads some entries of a folder into `records`, each a `struct linux_dirent64`.
    ///
    /// @return how many bytes they take; 0 at the end, less than 0 if that failed
    static native int list(int folder, byte[] records);

    /// @return how many bytes an open file has, or less than 0 if that failed
    static native long size(int file);

    /// Where in a file with holes something is written again, and where it is read next.
    ///
    /// @return the position of the first such byte from `position` on, or else the end; less than 0 if that cannot be told
    static native long nextData(int file, long position);

    /// @return less than 0 if that failed
    static native long seek(int file, long position);

    static native void close(int descriptor);
}
