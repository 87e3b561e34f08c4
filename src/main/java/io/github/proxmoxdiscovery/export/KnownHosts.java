package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.PresentHost;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * The hosts that are meant, as they are known, in the order of their ids. They are read a page at a time while they are
 * told, so there may be more of them than memory has room for.
 */
public final class KnownHosts implements Iterable<Map<String, Object>> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final Ledger ledger;
    private final List<String> clusters;
    private final Predicate<JsonNode> filter;

    /** @param clusters those whose hosts are meant */
    public KnownHosts(Ledger ledger, Collection<String> clusters, Predicate<JsonNode> filter) {
        this.ledger = ledger;
        // As their ids sort, which have a slash behind the name.
        this.clusters = clusters.stream()
                .sorted(Comparator.comparing(name -> name + "/"))
                .toList();
        this.filter = filter;
    }

    /** For route files: each host as a map with the keys of the message. */
    @Override
    public Iterator<Map<String, Object>> iterator() {
        Iterator<ObjectNode> hosts = messages();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return hosts.hasNext();
            }

            @Override
            public Map<String, Object> next() {
                return JSON.convertValue(hosts.next(), MAP);
            }
        };
    }

    /** Each host as its message; what a route file made something else of than a JSON object is left out. */
    public Iterator<ObjectNode> messages() {
        return new Pages();
    }

    private final class Pages implements Iterator<ObjectNode> {

        private final Iterator<String> left = clusters.iterator();
        private final Deque<ObjectNode> page = new ArrayDeque<>();
        private String cluster = "";
        private String after = "";
        private boolean more;

        @Override
        public boolean hasNext() {
            while (page.isEmpty() && (more || left.hasNext())) {
                if (!more) {
                    cluster = left.next();
                    after = "";
                }
                read();
            }
            return !page.isEmpty();
        }

        private void read() {
            try {
                List<PresentHost> hosts = ledger.present(cluster, after);
                more = hosts.size() == PresentHost.PAGE;
                for (PresentHost host : hosts) {
                    after = host.id();
                    host.tree().filter(filter).ifPresent(page::add);
                }
            } catch (LedgerException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ObjectNode next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.remove();
        }
    }
}
