package io.jwtrawl.classify;

import static io.jwtrawl.classify.Durations.inWords;

import io.jwtrawl.rules.AlgorithmCatalogue.Fit;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.Policy.Remedy;
import io.jwtrawl.rules.Policy.WorkingState;
import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.ReasonCode;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.rules.TokenKind;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Adds up the reasons for one rating. Used once.
final class Rater {

    private static final Policy.Weight NOTHING = new Policy.Weight(0, List.of());

    private final Policy policy;
    private final List<Reason> reasons = new ArrayList<>();

    Rater(Policy policy) {
        this.policy = policy;
    }

    Rating rate(
            Profile profile,
            Lifetime lifetime,
            Exposure exposure,
            List<Weakness> weaknesses,
            StorageContext context) {
        Token token = profile.token();
        Optional<TokenFamily> family = profile.family();
        TokenKind kind = profile.kind();
        if (exposure.sample()) {
            add(ReasonCode.PUBLISHED_SAMPLE, "published sample or placeholder");
            return rating(new LinkedHashSet<>(), Remedy.SAMPLE, Optional.empty());
        }
        if (token.isPartial()) {
            add(ReasonCode.PARTIAL, "only a piece of a token: cut short, or its signature masked");
            if (AlgorithmWeaknesses.hasEmptySignature(token)) {
                add(
                        ReasonCode.EMPTY_SIGNATURE,
                        "its signature is empty: some verifiers do not check one that is not there");
            }
            return rating(standards(), Remedy.PARTIAL, Optional.empty());
        }
        Remedy remedy = remedy(lifetime, exposure, kind);
        boolean works = remedy == Remedy.WORKING;
        if (exposure.forgeable() == Forgeability.ALG_NONE) {
            add(ReasonCode.ALG_NONE, "anyone can make one: it has no signature");
            remedy = Remedy.FORGEABLE;
        }
        if (profile.weakSecret().isPresent()) {
            add(ReasonCode.WEAK_SECRET, profile.weakSecret().get().text());
            remedy = Remedy.WEAK_SECRET;
        }
        boolean matters = works || isLately(lifetime);
        for (Weakness weakness : weaknesses) {
            if (weakness.code().isHygiene() && !matters) {
                add(weakness.code(), Map.of(), weakness.text());
            } else {
                add(weakness.code(), weakness.text());
            }
        }
        if (token.fit() == Fit.TOO_LONG) {
            add(
                    ReasonCode.SIGNATURE_MISFIT,
                    "the signature is too long for " + PathText.escape(token.alg()));
        }
        context(
                context,
                remedy == Remedy.WORKING
                        || remedy == Remedy.FORGEABLE
                        || remedy == Remedy.WEAK_SECRET);
        return rating(standards(), remedy, family);
    }

    private SequencedSet<String> standards() {
        SequencedSet<String> standards = new LinkedHashSet<>(policy.standards());
        for (Reason reason : reasons) {
            if (reason.points() != 0 || !reason.code().isHygiene()) {
                standards.addAll(reason.standards());
            }
        }
        return standards;
    }

    private boolean isLately(Lifetime lifetime) {
        return lifetime instanceof Lifetime.Expired(var since)
                && since.compareTo(policy.limits().lookBack()) <= 0;
    }

    private Remedy remedy(Lifetime lifetime, Exposure exposure, TokenKind kind) {
        if (lifetime instanceof Lifetime.Expired expired) {
            return expired(expired.since(), exposure, kind);
        }
        if (lifetime instanceof Lifetime.Live live) {
            String text = "works for " + inWords(live.left()) + " more";
            return works(WorkingState.VALID, ReasonCode.VALID, text, exposure, kind);
        }
        if (lifetime instanceof Lifetime.NotYet begins) {
            String text =
                    "begins to work in "
                            + inWords(begins.until())
                            + (exposure.expiresAt().isEmpty() ? ", and never expires" : "");
            return works(
                    WorkingState.NOT_YET_VALID, ReasonCode.NOT_YET_VALID, text, exposure, kind);
        }
        return lifetime instanceof Lifetime.Unlimited
                ? works(
                        WorkingState.NO_EXPIRY,
                        ReasonCode.NO_EXPIRY,
                        "never expires",
                        exposure,
                        kind)
                : unreadable();
    }

    private Remedy works(
            WorkingState state, ReasonCode code, String text, Exposure exposure, TokenKind kind) {
        Map<ReasonCode, Integer> points = policy.working().getOrDefault(state, Map.of());
        add(code, text);
        add(ReasonCode.of(exposure.privilege()), points, privilegeText(exposure.privilege()));
        if (exposure.privilege() == Privilege.PUBLIC) {
            return Remedy.WORKING;
        }
        if (isThin(exposure)) {
            add(ReasonCode.THIN_CLAIMS, points, "says neither who issued it nor for what");
        }
        if (exposure.subjectKind() == SubjectKind.MACHINE) {
            add(ReasonCode.MACHINE, points, "belongs to a machine");
        }
        if (kind == TokenKind.REFRESH_TOKEN) {
            add(ReasonCode.REFRESH_TOKEN, points, "refresh token: buys new access tokens");
        }
        exposed(exposure)
                .ifPresent(exposed -> add(ReasonCode.EXPOSED_WHILE_VALID, points, exposed));
        if (state == WorkingState.NOT_YET_VALID && exposure.expiresAt().isEmpty()) {
            add(ReasonCode.LONG_LIVED, points, "has no end, the policy wants one");
            add(ReasonCode.LONG_REMAINING, points, longRemaining());
        }
        tooLong(exposure, kind)
                .ifPresent(longLived -> add(ReasonCode.LONG_LIVED, points, longLived));
        exposure.remaining()
                .filter(left -> left.compareTo(policy.limits().longRemaining()) > 0)
                .ifPresent(_ -> add(ReasonCode.LONG_REMAINING, points, longRemaining()));
        return Remedy.WORKING;
    }

