package harness;

import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Our program with a working folder of its own, started as a user starts it: by its script, with a configuration. */
final class Program implements AutoCloseable {

    private static final Path SCRIPT = Path.of("bin", "proxmox-discovery").toAbsolutePath();

    private final Path folder;
    private final Plan plan;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    Program(ClusterProcess.Started clusters) throws IOException {
        folder = Files.createTempDirectory("proxmox-discovery-bench");
        plan = clusters.plan();
        List<String> names = new ArrayList<>();
        for (int number = 0; number < clusters.urls().size(); number++) {
            String name = plan.name(number);
            names.add(name);
            settings.put("proxmox." + name + ".url", clusters.urls().get(number));
            settings.put("proxmox." + name + ".fingerprint", clusters.fingerprint());
            settings.put("proxmox." + name + ".token-id", SyntheticCluster.TOKEN_ID);
            settings.put("proxmox." + name + ".token-secret", SyntheticCluster.TOKEN_SECRET);
        }
        settings.put("proxmox.clusters", String.join(",", names));
        settings.put("discovery.jitter", "0s");
    }

    Program with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    Program withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Whether this version knows a setting. */
    boolean knows(String key, String value) throws IOException, InterruptedException {
        writeSettings();
        ProcessBuilder validate = builder(List.of(), "validate", "-D", key + "=" + value);
        return validate.redirectOutput(log()).redirectErrorStream(true).start().waitFor() == 0;
    }

    Path folder() {
        return folder;
    }

    /** The folder of the file sink for a cluster. */
    Path out(int cluster) {
        return folder.resolve("out").resolve(plan.name(cluster));
    }

    /** The hosts of one run: the name of the file ends with the end of the run's id. */
    Path hosts(String runId) throws IOException {
        String end = "-" + runId.substring(runId.length() - 6) + ".ndjson";
        try (Stream<Path> files = Files.list(out(0))) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElse(out(0).resolve("none" + end));
        }
    }

    File log() {
        return folder.resolve("log.txt").toFile();
    }

    /** What the log says of the runs, for a reader who wonders. */
    List<String> runLines() throws IOException {
        try (Stream<String> lines = Files.lines(log().toPath())) {
            return lines.filter(line -> line.contains(" run of ")).toList();
        }
    }

    /** The process to be; {@code before} are words in front of the script's name. */
    ProcessBuilder builder(List<String> before, String... words) throws IOException {
        writeSettings();
        List<String> command = new ArrayList<>(before);
        command.add(SCRIPT.toString());
        command.addAll(List.of(words));
        command.addAll(List.of("--config", folder.resolve("config").toString()));
        if (Files.isDirectory(folder.resolve("routes"))) {
            command.addAll(List.of("--routes", folder.resolve("routes").toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    private void writeSettings() throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        List<String> lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        Files.write(config.resolve("application.properties"), lines);
    }

    /** All interfaces that the last complete runs found as they are. */
    long right() throws IOException {
        long right = 0;
        for (int number = 0; number < plan.clusters(); number++) {
            Path latest = out(number).resolve("latest.ndjson");
            if (Files.exists(latest)) {
                right += truth(number).right(latest);
            }
        }
        return right;
    }

    long expected() {
        long expected = 0;
        for (int number = 0; number < plan.clusters(); number++) {
            expected += truth(number).size();
        }
        return expected;
    }

    Truth truth(int cluster) {
        return Truth.of(plan.synthetic().get(cluster), plan.name(cluster));
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }

    static void remove(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
