package io.github.proxmoxdiscovery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command line in a folder, with an environment that has nothing of the one who runs the tests but the PATH. */
final class Command {

    private static final long PATIENCE_SECONDS = 300;

    private final List<String> words;
    private final Map<String, String> environment = new HashMap<>();
    private Path folder = Path.of("/");

    /** How it ended. */
    record Result(int exitCode, String out, String err) {

        Result succeeded() {
            assertThat(exitCode).as(out + err).isZero();
            return this;
        }
    }

    private Command(List<String> words) {
        this.words = words;
    }

    static Command of(Object... words) {
        return new Command(Arrays.stream(words).map(Object::toString).toList());
    }

    /** As a user who may write nothing but what is nobody's. Only root can become another one. */
    Command asNobody() {
        Command command = new Command(
                Stream.concat(Stream.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), words.stream())
                        .toList());
        command.environment.putAll(environment);
        return command.in(folder);
    }

    Command in(Path directory) {
        folder = directory;
        return this;
    }

    Command env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Command env(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    Process start(Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
    }

    Result run() throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            Process process = start(out, err);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + words + "\n" + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
