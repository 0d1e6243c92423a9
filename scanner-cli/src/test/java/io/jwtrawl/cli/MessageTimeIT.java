package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A token in a mail or a chat has been exposed since its message was sent, not since somebody copied the file.
@Timeout(300)
class MessageTimeIT {

    private static final String SENT = "2024-03-05T06:07:08Z";
    private static final FileTime COPIED = FileTime.from(Instant.parse("2026-05-01T00:00:00Z"));

    /// Writes what Python's own modules for mail write.
    private static final String MAILS =
            """
            import email.message, email.utils, mailbox, sys, datetime
            def mail(token, sent, encoding, attach=None):
                m = email.message.EmailMessage()
                m['From'] = 'ada@example.org'
                m['To'] = 'bob@example.org'
                m['Subject'] = 'keys'
                m['Date'] = email.utils.format_datetime(sent)
                m.set_content('Use ' + token + '\\nBye', cte=encoding)
                if attach:
                    m.add_attachment(attach.encode(), maintype='application', subtype='x', filename='a.conf')
                return m
            zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
            sent = datetime.datetime(2024, 3, 5, 11, 37, 8, tzinfo=zone)
            other = datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc)
            t = sys.argv[1:]
            open('plain.eml', 'wb').write(bytes(mail(t[0], sent, '8bit')))
            open('encoded.eml', 'wb').write(bytes(mail(t[1], sent, 'base64', 't=' + t[2])))
            box = mailbox.mbox('all.mbox')
            box.add(mail('none', other, '7bit'))
            box.add(mail(t[3], sent, '7bit'))
            box.add(mail(t[4], other, '7bit'))
            box.flush()
            """;

