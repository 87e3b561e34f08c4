package io.github.proxmoxdiscovery.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;

/**
 * Another application in a process of its own, in a folder of its own. On its class path are its own class and files,
 * and what Maven brings with our artifact; nothing of the tests.
 */
public final class OtherProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final String mainClass;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Process process;

    private OtherProcess(Path folder, String mainClass) {
        this.folder = folder;
        this.mainClass = mainClass;
    }

    /** An application that is made of these files, Java sources among them. */
    public static OtherProcess of(Path folder, String mainClass, Map<String, String> files) throws IOException {
        OtherProcess application = new OtherProcess(folder, mainClass);
        for (Map.Entry<String, String> entry : files.entrySet()) {
            Path file = folder.resolve("classes").resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
            if (entry.getKey().endsWith(".java")) {
                application.compile(file);
            }
        }
        return application;
    }

    private void compile(Path source) throws IOException {
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath(), source.toString());
        assertThat(status).isZero();
    }

    /** Changes one of its files. */
    public OtherProcess change(String name, Function<String, String> change) throws IOException {
        Path file = folder.resolve("classes").resolve(name);
        Files.writeString(file, change.apply(Files.readString(file)));
        return this;
    }

    /** An application with no routes yet. */
    public static OtherProcess in(Path folder) throws IOException {
        Path classFile = Path.of(OtherApplication.class.getName().replace('.', '/') + ".class");
        Path own = folder.resolve("classes").resolve(classFile);
        Files.createDirectories(own.getParent());
        Files.createDirectories(folder.resolve("classes/camel"));
        Files.copy(project().resolve("target/test-classes").resolve(classFile), own);
        Files.writeString(
                folder.resolve("classes/simplelogger.properties"), "org.slf4j.simpleLogger.defaultLogLevel=info");
        return new OtherProcess(folder, OtherApplication.class.getName());
    }

    private static Path project() {
        return Path.of(System.getProperty("basedir", System.getProperty("user.dir")));
    }

    /** A route file, where Camel looks for them by itself. */
    public OtherProcess route(String name, String yaml) throws IOException {
        Files.writeString(folder.resolve("classes/camel/" + name + ".camel.yaml"), yaml);
        return this;
    }

    public OtherProcess property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    public OtherProcess environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts it in its folder, with what it got so far. */
    public OtherProcess start(String... jvmOptions) throws IOException {
        List<String> lines = new ArrayList<>();
        properties.forEach((key, value) -> lines.add(key + "=" + value));
        if (!lines.isEmpty()) {
            Files.write(folder.resolve("classes/application.properties"), lines);
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.addAll(List.of(jvmOptions));
        words.addAll(List.of("-cp", classPath(), mainClass));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        builder.redirectInput(new File("/dev/null"));
        process = builder.start();
        return this;
    }

    private String classPath() throws IOException {
        String libraries = Files.readString(project().resolve("target/runtime.classpath"));
        assertThat(libraries).contains("camel-kamelet").doesNotContain("junit", "test-classes");
        return String.join(
                File.pathSeparator,
                folder.resolve("classes").toString(),
                project().resolve("target/classes").toString(),
                libraries);
    }

    /** What it logged so far. */
    public String log() {
        return text("log");
    }

    /** The lines of a file that its route writes; none if there is no such file. */
    public List<String> lines(String file) {
        return text(file).lines().toList();
    }

    private String text(String file) {
        try {
            return Files.exists(folder.resolve(file)) ? Files.readString(folder.resolve(file)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the file has so many lines, and gives them. */
    public List<String> awaitLines(String file, int number) {
        await(file + " has " + number + " lines", () -> lines(file).size() >= number);
        return lines(file);
    }

    public void awaitLog(String text) {
        await(text, () -> log().contains(text));
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what).atMost(PATIENCE).until(() -> condition.call() || !process.isAlive());
            assertThat(condition.call()).isTrue();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(what + " did not come; the application logged\n" + log(), e);
        }
    }

    /** SIGTERM, and waits until it has ended. */
    public void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Waits until it has ended; gives its exit code. */
    public int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(log())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
