package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of the clusters. */
final class ClusterKeys {

    static final Key<List<String>> CLUSTERS = Key.withDefault(
            "proxmox.clusters",
            "pve",
            "The names of the clusters, a comma list; each has the keys proxmox.<name>.* below.",
            Parser::split);

    static final Key<List<String>> URL = Key.required(
            "proxmox.<name>.url",
            Key.Need.ALWAYS,
            "https://pve1.example.com:8006",
            "Where the cluster's API is, the address of any of its nodes; a comma list is tried in order.",
            Addresses::pveUrls);

    static final Key<String> TOKEN_ID = Key.required(
            "proxmox.<name>.token-id",
            Key.Need.ALWAYS,
            "discovery@pve!discovery",
            "The API token to log in with, user@realm!tokenid.",
            ClusterKeys::tokenId);

    static final Key<String> TOKEN_SECRET = Key.optional(
            "proxmox.<name>.token-secret",
            "",
            "The token's secret; better in the environment variable PROXMOX_<NAME>_TOKEN_SECRET than here.",
            Parser.secret());

    static final Key<Path> TOKEN_SECRET_FILE = Key.optional(
            "proxmox.<name>.token-secret-file",
            "/run/secrets/proxmox-token",
            "A file that holds the token's secret; it is read again when it changes.",
            Parser.path());

    static final Key<String> USERNAME = Key.optional(
            "proxmox.<name>.username",
            "discovery@pve",
            "Instead of a token, the user to log in with, user@realm.",
            ClusterKeys::username);

    static final Key<String> PASSWORD = Key.optional(
            "proxmox.<name>.password",
            "",
            "The user's password; better in the environment variable PROXMOX_<NAME>_PASSWORD than here.",
            Parser.secret());

    static final Key<Path> PASSWORD_FILE = Key.optional(
            "proxmox.<name>.password-file",
            "/run/secrets/proxmox-password",
            "A file that holds the user's password; it is read again when it changes.",
            Parser.path());

    static final Key<Path> CA_FILE = Key.optional(
            "proxmox.<name>.ca-file",
            "/etc/proxmox-discovery/pve-root-ca.pem",
            "The certificate authorities to trust, a PEM file; without it, those of the system.",
            Parser.path());

    static final Key<Set<String>> FINGERPRINT = Key.optional(
            "proxmox.<name>.fingerprint",
            "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89",
            "Instead of authorities, the SHA-256 fingerprint of the certificate itself, or a comma list of them.",
            Fingerprints::parse);

    static final Key<Boolean> INSECURE = Key.withDefault(
            "proxmox.<name>.insecure",
            "false",
            "Whether the certificate is not looked at, so that anybody on the way can take the secret.",
            Parser.trueOrFalse());

    static final Key<Integer> NODE_CONCURRENCY = Key.withDefault(
            "proxmox.<name>.node-concurrency",
            "4",
            "How many guests of one node are read at once, 1 to 64.",
            Parser.whole(1, 64));

    static final Key<Integer> AGENT_CONCURRENCY = Key.withDefault(
            "proxmox.<name>.agent-concurrency",
            "2",
            "How many of these may ask an agent or a container at once, 1 to 16 and not above node-concurrency.",
            Parser.whole(1, 16));

    static final Key<Integer> CONCURRENCY = Key.withDefault(
            "proxmox.<name>.concurrency",
            "32",
            "How many guests of the whole cluster are read at once, 1 to 512.",
            Parser.whole(1, 512));

    static final Key<Duration> CONNECT_TIMEOUT = Key.withDefault(
            "proxmox.<name>.connect-timeout", "5s", "How long a connection may take.", Parser.timeout());

    static final Key<Duration> TIMEOUT = Key.withDefault(
            "proxmox.<name>.timeout", "35s", "How long a request may take, all in all.", Parser.timeout());

    static final Key<Duration> AGENT_TIMEOUT = Key.withDefault(
            "proxmox.<name>.agent-timeout",
            "15s",
            "How long a question to an agent or a container may take, all in all.",
            Parser.timeout());

    static final Key<Long> MAX_REPLY = Key.withDefault(
            "proxmox.<name>.max-reply", "64MiB", "The longest answer that is read, 1KiB to 4GiB.", Parser.size());

    static final Key<Integer> RETRIES = Key.withDefault(
            "proxmox.<name>.retries",
            "3",
            "How often a question is asked again when that can help, 0 to 10.",
            Parser.whole(0, 10));

    static final Key<Duration> RETRY_DELAY = Key.withDefault(
            "proxmox.<name>.retry-delay",
            "500ms",
            "How long to wait before the first time; twice as long each further time, 10s at most.",
            Parser.duration(Duration.ofMinutes(1)));

    static final Key<Boolean> DIRECT = Key.withDefault(
            "proxmox.<name>.direct",
            "false",
            "Whether each node is asked itself, and not the one of the url for all of them.",
            Parser.trueOrFalse());

    static final Key<Map<String, String>> DIRECT_ADDRESSES = Key.optional(
            "proxmox.<name>.direct-addresses",
            "pve1=https://10.0.0.1:8006,pve2=https://10.0.0.2:8006",
            "Where the nodes are that are asked themselves, a comma list; without it, the cluster is asked for that.",
            Addresses::ofNodes);

    static final List<Key<?>> ALL = List.of(
            CLUSTERS,
            URL,
            TOKEN_ID,
            TOKEN_SECRET,
            TOKEN_SECRET_FILE,
            USERNAME,
            PASSWORD,
            PASSWORD_FILE,
            CA_FILE,
            FINGERPRINT,
            INSECURE,
            NODE_CONCURRENCY,
            AGENT_CONCURRENCY,
            CONCURRENCY,
            CONNECT_TIMEOUT,
            TIMEOUT,
            AGENT_TIMEOUT,
            MAX_REPLY,
            RETRIES,
            RETRY_DELAY,
            DIRECT,
            DIRECT_ADDRESSES);

    private ClusterKeys() {}

    private static String tokenId(String text) throws WrongValueException {
        if (text.contains("=")) {
            throw new WrongValueException("has more than the id in it: what stands behind the = is the secret");
        }
        if (!text.matches("[^@!\\s]+@[^@!\\s]+![^@!\\s]+")) {
            throw new WrongValueException("is not a token id of the form user@realm!tokenid");
        }
        return text;
    }

    private static String username(String text) throws WrongValueException {
        if (text.contains("!")) {
            throw new WrongValueException("is the id of a token: set token-id instead");
        }
        if (!text.matches("[^\\s]+@[^@\\s]+")) {
            throw new WrongValueException("is not a user of the form user@realm");
        }
        return text;
    }
}
