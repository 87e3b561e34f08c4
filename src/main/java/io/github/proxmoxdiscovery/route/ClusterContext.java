package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.client.PveHttpClient;
import io.github.proxmoxdiscovery.memory.AgentMemory;
import io.github.proxmoxdiscovery.run.KnownGuests;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/** One configured cluster, where it is asked in this run, and how its HTTP client is made. Bound as {@code pve-<name>}. */
public final class ClusterContext implements HttpClientConfigurer {

    private static final Pattern NODE = Pattern.compile("^/nodes/([^/?]+)/");

    private final ClusterSettings settings;
    private final PveHttpClient client;
    private final AgentMemory agents;
    private final KnownGuests guests = new KnownGuests(System::nanoTime);
    private final AddressBook addresses;
    private final Set<String> failed = new HashSet<>();
    private @Nullable JsonNode permissions;
    private boolean unknownPools;
    private final Map<String, String> direct = new ConcurrentHashMap<>();

    ClusterContext(ClusterSettings settings, PveHttpClient client, AgentMemory agents) {
        this.agents = agents;
        this.settings = settings;
        this.client = client;
        this.addresses = new AddressBook(settings.urls(), System::nanoTime);
    }

    public ClusterSettings settings() {
        return settings;
    }

    /** What we may do there changed since the last full run, which tells so. */
    synchronized boolean hasOtherPermissions(@Nullable JsonNode now) {
        return !Objects.equals(permissions, now);
    }

    /** Whether the pools of guests could not be seen when that was asked last: quick runs ask it when they must. */
    synchronized boolean hasUnknownPools() {
        return unknownPools;
    }

    synchronized void unknownPools(boolean now) {
        unknownPools = now;
    }

    /** What we may do there at a full run, or null if it could not be asked. */
    synchronized void permissions(@Nullable JsonNode now) {
        permissions = now;
    }

    synchronized @Nullable JsonNode permissions() {
        return permissions;
    }

    /** What is known of its agents. */
    AgentMemory agents() {
        return agents;
    }

    /** Its guests as the last list told them. */
    KnownGuests guests() {
        return guests;
    }

    /** A run begins, which asks no longer than this. */
    synchronized void begin(Duration most) {
        client.begin(most);
        failed.clear();
        direct.clear();
    }

    /** How often a question of the run was asked once more. */
    int repeated() {
        return client.repeated();
    }

    /** Where the API is that answers this path: that of the node which the path names, or of the entry node. */
    String api(String path) {
        Matcher node = NODE.matcher(path);
        String own = node.find() ? direct.get(node.group(1)) : null;
        return own == null ? client.api().toString() : own + "/api2/json";
    }

    /** The address at which the cluster is asked, but for nodes that are asked themselves. */
    String address() {
        return client.address();
    }

    /** What the server at that address presented last. */
    List<X509Certificate> certificates() {
        return client.certificates();
    }

    /** The addresses that did not fail in this run, in the order to try them. */
    synchronized List<String> untried() {
        return addresses.inOrder().stream()
                .filter(address -> !failed.contains(address))
                .toList();
    }

    /** Asks the cluster at this address from now on. */
    void use(String address) {
        client.use(address);
    }

    /** The address in use answers. */
    void worked() {
        addresses.worked(address());
    }

    /** The address in use cannot be reached, or reaches no node. */
    synchronized void failed() {
        addresses.failed(address());
        failed.add(address());
    }

    /** Moves on to the next address that did not fail in this run; empty if there is none. */
    synchronized Optional<String> moveOn() {
        failed();
        Optional<String> next = untried().stream().findFirst();
        next.ifPresent(this::use);
        return next;
    }

    /** These nodes are asked at their own addresses for the rest of the run. */
    void direct(Map<String, String> ofNodes) {
        direct.putAll(ofNodes);
    }

    boolean isDirect(String node) {
        return direct.containsKey(node);
    }

    /** The node is asked through the entry node for the rest of the run. */
    void throughEntry(String node) {
        direct.remove(node);
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
