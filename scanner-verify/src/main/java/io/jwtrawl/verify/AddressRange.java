package io.jwtrawl.verify;

import java.net.InetAddress;
import java.util.Optional;

/// The addresses of a network, as CIDR notation names them (RFC 4632, section 3.1): `10.0.0.0/8`, `fd00::/8`.
///
/// @param address any of them
/// @param bits how many of its first bits all of them have
record AddressRange(InetAddress address, int bits) {

    /// @return empty if it is no range
    static Optional<AddressRange> of(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress address = InetAddress.ofLiteral(text.substring(0, slash));
            int bits = Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > 8 * address.getAddress().length
                    ? Optional.empty()
                    : Optional.of(new AddressRange(address, bits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether `host` is an address in it; a name is not looked up.
    boolean holds(String host) {
        byte[] other;
        try {
            other = InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] own = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int bit = 0x80 >> i % 8;
            if ((own[i / 8] & bit) != (other[i / 8] & bit)) {
                return false;
            }
        }
        return true;
    }
}
