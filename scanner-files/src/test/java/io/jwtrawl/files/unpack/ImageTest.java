package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images as docker and its likes write them: each layer, also what a later one takes away, and the configuration.
class ImageTest {

    @TempDir Path folder = Path.of("");

    private String first = "";
    private String second = "";
    private String config = "";

    @BeforeEach
    void writeLayers() throws Exception {
        Files.createDirectories(folder.resolve("one/etc/gone"));
        Files.createDirectories(folder.resolve("two/etc"));
        Files.writeString(folder.resolve("one/etc/app.conf"), "t=" + Tokens.any(1));
        Files.writeString(folder.resolve("one/etc/kept.conf"), "t=" + Tokens.any(2));
        Files.writeString(folder.resolve("one/etc/gone/x"), "t=" + Tokens.any(3));
        Files.writeString(folder.resolve("two/etc/.wh.app.conf"), "");
        Files.writeString(folder.resolve("two/etc/.wh.gone"), "");
        Files.writeString(folder.resolve("two/etc/new.log"), "a\nt=" + Tokens.any(4));
        Programs.run(folder, "tar -cf one.tar -C one etc; tar -cf two.tar -C two etc");
        first = digest("one.tar");
        second = digest("two.tar");
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"architecture":"amd64","os":"linux",
                 "config":{"Env":["PATH=/bin","API_TOKEN=%s"],"Labels":{"maintainer":"me","key":"%s"}},
                 "history":[{"created_by":"ADD rootfs"},{"created_by":"RUN curl -H 'Authorization: Bearer %s'"}],
                 "rootfs":{"type":"layers","diff_ids":["sha256:%s","sha256:%s"]}}
                """
                        .formatted(Tokens.any(5), Tokens.any(6), Tokens.any(7), first, second));
        config = digest("config.json");
    }

    private String digest(String file) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(Files.readAllBytes(folder.resolve(file))));
    }

    private List<String> expected(String image) {
        return java.util.stream.Stream.of(
                        "!app:1.0!config!env/API_TOKEN :1",
                        "!app:1.0!config!history/2 :1",
                        "!app:1.0!config!labels/key :1",
                        "!app:1.0!sha256:" + first + "!etc/app.conf :1",
                        "!app:1.0!sha256:" + first + "!etc/gone/x :1",
                        "!app:1.0!sha256:" + first + "!etc/kept.conf :1",
                        "!app:1.0!sha256:" + second + "!etc/new.log :2")
                .map(place -> image + place)
                .sorted()
                .toList();
    }

    /// As `docker save` wrote it up to version 24.
    private Path dockerImage() throws IOException {
        Files.writeString(
                folder.resolve("manifest.json"),
                "[{\"Config\":\"%s.json\",\"RepoTags\":[\"app:1.0\"],\"Layers\":[\"aa/layer.tar\",\"bb/layer.tar\"]}]"
                        .formatted(config));
        Programs.run(
                folder,
                "mkdir -p i/aa i/bb out; cp one.tar i/aa/layer.tar; cp two.tar i/bb/layer.tar; cp config.json i/"
                        + config
                        + ".json; cp manifest.json i; tar -cf out/image.tar -C i aa bb "
                        + config
                        + ".json manifest.json");
        return folder.resolve("out/image.tar");
    }

    /// The folder of an OCI image layout, as docker has written it since, and others too.
    private Path ociLayout(boolean compressed) throws Exception {
        Programs.run(
                folder,
                "mkdir -p oci/blobs/sha256; echo '{\"imageLayoutVersion\":\"1.0.0\"}' > oci/oci-layout");
        List<String> layers = new java.util.ArrayList<>();
        for (String layer : List.of("one.tar", "two.tar")) {
            String file = layer;
            if (compressed) {
                Programs.run(folder, "gzip -nkf " + layer);
                file = layer + ".gz";
            }
            layers.add(digest(file));
            Programs.run(folder, "cp " + file + " oci/blobs/sha256/" + layers.getLast());
        }
        Programs.run(folder, "cp config.json oci/blobs/sha256/" + config);
        Files.writeString(
                folder.resolve("m"),
                """
                {"schemaVersion":2,"config":{"digest":"sha256:%s"},"layers":[{"digest":"sha256:%s"},{"digest":"sha256:%s"}]}
                """
                        .formatted(config, layers.get(0), layers.get(1)));
        String manifest = digest("m");
        Programs.run(folder, "cp m oci/blobs/sha256/" + manifest);
        Files.writeString(
                folder.resolve("oci/index.json"),
                """
                {"schemaVersion":2,"manifests":[{"digest":"sha256:%s","annotations":{"io.containerd.image.name":"app:1.0"}}]}
                """
                        .formatted(manifest));
        if (compressed) {
            first = layers.get(0);
            second = layers.get(1);
        }
        return folder.resolve("oci");
    }

    @Test
    void opensWhatDockerSaves() throws IOException {
        ScanReport report = Unpacked.scan(dockerImage());
        assertThat(Unpacked.places(report)).isEqualTo(expected("image.tar"));
        assertThat(report.incidents()).isEmpty();
    }

    @Test
    void opensItPipedInAndCompressed() throws IOException {
        byte[] image = Files.readAllBytes(dockerImage());
        assertThat(Unpacked.places(Unpacked.scan(image, ExpansionLimits.DEFAULT)))
                .isEqualTo(expected("<stdin>"));
        Programs.run(folder.resolve("out"), "gzip image.tar");
        assertThat(Unpacked.places(Unpacked.scan(folder.resolve("out/image.tar.gz"))))
                .isEqualTo(
                        expected("image.tar.gz").stream()
                                .map(place -> place.replace(" :", " [gzip] :"))
                                .toList());
    }

    @Test
    void tellsWhichLayerTakesAFileAway() throws IOException {
        for (Finding finding : Unpacked.scan(dockerImage()).findings()) {
            String path = finding.place().inner().getLast();
            Optional<String> removedBy =
                    finding.sighting().provenance() instanceof Provenance.Member member
                            ? member.removedBy()
                            : Optional.empty();
            assertThat(removedBy)
                    .as(path)
                    .isEqualTo(
                            path.equals("etc/app.conf") || path.equals("etc/gone/x")
                                    ? Optional.of("sha256:" + second)
                                    : Optional.empty());
        }
    }

    @Test
    void opensTheTarOfAnOciLayout() throws Exception {
        Path layout = ociLayout(false);
        Programs.run(layout, "tar -cf ../oci.tar *");
        assertThat(Unpacked.places(Unpacked.scan(folder.resolve("oci.tar"))))
                .isEqualTo(expected("oci.tar"));
    }

    @Test
    void opensOneWithCompressedLayers() throws Exception {
        Path layout = ociLayout(true);
        Programs.run(layout, "tar -cf ../oci.tar *");
        ScanReport report = Unpacked.scan(folder.resolve("oci.tar"));
        assertThat(Unpacked.places(report).stream().map(place -> place.replace(" [gzip]", "")))
                .isEqualTo(expected("oci.tar"));
        assertThat(report.findings())
                .filteredOn(finding -> finding.place().inner().getLast().equals("etc/app.conf"))
                .allSatisfy(finding ->
                        assertThat(
                                        ((Provenance.Member) finding.sighting().provenance())
                                                .removedBy())
                                .contains("sha256:" + second));
    }

    @Test
    void namesTheImageInTheFolderOfAnOciLayout() throws Exception {
        Path layout = ociLayout(true);
        assertThat(
                        Unpacked.places(Unpacked.scan(layout)).stream()
                                .map(place -> place.replace(" [gzip]", "")))
                .contains(
                        "blobs/sha256/" + first + "!app:1.0!etc/kept.conf :1",
                        "blobs/sha256/" + config + "!app:1.0!env/API_TOKEN :1")
                .hasSize(7);
    }
}
