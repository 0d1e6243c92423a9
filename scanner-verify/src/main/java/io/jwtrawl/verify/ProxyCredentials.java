package io.jwtrawl.verify;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import org.jspecify.annotations.Nullable;

/// Tells a proxy who is there, and nobody else.
final class ProxyCredentials extends Authenticator {

    private final String user;
    private final String password;

    /// @param pair `USER:PASSWORD`
    ProxyCredentials(String pair) {
        int colon = pair.indexOf(':');
        user = pair.substring(0, colon);
        password = pair.substring(colon + 1);
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY
                ? new PasswordAuthentication(user, password.toCharArray())
                : null;
    }
}
