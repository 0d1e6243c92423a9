package io.jwtrawl.classify;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of secrets, one a line, read as it is: any bytes but line ends, without escapes.
final class Wordlist implements Closeable {

    /// What is longer is no word.
    private static final int MAX_WORD = 4096;

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final byte[] word = new byte[MAX_WORD];

    Wordlist(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    /// The next words, at most `count`; none behind the last.
    List<byte[]> next(int count) throws IOException {
        List<byte[]> words = new ArrayList<>(count);
        while (words.size() < count) {
            byte[] next = next();
            if (next == null) {
                return words;
            }
            words.add(next);
        }
        return words;
    }

    /// The next word, or null behind the last. Lines that are empty or too long are passed over.
    private byte @Nullable [] next() throws IOException {
        while (true) {
            int length = 0;
            int b = in.read();
            if (b < 0) {
                return null;
            }
            while (b >= 0 && b != '\n') {
                if (length < MAX_WORD) {
                    word[length] = (byte) b;
                }
                length++;
                b = in.read();
            }
            if (length > 0 && length <= MAX_WORD && word[length - 1] == '\r') {
                length--;
            }
            if (length > 0 && length <= MAX_WORD) {
                return Arrays.copyOf(word, length);
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
