package io.github.proxmoxdiscovery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.faults.crash.Audit;
import io.github.proxmoxdiscovery.faults.crash.EventFiles;
import io.github.proxmoxdiscovery.faults.crash.Instance;
import io.github.proxmoxdiscovery.faults.crash.Recorder;
import io.github.proxmoxdiscovery.faults.crash.Told;
import io.github.proxmoxdiscovery.faults.crash.World;
import io.github.proxmoxdiscovery.ledger.ChangeRules;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small cluster that changes, sinks that are told of changes, and the program between them. */
final class Trial implements AutoCloseable {

    private static final int GUESTS = 12;
    private static final long SEED = 11;

    private final Path folder;
    private final World world = new World(SEED, GUESTS);
    private final Recorder http;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Trial(Path folder, String sinks) throws IOException {
        this.folder = folder;
        http = Recorder.start(SEED);
        http.calm();
        with("discovery.sinks", sinks).with("sink.http.url", http.url());
        for (String sink : sinks.split(",")) {
            with("sink." + sink + ".emit", "changes");
        }
    }

    static Trial in(Path folder, String sinks) throws IOException {
        return new Trial(folder, sinks);
    }

    Trial with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    World world() {
        return world;
    }

    Recorder http() {
        return http;
    }

    Path out() {
        return Path.of(settings.getOrDefault("sink.file.directory", folder + "/out"))
                .resolve(World.NAME);
    }

    Path data() {
        return Path.of(settings.getOrDefault("discovery.data", folder + "/data"));
    }

    /** Runs once in this process. */
    Program.Result once() {
        Map<String, String> all = new HashMap<>(world.settings());
        all.put("proxmox.lab.retry-delay", "1ms");
        all.put("sink.file.directory", folder.resolve("out").toString());
        all.put("discovery.data", folder.resolve("data").toString());
        all.putAll(settings);
        Program program =
                new Program().option("--config", folder.toString()).env("PROXMOX_LAB_TOKEN_SECRET", World.TOKEN_SECRET);
        all.forEach(program::with);
        return program.run("once");
    }

    /** The program in processes of its own. */
    Instance instance() {
        Instance instance = Subject.in(folder, world);
        instance.with("discovery.schedule", "0 0 0 1 1 ? 2099");
        settings.forEach(instance::with);
        return instance;
    }

    /** All is well again: as many runs as it takes for the last change to be known. */
    void heal() throws IOException {
        world.heal();
        http.calm();
        for (int run = 0; run < 3; run++) {
            Program.Result result = once();
            assertThat(result.exitCode()).as(result.err()).isZero();
            try (Ledger ledger = ledger()) {
                ledger.confirmRemovals("lab");
            }
        }
    }

    private Ledger ledger() throws LedgerException {
        return Ledger.openExisting(data(), Clock.systemUTC());
    }

    /** How many hosts a sink lacks, as the ledger knows. */
    long lacks(String sink) throws LedgerException {
        try (Ledger ledger = ledger()) {
            return ledger.sink(sink, false, false, new ChangeRules(Set.of())).lacks(World.NAME);
        }
    }

    void httpHasTheTruth() {
        hasTheTruth("http", http.stream());
    }

    void fileHasTheTruth() throws IOException {
        hasTheTruth("file", new EventFiles(out()).stream());
        assertThat(new EventFiles(out()).parts()).isEmpty();
    }

    void hasTheTruth(String sink, List<Told> stream) {
        Audit audit = new Audit(sink, world.history(), new HashMap<>()).of(stream, world.truth());
        assertThat(audit.violations()).as(audit.toString()).isEmpty();
        assertThat(audit.events()).isGreaterThan(GUESTS);
    }

    @Override
    public void close() {
        http.close();
        world.close();
    }
}
