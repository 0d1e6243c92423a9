package io.jwtrawl.git.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;

/// Where a repository is on another machine: `https://…`, `ssh://…`, `git://…`, `file://…`, or `user@host:path`.
public final class RemoteUrl {

    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git", "file");
    private static final Set<String> SSH_NAMES = Set.of("git+ssh", "ssh+git");

    /// Hosts that serve nothing but repositories at such paths.
    private static final Set<String> FORGES =
            Set.of(
                    "github.com",
                    "gitlab.com",
                    "bitbucket.org",
                    "codeberg.org",
                    "dev.azure.com",
                    "git.sr.ht");

    private final URIish uri;

    private RemoteUrl(URIish uri) {
        this.uri = uri;
    }

    /// The URL that `text` is; empty if it names something on this machine, or cannot be fetched from.
    public static Optional<RemoteUrl> parse(String text) {
        int colon = text.indexOf("://");
        try {
            if (colon > 0) {
                String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
                String known = SSH_NAMES.contains(scheme) ? "ssh" : scheme;
                return SCHEMES.contains(known)
                        ? checked(new URIish(known + text.substring(colon)))
                        : Optional.empty();
            }
            return isShortSsh(text) ? checked(new URIish(text)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// A host that looks like an option would be one to whoever is given it.
    private static Optional<RemoteUrl> checked(URIish uri) {
        boolean isFile = "file".equals(uri.getScheme());
        boolean hasPath = uri.getPath() != null && !uri.getPath().isEmpty();
        boolean hasHost =
                uri.getHost() != null && !uri.getHost().isEmpty() && !uri.getHost().startsWith("-");
        return hasPath && (isFile || hasHost) ? Optional.of(new RemoteUrl(uri)) : Optional.empty();
    }

    /// As Git tells `host:path` from a path: a colon, and no slash before it. One letter is a drive.
    private static boolean isShortSsh(String text) {
        int colon = text.indexOf(':');
        int slash = text.indexOf('/');
        return colon > 1
                && colon < text.length() - 1
                && (slash < 0 || slash > colon)
                && !text.startsWith("-");
    }

    /// Whether `text` is surely the URL of a repository, and of nothing else that may be scanned.
    public static boolean isRepository(String text) {
        return parse(text).filter(RemoteUrl::isSurelyRepository).isPresent();
    }

    private boolean isSurelyRepository() {
        if (!isHttp()) {
            return true;
        }
        String path = uri.getPath();
        return path.endsWith(".git")
                || path.endsWith(".git/")
                || FORGES.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    boolean isHttp() {
        return "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    }

    /// With user name and password, as far as they were given.
    URIish uri() {
        return uri;
    }

    /// The name of the machine; empty for a file.
    public Optional<String> host() {
        return Optional.ofNullable(uri.getHost()).map(host -> host.toLowerCase(Locale.ROOT));
    }

    /// Whether what is sent there may be asked for as HTTP.
    public boolean takesHeaders() {
        return isHttp();
    }

    /// Without user name, password, query and fragment: fit to be shown.
    public String display() {
        URIish bare = uri.setPass(null);
        if (uri.getScheme() != null) {
            bare = bare.setUser(null);
        }
        String text = bare.toString();
        for (char c : new char[] {'?', '#'}) {
            int end = text.indexOf(c);
            text = end < 0 ? text : text.substring(0, end);
        }
        return text;
    }

    /// The same for reports, as far as it can be written as a URI.
    Optional<URI> toUri() {
        try {
            return uri.getScheme() == null
                    ? Optional.of(new URI("ssh", uri.getHost(), "/" + uri.getPath(), null))
                    : Optional.of(new URI(display()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// A folder for it, below a folder for many: `host/path`, with nothing in it that leads elsewhere.
    String folderName() {
        var name = new StringBuilder(host().orElse("local"));
        for (String part : uri.getPath().split("/")) {
            String safe = part.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]+", "_");
            if (!safe.isEmpty()) {
                name.append('/').append(safe);
            }
        }
        return name.toString().replaceAll("(\\.git)?$", "") + ".git";
    }

    @Override
    public String toString() {
        return display();
    }
}
