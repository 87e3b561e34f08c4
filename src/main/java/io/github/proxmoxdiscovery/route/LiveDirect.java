package io.github.proxmoxdiscovery.route;

import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Camel's component {@code direct}, for routes that are replaced while it runs: who listens is looked up for each
 * message. Camel's own producer remembers it, and of several threads that come just after a route was replaced, one
 * can still meet the route that was there before (seen in Camel 4.18).
 */
@Component("direct")
class LiveDirect extends DirectComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DirectEndpoint endpoint = new LiveEndpoint(uri, this);
        endpoint.setBlock(isBlock());
        endpoint.setTimeout(getTimeout());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private @Nullable DirectConsumer listener(String address, DirectEndpoint endpoint) throws InterruptedException {
        return getConsumer(address, endpoint.isBlock(), endpoint.getTimeout());
    }

    private static final class LiveEndpoint extends DirectEndpoint {

        private final LiveDirect component;
        private final String address;

        LiveEndpoint(String uri, LiveDirect component) {
            super(uri, component);
            this.component = component;
            this.address = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
        }

        @Nullable
        DirectConsumer listener() throws InterruptedException {
            return component.listener(address, this);
        }

        @Override
        public Producer createProducer() {
            return new LiveProducer(this);
        }
    }

    private static final class LiveProducer extends DefaultAsyncProducer {

        private final LiveEndpoint endpoint;

        LiveProducer(LiveEndpoint endpoint) {
            super(endpoint);
            this.endpoint = endpoint;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                DirectConsumer listener = endpoint.listener();
                if (listener != null) {
                    return listener.getAsyncProcessor().process(exchange, callback);
                }
                if (endpoint.isFailIfNoConsumers()) {
                    exchange.setException(new DirectConsumerNotAvailableException(
                            "No consumers available on endpoint: " + endpoint, exchange));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.setException(e);
            }
            callback.done(true);
            return true;
        }
    }
}
