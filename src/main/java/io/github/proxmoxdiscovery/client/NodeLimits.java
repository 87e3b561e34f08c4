package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Keeps the requests of one node below their limit, and the protected ones into its guests below a lower one. Such a
 * call (guest agent, container interfaces) blocks one of the node's three pvedaemon workers for its whole time, and
 * with it the Proxmox GUI of everybody else.
 */
final class NodeLimits implements ExecChainHandler {

    private static final Pattern NODE = Pattern.compile("/nodes/([^/?]+)/");
    private static final Pattern PROTECTED_GUEST_CALL =
            Pattern.compile("/nodes/[^/?]+/(?:qemu/\\d+/agent/|lxc/\\d+/interfaces)");

    private final Limit requests;
    private final Limit guestCalls;

    /**
     * @param requests how many requests a node may have at once, at least 1
     * @param guestCalls how many of these may be protected calls into guests, at least 1
     */
    NodeLimits(int requests, int guestCalls) {
        this.requests = new Limit(requests);
        this.guestCalls = new Limit(guestCalls);
    }

    static boolean isProtectedGuestCall(String path) {
        return PROTECTED_GUEST_CALL.matcher(path).find();
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Matcher node = NODE.matcher(request.getPath());
        if (!node.find()) {
            return chain.proceed(request, scope);
        }
        ExecChain limited = requests.within(node.group(1), chain);
        // Who waits for its turn with a guest must not keep others from the node: that wait comes first.
        return isProtectedGuestCall(request.getPath())
                ? guestCalls.within(node.group(1), limited).proceed(request, scope)
                : limited.proceed(request, scope);
    }

    /** A number of calls that each node may have at once. */
    private static final class Limit {

        private final int calls;
        private final Map<String, Semaphore> nodes = new ConcurrentHashMap<>();

        Limit(int calls) {
            this.calls = calls;
        }

        ExecChain within(String name, ExecChain chain) {
            Semaphore node = nodes.computeIfAbsent(name, key -> new Semaphore(calls, true));
            return (request, scope) -> {
                acquire(node);
                try {
                    return chain.proceed(request, scope);
                } finally {
                    // Proxmox sends an answer at once when the call is over: the worker is free by now.
                    node.release();
                }
            };
        }

        private static void acquire(Semaphore node) throws InterruptedIOException {
            try {
                node.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the node");
            }
        }
    }
}
