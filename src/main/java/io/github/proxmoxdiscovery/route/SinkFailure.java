package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.client.DeadlineExceededException;
import io.github.proxmoxdiscovery.client.ReplyTooLargeException;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.time.Repeats;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.Processor;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what a sink's route threw, and throws it again where the stage's own error handler sees it: that one
 * retries as long as the delivery is open, after the time that the sink asked for if it named one.
 */
public final class SinkFailure implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.deliver");

    /** Less than this is not asked for: the back-off of the error handler stands. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

    private final Repeats repeats;

    /** @param repeats what lasts of what sinks do not take */
    SinkFailure(Repeats repeats) {
        this.repeats = repeats;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Delivery delivery = exchange.getVariable("delivery", Delivery.class);
        if (delivery.failure().isEmpty()) {
            repeats.came(delivery.problemPrefix() + "fails")
                    .ifPresent(again -> LogFields.of(delivery)
                            .say(() -> LOG.warn(
                                    "{}: sink {} fails: {}{}",
                                    delivery.cluster(),
                                    delivery.getSink(),
                                    message(thrown),
                                    again)));
        }
        delivery.failing(message(thrown), isSure(thrown, delivery));
        if (find(thrown, SinkPausedException.class) != null) {
            delivery.pause();
        }
        SinkUnreachableException unreachable = find(thrown, SinkUnreachableException.class);
        Duration wait = unreachable == null ? null : unreachable.retryAfter();
        if (wait != null && wait.compareTo(SHORTEST_WAIT) > 0) {
            long millis = Math.min(wait.toMillis(), delivery.remainingMillis());
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, millis);
        }
        forgetErrorHandlers(exchange.getExchangeExtension());
        throw thrown;
    }

    /** What the error handler of the sink's route has given up, the stage's would not even look at. */
    private static void forgetErrorHandlers(ExchangeExtension exchange) {
        exchange.setErrorHandlerHandled(null);
        exchange.setFailureHandled(false);
        exchange.setRedeliveryExhausted(false);
    }

    /** Whether the sink got nothing, or said that it does not want it; any other failure may hide that it took it. */
    private static boolean isSure(Throwable thrown, Delivery delivery) {
        return find(thrown, SinkPausedException.class) != null
                || delivery.isOneRequestABatch() && isNoConnection(thrown);
    }

    private static boolean isNoConnection(Throwable thrown) {
        return find(thrown, ConnectException.class) != null
                || find(thrown, ConnectTimeoutException.class) != null
                || find(thrown, UnknownHostException.class) != null;
    }

    static Reason reason(Delivery delivery) {
        return delivery.isPaused() ? Reason.SINK_PAUSED : Reason.SINK_UNREACHABLE;
    }

    /** Why a sink did not take something: what it last failed with, or else what the route broke at. */
    static String message(@Nullable Throwable thrown, Delivery delivery) {
        if (!delivery.failure().isEmpty()) {
            return delivery.failure();
        }
        return thrown == null ? "its time was over" : message(thrown);
    }

    private static String message(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && !isOurs(root)) {
            root = root.getCause();
        }
        String text = root.getMessage();
        if (isOurs(root) && text != null) {
            return text;
        }
        return root.getClass().getSimpleName() + (text == null ? "" : ": " + text);
    }

    /** What the sink itself said or did, in our words. */
    private static boolean isOurs(Throwable thrown) {
        return thrown instanceof SinkUnreachableException
                || thrown instanceof SinkPausedException
                || thrown instanceof DeadlineExceededException
                || thrown instanceof ReplyTooLargeException
                || thrown instanceof BatchRejectedException;
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
