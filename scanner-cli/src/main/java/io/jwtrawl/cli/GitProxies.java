package io.jwtrawl.cli;

import io.jwtrawl.verify.Proxies;
import java.net.Authenticator;
import java.net.ProxySelector;
import java.util.Map;

/// Has repositories fetched through the proxies that the environment names, as Git does. Loaded only if one is fetched.
final class GitProxies {

    private GitProxies() {}

    /// @throws UsageException naming the variable that cannot be used
    static void use(Map<String, String> environment) {
        Proxies proxies;
        try {
            proxies = Proxies.forBoth(environment);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
        ProxySelector.setDefault(proxies.selector(ProxySelector.getDefault()));
        if (proxies.authenticator().isPresent()) {
            // Java tells a proxy no password in the clear, though whoever names one asks for just
            // that.
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
            Authenticator.setDefault(proxies.authenticator().get());
        }
    }
}
