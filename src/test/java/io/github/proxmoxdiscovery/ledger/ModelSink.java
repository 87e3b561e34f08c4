package io.github.proxmoxdiscovery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A sink that applies what it takes, in the order in which it comes, and complains about what must not come. */
final class ModelSink {

    final String name;
    final boolean wantsExcluded;

    /** What it believes to be there, by id. */
    final Map<String, Held> fold = new TreeMap<>();

    private final Map<String, Event> told = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, String> agreed = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();

    /** Those of which nobody can know what the sink has: something was offered, and not answered. */
    final Set<String> unsure = new HashSet<>();

    /** Those that it was to be told of once more. */
    private final Set<String> again = new HashSet<>();

    final Set<String> rejected = new HashSet<>();

    ModelSink(String name, boolean wantsExcluded) {
        this.name = name;
        this.wantsExcluded = wantsExcluded;
    }

    /** What it believes of a host. */
    record Held(long generation, String hostname, String node, String uuid, String addresses, String pool) {

        static Held of(Event event) {
            JsonNode body = Objects.requireNonNull(ChangeRules.tree(event.body()));
            JsonNode proxmox = body.path("proxmox");
            assertThat(body.path("generation").asLong()).isEqualTo(event.generation());
            assertThat(body.path("revision").asLong()).isEqualTo(event.revision());
            return new Held(
                    event.generation(),
                    body.path("hostname").asText(),
                    proxmox.path("node").asText(),
                    proxmox.path("guest_uuid").asText(),
                    body.path("ip_addresses").toString(),
                    proxmox.path("pool").asText());
        }
    }

    /** Looks at what is offered, before anything is done with it. */
    void offered(List<Event> events, ModelKnown known) {
        assertThat(events).extracting(Event::id).doesNotHaveDuplicates().isSorted();
        for (Event event : events) {
            assertThat(event.type()).isNotIn(EventType.OBSERVED);
            checkIdentity(event);
            if (event.type() == EventType.REMOVED && !"guest_replaced".equals(event.reason())) {
                assertThat(known.removed).as("removed without a reason").contains(event.id());
            }
            if (event.type() == EventType.REMOVED || event.type() == EventType.EXCLUDED) {
                assertThat(fold.containsKey(event.id())
                                || unsure.contains(event.id())
                                || agreed.containsKey(event.id()))
                        .as("end of a host that the sink never had: " + event)
                        .isTrue();
            } else {
                checkPresent(event);
            }
        }
    }

    private void checkIdentity(Event event) {
        String key = event.id() + "@" + event.key();
        Event before = told.putIfAbsent(key, event);
        if (before != null && again.contains(event.id())) {
            assertThat(event.body()).as("same id, another content").isEqualTo(before.body());
            told.put(key, event);
        } else if (before != null) {
            assertThat(event).as("same id, another content").isEqualTo(before);
        }
        assertThat(acknowledged.contains(key) && !again.contains(event.id()))
                .as("acknowledged and told again: " + event)
                .isFalse();
        assertThat(event.revision()).isGreaterThanOrEqualTo(revisions.getOrDefault(event.id(), 0L));
        revisions.put(event.id(), event.revision());
    }

    private void checkPresent(Event event) {
        Held now = Held.of(event);
        Held before = fold.get(event.id());
        if (before != null) {
            assertThat(now.generation())
                    .as("the old guest was not removed first")
                    .isEqualTo(before.generation());
        }
        if (!unsure.contains(event.id()) && !again.contains(event.id())) {
            assertThat(now.toString()).as("it has this").isNotEqualTo(agreed.get(event.id()));
            boolean has = before != null && (wantsExcluded || event.type() == EventType.UPDATED);
            assertThat(event.type()).isEqualTo(has ? EventType.UPDATED : EventType.DISCOVERED);
        }
        if (event.type() == EventType.UPDATED && before != null && !unsure.contains(event.id())) {
            checkChanges(event, before, now);
        }
    }

    private static void checkChanges(Event event, Held before, Held now) {
        assertThat(event.changed()).isNotEmpty();
        assertThat(event.changed().contains("hostname")).isEqualTo(!before.hostname.equals(now.hostname));
        assertThat(event.changed().contains("proxmox.node")).isEqualTo(!before.node.equals(now.node));
        if (event.changed().contains("hostname")) {
            assertThat(event.previous()).contains("\"hostname\":\"" + before.hostname + "\"");
        }
    }

    /** It takes these, whether or not that becomes known. */
    void takes(List<Event> events) {
        for (Event event : events) {
            if (event.state() == HostState.PRESENT) {
                fold.put(event.id(), Held.of(event));
            } else {
                fold.remove(event.id());
            }
        }
    }

    void acknowledges(List<Event> events) {
        for (Event event : events) {
            acknowledged.add(event.id() + "@" + event.key());
            unsure.remove(event.id());
            again.remove(event.id());
            rejected.remove(event.id());
            if (event.state() == HostState.PRESENT) {
                agreed.put(event.id(), Held.of(event).toString());
            } else if (event.type() == EventType.EXCLUDED) {
                agreed.put(event.id(), "excluded");
            } else {
                agreed.remove(event.id());
            }
        }
    }

    void doubts(List<Event> events) {
        events.forEach(event -> unsure.add(event.id()));
    }

    void resync() {
        again.addAll(revisions.keySet());
    }
}
