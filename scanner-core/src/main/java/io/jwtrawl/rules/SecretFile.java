package io.jwtrawl.rules;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Reads files under `rules/secrets`: signing secrets that everybody knows, one a line.
///
/// Lines that begin with `#!` are comments. `\\` is a backslash, `\xHH` the byte with that number.
final class SecretFile {

    /// Those of the project, as the build writes them.
    static final String BUILT_IN = "secrets.bin";

    private SecretFile() {}

    static SecretList builtIn() {
        try (InputStream in = SecretFile.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("this build holds no " + BUILT_IN);
            }
            return SecretList.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All secrets of the files `secrets/*.txt` in `folder`, in the order of their names.
    ///
    /// @throws RuleFileException naming the file and the line, if an escape is wrong
    static SecretList of(Path folder) throws IOException {
        List<byte[]> secrets = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("secrets"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".txt")).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    secrets.addAll(read(in, folder.relativize(file).toString()));
                }
            }
        }
        return SecretList.of(secrets);
    }

    private static List<byte[]> read(InputStream in, String name) throws IOException {
        List<byte[]> secrets = new ArrayList<>();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.startsWith("#!") && !line.isEmpty()) {
                secrets.add(
                        line.indexOf('\\') < 0
                                ? line.getBytes(StandardCharsets.ISO_8859_1)
                                : unescaped(line, name + ": line " + number));
            }
            number++;
        }
        return secrets;
    }

    private static byte[] unescaped(String line, String where) {
        var bytes = new ByteArrayOutputStream(line.length());
        int i = 0;
        while (i < line.length()) {
            if (line.charAt(i) != '\\') {
                bytes.write(line.charAt(i));
                i++;
            } else if (line.startsWith("\\\\", i)) {
                bytes.write('\\');
                i += 2;
            } else if (line.startsWith("\\x", i)
                    && i + 4 <= line.length()
                    && HexFormat.isHexDigit(line.charAt(i + 2))
                    && HexFormat.isHexDigit(line.charAt(i + 3))) {
                bytes.write(HexFormat.fromHexDigits(line, i + 2, i + 4));
                i += 4;
            } else {
                throw new RuleFileException(where, "a backslash is written \\\\, a byte \\xHH");
            }
        }
        return bytes.toByteArray();
    }
}
