package io.github.proxmoxdiscovery.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the archives, and that nothing of the machine that made them is. */
class ArchiveIT {

    private static final String OURS = "lib/proxmox-discovery.jar";

    @TempDir
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        home = Distribution.unpack(folder);
    }

    @Test
    void hasWhatAUserNeedsAndNothingElse() throws Exception {
        try (Stream<Path> entries = Files.list(home)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .filteredOn(name -> !name.startsWith("bom."))
                    .containsExactlyInAnyOrder(
                            "bin", "lib", "routes", "config", "docs", "README.md", "CHANGELOG.md", "LICENSE");
        }
        SortedMap<String, String> files = Distribution.files(home);
        assertThat(files)
                .containsKeys(
                        "bin/proxmox-discovery",
                        OURS,
                        "lib/ext/README.md",
                        "routes/1-poll.camel.yaml",
                        "config/application.properties",
                        "config/examples/kafka.properties",
                        "docs/how-to/install.md",
                        "docs/ops/proxmox-discovery.service");
        assertThat(files.keySet()).filteredOn(name -> name.startsWith("bin/")).hasSize(1);
    }

    @Test
    void everyEntryHasTheFixedTimeOwnerAndMode() throws Exception {
        String time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                .withZone(ZoneOffset.UTC)
                .format(Instant.parse(System.getProperty("distribution.time")));
        List<String> entries = Command.of(
                        "tar",
                        "--list",
                        "--verbose",
                        "--numeric-owner",
                        "--full-time",
                        "--file",
                        Distribution.archive("tar.gz"))
                .env("TZ", "UTC")
                .run()
                .succeeded()
                .out()
                .lines()
                .toList();
        String directory = "drwxr-xr-x 0/0 +0 " + time + " \\S+/";
        String file = "-rw-r--r-- 0/0 +\\d+ " + time + " \\S+[^/]";
        String script = "-rwxr-xr-x 0/0 +\\d+ " + time + " \\S+/bin/proxmox-discovery";
        assertThat(entries)
                .hasSizeGreaterThan(100)
                .allMatch(entry -> entry.matches(directory + "|" + file + "|" + script))
                .anyMatch(entry -> entry.matches(script));
    }

    @Test
    void theZipHasTheSameFilesAndModes() throws Exception {
        try (FileSystem zip =
                FileSystems.newFileSystem(Distribution.archive("zip"), Map.of("enablePosixFileAttributes", true))) {
            Path root = zip.getPath(Distribution.folder());
            assertThat(Distribution.files(root)).isEqualTo(Distribution.files(home));
            assertThat(modes(root)).isEqualTo(modes(home));
        }
    }

    private static SortedMap<String, String> modes(Path root) throws IOException {
        SortedMap<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                modes.put(
                        root.relativize(file).toString(),
                        Files.getPosixFilePermissions(file).toString());
            }
        }
        return modes;
    }

    @Test
    void theChecksumsAreThoseOfTheArchives() throws Exception {
        for (String suffix : List.of("tar.gz", "zip")) {
            Path archive = Distribution.archive(suffix);
            assertThat(Distribution.archive(suffix + ".sha256"))
                    .content()
                    .isEqualToIgnoringNewLines(
                            Distribution.sha256(Files.readAllBytes(archive)) + " *" + archive.getFileName());
        }
    }

    @Test
    void theLibrariesAreThoseOfTheListAndEachHasALicence() throws Exception {
        assumeFalse(System.getProperty("distribution.maven").equals("offline: true"), "offline, Maven makes no list");
        JsonNode bom = new ObjectMapper().readTree(home.resolve("bom.json").toFile());
        assertThat(bom.path("specVersion").asText()).isEqualTo("1.6");
        assertThat(bom.has("serialNumber") || bom.path("metadata").has("timestamp"))
                .as("differs with each build")
                .isFalse();
        SortedMap<String, String> listed = new TreeMap<>();
        for (JsonNode library : bom.path("components")) {
            assertThat(library.path("licenses")).as(library.toString()).isNotEmpty();
            listed.put(
                    library.path("name").asText() + "-"
                            + library.path("version").asText() + ".jar",
                    hash(library));
        }
        SortedMap<String, String> shipped = Distribution.files(home.resolve("lib"));
        shipped.keySet().removeAll(List.of("proxmox-discovery.jar", "ext/README.md"));
        assertThat(shipped).isEqualTo(listed);
    }

    private static String hash(JsonNode library) {
        return StreamSupport.stream(library.path("hashes").spliterator(), false)
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void nothingInItTellsWhereItWasMade() throws Exception {
        String here = System.getProperty("basedir", System.getProperty("user.dir"));
        String user = System.getProperty("user.home") + "/";
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".jar"))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(here, user);
            }
        }
        try (ZipFile jar = new ZipFile(home.resolve(OURS).toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                byte[] content = jar.getInputStream(entry).readAllBytes();
                assertThat(new String(content, StandardCharsets.ISO_8859_1))
                        .as(entry.getName())
                        .doesNotContain(here, user);
            }
        }
    }
}
