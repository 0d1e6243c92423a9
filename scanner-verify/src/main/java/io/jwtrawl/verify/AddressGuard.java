package io.jwtrawl.verify;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// Which addresses may be spoken to. A token says where its issuer is: without this, whoever leaves a token lying about
/// could make the scanner call services inside the network that it runs in.
final class AddressGuard {

    private static final Set<String> LOCAL_ENDS =
            Set.of(
                    "local",
                    "localhost",
                    "localdomain",
                    "internal",
                    "intranet",
                    "lan",
                    "private",
                    "corp",
                    "home",
                    "onion",
                    "");

    private final boolean privateAllowed;

    /// @param privateAllowed whether any address will do
    AddressGuard(boolean privateAllowed) {
        this.privateAllowed = privateAllowed;
    }

    boolean allows(InetAddress address) {
        return privateAllowed || isPublic(address);
    }

    /// Whether a name may be asked for that only a proxy can look up. It may lead anywhere; names that are for networks of
    /// one's own are told by what they look like (RFC 6762, section 3; RFC 8375; RFC 6761; ICANN's `internal`).
    boolean allowsUnknown(String host) {
        if (privateAllowed) {
            return true;
        }
        String name = host.toLowerCase(Locale.ROOT);
        String end = name.substring(name.lastIndexOf('.') + 1);
        return name.contains(".") && !LOCAL_ENDS.contains(end) && !name.endsWith(".home.arpa");
    }

    /// Whether the address is reachable from anywhere, by the registries of RFC 6890 for special purposes.
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address _ -> isPublic4(bytes);
            case Inet6Address _ -> isPublic6(bytes);
            default -> false;
        };
    }

    private static boolean isPublic4(byte[] a) {
        int first = a[0] & 0xff;
        int second = a[1] & 0xff;
        int third = a[2] & 0xff;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127; // shared by carriers
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 ->
                    second != 168
                            && !(second == 0 && (third == 0 || third == 2))
                            && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }

    /// Global unicast is 2000::/3; within it some hold an IPv4 address, and some are for tunnels and documentation.
    private static boolean isPublic6(byte[] a) {
        int first = (a[0] & 0xff) << 8 | (a[1] & 0xff);
        int second = (a[2] & 0xff) << 8 | (a[3] & 0xff);
        if (first == 0x0064 && second == 0xff9b) {
            // NAT64 (RFC 6052); 64:ff9b:1::/48 is for networks of one's own (RFC 8215).
            return isZero(a, 4, 12) && isPublic4(Arrays.copyOfRange(a, 12, 16));
        }
        if (first == 0x2002) {
            return isPublic4(Arrays.copyOfRange(a, 2, 6)); // 6to4
        }
        if (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) {
            return false;
        }
        return (first & 0xe000) == 0x2000 && first != 0x3fff;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
