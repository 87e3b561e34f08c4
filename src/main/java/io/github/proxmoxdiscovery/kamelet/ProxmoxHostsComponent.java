package io.github.proxmoxdiscovery.kamelet;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code proxmox-hosts:<cluster>}, of which the Kamelet {@code proxmox-hosts-source} is made. */
public final class ProxmoxHostsComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String cluster, Map<String, Object> parameters) {
        SourceOptions options = resolveAndRemoveReferenceParameter(parameters, "options", SourceOptions.class);
        if (options == null) {
            throw new IllegalArgumentException("there are no options: use kamelet:proxmox-hosts-source");
        }
        return new ProxmoxHostsEndpoint(uri, this, cluster, options);
    }
}
