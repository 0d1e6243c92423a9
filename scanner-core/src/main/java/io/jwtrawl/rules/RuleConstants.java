package io.jwtrawl.rules;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the class that [RuleSource] writes is made of: constants that the language has no literals for.
abstract class RuleConstants implements Supplier<RuleSet> {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static ObjectNode object(Object... namesAndValues) {
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set((String) namesAndValues[i], (JsonNode) namesAndValues[i + 1]);
        }
        return object;
    }

    static ArrayNode array(JsonNode... values) {
        return JSON.arrayNode().addAll(Arrays.asList(values));
    }

    @SuppressWarnings("unchecked")
    static <K, V> Map<K, V> map(Object... keysAndValues) {
        Map<K, V> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((K) keysAndValues[i], (V) keysAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    static byte[] bytes(String characters) {
        byte[] bytes = new byte[characters.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) characters.charAt(i);
        }
        return bytes;
    }

    /// One character for a number from -1 on.
    static int toCharacter(int number) {
        if (number < -1 || number >= Character.MAX_VALUE) {
            throw new IllegalArgumentException("not from -1 to " + (int) Character.MAX_VALUE);
        }
        return number + 1;
    }

    static int[] ints(String characters) {
        int[] ints = new int[characters.length()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = characters.charAt(i) - 1;
        }
        return ints;
    }

    /// Four characters for any number.
    static IntStream toCharacters(long number) {
        return IntStream.of(48, 32, 16, 0).map(shift -> (int) (number >>> shift) & 0xffff);
    }

    static long[] longs(String characters) {
        long[] longs = new long[characters.length() / 4];
        for (int i = 0; i < characters.length(); i++) {
            longs[i / 4] = longs[i / 4] << 16 | characters.charAt(i);
        }
        return longs;
    }
}
