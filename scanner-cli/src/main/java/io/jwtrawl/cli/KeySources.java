package io.jwtrawl.cli;

import io.jwtrawl.rules.Glob;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.verify.FetchLimits;
import io.jwtrawl.verify.Issuers;
import io.jwtrawl.verify.KeyFiles;
import io.jwtrawl.verify.KeyFormatException;
import io.jwtrawl.verify.KeySet;
import io.jwtrawl.verify.KeySource;
import io.jwtrawl.verify.KeysUnavailableException;
import io.jwtrawl.verify.OnlineOptions;
import io.jwtrawl.verify.Proxies;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Where keys come from, as [KeyOptions] say.
final class KeySources {

    private KeySources() {}

    /// For a token that the user says these keys belong to.
    ///
    /// @return none if no key was given
    /// @throws UsageException if a file or an address cannot be used, or an option lacks another
    static List<KeySource> forOne(OptionValues values, Policy policy) throws InterruptedException {
        return of(values, policy, KeySource::of);
    }

    /// For all tokens of a scan, whoever issued them: keys from files decide only about tokens of `--issuer`.
    ///
    /// @throws UsageException also if there is no key
    static List<KeySource> forAll(OptionValues values, Policy policy) throws InterruptedException {
        String issuer = values.text("issuer").orElse("");
        List<KeySource> sources = of(values, policy, keys -> KeySource.of(keys, issuer));
        if (sources.isEmpty()) {
            throw new UsageException("--verify: no keys: give --key, --jwks or --online");
        }
        return sources;
    }

    private static List<KeySource> of(
            OptionValues values, Policy policy, Function<KeySet, KeySource> source)
            throws InterruptedException {
        boolean online = values.has("online");
        for (String name : List.of("trust", "allow-private", "ca", "introspect")) {
            if (values.has(name) && !online) {
                throw new UsageException("--" + name + ": only together with --online");
            }
        }
        OnlineOptions options = onlineOptions(values, policy, online);
        List<String> sets = values.all("jwks");
        if (online && options.issuers().isEmpty() && sets.isEmpty()) {
            throw new UsageException(
                    "--online: the policy trusts no issuer; name one with --trust");
        }
        KeySet given = KeySet.EMPTY;
        for (String file : values.all("key")) {
            given = given.and(key(file));
        }
        List<KeySource> sources = new ArrayList<>();
        if (!given.keys().isEmpty()) {
            sources.add(source.apply(given));
        }
        for (String set : sets) {
            sources.add(source.apply(isAddress(set) ? fetched(set, online, options) : set(set)));
        }
        if (online && !options.issuers().isEmpty()) {
            sources.add(issuers(options));
        }
        return sources;
    }

    private static OnlineOptions onlineOptions(OptionValues values, Policy policy, boolean online) {
        List<Glob> issuers = new ArrayList<>(policy.requirements().trustedIssuers());
        for (String issuer : values.all("trust")) {
            if (!issuer.startsWith("https://")) {
                throw new UsageException("--trust: '" + issuer + "' does not begin with https://");
            }
            issuers.add(Glob.of(issuer));
        }
        return new OnlineOptions(
                List.copyOf(issuers),
                values.has("allow-private"),
                values.path("ca"),
                online ? proxies() : Proxies.NONE,
                values.path("introspect"),
                FetchLimits.DEFAULT);
    }

    private static Proxies proxies() {
        try {
            return Proxies.of(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isAddress(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }

    private static KeySet key(String file) {
        Path path = OptionValues.toPath(file);
        try {
            return KeyFiles.read(path);
        } catch (KeyFormatException e) {
            throw new UsageException("--key " + file + ": " + e.getMessage(), e);
        }
    }

    private static KeySet set(String file) {
        Path path = OptionValues.toPath(file);
        try {
            return KeyFiles.readSet(path);
        } catch (KeyFormatException e) {
            throw new UsageException("--jwks " + file + ": " + e.getMessage(), e);
        }
    }

    private static KeySet fetched(String address, boolean online, OnlineOptions options)
            throws InterruptedException {
        if (!online) {
            throw new UsageException("--jwks " + address + ": only together with --online");
        }
        try {
            return Issuers.fetchSet(URI.create(address), options);
        } catch (KeyFormatException | KeysUnavailableException | IllegalArgumentException e) {
            throw new UsageException("--jwks " + address + ": " + e.getMessage(), e);
        }
    }

    private static KeySource issuers(OnlineOptions options) {
        try {
            return new Issuers(options);
        } catch (KeyFormatException e) {
            throw new UsageException("--ca or --introspect: " + e.getMessage(), e);
        }
    }
}
