package io.github.proxmoxdiscovery.faults.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder in which the program works, and the processes that are started there, one after the other. */
public final class Instance implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern READ = Pattern.compile(" run of ");

    private final Path folder;
    private final List<String> program;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Process process;
    private Path log;
    private int starts;

    /** @param program what starts it, without command and settings */
    public Instance(Path folder, List<String> program, World world) {
        this.folder = folder;
        this.program = program;
        settings.putAll(world.settings());
        settings.put("sink.file.directory", out().toString());
        settings.put("discovery.data", data().toString());
        settings.put("discovery.jitter", "0s");
        settings.put("discovery.quick-schedule", "off");
        settings.put("proxmox.lab.retry-delay", "1ms");
    }

    public Instance with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public Path out() {
        return folder.resolve("out");
    }

    public Path data() {
        return folder.resolve("data");
    }

    public EventFiles files() {
        return new EventFiles(out().resolve(World.NAME));
    }

    /** Starts a command. */
    public void start(String command) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.properties"), "");
        List<String> words = new ArrayList<>(program);
        words.add(command);
        words.addAll(List.of("--config", folder.resolve("config").toString()));
        settings.forEach((key, value) -> words.addAll(List.of("-D", key + "=" + value)));
        starts++;
        log = folder.resolve("log-" + starts + ".txt");
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(new File("/dev/null"));
        builder.environment().put("PROXMOX_LAB_TOKEN_SECRET", World.TOKEN_SECRET);
        builder.environment()
                .put("PROXMOX_DISCOVERY_CACHE", folder.resolve("cache").toString());
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the end, and gives the exit code. */
    public int await() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("did not end: " + log());
        }
        return process.exitValue();
    }

    /** Runs a command to its end. */
    public int run(String command) throws IOException, InterruptedException {
        start(command);
        return await();
    }

    /** What the process that was started last has logged. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** How many runs it has read to the end since it was started. */
    long runsRead() throws IOException {
        return READ.matcher(log()).results().count();
    }

    /** How many runs all of them have finished: the report of a run is the last thing that its file sink writes. */
    long reports() throws IOException {
        Path runs = out().resolve(World.NAME);
        if (!Files.isDirectory(runs)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.toString().endsWith(".report.json"))
                    .count();
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
