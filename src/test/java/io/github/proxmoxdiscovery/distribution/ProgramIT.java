package io.github.proxmoxdiscovery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.DemoCluster;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution unpacked in an empty folder, which whoever runs it may not write to. */
class ProgramIT {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String LEFT_BEHIND = "sqlite-of-a-start-that-was-killed.so";
    private static final String SCRIPT = "bin/proxmox-discovery";

    @TempDir
    private static Path opt;

    private static Path home;
    private static boolean asNobody;

    /** The working directory; all else is forbidden. */
    @TempDir
    private Path work;

    @BeforeAll
    static void unpack() throws Exception {
        home = Distribution.unpack(opt);
        asNobody = ROOT && nobodyCanStart(Path.of(System.getProperty("java.home"), "bin", "java"));
        if (!ROOT) {
            Command.of("chmod", "-R", "a-w", home).run().succeeded();
        }
    }

    /** Java, and the folder for temporary files, may be the own ones of root. */
    private static boolean nobodyCanStart(Path java) throws Exception {
        return Command.of("test", "-x", java, "-a", "-r", home).asNobody().run().exitCode() == 0;
    }

    @AfterAll
    static void letItGo() throws Exception {
        Command.of("chmod", "-R", "u+w", home).run().succeeded();
    }

    @BeforeEach
    void everybodyMayWrite() throws IOException {
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private Command program(Path script, String... words) {
        Command command = Command.of(
                        Stream.concat(Stream.of(script), Stream.of(words)).toArray())
                .in(work);
        return asNobody ? command.asNobody() : command;
    }

    @Test
    void startsThroughALinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(opt.resolve("proxmox-discovery"), home.resolve(SCRIPT));
        String version = Distribution.folder().replace("proxmox-discovery-", "proxmox-discovery ");
        assertThat(program(link, "--version").run().succeeded().out())
                .startsWith(version)
                .contains("Java " + System.getProperty("java.version"));
    }

    @Test
    void showsTheDemoInAnEmptyFolder() throws Exception {
        Command.Result demo = program(home.resolve(SCRIPT), "demo").run().succeeded();
        assertThat(demo.out()).contains("bc:24:11:20:00:02", home.resolve("routes") + " (edit it");
        assertThat(demo.err()).doesNotContain("building", "ERROR", "WARN");
        assertThat(Files.readAllLines(work.resolve("out/demo/latest.ndjson"))).hasSize(32);
        assertThat(names(work)).containsExactly("out");
    }

    @Test
    void readsAClusterWithTheShippedSettingsAndAnEditedRouteAndWritesNothingElsewhere() throws Exception {
        Map<String, String> before = Distribution.files(home);
        leaveALibraryBehind();
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .token(DemoCluster.TOKEN_ID, DemoCluster.TOKEN_SECRET)
                .guest(SimulatedGuest.qemu(101, "web").config("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0"))
                .start()) {
            assertThat(of(cluster, "once").run().succeeded().err()).doesNotContain("ERROR", "WARN");
            Path latest = work.resolve("out/pve/latest.ndjson");
            assertThat(latest).content().contains("\"pve/qemu/101/net0\"").doesNotContain("\"site\"");

            assertThat(of(cluster, "status").run().succeeded().out()).contains("pve", "file");

            editARoute();
            Path err = work.resolve("log.txt");
            Process daemon = of(cluster, "run").start(work.resolve("stdout.txt"), err);
            try {
                Awaitility.await().atMost(PATIENCE).until(() -> contains(latest, "\"site\":\"bonn\""));
                daemon.destroy();
                assertThat(daemon.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(daemon.exitValue()).as(Files.readString(err)).isEqualTo(128 + 15);
            } finally {
                daemon.destroyForcibly();
            }
        }
        assertThat(names(work)).containsExactly("data", "log.txt", "out", "routes", "stdout.txt");
        assertThat(names(work.resolve("data"))).contains("cache", "in-use.lock", "ledger.db", "tmp");
        assertThat(names(work.resolve("data/tmp"))).doesNotContain(LEFT_BEHIND);
        assertThat(Distribution.files(home)).isEqualTo(before);
    }

    /** What is set is in the environment, as in a container, and there is no folder for temporary files. */
    private Command of(SimulatedCluster cluster, String command) {
        return program(home.resolve(SCRIPT), command)
                .env(Map.of(
                        "PROXMOX_PVE_URL",
                        cluster.url(),
                        "PROXMOX_PVE_FINGERPRINT",
                        cluster.fingerprint(),
                        "PROXMOX_PVE_TOKEN_ID",
                        DemoCluster.TOKEN_ID,
                        "PROXMOX_PVE_TOKEN_SECRET",
                        DemoCluster.TOKEN_SECRET,
                        "JAVA_OPTS",
                        "-Djava.io.tmpdir=/nowhere"));
    }

    /** As a start does that was killed. */
    private void leaveALibraryBehind() throws Exception {
        Path left = Files.createDirectories(work.resolve("data/tmp")).resolve(LEFT_BEHIND);
        Files.writeString(left, "library");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        Command.of("chmod", "-R", "a+rwX", work.resolve("data")).run().succeeded();
    }

    private void editARoute() throws Exception {
        Command.of("cp", "-R", home.resolve("routes"), work.resolve("routes"))
                .run()
                .succeeded();
        Path route = work.resolve("routes/transform/transform-host.camel.yaml");
        Command.of("chmod", "u+w", route).run().succeeded();
        Files.writeString(
                route,
                Files.readString(route)
                        .replaceFirst(
                                "(?m)^( +)steps:\n",
                                "$0$1  - script:\n$1      simple: " + "\"\\${body.put('site', 'bonn')}\"\n"));
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
