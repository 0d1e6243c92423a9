package io.jwtrawl.bench;

import java.util.Random;

/// What made-up tokens say.
final class Claims {

    private static final long YEAR_2026 = 1_767_225_600;
    private static final int YEAR = 31_536_000;

    private Claims() {}

    /// An access token's usual payload.
    static String usual(Random random) {
        long issued = YEAR_2026 + random.nextInt(YEAR);
        return "{\"iss\":\"https://issuer.example\",\"sub\":\""
                + word(random, 24)
                + "\",\"aud\":\"api\",\"iat\":"
                + issued
                + ",\"exp\":"
                + (issued + 3600)
                + "}";
    }

    /// So many letters and digits.
    static String word(Random random, int length) {
        return random.ints(length, 0, 36)
                .collect(
                        StringBuilder::new,
                        (text, digit) -> text.append(Character.forDigit(digit, 36)),
                        StringBuilder::append)
                .toString();
    }
}
