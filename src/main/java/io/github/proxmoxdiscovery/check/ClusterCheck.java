package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.client.Probe;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestList;
import io.github.proxmoxdiscovery.pve.Need;
import io.github.proxmoxdiscovery.pve.Node;
import io.github.proxmoxdiscovery.pve.Permissions;
import io.github.proxmoxdiscovery.pve.PrivilegeReview;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.pve.PveVersion;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.Login;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Looks at one cluster in the order in which a run would need it: what fails leaves out what depends on it. */
public final class ClusterCheck {

    /** How much of a cluster a run could read. */
    public enum Readable {
        ALL,
        IN_PART,
        NOTHING
    }

    /** @param findings in the order in which things were looked at */
    public record Result(List<Finding> findings, Readable readable) {}

    private final ClusterSettings cluster;
    private final Questions questions;
    private final Predicate<Guest> wanted;
    private final Set<String> pools;
    private final AddressCheck addresses;
    private final DirectCheck direct;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param wanted whether the settings want a guest
     * @param pools the pools by which the settings choose guests
     */
    public ClusterCheck(
            ClusterSettings cluster, Questions questions, Probe probe, Predicate<Guest> wanted, Set<String> pools) {
        this.cluster = cluster;
        this.questions = questions;
        this.wanted = wanted;
        this.pools = Set.copyOf(pools);
        this.addresses = new AddressCheck(cluster, cluster.urls(), probe, Clock.systemUTC());
        this.direct = new DirectCheck(cluster, probe);
    }

    public Result run() {
        Optional<String> address = addresses.working();
        findings.addAll(addresses.findings());
        if (address.isEmpty()) {
            return nothing("login, version, privileges, nodes and guests were not looked at: no address works");
        }
        questions.use(address.get());
        Answer version = questions.get("/version");
        if (version.failure().isPresent()) {
            findings.add(loginFailed(version.failure().get()));
            return nothing("version, privileges, nodes and guests were not looked at: the login failed");
        }
        findings.add(Finding.ok(cluster.name(), "login", cluster.login().account() + " is accepted"));
        Optional<PrivilegeReview> review = privileges(version);
        return findings.stream().anyMatch(Finding::isFailure)
                ? nothing("nodes and guests were not looked at: without the privilege a run ends here")
                : lists(review, address.get());
    }

    private Result nothing(String why) {
        findings.add(Finding.skip(cluster.name(), "the rest", why));
        return new Result(findings, Readable.NOTHING);
    }

    private Finding loginFailed(PveFailure failure) {
        if (failure.reason() != Reason.LOGIN_FAILED) {
            return failed("login", failure);
        }
        String account = cluster.login().account();
        boolean token = cluster.login() instanceof Login.Token;
        String user = account.replaceFirst("!.*", "");
        String keys = token ? "token-id and token-secret" : "username and password";
        return Finding.fail(
                cluster.name(),
                "login",
                account + " is refused: " + failure.message(),
                "Check " + keys + " of proxmox." + cluster.name() + ". Proxmox says the same when they are wrong, when"
                        + " the account has expired, and when its user is disabled; on a node, as root:",
                token ? List.of("pveum user token list " + user, "pveum user list") : List.of("pveum user list"));
    }

    private Finding failed(String what, PveFailure failure) {
        return Finding.fail(cluster.name(), what, failure.message(), remedy(failure.reason()), List.of());
    }

    private String remedy(Reason reason) {
        return reason.remedy().replace("proxmox.<name>", "proxmox." + cluster.name());
    }

