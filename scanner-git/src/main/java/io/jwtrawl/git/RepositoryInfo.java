package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.URIish;

/// What a repository says of itself.
///
/// @param folder its worktree, or itself if it is bare
/// @param origin where it was cloned from, without user name and password
/// @param head the commit that is checked out
/// @param branch the branch that is checked out
/// @param shallow whether only its latest commits were fetched
public record RepositoryInfo(
        Path folder,
        Optional<URI> origin,
        Optional<String> head,
        Optional<String> branch,
        boolean shallow) {

    static RepositoryInfo of(GitRepository location) {
        try {
            Tips tips = Tips.of(location, Problems.TOLD_ALREADY);
            return new RepositoryInfo(
                    location.folder(),
                    origin(GitConfiguration.of(location)),
                    tips.head().map(ObjectId::name),
                    tips.branch()
                            .filter(name -> name.startsWith(Constants.R_HEADS))
                            .map(RefNames::shortened),
                    location.isShallow());
        } catch (IOException | RuntimeException e) {
            // The crawl has said what is wrong with it.
            return new RepositoryInfo(
                    location.folder(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        }
    }

    /// Where the repository was cloned from, without user name and password.
    static Optional<URI> origin(Config config) {
        String url = config.getString("remote", Constants.DEFAULT_REMOTE_NAME, "url");
        if (url == null) {
            return Optional.empty();
        }
        try {
            URIish remote = new URIish(url).setUser(null).setPass(null);
            if (remote.getScheme() == null && remote.getHost() != null) {
                // git@host:path is short for ssh
                return Optional.of(new URI("ssh", remote.getHost(), "/" + remote.getPath(), null));
            }
            return remote.getScheme() == null
                    ? Optional.empty()
                    : Optional.of(new URI(remote.toString()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
