package io.jwtrawl.detect;

import static io.jwtrawl.rules.TokenForm.DETACHED;
import static io.jwtrawl.rules.TokenForm.JWE;
import static io.jwtrawl.rules.TokenForm.JWS;
import static io.jwtrawl.rules.TokenForm.SD_JWT;
import static io.jwtrawl.rules.TokenForm.UNSECURED;

import io.jwtrawl.rules.TokenForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// Says which tokens stand in a text undisguised, by the definitions of RFC 7515, 7516, 7519, 7797 and 9901 and in the
/// obvious way: at every offset it tries every compact serialization.
///
/// It shares nothing with the detector, nor with the rules and what judges by them.
final class TokenOracle {

    private static final String PART = "[A-Za-z0-9_-]+";
    private static final String MAY_BE_EMPTY = "[A-Za-z0-9_-]*";

    /// RFC 4648, section 4, or padding, where base64url without is asked for.
    private static final String LOOSE = "[A-Za-z0-9_+/-]+=?=?";

    private static final String LOOSE_MAY_BE_EMPTY = "[A-Za-z0-9_+/-]*=?=?";

    /// Of several as good and as long the first counts.
    private static final List<Form> FORMS =
            List.of(
                    new Form(DETACHED, PART + "\\.\\." + PART, Kind.SIGNED),
                    new Form(JWE, PART + "\\." + PART + "\\.\\." + PART + "\\.", Kind.HPKE),
                    new Form(JWE, fiveParts(PART, MAY_BE_EMPTY), Kind.ENCRYPTED),
                    new Form(JWE, fiveParts(LOOSE, LOOSE_MAY_BE_EMPTY), Kind.ENCRYPTED_LOOSE),
                    new Form(JWS, threeParts(PART), Kind.SIGNED),
                    new Form(JWS, threeParts(LOOSE), Kind.SIGNED_LOOSE),
                    new Form(
                            JWS,
                            PART + "\\." + PART + "(\\." + MAY_BE_EMPTY + "){0,3}",
                            Kind.PIECE),
                    new Form(
                            SD_JWT,
                            threeParts(PART) + "~(" + PART + "~)*(" + threeParts(PART) + ")?",
                            Kind.WITH_DISCLOSURES),
                    new Form(JWS, PART + "\\.[!-~&&[^.]]+\\." + PART, Kind.UNENCODED),
                    new Form(
                            UNSECURED,
                            LOOSE + "\\." + LOOSE + "\\." + MAY_BE_EMPTY,
                            Kind.UNSECURED));

    private static String threeParts(String part) {
        return part + "\\." + part + "\\." + part;
    }

    private static String fiveParts(String part, String mayBeEmpty) {
        return String.join("\\.", part, mayBeEmpty, part, mayBeEmpty, part);
    }

    private enum Kind {
        SIGNED,
        SIGNED_LOOSE,
        WITH_DISCLOSURES,
        UNENCODED,
        UNSECURED,
        ENCRYPTED,
        ENCRYPTED_LOOSE,
        HPKE,
        PIECE
    }

    private record Form(TokenForm form, Pattern shape, Kind kind) {
        Form(TokenForm form, String shape, Kind kind) {
            this(form, Pattern.compile(shape), kind);
        }
    }

    /// How good a reading is, worst first.
    private enum Quality {
        PIECE,
        SIGNATURE_TOO_LONG,
        WHOLE
    }

    /// RFC 7518, section 3, RFC 8037, RFC 8812 and RFC 9964: the lengths of signatures in bytes.
    private static final Map<String, List<Integer>> SIGNATURES =
            Map.ofEntries(
                    Map.entry("HS256", List.of(32)),
                    Map.entry("HS384", List.of(48)),
                    Map.entry("HS512", List.of(64)),
                    Map.entry("ES256", List.of(64)),
                    Map.entry("ES256K", List.of(64)),
                    Map.entry("ES384", List.of(96)),
                    Map.entry("ES512", List.of(132)),
                    Map.entry("EdDSA", List.of(64, 114)),
                    Map.entry("Ed25519", List.of(64)),
                    Map.entry("Ed448", List.of(114)),
                    Map.entry("ML-DSA-44", List.of(2420)),
                    Map.entry("ML-DSA-65", List.of(3309)),
                    Map.entry("ML-DSA-87", List.of(4627)),
                    Map.entry("RS256", rsa()),
                    Map.entry("RS384", rsa()),
                    Map.entry("RS512", rsa()),
                    Map.entry("PS256", rsa()),
                    Map.entry("PS384", rsa()),
                    Map.entry("PS512", rsa()));

