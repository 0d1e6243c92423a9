package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import java.util.List;
import org.apache.commons.cli.Options;

/// The options that say where keys come from, which `verify` and `scan --verify` share. What they stand
/// for is in [KeySources], so that a scan without them loads nothing that knows of keys.
final class KeyOptions {

    private static final List<String> NAMES =
            List.of(
                    "key",
                    "jwks",
                    "issuer",
                    "online",
                    "trust",
                    "allow-private",
                    "ca",
                    "introspect");

    private KeyOptions() {}

    static void addTo(Options options) {
        List.of(
                        option(
                                "key",
                                "FILE",
                                "Check with the key in FILE: PEM, a JWK, a public key of NATS, or a secret as it is. May repeat."),
                        option(
                                "jwks",
                                "FILE|URL",
                                "Check with an issuer's JSON Web Key set. A URL takes --online."),
                        flag(
                                "online",
                                "Fetch the keys of issuers that the policy trusts, or --trust names, from their servers."),
                        option(
                                "trust",
                                "GLOB",
                                "Trust issuers like this too, such as 'https://*.example.org'. May repeat."),
                        flag(
                                "allow-private",
                                "Let servers have private, loopback and link-local addresses."),
                        option(
                                "ca",
                                "FILE",
                                "Trust the certificates in FILE (PEM) besides those that Java trusts."),
                        option(
                                "introspect",
                                "FILE",
                                "Ask the issuer of a genuine token whether it still works (RFC 7662), as the client whose"
                                        + " ID:SECRET is in FILE. Sends the token to its issuer."))
                .forEach(options::addOption);
    }

    /// The first of these options that was given, if one was.
    static List<String> given(OptionValues values) {
        return NAMES.stream().filter(values::has).toList();
    }
}
