package io.jwtrawl.reports;

import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.token.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Replaces what a token says of a person, and secrets that it holds, by a keyed hash.
///
/// The key is made from the token itself, so that the same input always gives the same output, and whoever reads a
/// report cannot guess an address and check it without having the token.
final class PersonalData {

    private static final Set<String> PERSONAL_CLAIMS =
            Set.of(
                    "email",
                    "name",
                    "given_name",
                    "family_name",
                    "middle_name",
                    "nickname",
                    "preferred_username",
                    "username",
                    "user_name",
                    "cognito:username",
                    "upn",
                    "unique_name",
                    "phone",
                    "phone_number",
                    "address",
                    "birthdate",
                    "picture",
                    "profile",
                    "website",
                    "ipaddr",
                    "actort");
    private static final int SHOWN_DIGITS = 16;

    private final Mac mac;
    private final boolean hidesSubject;

    /// Of a token that is no JWT, the members that are no secret.
    private final Optional<List<String>> shown;

    PersonalData(Token token, SubjectKind subject) {
        shown = token.rule().body().map(TokenRule.BodyRule::shown);
        hidesSubject = subject == SubjectKind.HUMAN;
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("jwtrawl/personal".getBytes(StandardCharsets.US_ASCII));
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(sha256.digest(token.text().reveal()), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256 and HmacSHA256", e);
        }
    }

    /// Whether the claim `name` speaks of a person or is a secret, whatever its value.
    boolean isPersonal(String name) {
        if (shown.isPresent()) {
            return !shown.get().contains(name);
        }
        String folded = name.toLowerCase(Locale.ROOT);
        int namespace = folded.lastIndexOf('/'); // https://example.org/claims/email
        return PERSONAL_CLAIMS.contains(folded)
                || PERSONAL_CLAIMS.contains(folded.substring(namespace + 1))
                || (hidesSubject && folded.equals("sub"));
    }

    /// Whether `value` is an address, in whatever claim it stands.
    boolean looksPersonal(String value) {
        int at = value.indexOf('@');
        return at > 0
                && value.indexOf('.', at) > at + 1
                && value.indexOf(' ') < 0
                && !value.contains("://");
    }

    String hash(String value) {
        byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        return "hmac:" + HexFormat.of().formatHex(hash).substring(0, SHOWN_DIGITS);
    }
}
