package io.github.proxmoxdiscovery.host;

import com.google.common.net.InetAddresses;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** An IPv4 or IPv6 address without a zone. IPv4 sorts before IPv6, each numerically. */
public final class IpAddress implements Comparable<IpAddress> {

    private final InetAddress address;

    private IpAddress(InetAddress address) {
        this.address = address;
    }

    /** The address in this text, a zone ({@code %eth0}) cut off; empty if it is none. Never asks a name server. */
    public static Optional<IpAddress> parse(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        return InetAddresses.isInetAddress(literal)
                ? Optional.of(new IpAddress(InetAddresses.forString(literal)))
                : Optional.empty();
    }

    /** The bits that a prefix of this family has at most: 32 or 128. */
    public int bits() {
        return isIpv4() ? Integer.SIZE : 128;
    }

    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** Whether its first bits are those of the network's address. */
    public boolean isIn(IpAddress network, int prefix) {
        if (isIpv4() != network.isIpv4()) {
            return false;
        }
        int otherBits = bits() - prefix;
        BigInteger own = new BigInteger(1, address.getAddress()).shiftRight(otherBits);
        return own.equals(new BigInteger(1, network.address.getAddress()).shiftRight(otherBits));
    }

    /** fe80::/10 or 169.254.0.0/16. */
    public boolean isLinkLocal() {
        return address.isLinkLocalAddress();
    }

    /** Whether it can be the address of an interface for others: no loopback, unspecified, multicast or broadcast. */
    public boolean isHost() {
        return !address.isLoopbackAddress() && !address.isMulticastAddress() && !isZeroNetwork() && !isBroadcast();
    }

    private boolean isZeroNetwork() {
        return address.isAnyLocalAddress() || isIpv4() && address.getAddress()[0] == 0;
    }

    private boolean isBroadcast() {
        return isIpv4() && Arrays.equals(address.getAddress(), new byte[] {-1, -1, -1, -1});
    }

    /** The text of RFC 5952. */
    public String text() {
        return InetAddresses.toAddrString(address);
    }

    @Override
    public int compareTo(IpAddress other) {
        if (isIpv4() != other.isIpv4()) {
            return isIpv4() ? -1 : 1;
        }
        return Arrays.compareUnsigned(address.getAddress(), other.address.getAddress());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
