package io.github.proxmoxdiscovery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container file, read and done by hand: there is no engine where these tests run. */
class ContainerIT {

    @TempDir
    private static Path folder;

    private static Path home;
    private static List<String> instructions;

    @BeforeAll
    static void read() throws Exception {
        home = Distribution.unpack(folder);
        String text = Files.readString(home.resolve("docs/ops/Containerfile"));
        instructions = text.lines()
                .filter(line -> !line.startsWith("#"))
                .reduce("", (all, line) -> all + line + "\n")
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<String> image() {
        return instructions.subList(instructions.lastIndexOf("FROM ${JAVA}"), instructions.size());
    }

    private static String only(String instruction) {
        assertThat(image())
                .filteredOn(line -> line.startsWith(instruction + " "))
                .hasSize(1);
        return image().stream()
                .filter(line -> line.startsWith(instruction + " "))
                .findFirst()
                .orElseThrow()
                .substring(instruction.length() + 1);
    }

    @Test
    void isMadeOfAnImageWithATagAndFetchesNothing() {
        assertThat(instructions.get(0)).matches("ARG JAVA=docker\\.io/library/eclipse-temurin:\\d+-jre-\\w+");
        assertThat(instructions)
                .noneMatch(line -> line.matches("(?i)ADD .*|.*(curl|wget|apt-get|https?:|secret|password).*"));
        assertThat(instructions)
                .filteredOn(line -> line.startsWith("FROM "))
                .allMatch(line -> line.contains("${JAVA}"));
    }

    @Test
    void runsAsNobodyInParticularAndWritesOnlyToItsVolume() {
        assertThat(only("USER")).isEqualTo("65532:65532");
        assertThat(only("VOLUME")).isEqualTo("/data").isEqualTo(only("WORKDIR"));
        assertThat(image()).contains("COPY --from=unpacked --chown=65532:65532 /data /data");
        assertThat(only("ENV")).contains("DISCOVERY_DATA=/data ", "SINK_FILE_DIRECTORY=/data/out ");
        assertThat(image().indexOf("VOLUME /data"))
                .as("what is in the volume belongs to the user")
                .isGreaterThan(image().indexOf("COPY --from=unpacked --chown=65532:65532 /data /data"));
    }

    @Test
    void theProgramIsTheFirstProcessSoThatASignalReachesIt() throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(only("ENTRYPOINT"), String[].class))
                .containsExactly("/opt/proxmox-discovery/bin/proxmox-discovery");
        assertThat(json.readValue(only("CMD"), String[].class)).containsExactly("run");
        assertThat(only("STOPSIGNAL")).isEqualTo("SIGTERM");
    }

    /** What its RUN does is done here, in another folder. */
    @Test
    void theLayersAreTheLibrariesAndThenTheRest() throws Exception {
        String run = instructions.stream()
                .filter(line -> line.startsWith("RUN "))
                .findFirst()
                .orElseThrow()
                .substring(4);
        Path root = Files.createDirectories(folder.resolve("root"));
        String here = run.replace(" /distribution.tar.gz", " " + Distribution.archive("tar.gz"))
                .replaceAll("(?<= )/(program|libraries|data)", root + "/$1");
        Command.of("bash", "-euc", here).run().succeeded();

        assertThat(image())
                .filteredOn(line -> line.matches("COPY --from=unpacked /.*"))
                .containsExactly(
                        "COPY --from=unpacked /libraries/ /opt/proxmox-discovery/",
                        "COPY --from=unpacked /program/ /opt/proxmox-discovery/");
        assertThat(Distribution.files(root.resolve("libraries")).keySet())
                .hasSizeGreaterThan(50)
                .allMatch(name -> name.matches("lib/[^/]+\\.jar"))
                .doesNotContain("lib/proxmox-discovery.jar");
        Path installed = Files.createDirectories(folder.resolve("installed"));
        for (String layer : List.of("libraries", "program")) {
            Command.of("cp", "-R", root.resolve(layer) + "/.", installed).run().succeeded();
        }
        assertThat(Distribution.files(installed)).isEqualTo(Distribution.files(home));
    }

    @Test
    void theHealthCheckGoesByTheAnswerOfTheProgram() throws Exception {
        String[] check =
                new ObjectMapper().readValue(only("HEALTHCHECK").replaceFirst("^.* CMD \\[", "["), String[].class);
        AtomicInteger status = new AtomicInteger(200);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/observe/health/live", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(exitCode(check, server)).isZero();
            status.set(503);
            assertThat(exitCode(check, server)).isNotZero();
        } finally {
            server.stop(0);
        }
        assertThat(exitCode(check, server)).isNotZero();
    }

    private static int exitCode(String[] check, HttpServer server) throws IOException, InterruptedException {
        return Command.of(Stream.of(check).toArray())
                .env("SERVER_PORT", String.valueOf(server.getAddress().getPort()))
                .run()
                .exitCode();
    }
}
