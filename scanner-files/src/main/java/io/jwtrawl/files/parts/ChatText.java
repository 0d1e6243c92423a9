package io.jwtrawl.files.parts;

import io.jwtrawl.source.Message;
import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A chat that WhatsApp exported as text: `[05.03.24, 06:07:08] Ada: text`, `3/5/24, 6:07 AM - Ada: text`.
///
/// Day and month stand as the phone's language has them, and no time zone: which is which is told by the dates of the
/// file, else the later of both counts; times are taken as UTC, so they may be hours off.
final class ChatText implements Locator {

    /// So far before a token the line is looked for that its message begins with.
    private static final int FAR = 64 * 1024;

    private static final int SAMPLE = 1 << 20;
    private static final int DAYS_OF_A_YEAR_OR_MORE = 31;

    /// Whether the first line of a text is that of a message.
    static boolean isOne(String beginning) {
        return !beginning.isEmpty()
                && mayBegin(beginning.charAt(0))
                && Lines.FIRST.matcher(beginning).lookingAt();
    }

    /// A digit, a bracket, or the first byte of a mark that tells the direction of writing.
    private static boolean mayBegin(char first) {
        return first == '[' || (first >= '0' && first <= '9') || first == '\u00e2';
    }

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        boolean dayFirst = false;
        boolean monthFirst = false;
        Matcher sample = Lines.MESSAGE.matcher(text(whole, 0, SAMPLE));
        while (sample.find()) {
            dayFirst |= Integer.parseInt(sample.group(1)) > 12;
            monthFirst |= Integer.parseInt(sample.group(2)) > 12;
        }
        Map<Long, Part> parts = new HashMap<>();
        for (long offset : offsets) {
            long from = Math.max(0, offset - FAR);
            Matcher line = Lines.MESSAGE.matcher(text(whole, from, (int) (offset - from)));
            Instant sent = null;
            while (line.find()) {
                sent = sent(line, dayFirst, monthFirst);
            }
            parts.put(
                    offset,
                    new Part(
                            "",
                            Optional.of(
                                    new Message(Message.Medium.CHAT, Optional.ofNullable(sent)))));
        }
        return parts;
    }

    private static String text(SeekableStream whole, long from, int length) throws IOException {
        whole.seek(from);
        return new String(whole.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static @Nullable Instant sent(Matcher line, boolean dayFirst, boolean monthFirst) {
        int first = Integer.parseInt(line.group(1));
        int second = Integer.parseInt(line.group(2));
        int third = Integer.parseInt(line.group(3));
        int hour = Integer.parseInt(line.group(4)) + hours(line.group(6), line.group(4));
        LocalTime time;
        try {
            time = LocalTime.of(hour, Integer.parseInt(line.group(5)));
        } catch (DateTimeException _) {
            return null;
        }
        if (first > DAYS_OF_A_YEAR_OR_MORE) {
            return instant(first, second, third, time);
        }
        int year = third < 100 ? 2000 + third : third;
        Instant american = dayFirst ? null : instant(year, first, second, time);
        Instant european = monthFirst ? null : instant(year, second, first, time);
        if (american == null || european == null) {
            return american == null ? european : american;
        }
        return american.isAfter(european) ? american : european;
    }

    /// What half of the day it is adds to the hour.
    private static int hours(@Nullable String half, String hour) {
        if (half == null) {
            return 0;
        }
        boolean isTwelve = hour.equals("12");
        return half.equalsIgnoreCase("p") ? (isTwelve ? 0 : 12) : isTwelve ? -12 : 0;
    }

    private static @Nullable Instant instant(int year, int month, int day, LocalTime time) {
        try {
            return LocalDate.of(year, month, day).atTime(time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// Loaded where a text begins as if it might be one. Bytes stand for characters.
    private static final class Lines {
        private static final String LINE =
                "(?:\u00e2\u0080\u008e)?\\[?(\\d{1,4})[./-](\\d{1,2})[./-](\\d{2,4}),? (\\d{1,2}):(\\d\\d)(?::\\d\\d)?"
                        + "(?:(?: |\u00e2\u0080\u00af)([AaPp])\\.?[Mm]\\.?)?(?:\\] | - )[^\\n:]{1,120}";
        static final Pattern FIRST = Pattern.compile(LINE);
        static final Pattern MESSAGE = Pattern.compile("^" + LINE, Pattern.MULTILINE);

        private Lines() {}
    }
}
