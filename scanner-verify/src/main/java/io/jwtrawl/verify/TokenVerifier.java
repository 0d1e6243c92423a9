package io.jwtrawl.verify;

import io.jwtrawl.classify.Verification;
import io.jwtrawl.classify.Verification.Outcome;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Token;
import io.jwtrawl.verify.KeySet.Authority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks tokens: signature, header, claims and, where the source of keys can say so, whether the issuer still takes
/// them. Each token is checked once, however often it is asked for. For one thread.
public final class TokenVerifier {

    private final List<KeySource> sources;
    private final Expectations expected;
    private final Optional<byte[]> payload;
    private final Map<String, VerificationReport> seen = new HashMap<>();

    /// @param sources asked in turn until one has the key
    public TokenVerifier(List<KeySource> sources, Expectations expected) {
        this(sources, expected, Optional.empty());
    }

    /// @param payload what tokens sign that come without their own
    public TokenVerifier(List<KeySource> sources, Expectations expected, Optional<byte[]> payload) {
        this.sources = List.copyOf(sources);
        this.expected = expected;
        this.payload = payload;
    }

    public VerificationReport verify(Token token) throws InterruptedException {
        String id = token.id().hex();
        VerificationReport known = seen.get(id);
        if (known == null) {
            known = check(token);
            seen.put(id, known);
        }
        return known;
    }

    private VerificationReport check(Token token) throws InterruptedException {
        Checked checked =
                switch (token) {
                    case Token.Signed signed -> signature(signed);
                    case Token.Unsecured _ ->
                            Checked.of(Outcome.BAD_SIGNATURE, "it has none: anyone can make one");
                    case Token.Encrypted _ ->
                            Checked.of(Outcome.UNREADABLE, "it is encrypted, not signed");
                    case Token.Wrapped _ -> Checked.of(Outcome.UNKNOWN, "it is no JSON Web Token");
                };
        Expectations ofIssuer =
                SelectiveDisclosure.isBound(token)
                        ? new Expectations(
                                expected.issuer(),
                                Optional.empty(), // the holder's proof says whom it is for
                                expected.at(),
                                expected.clockSkew())
                        : expected;
        List<ClaimProblem> problems =
                new ArrayList<>(ClaimRules.check(token, ofIssuer, checked.key()));
        problems.addAll(SelectiveDisclosure.check(token, expected));
        return new VerificationReport(checked.verification(), List.copyOf(problems));
    }

    /// @param key the one that signed the token, if one did
    private record Checked(Verification verification, Optional<VerificationKey> key) {
        static Checked of(Outcome outcome, String detail) {
            return new Checked(new Verification(outcome, detail), Optional.empty());
        }
    }

    private Checked signature(Token.Signed token) throws InterruptedException {
        if (token.isPartial()) {
            return Checked.of(Outcome.UNKNOWN, "it is only a piece of a token");
        }
        Optional<SignedText> text = SignedText.of(token, payload);
        if (text.isEmpty()) {
            return Checked.of(Outcome.UNKNOWN, "its payload lies elsewhere");
        }
        if (!Signatures.isKnown(token.alg())) {
            return Checked.of(Outcome.UNKNOWN, "its algorithm is not supported");
        }
        Checked best = Checked.of(Outcome.UNKNOWN, "there is no key to check it with");
        for (KeySource source : sources) {
            Checked checked;
            try {
                checked = signature(token, text.get(), source.keysFor(token));
            } catch (KeysUnavailableException e) {
                checked = Checked.of(Outcome.UNKNOWN, String.valueOf(e.getMessage()));
            }
            if (checked.verification().outcome() == Outcome.VERIFIED) {
                return activity(token, source, checked);
            }
            if (best.verification().outcome() == Outcome.UNKNOWN) {
                best = checked;
            }
        }
        return best;
    }

    private static Checked activity(Token token, KeySource source, Checked verified)
            throws InterruptedException {
        String detail = verified.verification().detail();
        Verification verification =
                switch (source.activityOf(token)) {
                    case NOT_ASKED -> verified.verification();
                    case ACTIVE ->
                            new Verification(
                                    Outcome.VERIFIED,
                                    detail + ", and its issuer says that it works");
                    case NO_ANSWER ->
                            new Verification(
                                    Outcome.VERIFIED,
                                    detail + "; its issuer did not say whether it still works");
                    case INACTIVE ->
                            new Verification(
                                    Outcome.INACTIVE, "it says that the token is not active");
                };
        return new Checked(verification, verified.key());
    }

    private static Checked signature(Token token, SignedText text, KeySet keys) {
        String alg = token.alg();
        Optional<String> id = keyOf(token);
        List<VerificationKey> fitting = new ArrayList<>();
        boolean named = false;
        for (VerificationKey key : keys.keys()) {
            if (Signatures.fits(alg, key.key())) {
                fitting.add(key);
                named |= id.isPresent() && key.id().equals(id);
            }
        }
        for (VerificationKey key : fitting) {
            for (byte[] input : text.inputs()) {
                if (Signatures.isGood(alg, key.key(), input, text.signature())) {
                    return new Checked(
                            new Verification(Outcome.VERIFIED, "signed by " + key.name()),
                            Optional.of(key));
                }
            }
        }
        return failed(id.isPresent(), named, fitting, keys.authority());
    }

    /// The name of the key that a token says it is signed with.
    private static Optional<String> keyOf(Token token) {
        return NatsKeys.signs(token.alg())
                ? token.claims().flatMap(Claims::issuer)
                : Optional.ofNullable(token.header().path("kid").stringValue(null))
                        .filter(kid -> !kid.isEmpty());
    }

    /// What it means that none of the keys signed a token. A key that is named and there decides. A whole set decides that
    /// one that is named and not there is gone; a few keys that somebody had at hand decide nothing about a token that
    /// names another.
    ///
    /// @param names whether the token names a key
    /// @param named whether that key is there
    private static Checked failed(
            boolean names, boolean named, List<VerificationKey> fitting, Authority authority) {
        if (authority == Authority.CANDIDATE) {
            return Checked.of(Outcome.UNKNOWN, "none of the keys given signed it");
        }
        if (named) {
            return Checked.of(Outcome.BAD_SIGNATURE, "the key that it names did not sign it");
        }
        if (names && authority == Authority.WHOLE) {
            return Checked.of(Outcome.KEY_GONE, "its issuer has no key of the name that it gives");
        }
        if (fitting.isEmpty()) {
            return Checked.of(Outcome.UNKNOWN, "no key is of the kind that its algorithm takes");
        }
        if (names && fitting.stream().allMatch(key -> key.id().isPresent())) {
            return Checked.of(Outcome.UNKNOWN, "it names another key");
        }
        return Checked.of(
                Outcome.BAD_SIGNATURE,
                fitting.size() == 1
                        ? "the key did not sign it"
                        : "none of " + fitting.size() + " keys signed it");
    }
}
