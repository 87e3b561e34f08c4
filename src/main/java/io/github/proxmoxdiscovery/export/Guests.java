package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The guests that have the hosts: each with its interfaces, which stand together, for their ids do. */
final class Guests implements Iterator<List<HostView>> {

    private final Iterator<ObjectNode> hosts;
    private @Nullable HostView next;

    Guests(Iterator<ObjectNode> hosts) {
        this.hosts = hosts;
        advance();
    }

    private void advance() {
        next = hosts.hasNext() ? new HostView(hosts.next()) : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public List<HostView> next() {
        HostView first = next;
        if (first == null) {
            throw new NoSuchElementException();
        }
        List<HostView> guest = new ArrayList<>(List.of(first));
        advance();
        while (next != null && next.guest().equals(first.guest())) {
            guest.add(next);
            advance();
        }
        return guest;
    }
}
