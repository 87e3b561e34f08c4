package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The ports of the nodes: all on 127.0.0.1, or one port number on an address for each node. */
final class NodePorts implements AutoCloseable {

    private static final int ATTEMPTS = 50;

    private final Inventory inventory;
    private final Function<String, HttpsListener.Service> services;
    private final Map<String, HttpsListener> listeners = new LinkedHashMap<>();

    NodePorts(Inventory inventory, Function<String, HttpsListener.Service> services) {
        this.inventory = inventory;
        this.services = services;
        if (inventory.ownAddresses()) {
            openAll();
        }
    }

    /** The port is opened when it is first asked for. */
    synchronized HttpsListener of(String node) {
        return listeners.computeIfAbsent(node, this::open);
    }

    /** With addresses of their own, nodes that are down are down for their clients, too. */
    synchronized void follow(String node, NodeState state) {
        if (inventory.ownAddresses()) {
            state(node, PortState.of(state));
        }
    }

    synchronized void state(String node, PortState state) {
        try {
            of(node).state(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        listeners.values().forEach(HttpsListener::close);
    }

    private HttpsListener open(String node) {
        int port =
                inventory.ownAddresses() ? listeners.values().iterator().next().port() : 0;
        try {
            return open(node, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpsListener open(String node, int port) throws IOException {
        InetAddress address = InetAddress.getByName(inventory.listeningAddress(node));
        return new HttpsListener(new InetSocketAddress(address, port), services.apply(node));
    }

    /** The port that is free for the first node may be taken on the address of another; then with the next one. */
    private void openAll() {
        for (int attempt = 1; !openedAll(attempt == ATTEMPTS); attempt++) {
            close();
            listeners.clear();
        }
        inventory.nodes().forEach(node -> inventory.state(node).ifPresent(state -> follow(node, state)));
    }

    private boolean openedAll(boolean lastAttempt) {
        try {
            int port = 0;
            for (String node : inventory.nodes()) {
                listeners.put(node, open(node, port));
                port = of(node).port();
            }
            return true;
        } catch (BindException e) {
            if (lastAttempt) {
                throw new UncheckedIOException(e);
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
