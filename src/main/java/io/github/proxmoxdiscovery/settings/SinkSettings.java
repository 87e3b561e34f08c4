package io.github.proxmoxdiscovery.settings;

import java.util.Optional;

/**
 * A chosen sink.
 *
 * @param name the name of its route file, or of its setting {@code sink.<name>.uri}
 * @param uri any Camel endpoint; may have secrets in it
 * @param batch how many hosts it is given at once, at least 1
 * @param emit what of the hosts it is given
 * @param tellsExcluded whether a sink with {@link Emit#CHANGES} is told of hosts that the filters leave out now
 */
public record SinkSettings(String name, Optional<String> uri, int batch, Emit emit, boolean tellsExcluded) {

    public SinkSettings {
        if (batch < 1) {
            throw new IllegalArgumentException("a batch must be >= 1, but was " + batch);
        }
    }

    @Override
    public String toString() {
        return "SinkSettings[name=" + name + ", uri=" + uri.map(UriSecrets::masked) + ", batch=" + batch + ", emit="
                + emit + ", tellsExcluded=" + tellsExcluded + "]";
    }
}
