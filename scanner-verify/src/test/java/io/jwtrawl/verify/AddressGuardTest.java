package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses are written as numbers: nothing is looked up.
class AddressGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.254",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::8.8.8.8",
                "64:ff9b::1:8.8.8.8",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2001::1",
                "2001:db8::1",
                "3fff::1",
                "100::1",
                "4000::1"
            })
    void isNotPublic(String address) throws Exception {
        assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(address))).isFalse();
        assertThat(new AddressGuard(true).allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1",
                "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.167.1.1",
                "198.17.0.1", "198.20.0.1", "203.0.112.1", "223.255.255.255", "::ffff:8.8.8.8",
                "2606:4700::1111", "2001:4860:4860::8888", "64:ff9b::8.8.8.8", "2002:808:808::1"
            })
    void isPublic(String address) throws Exception {
        assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void aConnectionThatLeadsElsewhereThanTheNameSaidIsClosedBeforeAnythingIsSent()
            throws Exception {
        var sockets =
                new CheckedSockets(
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        new AddressGuard(false)::allows);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var connected = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThatThrownBy(() -> sockets.createSocket(connected, "public.example", 443, true))
                    .hasMessageContaining("not public");

            assertThat(connected.isClosed()).isTrue();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void thereIsNoOtherWayToConnect() {
        var sockets =
                new CheckedSockets(
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        new AddressGuard(true)::allows);
        InetAddress here = InetAddress.getLoopbackAddress();

        assertThatThrownBy(() -> sockets.createSocket("localhost", 1))
                .hasMessageContaining("checked");
        assertThatThrownBy(() -> sockets.createSocket("localhost", 1, here, 0))
                .hasMessageContaining("checked");
        assertThatThrownBy(() -> sockets.createSocket(here, 1)).hasMessageContaining("checked");
        assertThatThrownBy(() -> sockets.createSocket(here, 1, here, 0))
                .hasMessageContaining("checked");
        assertThatThrownBy(sockets::createSocket).isInstanceOf(Exception.class);
    }
}
