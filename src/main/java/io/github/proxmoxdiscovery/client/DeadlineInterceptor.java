package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

/**
 * Gives each request a total deadline and each answer a byte limit. A socket timeout alone would not do: a server
 * that drips one byte a second never lets it expire.
 */
final class DeadlineInterceptor implements ExecChainHandler {

    private final ScheduledExecutorService timer;
    private final Function<String, Duration> limitOfPath;
    private final long maxReplyBytes;
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    /** @param limitOfPath the total time for a request to a path */
    DeadlineInterceptor(ScheduledExecutorService timer, Function<String, Duration> limitOfPath, long maxReplyBytes) {
        this.timer = timer;
        this.limitOfPath = limitOfPath;
        this.maxReplyBytes = maxReplyBytes;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Deadline deadline = new Deadline(limitOfPath.apply(request.getPath()), scope);
        open.add(deadline);
        try {
            if (ended) {
                throw new InterruptedIOException("the program ends");
            }
            ClassicHttpResponse answer = chain.proceed(request, scope);
            HttpEntity entity = answer.getEntity();
            if (entity == null) {
                deadline.met();
            } else {
                answer.setEntity(new LimitedEntity(entity, maxReplyBytes, deadline));
            }
            return answer;
        } catch (IOException | IllegalStateException e) {
            deadline.met();
            throw deadline.explain(e);
        }
    }

    /** Breaks off the requests that are under way, and lets no other begin. */
    void endAll() {
        ended = true;
        open.forEach(Deadline::expire);
    }

    /** Cancels one request when its time is over. */
    final class Deadline {

        private final Duration limit;
        private final ExecChain.Scope scope;
        private final ScheduledFuture<?> alarm;
        private volatile boolean over;

        private Deadline(Duration limit, ExecChain.Scope scope) {
            this.limit = limit;
            this.scope = scope;
            this.alarm = timer.schedule(this::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void expire() {
            over = true;
            breakOff();
        }

        /** Ends the request and its connection. */
        void breakOff() {
            if (scope.originalRequest instanceof Cancellable request) {
                request.cancel();
            }
            scope.execRuntime.discardEndpoint();
        }

        void met() {
            alarm.cancel(false);
            open.remove(this);
        }

        /** The exception to throw: one that names the deadline if it was the deadline that broke the request off. */
        IOException explain(Exception e) {
            if (over) {
                return new DeadlineExceededException(limit, e);
            }
            return e instanceof IOException io ? io : new IOException(e);
        }
    }
}
