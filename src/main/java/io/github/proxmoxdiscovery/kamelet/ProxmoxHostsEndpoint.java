package io.github.proxmoxdiscovery.kamelet;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One cluster, to be read. */
final class ProxmoxHostsEndpoint extends DefaultEndpoint {

    private final String cluster;
    private final SourceOptions options;

    ProxmoxHostsEndpoint(String uri, ProxmoxHostsComponent component, String cluster, SourceOptions options) {
        super(uri, component);
        this.cluster = cluster;
        this.options = options;
    }

    String cluster() {
        return cluster;
    }

    SourceOptions options() {
        return options;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = new ProxmoxHostsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("hosts can only be read from " + getEndpointBaseUri());
    }
}
