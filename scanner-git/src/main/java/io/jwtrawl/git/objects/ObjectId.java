package io.jwtrawl.git.objects;

import java.util.Arrays;
import java.util.HexFormat;

/// The name of an object: the hash of its type, length and content.
public final class ObjectId implements Comparable<ObjectId> {

    private final byte[] bytes;

    private ObjectId(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The id whose bytes are `raw[from, from + length)`.
    public static ObjectId fromRaw(byte[] raw, int from, int length) {
        return new ObjectId(Arrays.copyOfRange(raw, from, from + length));
    }

    /// @throws IllegalArgumentException unless these are as many hexadecimal digits as some [HashFormat] has
    public static ObjectId fromString(String digits) {
        if (!isId(digits)) {
            throw new IllegalArgumentException("not an object id: " + digits);
        }
        return new ObjectId(HexFormat.of().parseHex(digits));
    }

    /// The id whose `digits` digits begin at `raw[from]`.
    ///
    /// @throws IllegalArgumentException if these are no digits
    public static ObjectId fromDigits(byte[] raw, int from, int digits) {
        byte[] bytes = new byte[digits / 2];
        digitsTo(raw, from, bytes, 0, bytes.length);
        return new ObjectId(bytes);
    }

    /// Writes the `length` bytes whose digits begin at `raw[from]` to `to[at]`.
    ///
    /// @throws IllegalArgumentException if these are no digits
    static void digitsTo(byte[] raw, int from, byte[] to, int at, int length) {
        if (from + 2 * length > raw.length) {
            throw new IllegalArgumentException("an object id that is cut off");
        }
        for (int i = 0; i < length; i++) {
            int high = HexFormat.fromHexDigit(raw[from + 2 * i]);
            to[at + i] = (byte) ((high << 4) | HexFormat.fromHexDigit(raw[from + 2 * i + 1]));
        }
    }

    /// Whether these are as many hexadecimal digits as some [HashFormat] has.
    public static boolean isId(String digits) {
        if (digits.length() != HashFormat.SHA1.digits()
                && digits.length() != HashFormat.SHA256.digits()) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether it is all zeros, by which Git says that there is no object.
    public boolean isZero() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /// In bytes.
    public int length() {
        return bytes.length;
    }

    /// In lower-case hexadecimal digits.
    public String name() {
        return HexFormat.of().formatHex(bytes);
    }

    /// Writes the bytes of the id to `to`.
    public void copyRawTo(byte[] to, int from) {
        System.arraycopy(bytes, 0, to, from, bytes.length);
    }

    /// The bytes themselves, for readers in this package that change nothing.
    byte[] raw() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectId id && Arrays.equals(bytes, id.bytes);
    }

    /// Any four of its bytes will do.
    @Override
    public int hashCode() {
        return (bytes[0] << 24)
                | ((bytes[1] & 0xff) << 16)
                | ((bytes[2] & 0xff) << 8)
                | (bytes[3] & 0xff);
    }

    @Override
    public int compareTo(ObjectId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return name();
    }
}
