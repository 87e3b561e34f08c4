package io.github.proxmoxdiscovery.client;

import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.time.Doubling;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Which requests are worth asking again, and when. Only what passes by itself is: a node that cannot be reached for a
 * moment, a proxy that is overloaded, a connection that broke, a list that failed because a guest vanished while it was
 * made (PVE/QemuServer.pm, vmstatus). A refusal stays one, and a dead agent costs its node a worker for three seconds
 * each time.
 */
final class RetryPolicy {

    private static final Pattern OF_ONE_GUEST = Pattern.compile("/nodes/[^/?]+/(?:qemu|lxc)/\\d+/");
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);
    private static final int LIST_FAILED = 500;
    private static final int TIMED_OUT_ON_THE_WAY = 596;

    private final int most;
    private final Doubling delays;
    private final boolean hasOtherAddresses;

    RetryPolicy(ClusterSettings cluster) {
        this.most = cluster.retries().most();
        this.delays = new Doubling(cluster.retries().delay(), LONGEST_DELAY);
        this.hasOtherAddresses = cluster.urls().size() > 1 || cluster.direct().on();
    }

    /**
     * How long to wait before an answer is asked for again; empty if that would not help.
     *
     * @param tried how often it was asked for by now, at least 1
     */
    Optional<Duration> after(String path, HttpResponse answer, int tried) {
        if (tried > most || !passes(path, answer.getCode(), tried)) {
            return Optional.empty();
        }
        return Optional.of(retryAfter(answer).orElseGet(() -> backOff(tried)));
    }

    /** The same for a request that got no answer, or not all of it. */
    Optional<Duration> after(String path, IOException failure, int tried) {
        boolean passes = failure instanceof ConnectTimeoutException
                // The address answered before it was asked for a guest: it may only have too much to do at the moment.
                ? tried == 1 && OF_ONE_GUEST.matcher(path).find()
                : passes(failure);
        return tried > most || !passes ? Optional.empty() : Optional.of(backOff(tried));
    }

    private static boolean passes(String path, int status, int tried) {
        return switch (status) {
            // It took 30 seconds, and the next one may take as long; an agent's would only lengthen the queue.
            case TIMED_OUT_ON_THE_WAY -> tried == 1 && !NodeLimits.isProtectedGuestCall(path);
            case LIST_FAILED -> !OF_ONE_GUEST.matcher(path).find();
            default -> passes(status);
        };
    }

    /** Whether it is an answer of a node that the one asked cannot reach, or of a reverse proxy before it. */
    static boolean passes(int status) {
        return switch (status) {
            case 595, 597, 599, 429, 502, 503, 504 -> true;
            default -> false;
        };
    }

    private boolean passes(IOException failure) {
        if (failure instanceof ConnectException) {
            // The other address is asked at once instead.
            return !hasOtherAddresses;
        }
        return failure instanceof LoginUnavailableException
                || failure instanceof SocketException
                || failure instanceof NoHttpResponseException
                || failure instanceof ConnectionClosedException
                || failure instanceof MalformedChunkCodingException;
    }

    /** Twice as long each time, less a random part of up to a half, so that lanes do not come back together. */
    private Duration backOff(int tried) {
        long full = delays.after(tried).toMillis();
        return Duration.ofMillis(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    private static Optional<Duration> retryAfter(HttpResponse answer) {
        Header header = answer.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return RetryAfter.parse(header == null ? null : header.getValue())
                .filter(wait -> !wait.isNegative())
                .map(wait -> wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
    }
}
