package io.jwtrawl.git.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Whatever stands in a pack or an index is read, or refused by a [BadObjectException].
class PackFuzzTest {

    private static final int OBJECTS = 8;

    @FuzzTest(maxDuration = "5m")
    void anyIndexIsReadOrRefused(byte[] bytes) {
        for (HashFormat format : HashFormat.values()) {
            try {
                PackIndex index = PackIndex.of(ByteBuffer.wrap(bytes), format);
                ask(index, format);
            } catch (BadObjectException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anyMultiPackIndexIsReadOrRefused(byte[] bytes) {
        try {
            for (PackNames names :
                    MultiPackIndex.of(ByteBuffer.wrap(bytes), HashFormat.SHA1).packs().values()) {
                ask(names, HashFormat.SHA1);
            }
        } catch (BadObjectException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private static void ask(PackNames names, HashFormat format) throws BadObjectException {
        names.offsets(new long[names.count()]);
        for (int i = 0; i < names.count(); i++) {
            byte[] id = names.id(i).raw();
            names.find(id);
            names.offset(i);
        }
        assertThat(names.find(new byte[format.length()])).isLessThan(names.count());
    }

    /// @param bytes the length of the base, the base, the delta
    @FuzzTest(maxDuration = "5m")
    void aDeltaMakesTheSameAtOnceAndPieceByPiece(byte[] bytes) {
        int length = bytes.length == 0 ? 0 : Math.min(bytes[0] & 0xff, bytes.length - 1);
        byte[] base = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), 1 + length);
        byte[] text = Arrays.copyOfRange(bytes, Math.min(bytes.length, 1 + length), bytes.length);
        Optional<byte[]> atOnce = atOnce(base, text);
        Optional<byte[]> streamed = streamed(base, text);
        assertThat(streamed.isPresent()).isEqualTo(atOnce.isPresent());
        if (atOnce.isPresent()) {
            assertThat(streamed.get()).isEqualTo(atOnce.get());
        }
    }

    private static Optional<byte[]> atOnce(byte[] base, byte[] text) {
        try {
            var delta = new Delta();
            delta.begin(text, text.length);
            if (delta.resultSize() > 1 << 20) {
                return Optional.empty();
            }
            byte[] result = new byte[(int) delta.resultSize()];
            delta.apply(base, base.length, result);
            return Optional.of(result);
        } catch (BadObjectException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> streamed(byte[] base, byte[] text) {
        try (InputStream stream =
                new DeltaStream(
                        new ByteArrayInputStream(text), new LargeBase.Held(base, base.length))) {
            byte[] result = stream.readNBytes(1 << 20);
            return stream.read() < 0 ? Optional.of(result) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// @param bytes what follows the header of a pack; where its entries begin is told by its first bytes
    @FuzzTest(maxDuration = "5m")
    void anyPackIsWalked(byte[] bytes) throws IOException, InterruptedException {
        Path file = Files.createTempFile("jwtrawl", ".pack");
        try {
            var all = ByteBuffer.allocate(Pack.HEADER + bytes.length + HashFormat.SHA1.length());
            all.put("PACK".getBytes(StandardCharsets.US_ASCII))
                    .putInt(2)
                    .putInt(OBJECTS)
                    .put(bytes);
            Files.write(file, all.array());
            try (Pack pack = Pack.open(file, HashFormat.SHA1, new MadeUpNames(bytes))) {
                PackForest forest = PackForest.of(pack);
                try (var reader = new PackReader(pack)) {
                    forest.readHeaders(0, forest.count(), reader);
                }
                forest.build();
                var seen = new CountingVisitor();
                try (ObjectDatabase database = ObjectDatabase.of(pack);
                        ObjectReader objects = database.newReader();
                        var walk = new ForestWalk(forest, objects, seen)) {
                    for (int entry = 0; entry < forest.count(); entry++) {
                        if (forest.isRoot(entry)) {
                            walk.walk(entry);
                        }
                    }
                    for (int i = 0; i < OBJECTS; i++) {
                        readAlone(objects, forest.id(i));
                    }
                }
                assertThat(seen.count + forest.broken().size()).isEqualTo(OBJECTS);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void readAlone(ObjectReader objects, ObjectId id) {
        try {
            objects.read(id);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    /// Ids are numbers, and offsets what the first bytes say.
    private static final class MadeUpNames implements PackNames {
        private final byte[] bytes;

        MadeUpNames(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int count() {
            return OBJECTS;
        }

        @Override
        public boolean isWhole() {
            return true;
        }

        @Override
        public ObjectId id(int position) {
            byte[] raw = new byte[HashFormat.SHA1.length()];
            raw[0] = (byte) position;
            return ObjectId.fromRaw(raw, 0, raw.length);
        }

        @Override
        public int find(byte[] id) {
            return id[0] >= 0 && id[0] < OBJECTS ? id[0] : -1;
        }

        @Override
        public long offset(int position) {
            return position < bytes.length
                    ? Pack.HEADER + OBJECTS + (bytes[position] & 0xffL)
                    : Pack.HEADER;
        }

        @Override
        public void offsets(long[] to) {
            for (int i = 0; i < OBJECTS; i++) {
                to[i] = offset(i);
            }
        }
    }

    /// Counts each entry once, whatever becomes of it.
    private static final class CountingVisitor implements ObjectVisitor {
        int count;

        @Override
        public boolean wants(int type) {
            return true;
        }

        @Override
        public boolean whole(int entry, int type, byte[] bytes, int size) {
            count++;
            return false;
        }

        @Override
        public boolean made(
                int entry, int type, byte[] bytes, int size, Delta delta, ForestWalk.Base base) {
            count++;
            return false;
        }

        @Override
        public void large(int entry, int type, LargeContent content) {
            count++;
            try (InputStream in = content.open()) {
                in.skipNBytes(1 << 20);
            } catch (IOException e) {
                // As its reader would notice.
            }
        }

        @Override
        public void fail(int entry, int type, Exception why) {
            count++;
        }

        @Override
        public void tooLarge(int entry, int type) {
            count++;
        }
    }
}
