package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Formats that no library opens are named, and what they hold as it is is found.
class NotOpenedTest {

    @TempDir Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "526172211a0700, a RAR archive",
        "526172211a070100, a RAR archive",
        "4d5343460000000000, a Microsoft cabinet",
        "68737173, a SquashFS image",
        "78617221001c, a XAR archive",
        "4d5357494d000000, a Windows image",
        "514649fb00000003, a virtual disk",
        "4b444d5601000000, a virtual disk",
        "7668647866696c65, a virtual disk",
        "636f6e6563746978, a virtual disk",
    })
    void areNamed(String begin, String name) throws IOException {
        byte[] magic = HexFormat.of().parseHex(begin);
        byte[] file = new byte[4096];
        System.arraycopy(magic, 0, file, 0, magic.length);
        byte[] token = Tokens.any(1).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(token, 0, file, 2000, token.length);
        Files.write(folder.resolve("x"), file);
        String what = "x: is " + name + ", which cannot be opened";
        ScanReport report = Unpacked.scan(folder);
        assertThat(Unpacked.places(report)).containsExactly("x :0");
        assertThat(Unpacked.incidents(report)).containsExactly(what);
        ScanReport piped = Unpacked.scan(file, ExpansionLimits.DEFAULT);
        assertThat(Unpacked.places(piped)).containsExactly("<stdin> :0");
        assertThat(Unpacked.incidents(piped)).hasSize(1);
    }

    /// Texts may begin so too.
    @ParameterizedTest
    @CsvSource({"QFI", "KDMV is a file of VMware", "connect to", "<<< yes", "vhd"})
    void areNotSeenWhereTextBeginsSo(String begin) throws IOException {
        Files.writeString(folder.resolve("x"), begin + " " + "\nsome text".repeat(100));
        assertThat(Unpacked.scan(folder).incidents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "genisoimage, genisoimage -quiet -R -J -o ../x.iso .",
        "xorriso, xorriso -as mkisofs -quiet -R -J -o ../x.iso ."
    })
    void aDiscShowsWhatLiesPlainlyOnIt(String program, String command) throws IOException {
        assumeTrue(Programs.isThere(program));
        Path disc = Files.createDirectories(folder.resolve("disc/etc"));
        Files.writeString(disc.resolve("app.conf"), "a\nt=" + Tokens.any(1) + "\n");
        Programs.run(folder.resolve("disc"), command);
        ScanReport report = Unpacked.scan(folder.resolve("x.iso"));
        assertThat(report.findings())
                .hasSize(1)
                .allSatisfy(finding -> assertThat(finding.place().path()).isEqualTo("x.iso"));
        assertThat(Unpacked.incidents(report))
                .containsExactly("x.iso: is an ISO 9660 image, which cannot be opened");
    }

    @Test
    void aDatabaseOfNoiseIsNamedAsEncrypted() throws IOException {
        byte[] noise = new byte[300_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(folder.resolve("signal.sqlite"), noise);
        assertThat(Unpacked.incidents(Unpacked.scan(folder)))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains("encrypted"));
    }
}
