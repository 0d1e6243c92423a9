package io.jwtrawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When a mail was sent, by its header.
class MailHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "::",
            value = {
                "Tue, 5 Mar 2024 06:07:08 +0000 :: 2024-03-05T06:07:08Z",
                "Tue, 05 Mar 2024 01:07:08 -0500 (EST) :: 2024-03-05T06:07:08Z",
                "5 Mar 2024 06:07 GMT :: 2024-03-05T06:07:00Z",
                "Tue, 5 Mar 24 01:07:08 EST :: 2024-03-05T06:07:08Z",
                "Tue,5 Mar 2024 11:37:08 +0530 :: 2024-03-05T06:07:08Z",
                "tue, 5 mar 2024 06:07:08 -0000 :: 2024-03-05T06:07:08Z",
                "Sat, 31 Dec 2016 23:59:60 +0000 :: 2016-12-31T23:59:59Z",
            })
    void readsDatesAsProgramsWriteThem(String date, Instant sent) {
        assertThat(sent("From: ada@example.org", "Date: " + date)).isEqualTo(sent);
        assertThat(sent("Received: from a by b; " + date, "From: ada@example.org")).isEqualTo(sent);
    }

    /// What Java writes in the same format is read back, for any time and zone.
    @Test
    void readsEveryDateOfTheStandard() {
        var random = new Random(6);
        for (int i = 0; i < 1000; i++) {
            ZonedDateTime time =
                    Instant.ofEpochSecond(random.nextLong(1_262_304_000L, 1_750_000_000L))
                            .atZone(ZoneOffset.ofTotalSeconds(random.nextInt(-56, 56) * 900));
            String standard = DateTimeFormatter.RFC_1123_DATE_TIME.format(time);
            assertThat(sent("Date: " + standard)).isEqualTo(time.toInstant());
            String delivered =
                    DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                            .format(time.withZoneSameInstant(ZoneOffset.UTC));
            assertThat(sent("From ada@example.org " + delivered, "Subject: x"))
                    .isEqualTo(time.toInstant());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date: Tue, 5 Mar 1999 06:07:08 +0000",
                "Date: Tue, 45 Mar 2024 06:07:08 +0000",
                "Date: Tue, 5 Mar 2024 96:07:08 +0000",
                "Date: 5 Mar 2024",
                "Date: +99999 5 5 5 5:5:5:5:99999999999 :: 99999999999999",
                "Date:",
                "Date: \u0000\u001b[2J",
                "X-Date: Tue, 5 Mar 2024 06:07:08 +0000",
                "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001",
            })
    void believesNoNonsense(String line) {
        assertThat(millis(line, "From: ada@example.org")).isEqualTo(MemberSink.UNDATED);
    }

    @Test
    void takesTheEarliestThatIsTrustworthy() {
        String late = "Received: from a by b; Tue, 5 Mar 2024 09:00:00 +0000";
        String early = "Received: from b\r\n\tby c\r\n\t; Tue, 5 Mar 2024 08:00:00 +0000";
        assertThat(sent(late, early, "Date: Tue, 5 Mar 2024 07:00:00 +0000"))
                .isEqualTo("2024-03-05T07:00:00Z");
        assertThat(sent(late, early, "Date: Tue, 5 Mar 2024 10:00:00 +0000"))
                .as("written by a clock that is fast")
                .isEqualTo("2024-03-05T08:00:00Z");
        assertThat(sent(late, early, "Date: Tue, 5 Mar 2019 07:00:00 +0000"))
                .as("written by a clock that stood still")
                .isEqualTo("2024-03-05T08:00:00Z");
        assertThat(sent(late, "Date: nonsense")).isEqualTo("2024-03-05T09:00:00Z");
    }

    @Test
    void readsNoFurtherThanTheHeader() {
        assertThat(millis("From: a@example.org", "", "Date: Tue, 5 Mar 2024 06:07:08 +0000"))
                .isEqualTo(MemberSink.UNDATED);
    }

    @Test
    void tellsMailsFromOtherTexts() {
        assertThat(isThere("From: a@example.org", "Date: today", "", "Hello")).isTrue();
        assertThat(isThere("From a@b Thu Jan  1 00:00:00 2026", "From: a@b", "Date: x")).isTrue();
        assertThat(isThere("Return-Path: <>", "Received: from a", " by b", "")).isTrue();
        for (List<String> other :
                List.of(
                        List.of("HTTP/1.1 200 OK", "Date: x", "From: y"),
                        List.of("date: 2024-01-01", "title: post", "---"),
                        List.of("from: a", "to: b"),
                        List.of("{\"from\": 1, \"date\": 2}"),
                        List.of("From: a", "this is prose", "Date: b"),
                        List.of(""))) {
            assertThat(isThere(other.toArray(String[]::new))).as(other.toString()).isFalse();
        }
    }

    private static boolean isThere(String... lines) {
        byte[] bytes = bytes(lines);
        return MailHeader.isThere(bytes, 0, bytes.length);
    }

    private static Instant sent(String... lines) {
        return Instant.ofEpochMilli(millis(lines));
    }

    private static long millis(String... lines) {
        byte[] bytes = bytes(lines);
        return MailHeader.sent(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String... lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
