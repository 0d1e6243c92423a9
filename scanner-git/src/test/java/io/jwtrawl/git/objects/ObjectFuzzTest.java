package io.jwtrawl.git.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whatever stands in a tree, a commit, a tag or the file of an object is read, or refused by an exception that says why.
class ObjectFuzzTest {

    private static final String ID = "0123456789abcdef0123456789abcdef01234567";

    @FuzzTest(maxDuration = "5m")
    void anyTreeIsReadOrRefused(byte[] bytes) {
        for (HashFormat format : HashFormat.values()) {
            var cursor = new TreeCursor(format);
            cursor.begin(bytes, 0, bytes.length);
            int end = 0;
            try {
                while (cursor.advance()) {
                    assertThat(cursor.start()).isEqualTo(end);
                    assertThat(cursor.nameStart()).isBetween(end, cursor.nameEnd());
                    end = cursor.next();
                    assertThat(cursor.idStart() + format.length()).isEqualTo(end);
                    assertThat(end).isLessThanOrEqualTo(bytes.length);
                }
            } catch (BadObjectException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @FuzzTest(maxDuration = "5m")
    void whatAnyCommitOrTagNamesIsReadOrRefused(byte[] bytes) {
        for (HashFormat format : HashFormat.values()) {
            try {
                byte[] ids = NamedIds.ofCommit(bytes, bytes.length, format);
                assertThat(ids.length % format.length()).isZero();
                assertThat(ids.length).isPositive().isLessThan(bytes.length);
            } catch (BadObjectException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
            try {
                assertThat(NamedIds.ofTag(bytes, bytes.length, format).length())
                        .isEqualTo(format.length());
            } catch (BadObjectException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    /// Read at once and piece by piece it has the same content, or neither can.
    @FuzzTest(maxDuration = "5m")
    void anyLooseObjectIsReadOrRefused(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("jwtrawl");
        Path file = folder.resolve(ID.substring(0, 2)).resolve(ID.substring(2));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            var objects = new LooseObjects(folder, HashFormat.SHA1);
            Optional<byte[]> atOnce = atOnce(objects);
            if (atOnce.isPresent()) {
                try (InputStream stream = objects.stream(ObjectId.fromString(ID))) {
                    assertThat(stream.readAllBytes()).isEqualTo(atOnce.get());
                }
            }
        } finally {
            Files.delete(file);
            Files.delete(file.getParent());
            Files.delete(folder);
        }
    }

    private static Optional<byte[]> atOnce(LooseObjects objects) {
        try (LooseObjects.Open open = objects.open(ObjectId.fromString(ID))) {
            return open.size() > 1 << 20 ? Optional.empty() : Optional.of(LooseObjects.read(open));
        } catch (IOException e) {
            assertThat(e).isInstanceOf(BadObjectException.class);
            return Optional.empty();
        }
    }
}
