package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again what is worth it, as long as the run has time: see {@link RetryPolicy}. It stands outside of the limits of
 * the nodes and of the deadline, so that who waits to ask again holds nothing, and each try has its whole time. Camel's
 * redelivery is not used for this (docs/decisions/0013).
 */
final class RetryInterceptor implements ExecChainHandler {

    /** Where the context of a request tells how often it was asked by now. */
    static final String TRIED = "discovery.tried";

    private final Logger log;
    private final RetryPolicy policy;
    private final RunTime run;

    RetryInterceptor(String cluster, RetryPolicy policy, RunTime run) {
        this.log = LoggerFactory.getLogger("discovery.cluster." + cluster);
        this.policy = policy;
        this.run = run;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        for (int tried = 1; ; tried++) {
            scope.clientContext.setAttribute(TRIED, tried);
            try {
                ClassicHttpResponse answer = chain.proceed(request, scope);
                Optional<Duration> delay = inTime(policy.after(request.getPath(), answer, tried));
                if (delay.isEmpty()) {
                    return answer;
                }
                answer.close();
                pause(request, delay.get(), answer.getCode() + " " + answer.getReasonPhrase());
            } catch (IOException e) {
                Optional<Duration> delay = inTime(policy.after(request.getPath(), e, tried));
                if (delay.isEmpty() || scope.execRuntime.isExecutionAborted()) {
                    throw e;
                }
                scope.execRuntime.discardEndpoint();
                pause(request, delay.get(), e.toString());
            }
        }
    }

    private Optional<Duration> inTime(Optional<Duration> delay) {
        return delay.filter(time -> time.compareTo(run.left()) < 0);
    }

    private void pause(ClassicHttpRequest request, Duration delay, String why) throws InterruptedIOException {
        log.debug("asking again in {} ms for {}: {}", delay.toMillis(), request.getPath(), why);
        run.askedAgain();
        try {
            if (!run.pause(delay)) {
                throw new InterruptedIOException("the program ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to ask again");
        }
    }
}
