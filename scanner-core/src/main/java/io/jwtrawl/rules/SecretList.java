package io.jwtrawl.rules;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;

/// Secrets in order, behind one another in one array: thousands of them are read at once, and tried without an object for
/// each. The arrays are not copied and must not be changed.
public final class SecretList {

    private final byte[] bytes;
    private final int[] ends;

    private SecretList(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /// The secrets that `secrets` holds, in its order.
    public static SecretList of(Collection<byte[]> secrets) {
        int[] ends = new int[secrets.size()];
        int length = 0;
        int i = 0;
        for (byte[] secret : secrets) {
            length += secret.length;
            ends[i] = length;
            i++;
        }
        byte[] bytes = new byte[length];
        int position = 0;
        for (byte[] secret : secrets) {
            System.arraycopy(secret, 0, bytes, position, secret.length);
            position += secret.length;
        }
        return new SecretList(bytes, ends);
    }

    public int size() {
        return ends.length;
    }

    /// A copy of one of them, from 0.
    public byte[] get(int index) {
        return Arrays.copyOfRange(bytes, index == 0 ? 0 : ends[index - 1], ends[index]);
    }

    /// All of them behind one another.
    public byte[] bytes() {
        return bytes;
    }

    /// Where each of them ends in [#bytes].
    public int[] ends() {
        return ends;
    }

    /// Reads what [#write] wrote.
    static SecretList read(InputStream from) throws IOException {
        var in = new DataInputStream(from);
        int[] ends = new int[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(Integer.BYTES * ends.length)).asIntBuffer().get(ends);
        return new SecretList(in.readAllBytes(), ends);
    }

    void write(OutputStream to) throws IOException {
        var out = new DataOutputStream(to);
        out.writeInt(ends.length);
        for (int end : ends) {
            out.writeInt(end);
        }
        out.write(bytes);
    }
}