    @TempDir Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"--documents", "--no-documents"})
    void mailsTell(String documents) throws Exception {
        int exitCode =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                MAILS,
                                Tokens.any(1),
                                Tokens.any(2),
                                Tokens.any(3),
                                Tokens.any(4),
                                Tokens.any(5))
                        .directory(folder.toFile())
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(exitCode).isZero();
        assertThat(lines("plain.eml", documents)).hasSize(1).allSatisfy(MessageTimeIT::isOfMail);
        // Base64 is undone without a reader of documents too.
        assertThat(lines("encoded.eml", documents))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"firstSeen\":\"" + SENT));
        List<String> mailbox = lines("all.mbox", documents);
        assertThat(mailbox).hasSize(2);
        assertThat(mailbox).filteredOn(line -> line.contains(SENT)).hasSize(1);
        assertThat(mailbox)
                .filteredOn(line -> line.contains("\"firstSeen\":\"2025-01-01T00:00:00Z\""))
                .hasSize(1);
    }

    private static void isOfMail(String line) {
        assertThat(line).contains("\"firstSeen\":\"" + SENT + "\"", "\"context\":\"mail\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "::",
            value = {
                "general/2024-03-05.json :: [{'type':'message','user':'U1','text':'hi','ts':'1600000000.000100'},"
                        + "{'client_msg_id':'1','type':'message','user':'U1','text':'use $T','ts':'1709618828.000200',"
                        + "'blocks':[{'type':'rich_text'}]}]",
                "a/b.json :: [{'type':'message','blocks':[{'type':'rich_text','elements':[{'type':'text','text':'$T'}]}],"
                        + "'text':'x','edited':{'user':'U1','ts':'1800000000.000000'},'ts':'1709618828.000200'}]",
                "discord.json :: {'guild':{'id':'1'},'channel':{'id':'2'},'exportedAt':'2026-01-01T00:00:00+00:00','messages':["
                        + "{'id':'3','type':'Default','timestamp':'2024-03-05T07:07:08.000+01:00','content':'$T',"
                        + "'author':{'id':'4','name':'ada'}}]}",
                "c1/messages.json :: [{'ID':1,'Timestamp':'2024-03-05 06:07:08','Contents':'$T','Attachments':''}]",
                "graph.json :: {'@odata.context':'x','value':[{'id':'1','messageType':'message',"
                        + "'createdDateTime':'2024-03-05T06:07:08Z','body':{'contentType':'html','content':'<p>$T</p>'}}]}",
                "messages.json :: {'userId':'8:ada','conversations':[{'id':'19:x','MessageList':[{'id':'1',"
                        + "'originalarrivaltime':'2024-03-05T06:07:08Z','messagetype':'Text','content':'$T'}]}]}",
                "teams.json :: [{'id':'1','composetime':'2024-03-05T06:07:08.0000000Z','messagetype':'RichText/Html','content':'$T'}]",
                "export.jsonl :: {'type':'version','version':1}\\n{'type':'post','post':{'team':'a','channel':'b','user':'ada',"
                        + "'message':'$T','create_at':1709618828000}}",
                "result.json :: {'name':'x','type':'personal_chat','messages':[{'id':1,'type':'message',"
                        + "'date':'2024-03-05T06:07:08','date_unixtime':'1709618828','text':'$T'}]}",
                "_chat.txt :: [25.02.24, 09:00:00] Ada: hi\\n[05.03.24, 06:07:59] Ada: use\\n$T\\n[26.05.24, 09:00:00] Bob: ok",
                "WhatsApp.txt :: 2/25/24, 9:00 AM - Ada: hi\\n3/5/24, 6:07 AM - Ada: use $T",
            })
    void chatsTell(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                text.replace('\'', '"').replace("\\n", "\n").replace("$T", Tokens.any(1)),
                StandardCharsets.UTF_8);
        assertThat(lines(name, "--documents"))
                .hasSize(1)
                .allSatisfy(line -> {
                    assertThat(line).contains("\"context\":\"chat\"");
                    assertThat(line).contains("\"firstSeen\":\"2024-03-05T06:07:0");
                });
    }

    /// Other documents have such members too.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'timestamp':'2024-03-05T06:07:08Z','token':'$T'}",
                "{'ts':'1709618828.000200','level':'info','msg':'$T'}",
                "{'createdDateTime':'2024-03-05T06:07:08Z','secretText':'$T'}",
                "{'type':'message','ts':'soon','text':'$T'}",
                "{'type':'message','ts':'99999999999999999999','text':'$T'}",
                "{'type':'message','ts':'0','text':'$T'}",
                "Date: Tue, 5 Mar 2024 06:07:08 +0000\n\n$T",
                "[05.03.24] $T",
            })
    void nothingElseDoes(String text) throws IOException {
        Files.writeString(
                folder.resolve("x.json"),
                text.replace('\'', '"').replace("$T", Tokens.any(1)),
                StandardCharsets.UTF_8);
        assertThat(lines("x.json", "--documents"))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains("\"firstSeen\":\"" + COPIED + "\""));
    }

    @Test
    void anExportInAnArchiveIsReadTheSame() throws Exception {
        Path file = Files.createDirectory(folder.resolve("general")).resolve("2024-03-05.json");
        Files.writeString(
                file,
                "[{\"type\":\"message\",\"text\":\""
                        + Tokens.any(1)
                        + "\",\"ts\":\"1709618828.0\"}]");
        int exitCode =
                new ProcessBuilder("tar", "-czf", "export.tar.gz", "--remove-files", "general")
                        .directory(folder.toFile())
                        .start()
                        .waitFor();
        assertThat(exitCode).isZero();
        assertThat(lines("export.tar.gz", "--documents"))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains(SENT, "\"context\":\"chat\""));
    }

    @Test
    void aTimeInTheFutureIsNotBelieved() throws Exception {
        Path mail =
                Files.writeString(
                        folder.resolve("mail"),
                        "From: a@example.org\nDate: Tue, 5 Mar 2099 06:07:08 +0000\nMIME-Version: 1.0\n"
                                + "Content-Transfer-Encoding: 8bit\n\n"
                                + Tokens.any(1)
                                + "\n");
        Result result = Launcher.run(folder, mail, "scan", "-", "--format", "jsonl");
        assertThat(result.out().lines()).hasSize(1);
        assertThat(result.out()).contains("\"firstSeen\":null");
    }

    private List<String> lines(String name, String documents) throws IOException {
        Path file = folder.resolve(name);
        Files.setLastModifiedTime(file, COPIED);
        String[] command = {
            "scan",
            file.toString(),
            "--format",
            "jsonl",
            "--fail-on",
            "never",
            "--at",
            "2026-06-01T00:00:00Z",
            documents
        };
        if (documents.equals("--documents")) {
            command[8] = "--quiet";
        }
        Result result = Launcher.run(folder, command);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().lines().toList();
    }
}
