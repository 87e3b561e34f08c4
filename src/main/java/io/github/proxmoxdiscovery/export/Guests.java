package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The guests that have the hosts: each with its interfaces, which stand together, for their ids do. */
final class Guests implements Iterator<List<HostView>> {

    private final PeekingIterator<HostView> hosts;

    Guests(Iterator<ObjectNode> hosts) {
        this.hosts = Iterators.peekingIterator(HostView.each(hosts));
    }

    @Override
    public boolean hasNext() {
        return hosts.hasNext();
    }

    @Override
    public List<HostView> next() {
        List<HostView> guest = new ArrayList<>(List.of(hosts.next()));
        String name = guest.get(0).guest();
        while (hosts.hasNext() && hosts.peek().guest().equals(name)) {
            guest.add(hosts.next());
        }
        return guest;
    }
}
