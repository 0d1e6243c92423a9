package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names the values of binary property lists by their keys
/// ([format](https://opensource.apple.com/source/CF/CF-1153.18/CFBinaryPList.c)).
final class PropertyListParts implements Locator {

    private static final int TRAILER = 32;
    private static final int SHOWN = 120;

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        var spans = new Spans(offsets);
        try {
            new Objects(Numbers.of(whole, ByteOrder.BIG_ENDIAN)).name(spans);
        } catch (IndexOutOfBoundsException _) {
            // It is damaged; what was named so far is.
        }
        return spans.parts();
    }

    /// An object, and how it is reached.
    private record Step(long object, @Nullable Step outer, String name) {

        String path() {
            var path = new StringBuilder(name);
            for (Step step = outer; step != null && path.length() < 2000; step = step.outer) {
                boolean isIndex = path.toString().startsWith("[");
                path.insert(0, step.name.isEmpty() || isIndex ? step.name : step.name + ".");
            }
            return path.toString();
        }
    }

    private static final class Objects {
        private final Numbers numbers;
        private final int offsetSize;
        private final int referenceSize;
        private final long objects;
        private final long top;
        private final long table;

        Objects(Numbers numbers) {
            this.numbers = numbers;
            long trailer = (long) numbers.size() - TRAILER;
            offsetSize = Math.min(8, numbers.u8(trailer + 6));
            referenceSize = Math.min(8, numbers.u8(trailer + 7));
            objects = Math.min(numbers.size(), numbers.i64(trailer + 8));
            top = numbers.i64(trailer + 16);
            table = numbers.i64(trailer + 24);
        }

        void name(Spans spans) {
            var seen = new BitSet();
            Deque<Step> todo = new ArrayDeque<>();
            todo.push(new Step(top, null, ""));
            while (!todo.isEmpty()) {
                Step step = todo.pop();
                if (step.object() < 0
                        || step.object() >= objects
                        || seen.get((int) step.object())) {
                    continue;
                }
                seen.set((int) step.object());
                visit(step, todo, spans);
            }
        }

        private void visit(Step step, Deque<Step> todo, Spans spans) {
            long at = place(step.object());
            int kind = numbers.u8(at) >> 4;
            long count = count(at);
            long from = content(at);
            switch (kind) {
                case 4, 5, 7 -> spans.name(from, from + count, step::path);
                case 6 -> spans.name(from, from + 2 * count, step::path);
                case 0xa, 0xb, 0xc -> {
                    for (long i = 0; i < Math.min(count, objects); i++) {
                        todo.push(new Step(reference(from, i), step, "[" + i + "]"));
                    }
                }
                case 0xd -> {
                    for (long i = 0; i < Math.min(count, objects); i++) {
                        String key = key(reference(from, i));
                        todo.push(new Step(reference(from, count + i), step, key));
                    }
                }
                default -> {
                    // Numbers and dates hold no token.
                }
            }
        }

        private long place(long object) {
            return numbers.big(table + object * offsetSize, offsetSize);
        }

        private long reference(long from, long index) {
            return numbers.big(from + index * referenceSize, referenceSize);
        }

        /// How many bytes, characters or elements it has; a number stands behind if there are many.
        private long count(long at) {
            int low = numbers.u8(at) & 0xf;
            return low < 0xf ? low : numbers.big(at + 2, 1 << (numbers.u8(at + 1) & 3));
        }

        private long content(long at) {
            int low = numbers.u8(at) & 0xf;
            return at + 1 + (low < 0xf ? 0 : 1 + (1 << (numbers.u8(at + 1) & 3)));
        }

        private String key(long object) {
            long at = place(object);
            boolean isWide = numbers.u8(at) >> 4 == 6;
            int count = (int) Math.min(SHOWN, count(at));
            int from = (int) content(at);
            int length = Math.min(isWide ? 2 * count : count, numbers.size() - from);
            return new String(
                    numbers.bytes(),
                    from,
                    length,
                    isWide ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
        }
    }
}
