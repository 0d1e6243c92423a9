package io.jwtrawl.git.objects;

/// The hash function that names the objects of a repository (`extensions.objectFormat`).
public enum HashFormat {
    SHA1(20),
    SHA256(32);

    private final int length;

    HashFormat(int length) {
        this.length = length;
    }

    /// The length of an object id in bytes.
    public int length() {
        return length;
    }

    /// The length of an object id in hexadecimal digits.
    public int digits() {
        return 2 * length;
    }
}
