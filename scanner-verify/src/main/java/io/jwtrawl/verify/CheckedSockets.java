package io.jwtrawl.verify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/// Speaks TLS only where the connection really leads to an address that is allowed. A name may have changed its address
/// since it was looked up, and nothing has been sent yet at this point.
final class CheckedSockets extends SSLSocketFactory {

    private final SSLSocketFactory plain;
    private final Predicate<InetAddress> allowed;

    CheckedSockets(SSLSocketFactory plain, Predicate<InetAddress> allowed) {
        this.plain = plain;
        this.allowed = allowed;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
            throws IOException {
        if (!allowed.test(connected.getInetAddress())) {
            connected.close();
            throw new FetchException("lies at an address that is not public");
        }
        return plain.createSocket(connected, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return plain.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return plain.getSupportedCipherSuites();
    }

    // Every other way would connect by itself; HttpsURLConnection then connects and comes here.

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        throw unconnected();
    }

    private static SocketException unconnected() {
        return new SocketException("only connected sockets are checked");
    }
}
