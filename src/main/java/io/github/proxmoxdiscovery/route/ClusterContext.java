package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.client.PveHttpClient;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** One configured cluster, and how its HTTP client is made. Bound as {@code pve-<name>}. */
public final class ClusterContext implements HttpClientConfigurer {

    private final ClusterSettings settings;
    private final PveHttpClient client;

    ClusterContext(ClusterSettings settings, PveHttpClient client) {
        this.settings = settings;
        this.client = client;
    }

    public ClusterSettings settings() {
        return settings;
    }

    /** The address of the API, for the one route that talks to it. */
    public String api() {
        return client.api().toString();
    }

    /** The address at which the cluster is asked: the one that worked last. */
    String address() {
        return client.address();
    }

    /** Asks the cluster at this address from now on. */
    void use(String address) {
        client.use(address);
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        try {
            client.configure(builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