    private Optional<PrivilegeReview> privileges(Answer answer) {
        Optional<PveVersion> version = PveVersion.parse(answer.data());
        if (version.isEmpty()) {
            findings.add(Finding.warn(
                    cluster.name(), "version", "the answer names none", remedy(Reason.BAD_REPLY), List.of()));
            return Optional.empty();
        }
        findings.add(Finding.ok(cluster.name(), "version", "Proxmox VE " + version.get()));
        Answer permissions = questions.get("/access/permissions");
        if (!permissions.data().isObject()) {
            String why = permissions.failure().map(PveFailure::message).orElse("the answer is no list of them");
            findings.add(Finding.warn(
                    cluster.name(), "privileges", "are not told: " + why, remedy(Reason.SERVER_ERROR), List.of()));
            return Optional.empty();
        }
        PrivilegeReview review = new PrivilegeReview(version.get(), Permissions.parse(permissions.data()));
        findings.addAll(new PrivilegeFindings(cluster, review, pools).all());
        return Optional.of(review);
    }

    private Result lists(Optional<PrivilegeReview> review, String address) {
        Answer nodes = questions.get("/nodes");
        Answer guests = questions.get("/cluster/resources?type=vm");
        Optional<PveFailure> failure = nodes.failure().or(guests::failure);
        if (failure.isPresent()) {
            findings.add(failed("guests", failure.get()));
            return nothing("no guest was read: the lists could not be had");
        }
        List<Node> nodeList = Node.parseList(nodes.data());
        List<Guest> guestList = GuestList.parse(guests.data()).guests();
        boolean allNodes = nodes(nodeList);
        findings.addAll(direct.findings(questions, address, nodeList));
        findings.add(guests(guestList, review.isPresent()));
        List<Guest> readable = guestList.stream()
                .filter(guest -> nodeList.stream()
                        .noneMatch(node -> node.name().equals(guest.node()) && node.status() == Node.Status.OFFLINE))
                .toList();
        boolean mayAsk = review.filter(found -> found.lacks(Need.AGENT)).isEmpty();
        List<Finding> trial = new TrialRead(cluster.name(), questions, readable, mayAsk).findings();
        findings.addAll(trial);
        boolean all = allNodes && trial.stream().noneMatch(Finding::isFailure);
        return new Result(findings, all ? Readable.ALL : Readable.IN_PART);
    }

    private boolean nodes(List<Node> nodes) {
        String offline = names(nodes, true);
        if (nodes.isEmpty()) {
            findings.add(Finding.fail(
                    cluster.name(), "nodes", "the list of nodes is empty", remedy(Reason.BAD_REPLY), List.of()));
        } else if (!offline.isEmpty()) {
            findings.add(Finding.warn(
                    cluster.name(),
                    "nodes",
                    "offline: " + offline + "; online: " + names(nodes, false),
                    "The guests there cannot be read until it is back: runs end with exit code 3.",
                    List.of()));
        } else {
            findings.add(Finding.ok(
                    cluster.name(), "nodes", names(nodes, false) + (nodes.size() > 1 ? " are" : " is") + " there"));
        }
        return !nodes.isEmpty();
    }

    private static String names(List<Node> nodes, boolean offline) {
        return nodes.stream()
                .filter(node -> (node.status() == Node.Status.OFFLINE) == offline)
                .map(Node::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Finding guests(List<Guest> guests, boolean privilegesKnown) {
        long chosen = guests.stream().filter(wanted).count();
        String found = guests.size() + (guests.size() == 1 ? " guest is seen" : " guests are seen");
        if (guests.isEmpty()) {
            return privilegesKnown
                    ? Finding.ok(cluster.name(), "guests", "none: what may be seen is empty")
                    : Finding.fail(cluster.name(), "guests", "none", remedy(Reason.PRIVILEGE_MISSING), List.of());
        }
        if (chosen == 0) {
            return Finding.warn(
                    cluster.name(),
                    "guests",
                    found + ", and the filters leave none of them",
                    "Look at discovery.include.* and discovery.exclude.* in the configuration.",
                    List.of());
        }
        return Finding.ok(
                cluster.name(), "guests", chosen < guests.size() ? found + ", " + chosen + " of them wanted" : found);
    }
}
