package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/** The messages of hosts in a JSON array, one a line. */
public final class JsonArray extends Chunks {

    private boolean any;

    public JsonArray(Iterator<ObjectNode> hosts) {
        super(hosts);
    }

    @Override
    String begin() {
        return "[";
    }

    @Override
    String piece(HostView host) {
        String separator = any ? ",\n" : "\n";
        any = true;
        return separator + host.message();
    }

    @Override
    String end() {
        return "\n]\n";
    }
}
