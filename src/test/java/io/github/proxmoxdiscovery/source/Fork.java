package io.github.proxmoxdiscovery.source;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.cli.ProxmoxDiscovery;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as its script starts it: the real main class, environment and signals. */
final class Fork implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private Fork(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** @param jvmOptions what JAVA_OPTS would hold */
    static Fork start(Discovery discovery, String command, String... jvmOptions) throws IOException {
        Path folder = discovery.out().getParent();
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.addAll(List.of(jvmOptions));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), ProxmoxDiscovery.class.getName(), command));
        words.addAll(List.of("--config", folder.toString()));
        settings(discovery).forEach((key, value) -> words.addAll(List.of("-D", key + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(discovery.environment());
        Path stdout = folder.resolve("stdout");
        Path stderr = folder.resolve("stderr");
        builder.redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
        builder.redirectInput(new File("/dev/null"));
        return new Fork(builder.start(), stdout, stderr);
    }

    private static Map<String, String> settings(Discovery discovery) {
        Map<String, String> settings = discovery.allSettings();
        settings.put("sink.file.directory", discovery.out().toString());
        settings.put("discovery.data", discovery.data().toString());
        return settings;
    }

    /** What the process list shows of it. */
    String commandLine() {
        return process.info().commandLine().orElse("");
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    Program.Result await() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("did not end: " + Files.readString(stderr));
        }
        return new Program.Result(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
