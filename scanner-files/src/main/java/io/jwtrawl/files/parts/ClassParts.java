package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;

/// Names the constants of a Java class, by the field that has it as its value if there is one (JVM specification,
/// section 4.4).
final class ClassParts implements Locator {

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        var spans = new Spans(offsets);
        try {
            new Pool(Numbers.of(whole, ByteOrder.BIG_ENDIAN)).name(spans);
        } catch (IndexOutOfBoundsException _) {
            // It is damaged; what was named so far is.
        }
        return spans.parts();
    }

    private static final class Pool {
        private final Numbers file;
        private final int[] places;
        private final int end;

        Pool(Numbers file) {
            this.file = file;
            places = new int[file.u16(8)];
            int at = 10;
            for (int i = 1; i < places.length; i++) {
                places[i] = at;
                int tag = file.u8(at);
                at +=
                        switch (tag) {
                            case UTF8 -> 3 + file.u16(at + 1);
                            case 7, 8, 16, 19, 20 -> 3;
                            case 15 -> 4;
                            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
                            case LONG, DOUBLE -> 9;
                            default -> throw new IndexOutOfBoundsException("no constant: " + tag);
                        };
                if (tag == LONG || tag == DOUBLE) {
                    i++; // takes two numbers
                }
            }
            end = at;
        }

        void name(Spans spans) {
            String type = text(file.u16(places[file.u16(end + 2)] + 1)).replace('/', '.');
            for (int i = 1; i < places.length; i++) {
                int at = places[i];
                if (at != 0 && file.u8(at) == UTF8) {
                    int constant = i;
                    spans.name(at, at + 3L + file.u16(at + 1), () -> type + field(constant));
                }
            }
        }

        private String text(int index) {
            int at = places[index];
            var text = new StringBuilder();
            for (int i = 0; i < Math.min(200, file.u16(at + 1)); i++) {
                text.append((char) file.u8(at + 3 + i));
            }
            return text.toString();
        }

        /// The field whose value it is, or else the number of the constant.
        private String field(int constant) {
            int at = end + 6;
            at += 2 + 2 * file.u16(at);
            int fields = file.u16(at);
            at += 2;
            for (int i = 0; i < fields; i++) {
                int name = file.u16(at + 2);
                int attributes = file.u16(at + 6);
                at += 8;
                for (int j = 0; j < attributes; j++) {
                    long length = file.u32(at + 2);
                    if (length == 2 && text(file.u16(at)).equals("ConstantValue")) {
                        int value = places[file.u16(at + 6)];
                        if (file.u8(value) == 8 && file.u16(value + 1) == constant) {
                            return "." + text(name);
                        }
                    }
                    at = (int) Math.min(Integer.MAX_VALUE / 2, at + 6 + length);
                }
            }
            return " constant " + constant;
        }
    }
}
