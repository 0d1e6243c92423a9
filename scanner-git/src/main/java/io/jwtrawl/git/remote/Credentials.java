package io.jwtrawl.git.remote;

import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/// User name and password for a URL, from the first that knows them: a token given for the host, `~/.netrc`, the user's
/// credential helpers. Nobody is asked.
final class Credentials extends CredentialsProvider {

    /// What GitHub calls whoever comes with a token; GitLab and others take any name.
    private static final String TOKEN_USER = "x-access-token";

    private final Optional<String> token;
    private final Optional<String> host;
    private final NetRCCredentialsProvider netrc = new NetRCCredentialsProvider();
    private Optional<GitProgram.Credential> helped = Optional.empty();
    private int refusals;

    /// @param token only ever sent to `host`
    Credentials(Optional<String> host, Optional<String> token) {
        this.host = host;
        this.token = token;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!isUser(item) && !isPassword(item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUser(CredentialItem item) {
        return item instanceof CredentialItem.Username;
    }

    private static boolean isPassword(CredentialItem item) {
        return item instanceof CredentialItem.Password
                || (item instanceof CredentialItem.StringType
                        && item.getPromptText().equals("Password: "));
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        if (!supports(items) || uri.getHost() == null) {
            return false;
        }
        if (token.isPresent() && host.filter(uri.getHost()::equalsIgnoreCase).isPresent()) {
            String user = uri.getUser() == null ? TOKEN_USER : uri.getUser();
            return refusals == 0 && fill(items, user, token.get());
        }
        if (refusals == 0 && netrc.get(uri, items)) {
            return true;
        }
        if (helped.isEmpty() && uri.getScheme() != null && uri.getScheme().startsWith("http")) {
            helped = GitProgram.credential(uri);
            return helped.isPresent() && fill(items, helped.get().user(), helped.get().password());
        }
        return false;
    }

    private static boolean fill(CredentialItem[] items, String user, String password) {
        for (CredentialItem item : items) {
            switch (item) {
                case CredentialItem.Username name -> name.setValue(user);
                case CredentialItem.Password secret -> secret.setValue(password.toCharArray());
                case CredentialItem.StringType text -> text.setValue(password);
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void reset(URIish uri) {
        refusals++;
        helped.ifPresent(refused -> GitProgram.reject(uri, refused));
    }
}
