package io.jwtrawl.classify;

import io.jwtrawl.token.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a token's life stands to an instant.
sealed interface Lifetime {

    ExposureState state();

    record Unlimited() implements Lifetime {

        @Override
        public ExposureState state() {
            return ExposureState.NO_EXPIRY;
        }
    }

    /// @param left until expiry
    record Live(Duration left) implements Lifetime {

        @Override
        public ExposureState state() {
            return ExposureState.VALID;
        }
    }

    /// @param until so long before it begins
    record NotYet(Duration until) implements Lifetime {

        @Override
        public ExposureState state() {
            return ExposureState.NOT_YET_VALID;
        }
    }

    /// @param since so long after its expiry
    record Expired(Duration since) implements Lifetime {

        @Override
        public ExposureState state() {
            return ExposureState.EXPIRED;
        }
    }

    /// The claims cannot be read.
    record Unknown() implements Lifetime {

        @Override
        public ExposureState state() {
            return ExposureState.UNREADABLE;
        }
    }

    /// @param skew by so much the clock of whoever accepts the token may differ
    static Lifetime of(Optional<Claims> claims, Instant now, Duration skew) {
        if (claims.isEmpty()) {
            return new Unknown();
        }
        Optional<Instant> expiry = claims.get().expiresAt();
        if (expiry.isPresent() && now.isAfter(expiry.get().plus(skew))) {
            return new Expired(Duration.between(expiry.get(), now));
        }
        Optional<Instant> begin = claims.get().notBefore();
        if (begin.isPresent() && now.isBefore(begin.get().minus(skew))) {
            return new NotYet(Duration.between(now, begin.get()));
        }
        return expiry.<Lifetime>map(instant -> new Live(Duration.between(now, instant)))
                .orElseGet(Unlimited::new);
    }
}