    private String longRemaining() {
        return "more than " + inWords(policy.limits().longRemaining()) + " left";
    }

    private static Optional<String> exposed(Exposure exposure) {
        return exposure.exposedWhileValid()
                .filter(Duration::isPositive)
                .map(exposed -> "lay open for " + inWords(exposed) + " while it worked");
    }

    private static boolean isThin(Exposure exposure) {
        return exposure.privilege() == Privilege.UNKNOWN
                && exposure.issuer().isEmpty()
                && exposure.provider().isEmpty()
                && exposure.audience().isEmpty()
                && exposure.scopes().isEmpty();
    }

    private Remedy expired(Duration since, Exposure exposure, TokenKind kind) {
        String text = inWords(since) + " ago";
        if (since.compareTo(policy.limits().recentlyExpired()) <= 0) {
            works(
                    WorkingState.EXPIRED_RECENTLY,
                    ReasonCode.EXPIRED_RECENTLY,
                    "expired only " + text,
                    exposure,
                    kind);
            return Remedy.EXPIRED;
        }
        add(ReasonCode.EXPIRED, "expired " + text);
        if (exposure.privilege() == Privilege.PUBLIC) {
            return Remedy.EXPIRED;
        }
        boolean lately = since.compareTo(policy.limits().lookBack()) <= 0;
        exposed(exposure)
                .ifPresent(exposed ->
                        add(
                                lately ? ReasonCode.EXPOSED_WHILE_VALID : ReasonCode.EXPOSED_BEFORE,
                                exposed));
        if (lately) {
            tooLong(exposure, kind).ifPresent(longLived -> add(ReasonCode.LONG_LIVED, longLived));
        }
        return Remedy.EXPIRED;
    }

    private Remedy unreadable() {
        add(ReasonCode.UNREADABLE, "its claims cannot be read");
        return Remedy.UNREADABLE;
    }

    private Optional<String> tooLong(Exposure exposure, TokenKind kind) {
        Duration limit = policy.limits().lifetime().getOrDefault(kind, Duration.ZERO);
        return exposure.lifetime()
                .filter(life -> life.compareTo(limit) > 0)
                .map(life ->
                        "was issued for "
                                + inWords(life)
                                + ", the policy allows "
                                + inWords(limit));
    }

    /// A test or a manual makes a token no less dangerous while it works.
    private void context(StorageContext context, boolean works) {
        int points = policy.contexts().getOrDefault(context, 0);
        if (points > 0 || (points < 0 && !works)) {
            reasons.add(
                    new Reason(
                            ReasonCode.CONTEXT,
                            points,
                            "lies in " + contextText(context),
                            weight(ReasonCode.CONTEXT).standards()));
        }
    }

    private Rating rating(
            SequencedSet<String> standards, Remedy remedy, Optional<TokenFamily> family) {
        int sum = reasons.stream().mapToInt(Reason::points).sum();
        int score = Math.clamp(sum, 0, Policy.MAX_SCORE);
        if (score != sum) {
            reasons.add(Reason.capped(score - sum, score));
        }
        String general = policy.remedies().getOrDefault(remedy, "");
        return new Rating(
                policy.levelOf(score),
                score,
                List.copyOf(reasons),
                List.copyOf(standards),
                remedy == Remedy.WORKING
                        ? family.map(TokenFamily::revoke).orElse(general)
                        : general);
    }

    private void add(ReasonCode code, String text) {
        reasons.add(new Reason(code, weight(code).points(), text, weight(code).standards()));
    }

    private void add(ReasonCode code, Map<ReasonCode, Integer> points, String text) {
        reasons.add(new Reason(code, points.getOrDefault(code, 0), text, weight(code).standards()));
    }

    private Policy.Weight weight(ReasonCode code) {
        return policy.reasons().getOrDefault(code, NOTHING);
    }

    private static String privilegeText(Privilege privilege) {
        return switch (privilege) {
            case ADMIN -> "may administer";
            case WRITE -> "may write";
            case READ -> "may read";
            case PUBLIC -> "opens only what is public";
            case UNKNOWN -> "does not say what it opens";
        };
    }

    private static String contextText(StorageContext context) {
        return switch (context) {
            case HTTP_URL -> "a URL";
            case CI_LOG -> "a CI log";
            case APP_LOG -> "an application log";
            case TEST -> "a test";
            case DOCS -> "documentation";
            case IMAGE_LAYER -> "an image layer";
            case SOURCE,
                    CONFIG,
                    BROWSER_STORAGE,
                    HTTP_CAPTURE,
                    CHAT,
                    MAIL,
                    DOCUMENT,
                    DATABASE,
                    BUILD_ARTIFACT,
                    UNKNOWN ->
                    context.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
