package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * with it the Proxmox GUI of everybody else. Once an agent of a node ran out of time, the node has one such call at a
 * time for the rest of the run.
 */
final class NodeLimits implements ExecChainHandler {

    private static final Pattern NODE = Pattern.compile("/nodes/([^/?]+)/");
    private static final Pattern PROTECTED_GUEST_CALL =
            Pattern.compile("/nodes/[^/?]+/(?:qemu/\\d+/agent/|lxc/\\d+/interfaces)");

    private static final int SERVER_ERROR = 500;
    private static final int TIMED_OUT_ON_THE_WAY = 596;

    private final int requests;
    private final int guestCalls;
    private volatile Map<String, Node> nodes = new ConcurrentHashMap<>();

    /**
     * @param requests how many requests a node may have at once, at least 1
     * @param guestCalls how many of these may be protected calls into guests, at least 1
     */
    NodeLimits(int requests, int guestCalls) {
        this.requests = requests;
        this.guestCalls = guestCalls;
    }

    static boolean isProtectedGuestCall(String path) {
        return PROTECTED_GUEST_CALL.matcher(path).find();
    }

    /** A run begins: what an agent did in the last one is forgotten. */
    void begin() {
        nodes = new ConcurrentHashMap<>();
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Matcher matcher = NODE.matcher(request.getPath());
        if (!matcher.find()) {
            return chain.proceed(request, scope);
        }
        Node node = nodes.computeIfAbsent(matcher.group(1), name -> new Node(requests, guestCalls));
        ExecChain limited = within(node.requests, chain);
        // Who waits for its turn with a guest must not keep others from the node: that wait comes first.
        return isProtectedGuestCall(request.getPath())
                ? within(node.guestCalls, watched(node, limited)).proceed(request, scope)
                : limited.proceed(request, scope);
    }

    private static ExecChain within(Limit limit, ExecChain chain) {
        return (request, scope) -> {
            limit.take();
            try {
                return chain.proceed(request, scope);
            } finally {
                // Proxmox sends an answer at once when the call is over: the worker is free by now.
                limit.release();
            }
        };
    }

    private static ExecChain watched(Node node, ExecChain chain) {
        return (request, scope) -> {
            try {
                ClassicHttpResponse answer = chain.proceed(request, scope);
                if (tellsOfTimeout(answer)) {
                    node.oneGuestCallAtATime();
                }
                return answer;
            } catch (DeadlineExceededException e) {
                node.oneGuestCallAtATime();
                throw e;
            }
        };
    }

    /** The words are those of PVE/QemuServer/Monitor.pm and PVE/QMPClient.pm. */
    private static boolean tellsOfTimeout(ClassicHttpResponse answer) {
        String reason = String.valueOf(answer.getReasonPhrase());
        return answer.getCode() == TIMED_OUT_ON_THE_WAY
                || answer.getCode() == SERVER_ERROR
                        && (reason.contains("guest agent is not running") || reason.contains("got timeout"));
    }

    private static final class Node {

        private final Limit requests;
        private final Limit guestCalls;
        private final int most;
        private final AtomicBoolean narrow = new AtomicBoolean();

        private Node(int requests, int guestCalls) {
            this.requests = new Limit(requests);
            this.guestCalls = new Limit(guestCalls);
            this.most = guestCalls;
        }

        private void oneGuestCallAtATime() {
            if (narrow.compareAndSet(false, true)) {
                guestCalls.reducePermits(most - 1);
            }
        }
    }

    /** A number of calls at once, in the order in which they come. */
    private static final class Limit extends Semaphore {

        @Serial
        private static final long serialVersionUID = 1L;

        private Limit(int calls) {
            super(calls, true);
        }

        private void take() throws InterruptedIOException {
            try {
                acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the node");
            }
        }

        @Override
        protected void reducePermits(int reduction) {
            super.reducePermits(reduction);
        }
    }
}
