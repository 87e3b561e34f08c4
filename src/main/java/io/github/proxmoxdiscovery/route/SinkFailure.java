package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.Reason;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a sink's route threw, and throws it again where the stage's own error handler sees it: that one
 * retries as long as the delivery is open, after the time that the sink asked for if it named one.
 */
public final class SinkFailure implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Delivery delivery = exchange.getVariable("delivery", Delivery.class);
        if (find(thrown, SinkPausedException.class) != null) {
            delivery.pause();
        }
        SinkUnreachableException unreachable = find(thrown, SinkUnreachableException.class);
        Duration wait = unreachable == null ? null : unreachable.retryAfter();
        if (wait != null) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, Math.min(wait.toMillis(), delivery.remainingMillis()));
        }
        throw thrown;
    }

    static Reason reason(boolean paused) {
        return paused ? Reason.SINK_PAUSED : Reason.SINK_UNREACHABLE;
    }

    static String message(@Nullable Throwable thrown, Delivery delivery) {
        if (thrown == null) {
            return delivery.lastProblem().isEmpty() ? "its time was over" : delivery.lastProblem();
        }
        Throwable root = thrown;
        while (root.getCause() != null && !(root instanceof SinkUnreachableException)) {
            root = root.getCause();
        }
        String text = root.getMessage();
        return root.getClass().getSimpleName() + (text == null ? "" : ": " + text);
    }

    private static <T extends Throwable> @Nullable T find(@Nullable Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
