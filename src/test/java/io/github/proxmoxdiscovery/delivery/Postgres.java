package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real PostgreSQL, a process of its own; what it has is read by psql. */
final class Postgres implements AutoCloseable {

    static final String USER = "discovery";

    /** With all that a placeholder, a URI or a shell would take for its own. */
    static final String PASSWORD = "p#1{{x}} \\n%40&?='\"$";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path TABLE = Path.of("config/examples/hosts.sql");

    private final Path folder;
    private final Path programs;
    private final int port;
    private Process process;

    private Postgres(Path folder, Path programs, int port) throws IOException {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
        this.process = server();
    }

    /** The newest that is installed; the test is skipped where there is none. */
    static Postgres start() throws IOException, InterruptedException {
        Path programs = Tool.find("initdb", folders()).toRealPath().getParent();
        Path folder = Files.createTempDirectory("postgres");
        if (isRoot()) {
            done(new ProcessBuilder("chown", "postgres", folder.toString()));
        }
        // Its server does not start for root.
        done(new ProcessBuilder(asUser(
                programs.resolve("initdb"),
                "--no-sync",
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--pgdata=" + folder.resolve("data"))));
        Postgres started = new Postgres(folder, programs, freePort());
        started.await();
        started.sql("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
        return started;
    }

    private static String[] folders() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (Files.notExists(all)) {
            return new String[0];
        }
        try (Stream<Path> versions = Files.list(all)) {
            return versions.map(version -> version.resolve("bin").toString())
                    .sorted(Comparator.reverseOrder())
                    .toArray(String[]::new);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asUser(Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private Process server() throws IOException {
        return new ProcessBuilder(asUser(
                        programs.resolve("postgres"),
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        String.valueOf(port),
                        "-k",
                        folder.toString(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "fsync=off"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
    }

    private void await() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("server.log")))
                    .isTrue();
            Process ready = psql("SELECT 1").redirectErrorStream(true).start();
            ready.getInputStream().readAllBytes();
            return ready.waitFor() == 0;
        });
    }

    /** Ends it; what it has stays. */
    void stop() throws IOException, InterruptedException {
        // To the server, SIGTERM means to wait for its clients, and SIGINT not to.
        done(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())));
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Starts it again, at the same address and with what it had. */
    void restart() throws IOException {
        process = server();
        await();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Makes the table of the docs in a schema of its own, which the user may write. */
    String table(String schema) throws IOException, InterruptedException {
        sql("CREATE SCHEMA " + schema + "; SET search_path TO " + schema + "; " + Files.readString(TABLE)
                + "; GRANT USAGE ON SCHEMA " + schema + " TO " + USER
                + "; GRANT SELECT, INSERT, UPDATE, DELETE ON hosts TO " + USER);
        return schema + ".hosts";
    }

    /** What psql prints, a line for each row, the columns divided by a bar. */
    List<String> sql(String statement) throws IOException, InterruptedException {
        return done(psql(statement)).lines().toList();
    }

    private ProcessBuilder psql(String statement) {
        return new ProcessBuilder(
                Tool.find("psql", programs.toString()).toString(),
                "--no-psqlrc",
                "--quiet",
                "--no-align",
                "--tuples-only",
                "--host=" + folder,
                "--port=" + port,
                "--username=postgres",
                "--dbname=postgres",
                "--set=ON_ERROR_STOP=1",
                "--command=" + statement);
    }

    private static String done(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                stop();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
