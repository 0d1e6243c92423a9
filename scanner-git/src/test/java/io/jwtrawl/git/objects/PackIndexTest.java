package io.jwtrawl.git.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwtrawl.testkit.HandmadePack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index that is read from its file as it is asked tells what one in memory tells.
class PackIndexTest {

    private static final int OBJECTS = 4_000;

    @TempDir Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void write() {
        var pack = new HandmadePack();
        for (int i = 0; i < OBJECTS; i++) {
            byte[] content = ("content " + i).getBytes(StandardCharsets.US_ASCII);
            pack.add(HandmadePack.id("blob", content), HandmadePack.BLOB, content);
        }
        pack.write(folder, "0");
        file = folder.resolve("pack-0.idx");
    }

    @Test
    void bothTellTheSame() throws IOException {
        try (PackIndex inMemory = PackIndex.open(file, HashFormat.SHA1, new IndexMemory());
                PackIndex onDisk = PackIndex.open(file, HashFormat.SHA1, new IndexMemory(0))) {
            assertThat(onDisk.count()).isEqualTo(OBJECTS).isEqualTo(inMemory.count());
            long[] offsets = new long[OBJECTS];
            onDisk.offsets(offsets);
            for (int position = OBJECTS - 1; position >= 0; position--) {
                ObjectId id = onDisk.id(position);
                assertThat(id).isEqualTo(inMemory.id(position));
                assertThat(onDisk.find(id.raw())).isEqualTo(position);
                assertThat(onDisk.offset(position))
                        .isEqualTo(offsets[position])
                        .isEqualTo(inMemory.offset(position));
            }
            var random = new Random(1);
            byte[] absent = new byte[HashFormat.SHA1.length()];
            for (int i = 0; i < 1_000; i++) {
                random.nextBytes(absent);
                assertThat(onDisk.find(absent)).isEqualTo(inMemory.find(absent)).isNegative();
            }
        }
    }

    @Test
    void oneThatIsCutOffMeanwhileIsSaidToBe() throws IOException {
        try (PackIndex index = PackIndex.open(file, HashFormat.SHA1, new IndexMemory(0))) {
            try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
                other.truncate(2_000);
            }
            assertThatThrownBy(() -> index.id(OBJECTS - 1))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cut off");
            assertThatThrownBy(() -> index.offsets(new long[OBJECTS]))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cut off");
        }
    }
}
