package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A running cluster: what is in it may change, and things may go wrong, while it is asked. */
public final class SimulatedCluster implements AutoCloseable {

    private final Inventory inventory;
    private final Accounts accounts;
    private final Api api;
    private final RequestLog log = new RequestLog();
    private final Disturbances disturbances = new Disturbances();
    private final Duration idle;
    private final boolean withoutX25519;
    private final NodePorts ports;
    private final String entry;
    private volatile ServerCertificate certificate;
    private volatile Latency latency;

    private SimulatedCluster(Builder plan) {
        inventory = new Inventory(plan.name, plan.flavour, plan.ownAddresses, plan.clock, plan.nodes, plan.guests);
        accounts = new Accounts(plan.flavour, plan.tokens, plan.users);
        latency = plan.latency;
        Workers workers = new Workers(plan.proxies, plan.daemons, plan.forwardTimeout);
        api = new Api(inventory, accounts, workers, () -> latency, new ShuffledJson(plan.random));
        certificate = plan.certificate();
        idle = plan.idle;
        withoutX25519 = plan.withoutX25519;
        entry = inventory.nodes().get(0);
        ports = new NodePorts(inventory, this::service);
        url(entry);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Of the first node, as https://127.0.0.1:40123. */
    public String url() {
        return url(entry);
    }

    /** A node's own; the port is opened when it is first asked for. */
    public String url(String node) {
        return ports.of(node).url();
    }

    /** SHA-256 of the certificate it shows now, as Proxmox shows it. */
    public String fingerprint() {
        return certificate.fingerprint();
    }

    public String certificatePem() {
        return certificate.pem();
    }

    public RequestLog log() {
        return log;
    }

    public List<RecordedRequest> requests() {
        return log.requests();
    }

    public Optional<SimulatedGuest> guest(int vmid) {
        return inventory.guest(vmid);
    }

    public List<SimulatedGuest> guests() {
        return inventory.guests();
    }

    /** Adds the guest, or puts it in the place of the one with its vmid. */
    public void put(SimulatedGuest.Builder guest) {
        inventory.put(guest.build());
    }

    public void remove(int vmid) {
        inventory.remove(vmid);
    }

    public void change(int vmid, UnaryOperator<SimulatedGuest.Builder> change) {
        inventory.change(vmid, change);
    }

    /** Stops and starts the guest: its uptime begins anew. */
    public void restart(int vmid) {
        change(vmid, SimulatedGuest.Builder::stopped);
        change(vmid, SimulatedGuest.Builder::running);
    }

    /** Takes the guest's config away while lists still go by it, as for a moment when a guest is destroyed. */
    public void vanish(int vmid) {
        change(vmid, SimulatedGuest.Builder::vanishing);
    }

    /** Lists show the guest a second time, on this node, as for a moment when a guest is migrated. */
    public void listTwice(int vmid, String node) {
        inventory.listTwice(vmid, node);
    }

    /** Ends what {@link #listTwice} began. */
    public void listOnce(int vmid) {
        inventory.listOnce(vmid);
    }

    public void migrate(int vmid, String node) {
        change(vmid, guest -> guest.node(node));
    }

    public void node(String node, NodeState state) {
        inventory.state(node, state);
        ports.follow(node, state);
    }

    /** Shows this certificate from the next connection on. */
    public void show(CertificateKind kind) {
        certificate = ServerCertificate.shared(kind, inventory.ownAddresses());
    }

    /** Shows a new certificate of this authority from the next connection on. */
    public void show(CertificateAuthority authority) {
        certificate = ServerCertificate.issuedBy(authority, inventory.ownAddresses());
    }

    /** {@code /cluster/status} gives another name from now on. */
    public void rename(String name) {
        inventory.rename(name);
    }

    /** What a node's port does with connections from now on, whatever state the node is in. */
    public void port(String node, PortState state) {
        ports.state(node, state);
    }

    public void latency(Latency changed) {
        latency = changed;
    }

    /** Gives the token another secret; the old one is refused from now on. */
    public void rotateSecret(String tokenId, String secret) {
        accounts.rotate(tokenId, secret);
    }

    /** The token is no longer good. */
    public void expireToken(String tokenId) {
        accounts.expire(tokenId);
    }

    public void grant(String tokenOrUser, Privileges privileges) {
        accounts.grant(tokenOrUser, privileges);
    }

    /** No ticket given out so far is good any more. */
    public void expireTickets() {
        accounts.expireTickets();
    }

    /** The fault meets every request whose path and query the regular expression is found in. */
    public ActiveFault fault(String regex, Fault fault) {
        return fault(regex, fault, -1);
    }

    /** The fault meets as many requests and is over then. */
    public ActiveFault fault(String regex, Fault fault, int times) {
        return disturbances.add(new ActiveFault(regex, fault, times));
    }

    /** Holds all requests whose path and query the regular expression is found in. */
    public Gate gate(String regex) {
        return disturbances.add(new Gate(regex));
    }

    /** Ends all faults and opens all gates. */
    public void clearFaults() {
        disturbances.clear();
    }

    @Override
    public void close() {
        ports.close();
    }

    private HttpsListener.Service service(String node) {
        return socket -> new HttpConnection(socket, certificate.context(), idle, withoutX25519)
                .serve(node, api, log, disturbances);
    }

    /** What the cluster is to be. A cluster without nodes gets one, {@code pve1}; PVE 9 and no latency by default. */
    public static final class Builder {

        private String name = "lab";
        private Flavour flavour = Flavour.PVE_9;
        private Random random = new Random(1);
        private Latency latency = Latency.none();
        private int proxies;
        private int daemons;
        private Duration forwardTimeout = Duration.ofSeconds(30);
        private InstantSource clock = InstantSource.system();
        private Duration idle = Duration.ofSeconds(5);
        private boolean freshCertificate;
        private Optional<CertificateAuthority> authority = Optional.empty();
        private boolean withoutX25519;
        private boolean ownAddresses;
        private final Map<String, NodeState> nodes = new LinkedHashMap<>();
        private final List<SimulatedGuest> guests = new ArrayList<>();
        private final Map<String, Accounts.Account> tokens = new LinkedHashMap<>();
        private final Map<String, Accounts.Account> users = new LinkedHashMap<>();

        private Builder() {}

        /** As {@code /cluster/status} gives it, unless there is only one node: that is no cluster. */
        public Builder name(String clusterName) {
            name = clusterName;
            return this;
        }

        public Builder flavour(Flavour release) {
            flavour = release;
            return this;
        }

        /** Where the order of lists and keys comes from. */
        public Builder random(Random source) {
            random = source;
            return this;
        }

        /** Nodes that are online; the first of all is the one behind {@link #url()}. */
        public Builder nodes(String... names) {
            List.of(names).forEach(node -> nodes.put(node, NodeState.online()));
            return this;
        }

        public Builder node(String node, NodeState state) {
            nodes.put(node, state);
            return this;
        }

        public Builder guest(SimulatedGuest.Builder guest) {
            guests.add(guest.build());
            return this;
        }

        public Builder guests(Collection<SimulatedGuest> all) {
            guests.addAll(all);
            return this;
        }

        /** A token that may do all that discovery needs. */
        public Builder token(String id, String secret) {
            return token(id, secret, Privileges.full());
        }

        /** @param id as {@code user@realm!name} */
        public Builder token(String id, String secret, Privileges privileges) {
            tokens.put(id, new Accounts.Account(secret, privileges));
            return this;
        }

        /** @param id as {@code user@realm} */
        public Builder user(String id, String password, Privileges privileges) {
            users.put(id, new Accounts.Account(password, privileges));
            return this;
        }

        public Builder latency(Latency times) {
            latency = times;
            return this;
        }

        /** Worker processes of each node, 0 for any number; 3 and 3 in a real cluster. */
        public Builder workers(int ofProxy, int ofDaemon) {
            proxies = ofProxy;
            daemons = ofDaemon;
            return this;
        }

        /** How long a call waits for a pvedaemon before it is answered with 596; 30 s in a real cluster. */
        public Builder forwardTimeout(Duration time) {
            forwardTimeout = time;
            return this;
        }

        /** Where uptimes come from. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /** How long a connection is kept between two requests. */
        public Builder idle(Duration time) {
            idle = time;
            return this;
        }

        /**
         * Each node listens on an address of its own, 127.0.0.1 for the first and so on, all with the same port number,
         * and {@code /cluster/status} tells them. A node that is down or hangs does so on its own port as well.
         */
        public Builder ownAddresses() {
            ownAddresses = true;
            return this;
        }

        /** A certificate of its own, not the one that all clusters of the process share. */
        public Builder freshCertificate() {
            freshCertificate = true;
            return this;
        }

        /** A certificate that this authority issued; the other ones are self-signed. */
        public Builder authority(CertificateAuthority issuer) {
            authority = Optional.of(issuer);
            return this;
        }

        private ServerCertificate certificate() {
            if (authority.isPresent()) {
                return ServerCertificate.issuedBy(authority.get(), ownAddresses);
            }
            return freshCertificate
                    ? ServerCertificate.fresh(CertificateKind.VALID, ownAddresses)
                    : ServerCertificate.shared(CertificateKind.VALID, ownAddresses);
        }

        /** Its TLS does not know X25519. */
        public Builder withoutX25519() {
            withoutX25519 = true;
            return this;
        }

        public SimulatedCluster start() {
            if (nodes.isEmpty()) {
                nodes("pve1");
            }
            return new SimulatedCluster(this);
        }
    }
}
