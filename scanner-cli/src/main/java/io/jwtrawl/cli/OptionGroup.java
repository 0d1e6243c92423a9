package io.jwtrawl.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.Option;

/// Options that belong together, as help and manual show them.
///
/// @param title above them
record OptionGroup(String title, List<Option> options) {

    private record Kind(String title, Set<String> names) {}

    private static final String OTHER = "Other options";

    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            "What is searched",
                            Set.of(
                                    "history",
                                    "staged",
                                    "worktree",
                                    "received",
                                    "range",
                                    "since",
                                    "branch",
                                    "all-objects",
                                    "state",
                                    "repos",
                                    "include",
                                    "exclude",
                                    "one-file-system",
                                    "no-network-files")),
                    new Kind(
                            "Reports",
                            Set.of(
                                    "format",
                                    "output",
                                    "fail-on",
                                    "show-tokens",
                                    "category",
                                    "omit-suppressed",
                                    "historic-at",
                                    "no-progress",
                                    "quiet",
                                    "verbose")),
                    new Kind(
                            "Rating",
                            Set.of(
                                    "policy",
                                    "wordlist",
                                    "rules",
                                    "at",
                                    "exposed-since",
                                    "audience",
                                    "payload")),
                    new Kind(
                            "What may stay",
                            Set.of(
                                    "config",
                                    "baseline",
                                    "update-baseline",
                                    "prune-baseline",
                                    "no-allow")),
                    new Kind(
                            "Signatures",
                            Set.of(
                                    "verify",
                                    "key",
                                    "jwks",
                                    "online",
                                    "trust",
                                    "allow-private",
                                    "ca",
                                    "introspect",
                                    "issuer",
                                    "nonce")),
                    new Kind(
                            "Repositories on other machines",
                            Set.of("cache", "depth", "filter", "token-env", "header-env")),
                    new Kind(
                            "Archives, documents and disguises",
                            Set.of(
                                    "no-archives",
                                    "max-entries",
                                    "max-ratio",
                                    "max-expanded",
                                    "max-unpack-time",
                                    "no-documents",
                                    "max-document-time",
                                    "max-document-memory",
                                    "document-processes",
                                    "encodings",
                                    "max-token-size",
                                    "max-depth")),
                    new Kind("Speed and memory", Set.of("threads", "max-memory", "timeout")));

    /// Those that there are, each with its options in their order; what belongs to none comes last.
    static List<OptionGroup> of(Collection<Option> options) {
        List<OptionGroup> groups = new ArrayList<>();
        List<Option> others = new ArrayList<>(options);
        for (Kind kind : KINDS) {
            List<Option> members =
                    options.stream()
                            .filter(option -> kind.names().contains(option.getLongOpt()))
                            .toList();
            others.removeAll(members);
            if (!members.isEmpty()) {
                groups.add(new OptionGroup(kind.title(), members));
            }
        }
        groups.add(new OptionGroup(groups.isEmpty() ? "Options" : OTHER, others));
        return groups;
    }
}
