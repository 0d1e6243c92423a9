package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.git.remote.RemoteOptions;
import io.jwtrawl.git.remote.RemoteUrl;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// The options that say how repositories on other machines are fetched.
final class FetchOptions {

    private static final String CACHE = "cache";
    private static final String DEPTH = "depth";
    private static final String FILTER = "filter";
    private static final String TOKEN = "token-env";
    private static final String HEADER = "header-env";
    private static final String LIMIT = "blob:limit=";
    private static final List<String> ALL = List.of(CACHE, DEPTH, FILTER, TOKEN, HEADER);

    private FetchOptions() {}

    static void addTo(Options options) {
        List.of(
                        option(
                                CACHE,
                                "DIR",
                                "Keep what is fetched from URLs in DIR, and fetch only what is new the next time."
                                        + " Default: a temporary folder."),
                        option(
                                DEPTH,
                                "N",
                                "Fetch only the latest N commits of each branch and tag of a URL."),
                        option(
                                FILTER,
                                "SPEC",
                                "Leave out what SPEC says when fetching, such as blob:limit=1m."),
                        option(
                                TOKEN,
                                "[HOST=]NAME",
                                "Send the value of the environment variable NAME to HOST as a password. May repeat."),
                        option(
                                HEADER,
                                "[HOST=]NAME",
                                "Send the value of the environment variable NAME, 'HEADER: VALUE', to HOST. May repeat."))
                .forEach(options::addOption);
    }

    /// Complains of options that have nothing to do.
    static void requireNone(CommandLine line) {
        for (String name : ALL) {
            if (line.hasOption(name)) {
                throw new UsageException(
                        "--" + name + ": only for repositories that are fetched from a URL");
            }
        }
    }

    static RemoteOptions read(
            CommandLine line,
            Collection<RemoteUrl> urls,
            Map<String, String> environment,
            Consumer<String> progress) {
        var values = new OptionValues(line);
        Optional<Path> cache = values.path(CACHE).map(path -> path.toAbsolutePath().normalize());
        OptionalInt depth = values.number(DEPTH).stream().mapToInt(Integer::intValue).findFirst();
        if (depth.isPresent() && depth.getAsInt() < 1) {
            throw new UsageException("--depth: a number from 1 on");
        }
        Optional<String> filter = values.text(FILTER).map(FetchOptions::filterSpec);
        Map<String, String> headers = byHost(HEADER, values, urls, environment);
        headers.values()
                .forEach(header -> {
                    if (header.indexOf(':') < 1 || header.contains("\n") || header.contains("\r")) {
                        throw new UsageException(
                                "--header-env: the variable does not hold 'HEADER: VALUE'");
                    }
                });
        return new RemoteOptions(
                cache, depth, filter, headers, byHost(TOKEN, values, urls, environment), progress);
    }

    /// As Git's protocol has it: without units.
    private static String filterSpec(String filter) {
        if (!filter.matches("blob:none|blob:limit=[0-9]{1,9}[kmgKMG]?|tree:[0-9]{1,4}")) {
            throw new UsageException(
                    "--filter: '" + filter + "' is no filter such as blob:none or blob:limit=1m");
        }
        int shift = "kmg".indexOf(Character.toLowerCase(filter.charAt(filter.length() - 1))) + 1;
        if (!filter.startsWith(LIMIT) || shift == 0) {
            return filter;
        }
        String digits = filter.substring(LIMIT.length(), filter.length() - 1);
        return LIMIT + (Long.parseLong(digits) << (10 * shift));
    }

    private static Map<String, String> byHost(
            String option,
            OptionValues values,
            Collection<RemoteUrl> urls,
            Map<String, String> environment) {
        List<String> hosts =
                urls.stream()
                        .filter(RemoteUrl::takesHeaders)
                        .flatMap(url -> url.host().stream())
                        .distinct()
                        .toList();
        Map<String, String> secrets = new HashMap<>();
        for (String value : values.all(option)) {
            int equals = value.indexOf('=');
            if (equals < 0 && hosts.size() != 1) {
                throw new UsageException(
                        "--"
                                + option
                                + ": for which host? --"
                                + option
                                + " HOST="
                                + value
                                + (hosts.isEmpty()
                                        ? "; no URL is one of https"
                                        : ", one of "
                                                + hosts.stream()
                                                        .collect(Collectors.joining(", "))));
            }
            String host = equals < 0 ? hosts.getFirst() : value.substring(0, equals);
            String name = value.substring(equals + 1);
            String secret = environment.getOrDefault(name, "");
            if (secret.isBlank()) {
                throw new UsageException(
                        "--" + option + ": the environment variable " + name + " is not set");
            }
            secrets.put(host.toLowerCase(Locale.ROOT), secret.strip());
        }
        return secrets;
    }
}
