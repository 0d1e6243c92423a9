package io.jwtrawl.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading by system calls must give what the standard library gives.
class FolderTest {

    @TempDir Path folder = Path.of("");

    @Test
    void bothWaysGiveTheSameNamesKindsAndBytes() throws Exception {
        assumeTrue(LinuxFolder.isSupported());
        var random = new Random(1);
        for (int size : new int[] {0, 1, 4095, 65_535, 65_536, 65_537, 300_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Files.write(folder.resolve("file-" + size), bytes);
        }
        Files.createDirectory(folder.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("file-1"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nothing"));
        Files.writeString(folder.resolve(".hidden"), "h");
        Files.writeString(folder.resolve("é 日本 \n\t'\"\u001b[31m"), "odd");
        Files.writeString(folder.resolve("x".repeat(255)), "long");
        for (int i = 0; i < 3_000; i++) {
            Files.writeString(
                    folder.resolve("many-" + i), "m" + i); // more than one buffer of names
        }
        assertThat(
                        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                                .start()
                                .waitFor())
                .isZero();
        try (Folder fast = LinuxFolder.open(folder)) {
            assertThat(fast).isInstanceOf(LinuxFolder.class);
            assertThat(contents(fast)).isEqualTo(contents(new PortableFolder(folder)));
        }
    }

    /// Java could not give such a name back to the system as a string.
    @Test
    void readsNamesThatAreNoUtf8() throws Exception {
        assumeTrue(LinuxFolder.isSupported());
        String script = "cd \"$0\" && printf x > \"$(printf 'a\\377b')\"";
        assumeTrue(
                new ProcessBuilder("sh", "-c", script, folder.toString()).start().waitFor() == 0);
        try (Folder fast = LinuxFolder.open(folder)) {
            assertThat(contents(fast).values()).containsExactly("FILE x");
        }
    }

    @Test
    void readsAFileFromAnywhereAndAgain() throws IOException {
        Files.writeString(folder.resolve("a"), "0123456789");
        for (Folder.Opener opener :
                new Folder.Opener[] {Folder.Opener.cheapest(), PortableFolder::new}) {
            try (Folder opened = opener.open(folder)) {
                opened.list(entry -> {
                    try (var in = opened.read(entry)) {
                        byte[] bytes = new byte[4];
                        assertThat(in.read(bytes)).isEqualTo(4);
                        in.seek(2);
                        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                                .isEqualTo("23456789");
                        assertThat(in.size()).isEqualTo(10);
                        try (var again = in.reopen()) {
                            assertThat(again.readAllBytes()).hasSize(10);
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
            }
        }
    }

    @Test
    void readsSmallFilesWholeAndLeavesOthers() throws IOException {
        var random = new Random(2);
        byte[] room = new byte[4096];
        for (Folder.Opener opener :
                new Folder.Opener[] {Folder.Opener.cheapest(), PortableFolder::new}) {
            for (int size : new int[] {0, 1, 4094, 4095, 4096, 4097, 10_000}) {
                byte[] bytes = new byte[size];
                random.nextBytes(bytes);
                Files.write(folder.resolve("a"), bytes);
                try (Folder opened = opener.open(folder)) {
                    opened.list(entry -> {
                        int length = opened.readWhole(entry, room);
                        if (size < room.length) {
                            assertThat(Arrays.copyOf(room, length)).isEqualTo(bytes);
                        } else {
                            assertThat(length).isNegative();
                        }
                    });
                }
            }
            try (Folder opened = opener.open(folder)) {
                opened.list(entry -> {
                    delete(entry.path());
                    assertThat(opened.readWhole(entry, room)).isNegative();
                });
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> contents(Folder folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        folder.list(entry -> {
            String text = "";
            if (entry.kind() == Folder.Kind.FILE) {
                try (var in = folder.read(entry)) {
                    text = " " + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            contents.put(entry.name(), entry.kind() + text);
        });
        return contents;
    }
}
