import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long an edit of a route file takes to be in effect while nothing runs: see bench/README.md. */
public final class Reload {

    private static final int EDITS = 30;
    private static final int PATIENCE_SECONDS = 60;
    private static final String FILE = "transform/transform-host.camel.yaml";
    private static final Pattern VERSION = Pattern.compile("\"watched\":true,\"version\":(\\d+)");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Reload() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("proxmox-discovery-reload");
        Path routes = copy(Path.of("routes"), folder.resolve("routes"));
        int port = freePort();
        Process program = new ProcessBuilder(
                        Path.of("bin/proxmox-discovery").toAbsolutePath().toString(),
                        "demo", "--stay", "--routes", routes.toString(),
                        "-D", "server.port=" + port, "-D", "discovery.schedule=0 0 0 1 1 ? 2099",
                        "-D", "sink.file.directory=" + folder.resolve("out"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            URI status = URI.create("http://127.0.0.1:" + port + "/api/status");
            awaitVersion(status, 1);
            // The first run is over by then, and what Java has to learn of the first edit counts as well.
            TimeUnit.SECONDS.sleep(5);
            report("written anew and renamed", edits(routes, status, true));
            report("written in its place", edits(routes, status, false));
        } finally {
            program.destroy();
            program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static List<Long> edits(Path routes, URI status, boolean renamed) throws Exception {
        Path file = routes.resolve(FILE);
        List<Long> millis = new ArrayList<>();
        for (int edit = 0; edit < EDITS / 2; edit++) {
            long before = version(status);
            String text = Files.readString(file).replaceFirst("(?m)^# edit .*\n", "");
            String next = "# edit " + System.nanoTime() + "\n"
                    + text.replaceFirst("description: .*", "description: Edit " + edit + " of the bench.");
            long start = System.nanoTime();
            if (renamed) {
                Path beside = Files.writeString(file.resolveSibling(".new"), next);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.writeString(file, next);
            }
            awaitVersion(status, before + 1);
            millis.add((System.nanoTime() - start) / 1_000_000);
        }
        return millis;
    }

    private static void report(String how, List<Long> millis) {
        Collections.sort(millis);
        System.out.printf(
                "%s: %d edits, in effect after %d ms in the median, %d ms at most%n",
                how, millis.size(), millis.get(millis.size() / 2), millis.get(millis.size() - 1));
    }

    private static void awaitVersion(URI status, long version) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (version(status) < version) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("version " + version + " was never in effect");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static long version(URI status) throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    CLIENT.send(HttpRequest.newBuilder(status).build(), HttpResponse.BodyHandlers.ofString());
            Matcher matcher = VERSION.matcher(answer.body());
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException e) {
            // It has not started yet.
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }
}
