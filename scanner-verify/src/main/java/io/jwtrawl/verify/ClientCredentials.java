package io.jwtrawl.verify;

import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Who we are to an issuer that is asked about a token.
final class ClientCredentials {

    private final String id;
    private final String secret;

    private ClientCredentials(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /// Reads a file with one line, `ID:SECRET`.
    static ClientCredentials read(Path file) throws KeyFormatException {
        String line;
        try {
            line = Files.readString(file).strip();
        } catch (IOException e) {
            throw new KeyFormatException("cannot be read: " + FailureText.of(e), e);
        }
        int colon = line.indexOf(':');
        if (colon <= 0 || line.lines().count() != 1) {
            throw new KeyFormatException("must hold one line, ID:SECRET");
        }
        return new ClientCredentials(line.substring(0, colon), line.substring(colon + 1));
    }

    /// The header of HTTP Basic, as RFC 6749, section 2.3.1, has it.
    String authorization() {
        String pair = encode(id) + ":" + encode(secret);
        return "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ClientCredentials[" + id.length() + " characters]";
    }
}
