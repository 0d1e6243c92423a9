package io.jwtrawl.verify;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells proxies who is there, and nobody else.
final class ProxyCredentials extends Authenticator {

    /// `USER:PASSWORD` by `HOST:PORT`. If there is only one, it does not matter how its address is written.
    private final Map<String, String> pairs;

    ProxyCredentials(Map<String, String> pairs) {
        this.pairs = Map.copyOf(pairs);
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY) {
            return null;
        }
        String asking = getRequestingHost() + ":" + getRequestingPort();
        String pair = pairs.size() == 1 ? pairs.values().iterator().next() : pairs.get(asking);
        if (pair == null) {
            return null;
        }
        int colon = pair.indexOf(':');
        return new PasswordAuthentication(
                pair.substring(0, colon), pair.substring(colon + 1).toCharArray());
    }
}
