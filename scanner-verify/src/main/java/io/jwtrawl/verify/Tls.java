package io.jwtrawl.verify;

import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates are trusted.
final class Tls {

    private Tls() {}

    /// @param authorities a PEM file with certificates that are trusted besides those that Java trusts
    /// @throws KeyFormatException if the file holds none
    static SSLSocketFactory sockets(Optional<Path> authorities) throws KeyFormatException {
        if (authorities.isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try (InputStream pem = Files.newInputStream(authorities.get())) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (X509Certificate known : known()) {
                trusted.setCertificateEntry("known-" + number++, known);
            }
            var given = CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (given.isEmpty()) {
                throw new KeyFormatException("holds no certificate");
            }
            for (Certificate certificate : given) {
                trusted.setCertificateEntry("given-" + number++, certificate);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(trusted), null);
            return context.getSocketFactory();
        } catch (IOException e) {
            throw new KeyFormatException("cannot be read: " + FailureText.of(e), e);
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException("holds no certificates in PEM", e);
        }
    }

    private static X509Certificate[] known() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager trust) {
                return trust.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManager[] managers(@Nullable KeyStore trusted)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
