package io.jwtrawl.git;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Addresses of lines of files in commits, at the sites that host repositories. Which site it is, is told by the name of its
/// host; of a host that is called otherwise nothing is known, and no address guessed.
final class Permalinks {

    private static final String AZURE_SSH = "ssh.dev.azure.com";
    private static final String AZURE = "dev.azure.com";
    private static final String BITBUCKET = "bitbucket.org";

    /// What paths begin with that are cloned by https from a server of one's own.
    private static final String BITBUCKET_SCM = "/scm/";

    private final String scheme;
    private final String authority;
    private final String repository;
    private final Site site;

    private enum Site {
        GITHUB,
        GITLAB,
        GITEA,
        BITBUCKET,
        BITBUCKET_SERVER,
        AZURE
    }

    private Permalinks(String scheme, String authority, String repository, Site site) {
        this.scheme = scheme;
        this.authority = authority;
        this.repository = repository;
        this.site = site;
    }

    /// @param origin where the repository was cloned from
    /// @return empty if the site is not known
    static Optional<Permalinks> of(URI origin) {
        String host = Optional.ofNullable(origin.getHost()).orElse("").toLowerCase(Locale.ROOT);
        String path = Optional.ofNullable(origin.getPath()).orElse("");
        boolean isWeb = "http".equals(origin.getScheme()) || "https".equals(origin.getScheme());
        Optional<Site> site = siteOf(host, path, isWeb);
        if (site.isEmpty() || path.length() < 2) {
            return Optional.empty();
        }
        String authority = isWeb && origin.getPort() >= 0 ? host + ":" + origin.getPort() : host;
        String repository = path.replaceAll("/+$", "").replaceAll("\\.git$", "");
        return switch (site.get()) {
            case AZURE -> azure(host, authority, repository);
            case BITBUCKET_SERVER -> bitbucketServer(authority, repository);
            case GITHUB, GITLAB, GITEA, BITBUCKET ->
                    Optional.of(
                            new Permalinks(
                                    "http".equals(origin.getScheme()) ? "http" : "https",
                                    authority,
                                    repository,
                                    site.get()));
        };
    }

    private static Optional<Site> siteOf(String host, String path, boolean isWeb) {
        if (host.contains("github")) {
            return Optional.of(Site.GITHUB);
        }
        if (host.contains("gitlab")) {
            return Optional.of(Site.GITLAB);
        }
        if (host.contains("gitea") || host.contains("forgejo") || host.equals("codeberg.org")) {
            return Optional.of(Site.GITEA);
        }
        if (host.contains("bitbucket")) {
            boolean isServer = path.startsWith(BITBUCKET_SCM) || !(isWeb || host.equals(BITBUCKET));
            return Optional.of(isServer ? Site.BITBUCKET_SERVER : Site.BITBUCKET);
        }
        return host.equals(AZURE) || host.equals(AZURE_SSH) || host.endsWith(".visualstudio.com")
                ? Optional.of(Site.AZURE)
                : Optional.empty();
    }

    /// By ssh the path is `/v3/ORGANISATION/PROJECT/REPOSITORY`.
    private static Optional<Permalinks> azure(String host, String authority, String repository) {
        if (!host.equals(AZURE_SSH)) {
            return repository.contains("/_git/")
                    ? Optional.of(new Permalinks("https", authority, repository, Site.AZURE))
                    : Optional.empty();
        }
        String[] names = repository.split("/");
        return names.length == 5
                ? Optional.of(
                        new Permalinks(
                                "https",
                                AZURE,
                                "/" + names[2] + "/" + names[3] + "/_git/" + names[4],
                                Site.AZURE))
                : Optional.empty();
    }

    /// Cloned from `/scm/PROJECT/REPOSITORY`, by ssh from `/PROJECT/REPOSITORY`, shown at
    /// `/projects/PROJECT/repos/REPOSITORY`.
    private static Optional<Permalinks> bitbucketServer(String authority, String repository) {
        String path =
                repository.startsWith(BITBUCKET_SCM)
                        ? repository.substring(BITBUCKET_SCM.length() - 1)
                        : repository;
        String[] names = path.split("/");
        return names.length == 3
                ? Optional.of(
                        new Permalinks(
                                "https",
                                authority,
                                "/projects/" + names[1] + "/repos/" + names[2],
                                Site.BITBUCKET_SERVER))
                : Optional.empty();
    }

    /// The address of a line of a file as a commit has it.
    ///
    /// @param path with `/` between names
    /// @param line 1-based; 0 for the whole file
    Optional<URI> of(String commit, String path, long line) {
        String at = "/" + path;
        Optional<String> anchor = line == 0 ? Optional.empty() : Optional.of("L" + line);
        return switch (site) {
            case GITHUB -> uri("/blob/" + commit + at, Optional.empty(), anchor);
            case GITLAB -> uri("/-/blob/" + commit + at, Optional.empty(), anchor);
            case GITEA -> uri("/src/commit/" + commit + at, Optional.empty(), anchor);
            case BITBUCKET ->
                    uri("/src/" + commit + at, Optional.empty(), anchor.map(_ -> "lines-" + line));
            case BITBUCKET_SERVER ->
                    uri(
                            "/browse" + at,
                            Optional.of("at=" + commit),
                            anchor.map(_ -> String.valueOf(line)));
            case AZURE ->
                    // A path with these would end the value that it is.
                    path.indexOf('&') >= 0 || path.indexOf('+') >= 0
                            ? Optional.empty()
                            : uri(
                                    "",
                                    Optional.of(
                                            "path="
                                                    + at
                                                    + "&version=GC"
                                                    + commit
                                                    + anchor.map(_ -> "&line=" + line).orElse("")),
                                    Optional.empty());
        };
    }

    private Optional<URI> uri(String rest, Optional<String> query, Optional<String> fragment) {
        try {
            URI uri =
                    new URI(
                            scheme,
                            authority,
                            repository + rest,
                            query.orElse(null),
                            fragment.orElse(null));
            return Optional.of(new URI(uri.toASCIIString()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
