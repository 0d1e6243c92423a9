package io.jwtrawl.files.unpack;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Dates of MS-DOS, as ZIP keeps them (APPNOTE 4.4.6): of a clock on some wall, to two seconds. UTC is as good a guess as
/// any.
final class DosTime {

    private DosTime() {}

    /// In milliseconds since 1970; what is no date is one long gone.
    static long toMillis(int date, int time) {
        try {
            return LocalDateTime.of(
                            1980 + (date >> 9),
                            date >> 5 & 15,
                            date & 31,
                            time >> 11,
                            time >> 5 & 63,
                            (time & 31) * 2)
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
