package io.github.proxmoxdiscovery.source;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The program with the project's own routes, told to read simulated clusters over real HTTPS. */
public final class Discovery {

    public static final String TOKEN_ID = "discovery@pve!test";
    public static final String SECRET = "0a1b2c3d-1111-4222-8333-5e6f7a8b9c0d";

    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> clusters = new ArrayList<>();
    private Path routes = Path.of("routes");

    private Discovery(Path folder) {
        this.folder = folder;
    }

    /** A program that writes below this folder and reads no cluster yet. */
    public static Discovery in(Path folder) {
        return new Discovery(folder);
    }

    /** The same, reading one cluster named {@code lab} with the token of {@link #cluster()}. */
    public static Discovery of(Path folder, SimulatedCluster cluster) {
        return in(folder).read("lab", cluster);
    }

    /** A cluster that knows the token and has nodes pve1 and pve2. */
    public static SimulatedCluster.Builder cluster() {
        return SimulatedCluster.builder().nodes("pve1", "pve2").token(TOKEN_ID, SECRET);
    }

    /** Reads the cluster under this name, with its fingerprint and the test's token. */
    public Discovery read(String name, SimulatedCluster cluster) {
        return read(name, cluster, TOKEN_ID, SECRET);
    }

    public Discovery read(String name, SimulatedCluster cluster, String tokenId, String secret) {
        return at(name, cluster.url())
                .of(name, "fingerprint", cluster.fingerprint())
                .token(name, tokenId, secret);
    }

    /** Reads what is at this address, with nothing else said of it. */
    public Discovery at(String name, String url) {
        clusters.add(name);
        // As often as usual, but without the waiting.
        return of(name, "retry-delay", "1ms").of(name, "url", url);
    }

    public Discovery token(String name, String tokenId, String secret) {
        return of(name, "token-id", tokenId).secret(name, "token-secret", secret);
    }

    /** A setting of one cluster. */
    public Discovery of(String name, String key, String value) {
        return with("proxmox." + name + "." + key, value);
    }

    /** A secret of one cluster, which goes through the environment. */
    public Discovery secret(String name, String key, String value) {
        String variable = "PROXMOX_" + name + "_" + key;
        environment.put(variable.replace('-', '_').toUpperCase(Locale.ROOT), value);
        return this;
    }

    public Discovery with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** The program itself, with all that was said of clusters and settings so far. */
    public Program program() {
        // Not the configuration of the project: a folder without any.
        Program program = Program.in(folder).option("--config", folder.toString());
        allSettings().forEach(program::with);
        environment.forEach(program::env);
        return program;
    }

    /** Uses the route files of another folder. */
    public Discovery routes(Path other) {
        routes = other;
        return this;
    }

    Path routes() {
        return routes;
    }

    /** The folder in which the file sink writes. */
    Path out() {
        return folder.resolve("out");
    }

    Path data() {
        return folder.resolve("data");
    }

    Map<String, String> allSettings() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("proxmox.clusters", String.join(",", clusters));
        return all;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Runs {@code once} to its end. */
    public Found once() {
        return new Found(out(), program().run("once"));
    }

    /** The same, on a thread of its own. */
    public CompletableFuture<Found> start() {
        return CompletableFuture.supplyAsync(this::once);
    }
}
