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
 * Keeps protected per-guest calls of one node below their limit. Such a call (guest agent, container interfaces)
 * blocks one of the node's three pvedaemon workers for its whole time, and with it the Proxmox GUI of everybody else.
 */
final class NodeLimits implements ExecChainHandler {

    private static final Pattern PROTECTED_GUEST_CALL =
            Pattern.compile("/nodes/([^/?]+)/(?:qemu/\\d+/agent/|lxc/\\d+/interfaces).*");

    private final int agentConcurrency;
    private final Map<String, Semaphore> nodes = new ConcurrentHashMap<>();

    /** @param agentConcurrency how many of these calls a node may have at once, at least 1 */
    NodeLimits(int agentConcurrency) {
        this.agentConcurrency = agentConcurrency;
    }

    static boolean isProtectedGuestCall(String path) {
        return PROTECTED_GUEST_CALL.matcher(path).find();
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Matcher call = PROTECTED_GUEST_CALL.matcher(request.getPath());
        if (!call.find()) {
            return chain.proceed(request, scope);
        }
        Semaphore node = nodes.computeIfAbsent(call.group(1), name -> new Semaphore(agentConcurrency, true));
        acquire(node);
        try {
            return chain.proceed(request, scope);
        } finally {
            // Proxmox sends such an answer at once when the call is over: the worker is free by now.
            node.release();
        }
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
