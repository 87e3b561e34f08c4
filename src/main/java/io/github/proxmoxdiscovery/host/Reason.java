package io.github.proxmoxdiscovery.host;

/**
 * The closed list of what can go wrong. The same words stand in message notes, run reports, logs and docs/reference/settings.md.
 */
public enum Reason {
    UNREACHABLE(
            Scope.CLUSTER,
            "Check the address and the port of proxmox.<name>.url, the network and firewall on the way, and whether"
                    + " pveproxy runs there."),
    TLS_FAILED(
            Scope.CLUSTER,
            "Trust the server's certificate: set proxmox.<name>.fingerprint to the SHA-256 fingerprint that Proxmox"
                    + " shows under node > System > Certificates, or proxmox.<name>.ca-file to the cluster's"
                    + " pve-root-ca.pem."),
    LOGIN_FAILED(
            Scope.CLUSTER,
            "Check token-id and token secret (or user and password), and that the token has not expired and its user is"
                    + " enabled. Proxmox says the same for each of these."),
    PRIVILEGE_MISSING(
            Scope.CLUSTER,
            "Give the token AND its user a role with VM.Audit: pveum acl modify / --tokens '<user>!<token>' --roles"
                    + " PVEAuditor, and the same with --users."),
    OTHER_CLUSTER(
            Scope.CLUSTER,
            "Check proxmox.<name>.url. Give another cluster a name of its own in proxmox.clusters. If this is the same"
                    + " cluster, renamed or with a new authority, say so: proxmox-discovery accept-cluster <name>."),
    NODE_OFFLINE(Scope.NODE, "Nothing to do here: its guests are unknown, not gone, until the node is back."),
    FORBIDDEN(Scope.GUEST, "Give the token and its user VM.Audit on the path that the message names."),
    TIMEOUT(
            Scope.GUEST,
            "The node is slow or overloaded: look at it, lower node-concurrency, or raise proxmox.<name>.timeout."),
    SERVER_ERROR(Scope.GUEST, "Look at the message, and at the node's log: journalctl -u pveproxy -u pvedaemon."),
    BAD_REPLY(
            Scope.GUEST,
            "Something other than a whole answer of the Proxmox API came back: look at the proxy or load balancer on the"
                    + " way, if there is one."),
    TOO_LARGE(Scope.GUEST, "Raise proxmox.<name>.max-reply if an answer of this size is to be expected."),
    DEADLINE(
            Scope.GUEST,
            "The run ended before this guest's turn. If it happens again, raise discovery.run-deadline, or see what is slow."),
    GONE(Scope.SKIPPED, "Nothing to do: the guest was removed while the run went on."),
    FILTERED(Scope.SKIPPED, "Nothing to do: the filters of the configuration leave this guest out."),
    AGENT_SILENT(
            Scope.PART,
            "Install and start qemu-guest-agent in the guest, or set agent: 0 in its options. Restart the guest once if"
                    + " the option was set while it ran."),
    AGENT_REFUSED(
            Scope.PART,
            "Give the token and its user VM.GuestAgent.Audit (PVE 9) or VM.Monitor (PVE 8 and before) on the path that"
                    + " the message names."),
    AGENT_UNSUPPORTED(
            Scope.PART,
            "The guest's agent is too old or has the call blocked (RHEL: BLOCK_RPCS in /etc/sysconfig/qemu-ga), or the"
                    + " node is older than PVE 8.1 and cannot ask containers."),
    AGENT_ERROR(Scope.PART, "Look at the message, and at the agent's log in the guest."),
    AGENT_BACKOFF(Scope.PART, "Nothing to do: the agent did not answer before, and is asked again later."),
    GUEST_LOCKED(Scope.PART, "Nothing to do: a backup, migration or snapshot goes on. A stale lock: qm unlock <vmid>."),
    BAD_NET_LINE(Scope.PART, "Correct this network line of the guest; Proxmox ignores it too."),
    NO_MAC(Scope.PART, "Set the interface again in the GUI, which gives it a MAC."),
    DUPLICATE_MAC(Scope.PART, "Give all but one of these interfaces a new MAC, if they share a network."),
    POOL_UNKNOWN(Scope.PART, "Give the token and its user Pool.Audit if you want to know the pools."),
    STATUS_UNKNOWN(
            Scope.PART, "The node does not tell the status of its guests: look at pvestatd there (systemctl status)."),
    ADDRESSES_STALE(Scope.PART, "Nothing to do: these addresses were seen before, and could not be checked this time."),
    TRUNCATED(Scope.PART, "The interface has more than 256 addresses; the first of them are given."),
    SINK_UNREACHABLE(
            Scope.SINK, "Check the sink's address and that it runs. What it did not take it gets with the next runs."),
    SINK_REJECTED(
            Scope.SINK,
            "Look at the sink's answer. The host is offered again ever more rarely, and at once when it changes."),
    SINK_PAUSED(
            Scope.SINK,
            "The sink refuses everything: check its address, its token and its rights. What it did not take it"
                    + " gets with the next runs.");

    /** What a reason is said of, and so what it means for the run. */
    public enum Scope {
        /** Nothing of the cluster could be read. */
        CLUSTER,
        /** The guests of a node could not be read. */
        NODE,
        /** A guest could not be read. */
        GUEST,
        /** A guest was not to be read. */
        SKIPPED,
        /** A guest was read, but for a part. */
        PART,
        /** A sink did not take something. */
        SINK
    }

    private final Scope scope;
    private final String remedy;

    Reason(Scope scope, String remedy) {
        this.scope = scope;
        this.remedy = remedy;
    }

    public Scope scope() {
        return scope;
    }

    /** What the operator can do. */
    public String remedy() {
        return remedy;
    }

    /** Whether a run in which this happened can still have read everything that exists. */
    public boolean keepsRunComplete() {
        return scope == Scope.SKIPPED || scope == Scope.PART || scope == Scope.SINK;
    }
}
