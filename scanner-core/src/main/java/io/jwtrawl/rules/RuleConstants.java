package io.jwtrawl.rules;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What the class that [RuleSource] writes is made of: constants that the language has no literals for.
abstract class RuleConstants implements Supplier<RuleSet> {

    @SuppressWarnings("unchecked")
    static <K, V> Map<K, V> map(Object... keysAndValues) {
        Map<K, V> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((K) keysAndValues[i], (V) keysAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    /// One character for each byte. Tables are kept as text, which class files have constants for.
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(char[] chars) {
        ByteBuffer bytes = ByteBuffer.allocate(chars.length * Character.BYTES);
        bytes.asCharBuffer().put(chars);
        return text(bytes.array());
    }

    static char[] chars(String text) {
        char[] chars = new char[text.length() / Character.BYTES];
        ByteBuffer.wrap(bytes(text)).asCharBuffer().get(chars);
        return chars;
    }

    static String text(long[] longs) {
        ByteBuffer bytes = ByteBuffer.allocate(longs.length * Long.BYTES);
        bytes.asLongBuffer().put(longs);
        return text(bytes.array());
    }

    static long[] longs(String text) {
        long[] longs = new long[text.length() / Long.BYTES];
        ByteBuffer.wrap(bytes(text)).asLongBuffer().get(longs);
        return longs;
    }
}
