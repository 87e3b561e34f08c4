package io.github.proxmoxdiscovery.sim;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that the cluster received.
 *
 * @param number counts from 1
 * @param target path and query
 * @param headers names in any case
 * @param status of the answer, 0 while there is none and where a fault sent bytes of its own
 * @param node the node it is about, else the one that was asked
 * @param askedNode the node on whose port it came in
 * @param connection on which it came in, counted from 1 over all nodes
 */
public record RecordedRequest(
        long number,
        String method,
        String target,
        Map<String, String> headers,
        int status,
        String node,
        String askedNode,
        int connection) {

    private static final Pattern GUEST = Pattern.compile("/nodes/[^/]+/(?:qemu|lxc)/(\\d+)/");
    private static final Pattern NODE = Pattern.compile("/nodes/([^/?]+)/");

    static RecordedRequest of(long number, HttpRequest request, Arrival arrival) {
        Matcher node = NODE.matcher(request.target());
        return new RecordedRequest(
                number,
                request.method(),
                request.target(),
                request.headers(),
                0,
                node.find() ? node.group(1) : arrival.node(),
                arrival.node(),
                arrival.connection());
    }

    RecordedRequest answered(int code) {
        return new RecordedRequest(number, method, target, headers, code, node, askedNode, connection);
    }

    /** The vmid in the path, or an empty text. */
    public String guest() {
        Matcher guest = GUEST.matcher(target);
        return guest.find() ? guest.group(1) : "";
    }

    /** A protected call into one guest: its agent, or a container's interfaces. */
    public boolean isGuestCall() {
        return target.contains("/agent/") || target.endsWith("/interfaces");
    }
}
