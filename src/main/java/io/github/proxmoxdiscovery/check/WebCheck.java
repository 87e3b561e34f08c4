package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.client.Probe;
import io.github.proxmoxdiscovery.client.Probe.Seen;
import io.github.proxmoxdiscovery.settings.Trust;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Looks whether the address of the http sink is reached, and posts nothing. */
public final class WebCheck {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String NOT_TRIED = "; nothing is posted: path and token are not tried";

    private WebCheck() {}

    public static Finding of(String sink, URI url, Probe probe) {
        String shown = url.getScheme() + "://" + url.getRawAuthority();
        Seen seen = probe.look(url, new Trust.SystemTrust(), CONNECT, LIMIT);
        if (seen instanceof Seen.Plain) {
            return Finding.ok(sink, "address", shown + " is reached, without TLS" + NOT_TRIED);
        }
        if (seen instanceof Seen.Unreachable unreachable) {
            return Finding.fail(
                    sink,
                    "address",
                    shown + " is not reached: " + unreachable.why(),
                    "Check address and port in sink.http.url, the firewall on the way, and that the server runs.",
                    List.of());
        }
        String why =
                seen instanceof Seen.Shown certificate ? certificate.untrusted().orElse("") : why(seen);
        return why.isEmpty()
                ? Finding.ok(sink, "address", shown + " is reached, and its certificate trusted" + NOT_TRIED)
                : Finding.fail(sink, "tls", shown + ": its certificate is not trusted: " + why, remedy(), List.of());
    }

    private static String why(Seen seen) {
        return seen instanceof Seen.NoTls none ? "there is none: " + none.why() : "there is none";
    }

    private static String remedy() {
        return "The certificate must be of an authority that Java trusts, for the name in sink.http.url. One of your"
                + " own authority is added by JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE. A server that speaks no TLS"
                + " has an address that begins with http://.";
    }
}
