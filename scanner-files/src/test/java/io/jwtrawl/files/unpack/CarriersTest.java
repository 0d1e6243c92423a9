package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A token in every file that programs leave them in is found once, and the part of the file is named.
@Timeout(600)
@SuppressWarnings("StringConcatToTextBlock") // lines as files have them, with tokens between
class CarriersTest {

    @TempDir Path folder = Path.of("");

    /// For each file the part in which its token lies.
    private final Map<String, String> expected = new TreeMap<>();

    private Path scanned() throws IOException {
        return Files.createDirectories(folder.resolve("scanned"));
    }

    private String token(String name) {
        return Tokens.signed("{\"sub\":\"" + name + "\"}");
    }

    private void write(String name, String part, byte[] content) throws IOException {
        Path file = scanned().resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, content);
        expected.put(name, part);
    }

    /// @param text in which the token stands for `@`
    private void write(String name, String part, String text) throws IOException {
        write(name, part, text.replace("@", token(name)).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> found(ScanReport report) {
        Map<String, String> found = new TreeMap<>();
        for (Finding finding : report.findings()) {
            String name = finding.sighting().token().claims().orElseThrow().subject().orElseThrow();
            assertThat(finding.place().path() + "!" + String.join("!", finding.place().inner()))
                    .contains(name);
            found.merge(
                    name,
                    finding.sighting().part().orElse(""),
                    (one, other) -> one + " and " + other);
        }
        return found;
    }

    private void writeTexts() throws IOException {
        write(
                "n.ipynb",
                "cells[1].outputs[0].text[0]",
                """
                {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["x"]},
                  {"cell_type": "code", "metadata": {}, "source": ["print(t)"],
                   "outputs": [{"name": "stdout", "output_type": "stream", "text": ["t=@\\n"]}]}],
                 "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
                """);
        write(
                "session.har",
                "log.entries[1].request.headers[Authorization].value",
                """
                {"log": {"version": "1.2", "entries": [{"request": {}}, {"request": {"method": "GET", "headers": [
                  {"name": "Accept", "value": "*/*"}, {"value": "Bearer @", "name": "Authorization"}]}}]}}
                """);
        write(
                "postman.json",
                "item[login].request.auth.bearer[token].value",
                """
                {"info": {"_postman_id": "1", "name": "api"}, "item": [{"name": "login", "request": {"auth":
                  {"type": "bearer", "bearer": [{"key": "token", "value": "@", "type": "string"}]}}}]}
                """);
        write(
                "insomnia.json",
                "resources[Base].data.jwt",
                """
                {"_type": "export", "__export_format": 4, "resources": [{"name": "Base", "data": {"jwt": "@"}}]}
                """);
        write(
                "terraform.tfstate",
                "module.api.aws_instance.web[1].attributes.user_data",
                """
                {"version": 4, "terraform_version": "1.5.0", "resources": [{"module": "module.api", "mode": "managed",
                 "type": "aws_instance", "name": "web", "instances": [{"index_key": 0, "attributes": {"id": "x"}},
                 {"index_key": 1, "attributes": {"user_data": "T=@"}}]}]}
                """);
        write(
                "kubeconfig",
                "users[admin].user.token",
                "apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n    token: @\n");
        write(
                "secret.yaml",
                "Secret prod/api data.token",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  a: '\u4e16\u754c'\n---\n"
                        + "apiVersion: v1\nkind: Secret\nmetadata:\n  name: api\n  namespace: prod\ndata:\n  token: "
                        + Base64.getEncoder()
                                .encodeToString(
                                        token("secret.yaml").getBytes(StandardCharsets.US_ASCII))
                        + "\n");
        write(
                "list.json",
                "ConfigMap app/settings data.jwt",
                """
                {"kind": "List", "apiVersion": "v1", "items": [{"kind": "ConfigMap", "apiVersion": "v1",
                 "data": {"jwt": "@"}, "metadata": {"name": "settings", "namespace": "app"}}]}
                """);
        write(
                ".docker/config.json",
                "auths.registry.example.com.auth",
                "{\"auths\": {\"registry.example.com\": {\"auth\": \""
                        + Base64.getEncoder()
                                .encodeToString(
                                        ("user:" + token(".docker/config.json"))
                                                .getBytes(StandardCharsets.US_ASCII))
                        + "\"}}}");
        write(
                ".npmrc",
                "//registry.example.com/npm/ _authToken",
                "registry=https://r/\n//registry.example.com/npm/:_authToken=@\n");
        write(
                ".netrc",
                "machine b.example",
                "machine a.example login x password y\nmachine b.example\n  login u\n  password @\n");
        write(
                "job.log",
                "step npm test",
                "2026-01-01T00:00:00.0000000Z ##[group]Run npm test\n"
                        + "2026-01-01T00:00:01.0000000Z ##[endgroup]\n2026-01-01T00:00:02.0000000Z token @\n");
        write("messages", "host1 app[123]", "Jan  1 00:00:00 host1 app[123]: token @\n");
        write(
                ".zsh_history",
                "curl command of 2026-01-01T00:00:01Z",
                ": 1767225600:0;ls\n: 1767225601:0;curl -H \"Authorization: Bearer @\" https://a\n");
        write(".bash_history", "curl command", "ls\ncurl -H 'x: @'\n");
        write(
                "fish_history",
                "curl command of 2026-01-01T00:00:01Z",
                "- cmd: ls\n  when: 1767225600\n- cmd: curl x?t=@\n  when: 1767225601\n");
        write(
                ".vscode/settings.json",
                "rest-client.environmentVariables.$shared.t",
                "{\n // a comment\n \"rest-client.environmentVariables\": {\"$shared\": {\"t\": \"@\"}},\n}");
        write(
                ".idea/workspace.xml",
                "project/component[RunManager]/configuration[run]/envs/env[TOKEN]",
                "<?xml version=\"1.0\"?>\n<project version=\"4\"><!-- \u4e16 --><component name=\"RunManager\">"
                        + "<configuration name=\"run\"><envs><env name=\"TOKEN\" value=\"@\"/></envs>"
                        + "</configuration></component></project>");
        write(
                "app.js.map",
                "sourcesContent[1] src/b.ts",
                """
                {"version": 3, "sources": ["a.ts", "src/b.ts"], "sourcesContent": ["x", "const t='@';"], "mappings": "A"}
                """);
        write("app.min.js", "", "!function(){var t=\"@\";fetch(t)}();");
        write(
                ".aws/credentials",
                "[prod] aws_session_token",
                "[default]\na = b\n[prod]\naws_session_token = @\n");
        write(
                "x.plist",
                "a.jwt",
                "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>a</key><dict><key>jwt</key>"
                        + "<string>@</string></dict></dict></plist>");
    }

    private void writeBinaries() throws IOException {
        byte[] data = ("<Data>" + token("s.evtx") + "</Data>").getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer log = ByteBuffer.allocate(4096 + 65536).order(ByteOrder.LITTLE_ENDIAN);
        log.put("ElfFile\0".getBytes(StandardCharsets.US_ASCII));
        log.position(4096).put("ElfChnk\0".getBytes(StandardCharsets.US_ASCII));
        log.position(4096 + 512).putInt(0x2a2a).putInt(28 + data.length).putLong(77);
        log.putLong(133_800_000_000_000_000L).put(data).putInt(28 + data.length);
        write("s.evtx", "record 77 of 2024-12-30T02:40:00Z", log.array());

        byte[] cookie =
                (".example.com\0sid\0/\0" + token("Cookies.binarycookies") + "\0")
                        .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer page = ByteBuffer.allocate(16 + 56 + cookie.length);
        page.putInt(0x100).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(16).putInt(0);
        page.putInt(56 + cookie.length).putInt(0).putInt(0).putInt(0);
        page.putInt(56).putInt(69).putInt(73).putInt(75).position(16 + 56);
        page.put(cookie);
        ByteBuffer cookies = ByteBuffer.allocate(12 + page.capacity() + 8);
        cookies.put("cook".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(page.capacity());
        write("Cookies.binarycookies", ".example.com/sid", cookies.put(page.array()).array());
    }

    private void runPrograms() throws IOException {
        if (Programs.isThere("javac")) {
            Files.writeString(
                    folder.resolve("App.java"),
                    "package com.acme; class App { static final String TOKEN=\""
                            + token("App.class")
                            + "\"; }");
            Programs.run(folder, "javac -d out App.java; mv out/com/acme/App.class scanned");
            expected.put("App.class", "com.acme.App.TOKEN");
        }
        if (Programs.isThere("gcc")) {
            Files.writeString(
                    folder.resolve("a.c"),
                    "#include <stdio.h>\nconst char *t=\""
                            + token("program")
                            + "\"; int main(){puts(t);return 0;}");
            Programs.run(folder, "gcc -o scanned/program a.c");
            expected.put("program", ".rodata");
            Files.writeString(
                    folder.resolve("b.c"),
                    "const unsigned short w[]=u\"\\u4e16" + token("wide.o") + "\";");
            Programs.run(folder, "gcc -c -o scanned/wide.o b.c");
            expected.put("wide.o", ".rodata");
        }
        if (Programs.isThere("python3")) {
            Files.writeString(
                    folder.resolve("m.py"),
                    "def login():\n  class A:\n    def f(self):\n      return '"
                            + token("m.pyc")
                            + "'\n  return A\n");
            Programs.run(
                    folder,
                    "python3 -c 'import py_compile; py_compile.compile(\"m.py\", \"scanned/m.pyc\")'");
            expected.put("m.pyc", "login.<locals>.A.f");
            Programs.run(
                    folder,
                    "python3 -c 'import plistlib; open(\"scanned/b.plist\", \"wb\").write(plistlib.dumps("
                            + "{\"a\": {\"list\": [1, {\"jwt\": \""
                            + token("b.plist")
                            + "\"}]}}, fmt=plistlib.FMT_BINARY))'");
            expected.put("b.plist", "a.list[1].jwt");
        }
    }

    @Test
    void findsATokenInEveryCarrierOnceAndNamesThePart() throws IOException {
        writeTexts();
        writeBinaries();
        runPrograms();
        ScanReport report = Unpacked.scan(scanned());
        assertThat(Unpacked.incidents(report)).isEmpty();
        assertThat(found(report)).isEqualTo(expected);
        assertThat(found(Unpacked.scan(zipped(), ExpansionLimits.DEFAULT))).isEqualTo(expected);
    }

    private byte[] zipped() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : expected.keySet()) {
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(scanned().resolve(name), zip);
            }
        }
        return bytes.toByteArray();
    }

    /// A member that is longer than what a thread keeps for members, in an archive that can be read only once.
    @Test
    void namesThePartInALargeMemberToo() throws IOException {
        write(
                "large.har",
                "log.entries[1].request.url",
                "{\"log\": {\"entries\": [{\"text\": \""
                        + "x".repeat(1_000_000)
                        + "\"}, {\"request\": {\"url\": \"https://a/?t=@\"}}]}}");
        assertThat(found(Unpacked.scan(zipped(), ExpansionLimits.DEFAULT))).isEqualTo(expected);
    }

    @Test
    void findsTheStringsOfAJavaHeap() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(
                folder.resolve("Dump.java"),
                "import com.sun.management.HotSpotDiagnosticMXBean; import java.lang.management.*;\n"
                        + "class Dump { static byte[] kept; static char[] wide; public static void main(String[] args)"
                        + " throws Exception { var in = new String(System.in.readAllBytes()).split(\" \");"
                        + " kept = in[0].getBytes(); wide = in[1].toCharArray(); in = null;"
                        + " ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)"
                        + ".dumpHeap(\"scanned/heap.hprof\", true); } }");
        Files.writeString(
                folder.resolve("tokens"),
                token("heap.hprof") + " " + token("scanned/heap.hprof/wide"));
        Files.createDirectories(folder.resolve("scanned"));
        Programs.run(folder, java + " -Xmx64m -XX:+UseSerialGC Dump.java < tokens");
        ScanReport report = Unpacked.scan(folder.resolve("scanned"));
        assertThat(report.findings())
                .hasSize(2)
                .allSatisfy(finding ->
                        assertThat(finding.sighting().part().orElse(""))
                                .matches("(byte|char)\\[\\] 0x[0-9a-f]+"));
    }

    @Test
    void survivesAnyDamage() throws IOException {
        writeTexts();
        writeBinaries();
        runPrograms();
        Fixtures.unpack("chromium-profile.tar.xz", scanned());
        Files.write(scanned().resolve("x.hive"), Fixtures.read("hive.xz"));
        if (Programs.isThere("sqlite3")) {
            Programs.run(
                    scanned(),
                    "sqlite3 x.db \"CREATE TABLE t(v); CREATE INDEX i ON t(v); WITH RECURSIVE n(i) AS (SELECT 1 UNION"
                            + " ALL SELECT i+1 FROM n WHERE i<200) INSERT INTO t SELECT '"
                            + token("x.db")
                            + "' || hex(randomblob(i * 30)) FROM n; DELETE FROM t WHERE rowid % 3 = 0;\"");
        }
        List<Path> files;
        try (var walk = Files.walk(scanned())) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        Path damaged = Files.createDirectory(folder.resolve("damaged"));
        Tries.run(
                8,
                random -> {
                    int number = 0;
                    for (Path file : files) {
                        damage(file, damaged.resolve(number++ + "-" + file.getFileName()), random);
                    }
                    for (Incident incident : Unpacked.scan(damaged).incidents()) {
                        assertThat(incident.what())
                                .doesNotContain("unexpected failure")
                                .doesNotContain("Exception")
                                .isNotBlank();
                    }
                });
    }

    private static void damage(Path file, Path damaged, Random random) {
        try {
            byte[] bad = Files.readAllBytes(file);
            if (bad.length == 0) {
                return;
            }
            switch (random.nextInt(3)) {
                case 0 -> bad = Arrays.copyOf(bad, random.nextInt(bad.length));
                case 1 -> bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    for (int i = 0; i < 20; i++) {
                        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                        bad[random.nextInt(Math.min(bad.length, 200))] = (byte) random.nextInt(256);
                    }
                }
            }
            Files.write(damaged, bad);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
