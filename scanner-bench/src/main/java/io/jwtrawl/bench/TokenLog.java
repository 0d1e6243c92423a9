package io.jwtrawl.bench;

import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// Writes the log of an application that logs the token of every request: one a line, all of them different, of four
/// issuers. It shows what judging costs where there is much to judge.
final class TokenLog {

    private static final List<String> ISSUERS =
            List.of(
                    "https://example.eu.auth0.com/",
                    "https://sso.example.org/realms/main",
                    "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0",
                    "https://issuer.example");

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int RSA_2048_BYTES = 256;

    private TokenLog() {}

    /// @param arguments how many tokens, and the file to write; the same number gives the same file
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: TokenLog COUNT FILE");
            System.exit(2);
        }
        var random = new Random(6);
        try (Writer log =
                Files.newBufferedWriter(Path.of(arguments[1]), StandardCharsets.US_ASCII)) {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                log.write(line(i, random));
            }
        }
    }

    private static String line(int number, Random random) {
        Instant when = BEGIN.plusSeconds(number);
        String issuer = ISSUERS.get(number % ISSUERS.size());
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k" + number % 8 + "\"}";
        String claims =
                "{\"iss\":\""
                        + issuer
                        + "\",\"sub\":\"user-"
                        + random.nextInt(10_000)
                        + "\",\"aud\":\"api\",\"scope\":\"openid read:orders write:orders team-"
                        + random.nextInt(100)
                        + "\",\"iat\":"
                        + when.getEpochSecond()
                        + ",\"exp\":"
                        + when.plusSeconds(3600).getEpochSecond()
                        + ",\"jti\":\""
                        + number
                        + "\"}";
        return when
                + " DEBUG request authorized by Bearer "
                + Tokens.signed(header, claims, RSA_2048_BYTES, random)
                + "\n";
    }
}
