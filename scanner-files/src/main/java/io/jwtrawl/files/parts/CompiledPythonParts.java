package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names the constants of compiled Python, 3.8 and later, by the function they stand in (CPython's `Python/marshal.c`).
final class CompiledPythonParts implements Locator {

    private static final int HEADER = 16;

    /// The first magic number of 3.8, and the first of 3.11, which has other fields.
    private static final int FIRST_KNOWN = 3400;

    private static final int WITH_QUALIFIED_NAMES = 3450;
    private static final int DEEPEST = 200;

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        var spans = new Spans(offsets);
        Numbers file = Numbers.of(whole, ByteOrder.LITTLE_ENDIAN);
        int magic = file.u16(0);
        if (magic >= FIRST_KNOWN) {
            var code = new Code();
            try {
                new Reading(file, magic >= WITH_QUALIFIED_NAMES, spans).read(code, 0);
            } catch (IndexOutOfBoundsException _) {
                // It is damaged, or newer than this is; what was read so far is named.
            }
        }
        return spans.parts();
    }

    /// A function, class or module; what it is called stands behind its constants.
    private static final class Code {
        private String name = "";
    }

    private record Found(long from, long to, Code code) {}

    private static final class Reading {
        private final Numbers file;
        private final boolean hasQualifiedNames;
        private final Spans spans;
        private final List<Found> found = new ArrayList<>();
        private final List<@Nullable String> references = new ArrayList<>();
        private long at = HEADER;

        Reading(Numbers file, boolean hasQualifiedNames, Spans spans) {
            this.file = file;
            this.hasQualifiedNames = hasQualifiedNames;
            this.spans = spans;
        }

        void read(Code module, int depth) {
            try {
                object(module, depth);
            } finally {
                for (Found text : found) {
                    spans.name(text.from(), text.to(), () -> text.code().name);
                }
            }
        }

        private long u4() {
            at += 4;
            return file.u32(at - 4);
        }

        private int u1() {
            at++;
            return file.u8(at - 1);
        }

        /// @param code in which the object stands
        /// @return what it says, if it is a text
        private @Nullable String object(Code code, int depth) {
            if (depth > DEEPEST) {
                throw new IndexOutOfBoundsException("too deep");
            }
            int type = u1();
            int index = -1;
            if ((type & 0x80) != 0) {
                index = references.size();
                references.add(null);
            }
            String text = null;
            switch (type & 0x7f) {
                case '0', 'N', 'T', 'F', 'S', '.' -> {}
                case 'i' -> at += 4;
                case 'I', 'g' -> at += 8;
                case 'y' -> at += 16;
                case 'l' -> at += 2L * Math.abs((int) u4());
                case 's', 't', 'u', 'a', 'A' -> text = text(code, u4());
                case 'z', 'Z' -> text = text(code, u1());
                case '(', '[', '<', '>' -> objects(code, u4(), depth);
                case ')' -> objects(code, u1(), depth);
                case '{' -> {
                    while (file.u8(at) != '0') {
                        objects(code, 2, depth);
                    }
                    at++;
                }
                case ':' -> objects(code, 3, depth);
                case 'r' -> {
                    int reference = (int) Math.min(u4(), Integer.MAX_VALUE);
                    text = reference < references.size() ? references.get(reference) : null;
                }
                case 'c' -> code(depth);
                default -> throw new IndexOutOfBoundsException("no object: " + type);
            }
            if (index >= 0) {
                references.set(index, text);
            }
            return text;
        }

        private void objects(Code code, long count, int depth) {
            for (long i = 0; i < count; i++) {
                object(code, depth + 1);
            }
        }

        private String text(Code code, long length) {
            long from = at;
            at += length;
            if (spans.isIn(from, at)) {
                found.add(new Found(from, at, code));
            }
            int shown = (int) Math.min(200, length);
            file.u8(from + Math.max(0, shown - 1));
            return new String(file.bytes(), (int) from, shown, StandardCharsets.UTF_8);
        }

        private void code(int depth) {
            var code = new Code();
            at += hasQualifiedNames ? 20 : 24;
            // Its instructions, constants and names come first, then the file.
            objects(code, hasQualifiedNames ? 6 : 7, depth);
            String name = object(code, depth + 1);
            if (hasQualifiedNames) {
                name = object(code, depth + 1);
            }
            code.name = name == null ? "" : name;
            at += 4;
            objects(code, hasQualifiedNames ? 2 : 1, depth);
        }
    }
}
