package io.jwtrawl.files.leveldb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the keys of Chromium's databases mean: which storage, which origin, which key.
///
/// Local storage: `components/services/storage/dom_storage/local_storage_impl.cc` of Chromium. Session storage:
/// `session_storage_metadata.cc` beside it. IndexedDB: `content/browser/indexed_db/docs/leveldb_coding_scheme.md`.
final class StorageNames {

    static final String LOCAL = "Local Storage";
    private static final String SESSION = "Session Storage";
    static final String INDEXED = "IndexedDB";

    private static final String NAMESPACE = "namespace-";
    private static final String MAP = "map-";
    private static final int GUID = 36;

    private static final int DATABASE_NAME = 201;
    private static final int OBJECT_STORE = 50;

    private static final int SHOWN = 120;

    /// Nobody has more, and a hostile file shall not fill the memory.
    private static final int MOST = 100_000;

    /// For each map of a session the origin it is for.
    private final Map<String, String> origins = new HashMap<>();

    /// For each database of IndexedDB `origin/name`, and for each `database/store` its name.
    private final Map<String, String> indexed = new HashMap<>();

    /// Notes what an entry tells of others.
    void learn(byte[] key, byte[] bytes, int from, int to) {
        if (startsWith(key, NAMESPACE) && key.length > NAMESPACE.length() + GUID + 1) {
            String map = text(bytes, from, to);
            if (origins.size() < MOST) {
                origins.put(map, text(key, NAMESPACE.length() + GUID + 1, key.length));
            }
        } else if (isIndexed(key) && indexed.size() < MOST) {
            try {
                learnIndexed(key, bytes, from, to);
            } catch (IOException _) {
                // Another database, whose keys begin so too.
            }
        }
    }

    private void learnIndexed(byte[] key, byte[] bytes, int from, int to) throws IOException {
        var reading = new Reading(key, 1, key.length);
        int sizes = key[0];
        long database = reading.little(((sizes >> 5) & 7) + 1);
        long store = reading.little(((sizes >> 2) & 7) + 1);
        long index = reading.little((sizes & 3) + 1);
        if (store != 0 || index != 0 || reading.isDone()) {
            return;
        }
        int type = reading.u8();
        if (database == 0 && type == DATABASE_NAME) {
            String origin = wideText(reading);
            String name = wideText(reading);
            long id = new Reading(bytes, from, to).little(Math.min(8, to - from));
            indexed.put(Long.toString(id), origin + "/" + name);
        } else if (database != 0 && type == OBJECT_STORE) {
            long id = reading.variable();
            if (reading.u8() == 0) {
                indexed.put(
                        database + "/" + id,
                        new String(bytes, from, to - from, StandardCharsets.UTF_16BE));
            }
        }
    }

    /// What to call the value of `key`, outermost first.
    List<String> of(byte[] key) {
        int end = key.length > 0 && key[0] == '_' ? indexOfZero(key) : -1;
        if (end > 0 && end + 1 < key.length) {
            return List.of(LOCAL, text(key, 1, end), character(key, end + 1));
        }
        if (startsWith(key, MAP)) {
            String rest = text(key, MAP.length(), key.length);
            int dash = rest.indexOf('-');
            if (dash > 0) {
                String map = rest.substring(0, dash);
                return List.of(
                        SESSION,
                        origins.getOrDefault(map, "map " + map),
                        cut(rest.substring(dash + 1)));
            }
        }
        if (isIndexed(key)) {
            List<String> names = indexedNames(key);
            if (names != null) {
                return names;
            }
        }
        return List.of(isText(key) ? cut(text(key, 0, key.length)) : hex(key, 0));
    }

    private @Nullable List<String> indexedNames(byte[] key) {
        try {
            var reading = new Reading(key, 1, key.length);
            int sizes = key[0];
            long database = reading.little(((sizes >> 5) & 7) + 1);
            long store = reading.little(((sizes >> 2) & 7) + 1);
            long index = reading.little((sizes & 3) + 1);
            if (database == 0 || store == 0) {
                return null;
            }
            List<String> names = new ArrayList<>(List.of(INDEXED));
            String id = Long.toString(database);
            names.add(indexed.getOrDefault(id, "database " + id));
            String storeName = indexed.getOrDefault(id + "/" + store, "object store " + store);
            names.add(cut(storeName + (index == 1 ? "" : " index " + index)));
            names.add(indexedKey(reading, key));
            return names;
        } catch (IOException _) {
            return null;
        }
    }

    private static String indexedKey(Reading reading, byte[] key) throws IOException {
        int from = reading.position();
        if (reading.isDone()) {
            return "";
        }
        return switch (reading.u8()) {
            case 1 -> cut(wideText(reading));
            case 3 -> number(Double.longBitsToDouble(reading.little(8)));
            default -> hex(key, from);
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static boolean isIndexed(byte[] key) {
        return key.length >= 4 && (key[0] & 0xff) < 0x20;
    }

    private static String wideText(Reading reading) throws IOException {
        long units = reading.variable();
        if (units < 0 || units > reading.left() / 2) {
            throw new IOException("is no text");
        }
        return reading.text((int) units * 2, StandardCharsets.UTF_16BE);
    }

    private static String character(byte[] key, int at) {
        return cut(
                new String(
                        key,
                        at + 1,
                        key.length - at - 1,
                        key[at] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1));
    }

    private static int indexOfZero(byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (key[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] key, String beginning) {
        int length = beginning.length();
        return key.length > length && text(key, 0, length).equals(beginning);
    }

    private static boolean isText(byte[] key) {
        for (byte b : key) {
            if (b < ' ' || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static String hex(byte[] key, int from) {
        return HexFormat.of()
                .formatHex(Arrays.copyOfRange(key, from, Math.min(key.length, from + SHOWN / 4)));
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
