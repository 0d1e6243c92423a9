package io.jwtrawl.verify;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An issuer of tokens with a real HTTPS server on loopback, and a certificate that nobody trusts by himself.
final class TestIssuer implements AutoCloseable {

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final X509Certificate certificate;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Response> responses = new ConcurrentHashMap<>();

    /// What the server does with a request.
    interface Response {
        void answer(HttpExchange exchange) throws Exception;
    }

    /// @param name what its certificate is for
    TestIssuer(String name) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        certificate = certificate(pair, name);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("k", pair.getPrivate(), new char[0], new Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server =
                HttpsServer.create(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().toString());
        Response response = responses.get(exchange.getRequestURI().getPath());
        try (exchange) {
            if (response == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                response.answer(exchange);
            }
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    String address() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /// The paths that were asked for, in order.
    List<String> requests() {
        return List.copyOf(requests);
    }

    TestIssuer on(String path, Response response) {
        responses.put(path, response);
        return this;
    }

    TestIssuer on(String path, String body) {
        return on(path, exchange -> send(exchange, 200, body));
    }

    static void send(HttpExchange exchange, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void redirect(HttpExchange exchange, String target) {
        exchange.getResponseHeaders().set("Location", target);
        send(exchange, 302, "");
    }

    /// Publishes these keys the way OpenID Connect has it.
    TestIssuer publishing(ECKey... keys) {
        String set =
                "{\"keys\":["
                        + String.join(
                                ",",
                                List.of(keys).stream()
                                        .map(key -> key.toPublicJWK().toJSONString())
                                        .toList())
                        + "]}";
        return on(
                        "/.well-known/openid-configuration",
                        """
                        {"issuer":"%1$s","jwks_uri":"%1$s/keys","introspection_endpoint":"%1$s/introspect"}
                        """
                                .formatted(address()))
                .on("/keys", set);
    }

    static ECKey key(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    /// A token of this issuer that works until 2099.
    String token(ECKey key) throws Exception {
        return token(key, address());
    }

    static String token(ECKey key, String issuer) throws Exception {
        var token =
                new JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                        new Payload(
                                "{\"iss\":\"" + issuer + "\",\"sub\":\"x\",\"exp\":4070908800}"));
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    /// The certificate in a PEM file.
    Path authority(Path folder) throws Exception {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        }
        return Files.writeString(folder.resolve("ca.pem"), text.toString());
    }

    static X509Certificate certificate(KeyPair pair, String name) throws Exception {
        var who = new X500Principal("CN=" + name);
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        who,
                        BigInteger.ONE,
                        Date.from(now.minus(1, ChronoUnit.DAYS)),
                        Date.from(now.plus(1, ChronoUnit.DAYS)),
                        who,
                        pair.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
        String algorithm =
                pair.getPrivate().getAlgorithm().equals("RSA")
                        ? "SHA256withRSA"
                        : "SHA256withECDSA";
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
