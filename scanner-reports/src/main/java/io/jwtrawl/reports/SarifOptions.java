package io.jwtrawl.reports;

import java.nio.file.Path;
import java.util.Optional;

/// What a SARIF file says beside its findings.
///
/// @param version of this program
/// @param category what dashboards tell the uploads of one tool apart by
/// @param root the folder that paths are relative to; absolute if there is none
/// @param withSuppressed whether what may stay is told, as suppressed; some dashboards show it as open then
/// @param historicAt where to place what only the history has, in files that are there no more; empty for where it was
public record SarifOptions(
        String version,
        String category,
        Optional<Path> root,
        boolean withSuppressed,
        Optional<String> historicAt) {

    public static final String CATEGORY = "jwtrawl";

    /// As usual.
    public static SarifOptions of(String version, Optional<Path> root) {
        return new SarifOptions(version, CATEGORY, root, true, Optional.empty());
    }
}