    /// As long as the key: 512 bits to 16384.
    private static List<Integer> rsa() {
        return IntStream.rangeClosed(1, 32).mapToObj(i -> 64 * i).toList();
    }

    /// RFC 7518, section 5: the lengths of authentication tags in bytes.
    private static final Map<String, List<Integer>> TAGS =
            Map.of(
                    "A128CBC-HS256", List.of(16),
                    "A192CBC-HS384", List.of(24),
                    "A256CBC-HS512", List.of(32),
                    "A128GCM", List.of(16),
                    "A192GCM", List.of(16),
                    "A256GCM", List.of(16));

    /// RFC 7518, section 4.
    private static final Set<String> KEY_MANAGEMENT =
            Set.of(
                    "RSA1_5",
                    "RSA-OAEP",
                    "RSA-OAEP-256",
                    "RSA-OAEP-384",
                    "RSA-OAEP-512",
                    "A128KW",
                    "A192KW",
                    "A256KW",
                    "dir",
                    "ECDH-ES",
                    "ECDH-ES+A128KW",
                    "ECDH-ES+A192KW",
                    "ECDH-ES+A256KW",
                    "A128GCMKW",
                    "A192GCMKW",
                    "A256GCMKW",
                    "PBES2-HS256+A128KW",
                    "PBES2-HS384+A192KW",
                    "PBES2-HS512+A256KW");

    /// How base64 of a JSON object that has a member begins: `{"`, or blanks between, or a byte-order mark before.
    private static final List<String> BEGINNINGS =
            List.of("eyJ", "eyA", "eyI", "ewogI", "ewoJ", "ewoi", "ew0K", "ewki", "77u_", "77u/");

