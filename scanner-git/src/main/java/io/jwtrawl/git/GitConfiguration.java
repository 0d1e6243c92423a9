package io.jwtrawl.git;

import io.jwtrawl.git.objects.HashFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;

/// What a repository's own configuration says. Apart from [GitRepository], which is read without JGit where a hook waits.
final class GitConfiguration {

    private GitConfiguration() {}

    /// What it includes from elsewhere is never read.
    static Config of(GitRepository location) throws IOException {
        var config = new Config();
        Path file = location.commonFile(Constants.CONFIG);
        if (GitFiles.exists(file)) {
            try {
                config.fromText(
                        new String(
                                GitFiles.read(file, GitRepository.MAX_CONFIG),
                                StandardCharsets.UTF_8));
            } catch (ConfigInvalidException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return config;
    }

    /// @throws GitRepository.UnknownFormatException if the repository is of a kind that is not known here
    static HashFormat format(GitRepository location) throws IOException {
        Config config = of(location);
        long version =
                config.getLong(
                        ConfigConstants.CONFIG_CORE_SECTION,
                        ConfigConstants.CONFIG_KEY_REPO_FORMAT_VERSION,
                        0);
        if (version > 1) {
            throw new GitRepository.UnknownFormatException(
                    "repository format " + version + " is not supported");
        }
        String format =
                config.getString(ConfigConstants.CONFIG_EXTENSIONS_SECTION, null, "objectformat");
        if (format == null || format.equalsIgnoreCase("sha1")) {
            return HashFormat.SHA1;
        }
        if (format.equalsIgnoreCase("sha256")) {
            return HashFormat.SHA256;
        }
        throw new GitRepository.UnknownFormatException("object format " + format + " is not known");
    }

    static boolean isPartialClone(GitRepository location) throws IOException {
        Config config = of(location);
        return config.getString("extensions", null, "partialclone") != null
                || config.getSubsections(ConfigConstants.CONFIG_REMOTE_SECTION).stream()
                        .anyMatch(remote ->
                                config.getBoolean(
                                        ConfigConstants.CONFIG_REMOTE_SECTION,
                                        remote,
                                        "promisor",
                                        false));
    }
}
