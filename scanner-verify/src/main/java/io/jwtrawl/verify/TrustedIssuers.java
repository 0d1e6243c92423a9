package io.jwtrawl.verify;

import io.jwtrawl.rules.Glob;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Which issuers may be asked: patterns such as `https://*.example.org/realms/*`.
///
/// A `*` in the name of a server stands for no `/`, whatever a plain glob would say: `https://*.example.org` must not let
/// in `https://evil.example/x.example.org`.
final class TrustedIssuers {

    private static final String SCHEME = "https://";

    private final List<Glob> patterns;

    TrustedIssuers(List<Glob> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /// The address of `issuer`, if it is one that may be asked.
    Optional<URI> addressOf(String issuer) {
        URI address;
        try {
            address = URI.create(issuer);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // OpenID Connect Discovery 1.0, section 3: no query, no fragment.
        return issuer.startsWith(SCHEME)
                        && address.getHost() != null
                        && address.getRawUserInfo() == null
                        && address.getRawQuery() == null
                        && address.getRawFragment() == null
                        && patterns.stream().anyMatch(pattern -> matches(pattern, address))
                ? Optional.of(address)
                : Optional.empty();
    }

    private static boolean matches(Glob pattern, URI address) {
        String text = pattern.pattern();
        if (!text.startsWith(SCHEME)) {
            return false;
        }
        String rest = text.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String server = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        return Glob.of(server).matches(address.getRawAuthority())
                && Glob.of(path).matches(address.getRawPath());
    }
}
