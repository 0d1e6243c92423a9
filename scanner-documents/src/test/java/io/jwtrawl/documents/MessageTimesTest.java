package io.jwtrawl.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What lies in a message has been open since that was sent, whatever the times of the files around it.
@Timeout(300)
class MessageTimesTest {

    @Test
    void outlookMessagesTell() {
        ScanReport report = Scans.scan(Samples.zip(Map.of("x.msg", Samples.msg()), "", Map.of()));
        assertThat(report.findings())
                .hasSize(2)
                .allSatisfy(finding ->
                        assertThat(finding.classification().exposure().firstSeen())
                                .as(finding.place().toString())
                                .contains(Samples.MESSAGE_SENT));
    }

    @Test
    void mailsTellOfTheirPartsAndAttachments() {
        String mail = Samples.mail("x.msg", Samples.msg());
        ScanReport report =
                Scans.scan(
                        ("Date: Tue, 1 Aug 2023 00:00:00 +0000\r\n" + mail)
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(report.findings())
                .isNotEmpty()
                .allSatisfy(finding ->
                        assertThat(finding.classification().exposure().firstSeen())
                                .as(finding.place().toString())
                                .contains(Instant.parse("2023-08-01T00:00:00Z")));
    }
}
