package io.jwtrawl.reports;

import io.jwtrawl.classify.Exposure;
import io.jwtrawl.classify.KeyedHash;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.rules.PersonalClaims;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.rules.TraitCatalogue;
import io.jwtrawl.source.Sha256;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one token says, as text for a report: the only way from a token into one.
///
/// Persons, and secrets that a token holds, become a keyed hash; tokens inside are cut; nothing is
/// without end. The key is made from the token itself, so that the same input always gives the same output, and whoever
/// reads a report cannot guess an address and check it without having the token.
final class ReportText {

    private static final int MAX_TEXT = 1024;
    private static final int SHOWN_DIGITS = 16;

    private final PersonalClaims personal;
    private final TraitCatalogue traits;
    private final Exposure exposure;
    private final Secret key;
    private final boolean showAll;

    /// Of a token that is no JWT, the members that are no secret.
    private final Optional<List<String>> shown;

    private @Nullable KeyedHash keyed;

    /// @param showAll whether the user asked for everything as it is
    ReportText(Finding finding, RuleSet rules, boolean showAll) {
        this.personal = rules.personal();
        this.traits = rules.traits();
        this.exposure = finding.classification().exposure();
        this.key = finding.sighting().token().text();
        this.showAll = showAll;
        this.shown = finding.sighting().token().rule().body().map(TokenRule.BodyRule::shown);
    }

    boolean showsAll() {
        return showAll;
    }

    /// Any text of the token that stands in no claim that [#hides].
    String of(String text) {
        return showAll
                ? text
                : traits.isSecretValue(text)
                        ? hash(text)
                        : safe(Addresses.replace(text, this::hash));
    }

    /// Text from a path or a commit, which may hold tokens.
    String ofPlace(String text) {
        return showAll ? text : safe(text);
    }

    private static String safe(String text) {
        String redacted = Redaction.redact(text);
        return redacted.length() <= MAX_TEXT ? redacted : redacted.substring(0, MAX_TEXT) + "…";
    }

    /// Whether the member `name` speaks of a person or is a secret, whatever its value.
    boolean hides(String name) {
        if (showAll) {
            return false;
        }
        return shown.map(names -> !names.contains(name))
                .orElseGet(() ->
                        personal.isPersonal(name)
                                || traits.isSecretName(name)
                                || (name.equalsIgnoreCase("sub")
                                        && exposure.subjectKind() == SubjectKind.HUMAN));
    }

    Optional<String> issuer() {
        return exposure.issuer().map(issuer -> member("iss", issuer));
    }

    List<String> audience() {
        return exposure.audience().stream().map(audience -> member("aud", audience)).toList();
    }

    /// Scopes come from several claims; of a token that is no JWT they are secret unless one of these is not.
    List<String> scopes() {
        String claim = hides("scope") ? "scopes" : "scope";
        return exposure.scopes().stream().map(scope -> member(claim, scope)).toList();
    }

    private String member(String name, String value) {
        return hides(name) ? hash(value) : of(value);
    }

    String hash(String value) {
        byte[] hash = keyed().of(value.getBytes(StandardCharsets.UTF_8));
        return "hmac:" + HexFormat.of().formatHex(hash).substring(0, SHOWN_DIGITS);
    }

    /// Made on demand: most tokens name nobody.
    private KeyedHash keyed() {
        if (keyed == null) {
            MessageDigest sha256 = Sha256.digest();
            sha256.update("jwtrawl/personal".getBytes(StandardCharsets.US_ASCII));
            keyed = KeyedHash.sha256(sha256.digest(key.reveal()));
        }
        return keyed;
    }
}
