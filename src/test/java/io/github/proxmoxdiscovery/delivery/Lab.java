package io.github.proxmoxdiscovery.delivery;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small cluster named lab, and the program that reads it: VMs from 101 on with one interface each, tagged prod if
 * their number is even and test if it is odd.
 */
public final class Lab implements AutoCloseable {

    private static final String TOKEN_ID = "discovery@pve!lab";
    private static final String TOKEN_SECRET = "77777777-aaaa-4bbb-8ccc-999999999999";
    private static final Path ROUTES = Path.of("routes");

    private final Path folder;
    private final SimulatedCluster cluster;

    private Lab(Path folder, SimulatedCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    /** @param folder where the program writes */
    public static Lab of(Path folder, int guests) {
        SimulatedCluster.Builder cluster =
                SimulatedCluster.builder().name("lab").nodes("pve1", "pve2").token(TOKEN_ID, TOKEN_SECRET);
        IntStream.rangeClosed(101, 100 + guests).forEach(vmid -> cluster.guest(vm(vmid)));
        return new Lab(folder, cluster.start());
    }

    private static SimulatedGuest.Builder vm(int vmid) {
        return SimulatedGuest.qemu(vmid, "vm-" + vmid)
                .node(vmid % 3 == 0 ? "pve2" : "pve1")
                .tags(vmid % 2 == 0 ? "prod;web" : "test")
                .config("net0", "virtio=BC:24:11:00:%02X:%02X,bridge=vmbr0,tag=20".formatted(vmid / 256, vmid % 256))
                .config("cores", vmid % 4 + 1);
    }

    public SimulatedCluster cluster() {
        return cluster;
    }

    /** What the program wrote. */
    public Output output() {
        return new Output(folder);
    }

    /** The ids that every sink has to get. */
    public List<String> ids() {
        return cluster.guests().stream()
                .map(guest -> "lab/qemu/" + guest.vmid() + "/net0")
                .sorted()
                .toList();
    }

    /** The program with this cluster and these sinks. */
    public Program program(String sinks) {
        return connected(Program.in(folder).option("--config", folder.toString()), "lab")
                .with("proxmox.clusters", "lab")
                .with("discovery.sinks", sinks);
    }

    /** Tells a program where the cluster is. */
    public Program connected(Program program, String name) {
        String prefix = "proxmox." + name;
        return program.with(prefix + ".url", cluster.url())
                .with(prefix + ".fingerprint", cluster.fingerprint())
                .with(prefix + ".token-id", TOKEN_ID)
                .env("PROXMOX_" + name.toUpperCase(java.util.Locale.ROOT) + "_TOKEN_SECRET", TOKEN_SECRET);
    }

    static String tokenId() {
        return TOKEN_ID;
    }

    static String secret() {
        return TOKEN_SECRET;
    }

    /** A copy of the route files, to be edited. */
    public RouteFolder routes() {
        Path copy = folder.resolve("routes");
        try (Stream<Path> files = Files.walk(ROUTES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(ROUTES.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
            return new RouteFolder(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
