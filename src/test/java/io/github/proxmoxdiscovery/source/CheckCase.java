package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Flavour;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Something that is broken before {@code check} is run, and the exit code and lines that must come of it.
 *
 * @param name as in docs/reference/check.md
 * @param lines what the output has in it, blanks counted once
 */
public record CheckCase(
        String name, int exitCode, BiFunction<Path, SimulatedCluster, Discovery> broken, List<String> lines) {

    private static final String ACL = "pveum acl modify /vms --users discovery@pve --tokens 'discovery@pve!test'";

    /** The system accepts connections; nobody ever reads from them. */
    private static final ServerSocket SILENT = socket();

    private static ServerSocket socket() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CheckCase of(
            String name, int exitCode, BiFunction<Path, SimulatedCluster, Discovery> broken, String... lines) {
        return new CheckCase(name, exitCode, broken, List.of(lines));
    }

    /** All that need no broker. */
    public static List<CheckCase> all() {
        return Stream.of(clusters(), privileges(), guests(), sinks())
                .flatMap(List::stream)
                .toList();
    }

    private static List<CheckCase> clusters() {
        return List.of(
                of(
                        "everything is right",
                        0,
                        Discovery::of,
                        "ok lab address",
                        "ok lab tls",
                        "the certificate has the configured fingerprint",
                        "ok lab login discovery@pve!test is accepted",
                        "ok lab version Proxmox VE 9.2",
                        "ok lab nodes pve1, pve2 are there",
                        "ok lab guests 2 guests are seen",
                        "ok lab vm qemu/101 on pve1: the config is read",
                        "ok lab agent qemu/101 on pve1 tells 1 interface",
                        "ok lab container lxc/201 on pve1: the config is read",
                        "ok lab interfaces lxc/201 on pve1 tells 1 interface",
                        "0 warn, 0 fail, 0 skip: exit code 0"),
                of(
                        "the port is closed",
                        4,
                        (folder, cluster) -> Discovery.of(folder, cluster).of("lab", "url", closed()),
                        "fail lab address",
                        "is not reached: Connection refused",
                        "systemctl status pveproxy",
                        "skip lab the rest login, version, privileges",
                        "ok file folder"),
                of(
                        "another certificate is shown",
                        4,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .of("lab", "fingerprint", otherThan(cluster.fingerprint())),
                        "ok lab address",
                        "fail lab tls",
                        "not trusted: it is not the configured one. Its subject is CN=pve1.simulated, it is valid until",
                        " proxmox.lab.fingerprint=",
                        "ca-file",
                        "skip lab the rest"),
                of(
                        "the system does not know the authority",
                        4,
                        (folder, cluster) -> Discovery.of(folder, cluster).of("lab", "fingerprint", ""),
                        "fail lab tls",
                        "no authority that this system trusts has issued it",
                        "proxmox.lab.fingerprint="),
                of(
                        "what listens there says nothing",
                        4,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .of("lab", "url", "https://127.0.0.1:" + SILENT.getLocalPort())
                                .of("lab", "timeout", "600ms"),
                        "fail lab tls",
                        "does not speak TLS: no answer in 600 ms"),
                of(
                        "one of two addresses is closed",
                        0,
                        (folder, cluster) ->
                                Discovery.of(folder, cluster).of("lab", "url", closed() + "," + cluster.url()),
                        "warn lab address",
                        "ok lab login"),
                of(
                        "nodes are to be asked themselves and their addresses are not told",
                        0,
                        (folder, cluster) -> granted(Privileges.full().without("Sys.Audit"))
                                .apply(folder, cluster)
                                .of("lab", "direct", "true"),
                        "warn lab direct where the nodes are is not told",
                        "Give the token and its user Sys.Audit on /, or set proxmox.lab.direct-addresses"),
                of(
                        "nodes are to be asked themselves at addresses that are wrong",
                        0,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .of("lab", "direct", "true")
                                .of("lab", "direct-addresses", "pve1=" + closed() + ",pve9=" + cluster.url()),
                        "warn lab direct https://127.0.0.1:",
                        "warn lab direct pve2 has no address of its own It is asked through the entry node.",
                        "warn lab direct direct-addresses names pve9, which is no node of the cluster"),
                of(
                        "one of two clusters is closed",
                        3,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .at("away", closed())
                                .token("away", Discovery.TOKEN_ID, Discovery.SECRET),
                        "ok lab login",
                        "fail away address"),
                of(
                        "the token is wrong",
                        4,
                        CheckCase::wrongToken,
                        "fail lab login discovery@pve!test is refused",
                        "401 Authentication failed!",
                        "pveum user token list discovery@pve",
                        "skip lab the rest"),
                of(
                        "a user logs in with a password",
                        0,
                        (folder, cluster) -> Discovery.in(folder)
                                .at("lab", cluster.url())
                                .of("lab", "fingerprint", cluster.fingerprint())
                                .of("lab", "username", "reader@pam")
                                .secret("lab", "password", "a password of some length"),
                        "ok lab login reader@pam is accepted"));
    }

    private static Discovery wrongToken(Path folder, SimulatedCluster cluster) {
        cluster.rotateSecret(Discovery.TOKEN_ID, "another");
        return Discovery.of(folder, cluster);
    }

    private static List<CheckCase> privileges() {
        return List.of(
                of(
                        "nothing is granted",
                        4,
                        granted(Privileges.none()),
                        "fail lab privilege VM.Audit is granted nowhere",
                        ACL + " --roles PVEAuditor",
                        "skip lab the rest"),
                of(
                        "the agent's privilege is missing on 9",
                        0,
                        granted(Privileges.withoutAgent()),
                        "warn lab privilege VM.GuestAgent.Audit or VM.GuestAgent.Unrestricted is granted nowhere",
                        ACL + " --roles PVEAuditor",
                        "skip lab agent qemu/101 on pve1 was not asked"),
                of(
                        "only a pool is granted",
                        0,
                        granted(Privileges.none().on("/pool/shop", "VM.Audit", "VM.GuestAgent.Audit", "Pool.Audit")),
                        "warn lab privilege VM.Audit is granted on /pool/shop only",
                        "ok lab guests 1 guest is seen"),
                of(
                        "a filter names a pool, and pools may not be seen",
                        4,
                        (folder, cluster) -> granted(Privileges.full().without("Pool.Audit"))
                                .apply(folder, cluster)
                                .with("discovery.include.pools", "shop"),
                        "fail lab privilege Pool.Audit is granted nowhere",
                        "pveum acl modify /pool"));
    }

    /** On an older release, for which the cluster must be another one. */
    public static CheckCase agentOnEight() {
        return of(
                "the agent's privilege is missing on 8",
                0,
                granted(Privileges.withoutAgent()),
                "ok lab version Proxmox VE 8.2",
                "warn lab privilege VM.Monitor is granted nowhere",
                "guest-exec",
                "pveum role add DiscoveryAgent --privs \"VM.Audit VM.Monitor\"",
                ACL + " --roles DiscoveryAgent");
    }

    private static BiFunction<Path, SimulatedCluster, Discovery> granted(Privileges privileges) {
        return (folder, cluster) -> {
            cluster.grant(Discovery.TOKEN_ID, privileges);
            return Discovery.of(folder, cluster);
        };
    }

    private static List<CheckCase> guests() {
        return List.of(
                of(
                        "the agent is dead",
                        0,
                        faulty("/agent/", Fault.status(500, "QEMU guest agent is not running")),
                        "warn lab agent qemu/101 on pve1: 500 QEMU guest agent is not running",
                        "Install and start qemu-guest-agent"),
                of(
                        "a config cannot be read",
                        3,
                        faulty("/qemu/101/config", Fault.status(500, "unable to open file")),
                        "fail lab vm qemu/101 on pve1 cannot be read: 500 unable to open file",
                        "journalctl -u pveproxy",
                        "ok lab container"),
                of(
                        "a node is offline",
                        0,
                        (folder, cluster) -> {
                            cluster.node("pve2", NodeState.offline());
                            return Discovery.of(folder, cluster);
                        },
                        "warn lab nodes offline: pve2; online: pve1"),
                of(
                        "the list of guests is a page",
                        4,
                        faulty("/cluster/resources", Fault.body("text/html", "<html>")),
                        "fail lab guests",
                        "proxy"));
    }

    private static BiFunction<Path, SimulatedCluster, Discovery> faulty(String path, Fault fault) {
        return (folder, cluster) -> {
            cluster.fault(path, fault);
            return Discovery.of(folder, cluster);
        };
    }

    private static List<CheckCase> sinks() {
        return List.of(
                of(
                        "the folder of the file sink cannot be written",
                        5,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .with(
                                        "sink.file.directory",
                                        file(folder.resolve("taken")).toString()),
                        "fail file folder",
                        "taken is not a folder",
                        "ls -ld "),
                of(
                        "the http sink is not reached",
                        5,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .with("discovery.sinks", "file,http")
                                .with("sink.http.url", closed() + "/hosts"),
                        "ok file folder",
                        "fail http address",
                        "sink.http.url"),
                of(
                        "the http sink has a certificate that Java does not trust",
                        5,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .with("discovery.sinks", "http")
                                .with("sink.http.url", cluster.url() + "/hosts"),
                        "fail http tls"),
                of(
                        "the brokers are not reached",
                        5,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .with("discovery.sinks", "kafka")
                                .with("camel.component.kafka.max-block-ms", "500")
                                .with("sink.kafka.brokers", closed().replace("https://", "")),
                        "fail kafka brokers",
                        "are not reached: no answer in 10 s",
                        "skip kafka topic"),
                of(
                        "a sink is any endpoint",
                        0,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .with("discovery.sinks", "spool")
                                .with("sink.spool.uri", "file:" + folder.resolve("spool")),
                        "ok spool endpoint",
                        "nothing is sent"),
                of(
                        "a route file is broken",
                        2,
                        (folder, cluster) -> Discovery.of(folder, cluster)
                                .with("discovery.sinks", "spool,file")
                                .with("sink.spool.uri", "flie:" + folder.resolve("spool")),
                        "fail routes files",
                        "flie",
                        "skip lab cluster was not looked at",
                        "skip file sink was not looked at"));
    }

    /** The cluster on which it is tried. */
    public static SimulatedCluster cluster(Flavour flavour) {
        return Discovery.cluster()
                .flavour(flavour)
                .user("reader@pam", "a password of some length", Privileges.full())
                .guest(vm(101).pool("shop"))
                .guest(container(201))
                .start();
    }

    /** Runs {@code check} on it. */
    public Program.Result run(Path folder, SimulatedCluster cluster) {
        return broken.apply(folder, cluster).program().run("check");
    }

    /** Keeps an output for whoever writes docs/reference/check.md. */
    public static void keep(String name, Path folder, Program.Result result) {
        try {
            Path kept = Files.createDirectories(Path.of("target/check"));
            Files.writeString(kept.resolve(name + ".txt"), result.out().replace(folder.toString(), "/srv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String closed() {
        try (ServerSocket socket = socket()) {
            return "https://127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path path) {
        try {
            return Files.writeString(path, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static String otherThan(String fingerprint) {
        String first = fingerprint.startsWith("00") ? "01" : "00";
        return first + fingerprint.substring(first.length());
    }
}
