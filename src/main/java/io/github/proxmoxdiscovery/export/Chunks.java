package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Makes a text of a beginning, a piece for each host, and an end. */
abstract class Chunks implements Iterator<String> {

    private final Iterator<ObjectNode> hosts;
    private boolean begun;
    private boolean ended;

    Chunks(Iterator<ObjectNode> hosts) {
        this.hosts = hosts;
    }

    /** A text that has what is made of each host, and nothing else. */
    static Iterator<String> of(Iterator<ObjectNode> hosts, Function<HostView, String> piece) {
        return new Chunks(hosts) {
            @Override
            String piece(HostView host) {
                return piece.apply(host);
            }
        };
    }

    String begin() {
        return "";
    }

    /** What the text has of a host, empty for nothing. */
    abstract String piece(HostView host);

    String end() {
        return "";
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public String next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        if (!begun) {
            begun = true;
            return begin();
        }
        if (hosts.hasNext()) {
            return piece(new HostView(hosts.next()));
        }
        ended = true;
        return end();
    }
}
