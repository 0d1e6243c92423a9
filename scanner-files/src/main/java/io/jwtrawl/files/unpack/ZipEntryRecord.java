package io.jwtrawl.files.unpack;

/// What the directory of a ZIP file says of one member (APPNOTE 4.3.12).
///
/// @param name as it is shown
/// @param modified when it was last changed, in milliseconds since 1970
/// @param offset of its own header, counted from the beginning of the file
record ZipEntryRecord(
        String name,
        int flags,
        int method,
        long modified,
        long compressed,
        long expanded,
        long offset) {

    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int LZMA = 14;
    static final int XZ = 95;

    boolean isEncrypted() {
        return (flags & 1) != 0;
    }

    boolean isFolder() {
        return name.endsWith("/") && expanded == 0;
    }
}
