package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/** The messages of hosts in a JSON array, one a line. */
public final class JsonArray extends Chunks<HostView> {

    public JsonArray(Iterator<ObjectNode> hosts) {
        super(HostView.each(hosts));
    }

    @Override
    String begin() {
        return "[";
    }

    @Override
    String piece(HostView host) {
        return listed(host.message().toString());
    }

    @Override
    String end() {
        return "\n]\n";
    }
}
