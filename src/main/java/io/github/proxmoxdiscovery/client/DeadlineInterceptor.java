package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.InputStream;
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
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Gives each request a total deadline, and reads the body of its answer before it hands that on: a body that breaks off
 * is then a request that failed, as any other. A socket timeout alone would not do: a server that drips one byte a
 * second never lets it expire.
 */
final class DeadlineInterceptor implements ExecChainHandler {

    private final ScheduledExecutorService timer;
    private final Function<String, Duration> limitOfPath;
    private final RunTime run;
    private final BodyReader bodies;
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    /**
     * @param limitOfPath the total time for a request to a path
     * @param run whose end is the end of each of its requests
     * @param bodies what of an answer is read
     */
    DeadlineInterceptor(
            ScheduledExecutorService timer, Function<String, Duration> limitOfPath, RunTime run, BodyReader bodies) {
        this.timer = timer;
        this.limitOfPath = limitOfPath;
        this.run = run;
        this.bodies = bodies;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Duration ofRun = run.left();
        if (ofRun.isNegative() || ofRun.isZero()) {
            throw new RunOverException(null);
        }
        Deadline deadline = new Deadline(limitOfPath.apply(request.getPath()), ofRun, scope);
        open.add(deadline);
        try {
            if (ended) {
                throw new InterruptedIOException("the program ends");
            }
            return withBody(chain.proceed(request, scope), deadline);
        } catch (IOException | IllegalStateException e) {
            throw deadline.explain(e);
        } finally {
            deadline.met();
        }
    }

    private ClassicHttpResponse withBody(ClassicHttpResponse answer, Deadline deadline) throws IOException {
        HttpEntity entity = answer.getEntity();
        if (entity == null) {
            return answer;
        }
        // Closing gives the connection back: the end of a packed body is not always that of what it was packed in.
        try (InputStream content = entity.getContent()) {
            byte[] body = bodies.read(content, deadline::breakOff);
            answer.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType())));
        }
        return answer;
    }

    /** Breaks off the requests that are under way, and lets no other begin. */
    void endAll() {
        ended = true;
        open.forEach(Deadline::expire);
    }

    /** Cancels one request when its time is over. */
    private final class Deadline {

        private final Duration limit;
        private final boolean endsWithRun;
        private final ExecChain.Scope scope;
        private final ScheduledFuture<?> alarm;
        private volatile boolean over;
        private boolean met;

        private Deadline(Duration ofRequest, Duration ofRun, ExecChain.Scope scope) {
            this.endsWithRun = ofRun.compareTo(ofRequest) < 0;
            this.limit = endsWithRun ? ofRun : ofRequest;
            this.scope = scope;
            this.alarm = timer.schedule(this::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void expire() {
            if (met) {
                // The same request may be under way a second time by now.
                return;
            }
            over = true;
            breakOff();
        }

        /** Ends the request and its connection. */
        private void breakOff() {
            if (scope.originalRequest instanceof Cancellable request) {
                request.cancel();
            }
            scope.execRuntime.discardEndpoint();
        }

        private synchronized void met() {
            met = true;
            alarm.cancel(false);
            open.remove(this);
        }

        /** The exception to throw: one that names the deadline if it was the deadline that broke the request off. */
        private IOException explain(Exception e) {
            if (over) {
                return endsWithRun ? new RunOverException(e) : new DeadlineExceededException(limit, e);
            }
            return e instanceof IOException io ? io : new IOException(e);
        }
    }
}
