package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.client.DeadlineExceededException;
import io.github.proxmoxdiscovery.client.ReplyTooLargeException;
import io.github.proxmoxdiscovery.client.SqlState;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.time.Repeats;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
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

    /** By their names, for JMS need not be there. */
    private static final Set<String> REFUSALS =
            Set.of("jakarta.jms.JMSSecurityException", "jakarta.jms.InvalidDestinationException");

    /** Less than this is not asked for: the back-off of the error handler stands. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

    private final Repeats repeats;

    /** @param repeats what lasts of what sinks do not take */
    SinkFailure(Repeats repeats) {
        this.repeats = repeats;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Exception thrown = told(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
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
        if (find(thrown, SinkPausedException.class) != null || isRefusal(thrown)) {
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

    /** Whether what was thrown means that the sink will not have it, and would not have it the next time either. */
    static boolean isRejection(Exchange exchange) {
        return told(exchange.getException()) instanceof BatchRejectedException;
    }

    /** What a database said, in our words; anything else as it is. */
    static Exception told(Exception thrown) {
        BatchRejectedException rejected = find(thrown, BatchRejectedException.class);
        SQLException said = find(thrown, SQLException.class);
        if (rejected != null || said == null) {
            return rejected != null ? rejected : thrown;
        }
        return switch (SqlState.of(said)) {
            case REJECTED -> new BatchRejectedException(SqlState.words(said));
            case REFUSED -> new SinkPausedException(SqlState.words(said));
            case LATER -> thrown;
        };
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

    /** Whether a JMS broker refuses the login, the right to send, or the destination: asking again is of no use. */
    private static boolean isRefusal(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .flatMap(
                        cause -> Stream.<Class<?>>iterate(cause.getClass(), type -> type != null, Class::getSuperclass))
                .anyMatch(type -> REFUSALS.contains(type.getName()));
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

    /** What the sink said that was asked last. */
    static String message(Exchange exchange) {
        return message(told(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
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
        String shown = root instanceof SQLException said ? SqlState.words(said) : text;
        return root.getClass().getSimpleName() + (shown == null ? "" : ": " + shown);
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
