package harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Our {@code run}, which goes on in a process of its own, and is held with SIGSTOP while others are measured. */
final class Daemon implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    /** Until the hosts of a run are delivered and the report is there, nothing is asked of the cluster. */
    private static final long DELIVERED_MILLIS = 150;

    private final Program program;
    private final Path reports;
    private final Process process;
    private final Set<Path> seen = new HashSet<>();

    /**
     * A run as its report tells.
     *
     * @param wall seconds of reading
     */
    record Run(String id, String kind, double wall, boolean complete) {}

    /** @param reports the folder where reports appear */
    Daemon(Program program, Path reports) throws IOException {
        this.program = program;
        this.reports = Files.createDirectories(reports);
        this.process = program.builder(List.of(), "run")
                .redirectErrorStream(true)
                .redirectOutput(program.log())
                .start();
        // A process that is held would stay for ever if the bench is ended.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** Waits for the next report. */
    Run next() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<Path> report = newReport();
            if (report.isPresent()) {
                return run(report.get());
            }
            if (!process.isAlive()) {
                throw new IOException("the program ended: " + Files.readString(program.log().toPath()));
            }
            Thread.sleep(2);
        }
        throw new IOException("no run in " + PATIENCE + ": " + Files.readString(program.log().toPath()));
    }

    private Optional<Path> newReport() throws IOException {
        try (Stream<Path> files = Files.list(reports)) {
            Optional<Path> found = files.filter(file -> file.toString().endsWith("report.json"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !seen.contains(file))
                    .min(Path::compareTo);
            found.ifPresent(seen::add);
            return found;
        }
    }

    private Run run(Path report) throws IOException {
        JsonNode json = JSON.readTree(report.toFile());
        Duration wall = Duration.between(
                Instant.parse(json.path("started_at").asText()),
                Instant.parse(json.path("finished_at").asText()));
        return new Run(
                json.path("run_id").asText(),
                json.path("kind").asText(),
                wall.toMillis() / 1000.0,
                json.path("complete").asBoolean());
    }

    /** Lets the delivery end, and then holds the process. */
    void hold() throws IOException, InterruptedException {
        Thread.sleep(DELIVERED_MILLIS);
        signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    double cpuSeconds() throws IOException {
        return Machine.cpuSeconds(pid());
    }

    long peakMebibytes() throws IOException {
        return Machine.peakMebibytes(pid());
    }

    private void signal(String name) throws IOException, InterruptedException {
        Machine.output("kill", "-" + name, String.valueOf(pid()));
    }

    /** The script may have become Java, or have started it. */
    long pid() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .map(ProcessHandle::pid)
                .orElse(process.pid());
    }

    private void end() {
        long pid = pid();
        process.destroy();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        try {
            Machine.output("kill", "-CONT", String.valueOf(pid));
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        end();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
