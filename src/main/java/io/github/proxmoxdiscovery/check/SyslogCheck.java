package io.github.proxmoxdiscovery.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Looks whether the server of the sink syslog is reached; sends nothing. */
public final class SyslogCheck {

    private static final int LIMIT_MILLIS = 5_000;

    private SyslogCheck() {}

    /**
     * What is found.
     *
     * @param address host:port
     * @param udp whether datagrams are sent, of which nobody hears again
     */
    public static Finding of(String sink, String host, String address, boolean udp) {
        if (udp) {
            return Finding.ok(sink, "address", address + ": nothing is sent by udp, so nothing is known of it");
        }
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
            return Finding.ok(sink, "address", address + " is reached; no line is sent, and TLS is not tried");
        } catch (IOException e) {
            return Finding.fail(
                    sink,
                    "address",
                    address + " is not reached: " + e.getMessage(),
                    "Check sink.syslog.address, the firewall on the way, and that the server listens there.",
                    List.of());
        }
    }
}