    /// What stands behind a header of whatever beginning if the payload is a JSON object.
    private static final Pattern HEADER_BEFORE_OBJECT =
            Pattern.compile("[A-Za-z0-9_+/-]+\\.eyJ.*", Pattern.DOTALL);

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9_+/-]");
    private static final int MIN_SIGNATURE = 10;
    private static final double MIN_ENTROPY = 2.5;
    private static final int MIN_PIECE = 16;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;

    private TokenOracle(String text) {
        this.text = text;
    }

    /// A token, or with `partial` a piece of one.
    ///
    /// @param compact its characters in base64url without padding
    record Found(TokenForm form, boolean partial, int start, int end, String compact) {}

    private record Reading(Found found, Quality quality) {}

    /// The tokens in a text of which each character is one byte. Of those that overlap the first counts.
    static List<Found> find(String text) {
        var oracle = new TokenOracle(text);
        List<Found> tokens = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            Optional<Found> token = oracle.bestAt(position);
            token.ifPresent(tokens::add);
            position = token.map(Found::end).orElse(position + 1);
        }
        return tokens;
    }

    /// Of what can be read from `start` on the best, and of several as good the longest.
    private Optional<Found> bestAt(int start) {
        if (!mayBegin(start)) {
            return Optional.empty();
        }
        List<Reading> readings = new ArrayList<>();
        for (Form form : FORMS) {
            Matcher matcher = form.shape().matcher(text).region(start, text.length());
            if (matcher.lookingAt()) {
                String token = matcher.group();
                read(form, start, token).ifPresent(readings::add);
                String mark = text.substring(Math.max(0, start - 1), start);
                for (int i = 1; i <= 3 && isEmphasis(mark) && token.endsWith(mark); i++) {
                    token = token.substring(0, token.length() - 1);
                    read(form, start, token).ifPresent(readings::add);
                }
            }
        }
        return readings.stream()
                .max(
                        Comparator.comparing(Reading::quality)
                                .thenComparingInt(reading -> reading.found().end()))
                .map(Reading::found);
    }

    /// What may stand on both sides of a token and be none of it, though it is a character of base64url.
    private static boolean isEmphasis(String mark) {
        return mark.equals("_") || mark.equals("-");
    }

    private boolean mayBegin(int start) {
        return BEGINNINGS.stream().anyMatch(beginning -> text.startsWith(beginning, start))
                || ((start == 0 || !BASE64.matcher(text.substring(start - 1, start)).matches())
                        && HEADER_BEFORE_OBJECT
                                .matcher(text)
                                .region(start, text.length())
                                .matches());
    }

    private static Optional<Reading> read(Form form, int start, String token) {
        String signed = token.replaceFirst("~.*", "");
        List<String> parts = List.of(signed.split("\\.", -1));
        return object(parts.getFirst())
                .filter(header -> header.path("alg").isString())
                .flatMap(header ->
                        quality(form.kind(), header, parts, token)
                                .map(quality ->
                                        new Reading(
                                                new Found(
                                                        form.form(),
                                                        quality == Quality.PIECE,
                                                        start,
                                                        start + token.length(),
                                                        compact(header, parts)
                                                                + token.substring(signed.length())),
                                                quality)));
    }

    private static String compact(ObjectNode header, List<String> parts) {
        List<String> strict = new ArrayList<>(parts);
        strict.replaceAll(TokenOracle::base64Url);
        if (isUnencoded(header)) {
            strict.set(1, parts.get(1));
        }
        return String.join(".", strict);
    }

    /// RFC 7797, section 3.
    private static boolean isUnencoded(ObjectNode header) {
        return header.path("b64").isBoolean() && !header.path("b64").booleanValue();
    }

    private static String base64Url(String part) {
        return part.replace('+', '-').replace('/', '_').replaceFirst("=+$", "");
    }

    private static Optional<Quality> quality(
            Kind kind, ObjectNode header, List<String> parts, String token) {
        String alg = header.path("alg").stringValue();
        boolean none = alg.equalsIgnoreCase("none");
        boolean encrypted = header.has("enc");
        String last = parts.getLast();
        return switch (kind) {
            case SIGNED, SIGNED_LOOSE ->
                    none || encrypted
                            ? Optional.empty()
                            : ending(last, SIGNATURES.get(alg), kind == Kind.SIGNED_LOOSE);
            case WITH_DISCLOSURES ->
                    none || encrypted || !hasDisclosures(token)
                            ? Optional.empty()
                            : ending(last, SIGNATURES.get(alg), false);
            case UNENCODED ->
                    none || encrypted || !isUnencoded(header)
                            ? Optional.empty()
                            : ending(last, SIGNATURES.get(alg), false);
            case UNSECURED -> none && !encrypted ? Optional.of(Quality.WHOLE) : Optional.empty();
            case ENCRYPTED, ENCRYPTED_LOOSE ->
                    header.path("enc").isString()
                            ? ending(
                                    last,
                                    TAGS.get(header.path("enc").stringValue()),
                                    kind == Kind.ENCRYPTED_LOOSE)
                            : Optional.empty();
            case HPKE ->
                    !encrypted
                                    && alg.toUpperCase(java.util.Locale.ROOT)
                                            .matches("HPKE-([0-9]|1[0-2])")
                            ? Optional.of(Quality.WHOLE)
                            : Optional.empty();
            case PIECE ->
                    (SIGNATURES.containsKey(alg) || KEY_MANAGEMENT.contains(alg))
                                    && isPiece(encrypted, parts)
                            ? Optional.of(Quality.PIECE)
                            : Optional.empty();
        };
    }

    /// What the last part makes of a token: a signature or a tag that is random and as long as its algorithm makes it.
    ///
    /// @param lengths in bytes that it may have; null if the algorithm is not known
    /// @param strict whether only such a length will do
    private static Optional<Quality> ending(
            String last, @org.jspecify.annotations.Nullable List<Integer> lengths, boolean strict) {
        if (last.length() < MIN_SIGNATURE || entropy(last) < MIN_ENTROPY) {
            return Optional.empty();
        }
        if (lengths == null) {
            return strict ? Optional.empty() : Optional.of(Quality.WHOLE);
        }
        int bytes = last.replace("=", "").length() * 3 / 4;
        if (lengths.contains(bytes)) {
            return Optional.of(Quality.WHOLE);
        }
        boolean cut = lengths.stream().anyMatch(length -> length > bytes);
        return cut || strict ? Optional.empty() : Optional.of(Quality.SIGNATURE_TOO_LONG);
    }

    private static double entropy(String part) {
        return part.chars()
                .distinct()
                .mapToDouble(c -> (double) part.chars().filter(d -> d == c).count() / part.length())
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }

    /// RFC 9901, section 4: an array in base64url stands behind the first tilde, or a key binding token, or nothing.
    private static boolean hasDisclosures(String token) {
        return token.matches("[^~]*~([We].*)?");
    }

    /// Whether something of a payload is left behind the header.
    private static boolean isPiece(boolean encrypted, List<String> parts) {
        String second = parts.get(1);
        if (encrypted) {
            return second.length() >= MIN_PIECE
                    || (parts.size() > 2 && parts.get(2).length() >= MIN_PIECE);
        }
        return object(second).isPresent()
                || (second.length() >= MIN_PIECE
                        && second.startsWith("e")
                        && decode(second.substring(0, 4)).startsWith("{"));
    }

    /// The JSON object of which `part` is the base64, if it is that.
    private static Optional<ObjectNode> object(String part) {
        try {
            String json = decode(part);
            JsonNode node = JSON.readTree(json.startsWith("\ufeff") ? json.substring(1) : json);
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(base64Url(part)), StandardCharsets.UTF_8);
    }
}
