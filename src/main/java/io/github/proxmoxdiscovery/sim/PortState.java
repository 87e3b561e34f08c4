package io.github.proxmoxdiscovery.sim;

/** What a node's port does with a TCP connection. */
public enum PortState {
    /** HTTPS. */
    OPEN,
    /** Refuses it. The port stays reserved, so that it can be opened again. */
    CLOSED,
    /** Answers nothing at all, as its queue of connections is full: the client's attempt to connect times out. */
    FULL,
    /** Takes it and never says a word, as a node does that hangs. */
    SILENT,
    /** Reads the first bytes of the TLS handshake and resets it. */
    RESETTING;

    /** Whether connections come about. */
    boolean accepts() {
        return this != CLOSED && this != FULL;
    }

    /** As long as the node is in this state. */
    static PortState of(NodeState node) {
        if (node.answers()) {
            return OPEN;
        }
        return node.code() == NodeState.TIMED_OUT ? SILENT : CLOSED;
    }
}
