package io.jwtrawl.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;

/// A date as mails have it: that of RFC 5322, 3.3, with what it calls obsolete (4.3), and that of `asctime` in mailboxes.
/// The words are told by what they look like, since programs put them in any order.
final class MailDate {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private int day;
    private int month;
    private int year = -1;
    private LocalTime time = LocalTime.MIDNIGHT;
    private boolean hasTime;
    private int offsetMinutes;

    private MailDate() {}

    /// @return milliseconds since 1970, or [MemberSink#UNDATED] if it is no date
    static long millis(String text) {
        var date = new MailDate();
        try {
            for (String word : withoutComments(text).split("[\\s,]+")) {
                date.take(word);
            }
            if (date.month == 0 || date.day == 0 || date.year < 0 || !date.hasTime) {
                return MemberSink.UNDATED;
            }
            return LocalDate.of(date.year, date.month, date.day)
                                    .atTime(date.time)
                                    .toEpochSecond(ZoneOffset.UTC)
                            * 1000
                    - date.offsetMinutes * 60_000L;
        } catch (DateTimeException | NumberFormatException _) {
            return MemberSink.UNDATED;
        }
    }

    private static String withoutComments(String text) {
        int open = text.indexOf('(');
        return open < 0 ? text : text.substring(0, open);
    }

    private void take(String word) {
        if (word.isEmpty()) {
            return;
        }
        char first = word.charAt(0);
        if (word.indexOf(':') > 0 && isDigit(first)) {
            String[] parts = word.split(":");
            int second = parts.length > 2 ? Math.min(59, Integer.parseInt(parts[2])) : 0; // leap
            time = LocalTime.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), second);
            hasTime = true;
        } else if ((first == '+' || first == '-') && word.length() == 5) {
            int zone = Integer.parseInt(word.substring(1));
            offsetMinutes = (first == '-' ? -1 : 1) * (zone / 100 * 60 + zone % 100);
        } else if (isDigit(first)) {
            takeNumber(word);
        } else {
            takeName(word.toLowerCase(Locale.ROOT));
        }
    }

    private void takeNumber(String word) {
        if (word.length() > 4 || !word.chars().allMatch(c -> isDigit((char) c))) {
            return;
        }
        int number = Integer.parseInt(word);
        if (word.length() <= 2 && day == 0) {
            day = number;
        } else if (word.length() == 4) {
            year = number;
        } else {
            year = number + (number < 50 ? 2000 : 1900);
        }
    }

    private void takeName(String word) {
        int at = word.length() == 3 ? MONTHS.indexOf(word) : -1;
        if (at >= 0 && at % 3 == 0) {
            month = at / 3 + 1;
            return;
        }
        switch (word) {
            case "edt" -> offsetMinutes = -4 * 60;
            case "est", "cdt" -> offsetMinutes = -5 * 60;
            case "cst", "mdt" -> offsetMinutes = -6 * 60;
            case "mst", "pdt" -> offsetMinutes = -7 * 60;
            case "pst" -> offsetMinutes = -8 * 60;
            default -> {
                // The day of the week, an address, or a zone that means nothing (RFC 5322, 4.3):
                // UTC.
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
