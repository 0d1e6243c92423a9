package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;

/// Names the objects of a Java heap dump by kind and id
/// ([format](https://hg.openjdk.org/jdk8/jdk8/jdk/raw-file/tip/src/share/demo/jvmti/hprof/manual.html#mozTocId848088)).
final class HeapDumpParts implements Locator {

    private static final int BUFFER = 64 * 1024;
    private static final int TEXT = 1;
    private static final int HEAP = 0x0c;
    private static final int HEAP_SEGMENT = 0x1c;
    private static final int LOADED_CLASS = 0x20;
    private static final int INSTANCE = 0x21;
    private static final int OBJECTS = 0x22;
    private static final int PRIMITIVES = 0x23;

    /// For each type of value its name, and how many bytes it takes; objects take as many as an id.
    private static final String[] TYPES = {
        "", "", "object", "", "boolean", "char", "float", "double", "byte", "short", "int", "long"
    };

    private static final int[] SIZES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        var spans = new Spans(offsets);
        try {
            new Reading(whole).name(spans);
        } catch (EOFException | IndexOutOfBoundsException _) {
            // It is cut off or damaged; what was named so far is.
        }
        return spans.parts();
    }

    private static final class Reading {
        private final DataInputStream in;
        private final int idSize;
        private long at;

        Reading(SeekableStream whole) throws IOException {
            in = new DataInputStream(new BufferedInputStream(whole, BUFFER));
            while (u1() != 0) {
                // The name of the format ends so.
            }
            idSize = (int) u4();
            skip(8);
        }

        private int u1() throws IOException {
            at++;
            return in.readUnsignedByte();
        }

        private long u4() throws IOException {
            at += 4;
            return in.readInt() & 0xffffffffL;
        }

        private long id() throws IOException {
            if (idSize == 4) {
                return u4();
            }
            at += 8;
            return in.readLong();
        }

        private void skip(long count) throws IOException {
            in.skipNBytes(count);
            at += count;
        }

        void name(Spans spans) throws IOException {
            while (at <= spans.last()) {
                int tag = u1();
                skip(4);
                long length = u4();
                if (tag == HEAP || tag == HEAP_SEGMENT) {
                    long end = at + length;
                    while (at < end && at <= spans.last()) {
                        object(spans);
                    }
                } else {
                    long from = at;
                    if (tag == TEXT) {
                        spans.name(from, from + length, () -> "name in the program");
                    }
                    skip(length);
                }
            }
        }

        private void object(Spans spans) throws IOException {
            int tag = u1();
            switch (tag) {
                case 0xff, 5, 7 -> skip(idSize);
                case 1 -> skip(2L * idSize);
                case 2, 3, 8 -> skip(idSize + 8L);
                case 4, 6 -> skip(idSize + 4L);
                case LOADED_CLASS -> loadedClass();
                case INSTANCE -> {
                    long id = id();
                    skip(4L + idSize);
                    content(spans, "object", id, u4());
                }
                case OBJECTS -> {
                    skip(idSize + 4L);
                    long count = u4();
                    skip(idSize + count * idSize);
                }
                case PRIMITIVES -> {
                    long id = id();
                    skip(4);
                    long count = u4();
                    int type = u1();
                    content(spans, TYPES[type] + "[]", id, count * SIZES[type]);
                }
                default -> throw new IndexOutOfBoundsException("no object: " + tag);
            }
        }

        private void content(Spans spans, String kind, long id, long length) throws IOException {
            spans.name(at, at + length, () -> kind + " 0x" + Long.toHexString(id));
            skip(length);
        }

        private void loadedClass() throws IOException {
            skip(7L * idSize + 8);
            for (int constants = u2(); constants > 0; constants--) {
                skip(2);
                value();
            }
            for (int fields = u2(); fields > 0; fields--) {
                skip(idSize);
                value();
            }
            skip(u2() * (idSize + 1L));
        }

        private int u2() throws IOException {
            at += 2;
            return in.readUnsignedShort();
        }

        private void value() throws IOException {
            int type = u1();
            skip(type == 2 ? idSize : SIZES[type]);
        }
    }
}
