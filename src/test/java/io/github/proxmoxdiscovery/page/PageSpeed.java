package io.github.proxmoxdiscovery.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Measures the page with many interfaces, in a real browser, served by the program: {@code bench/page}. */
public final class PageSpeed {

    private static final int ROUNDS = 5;
    private static final String FIRST_ROW = "new MutationObserver((changes, observer) => {"
            + " if (document.querySelector('.rows .row')) { window.firstRow = performance.now(); observer.disconnect(); }"
            + "}).observe(document, {childList: true, subtree: true});";
    private static final String TYPE = """
            const field = document.getElementById('q');
            const took = [];
            for (let end = 1; end <= arguments[0].length; end++) {
              field.value = arguments[0].slice(0, end);
              const began = performance.now();
              field.dispatchEvent(new Event('input'));
              document.body.offsetHeight;
              took.push(performance.now() - began);
            }
            return {took, found: document.querySelector('.told').textContent};
            """;
    private static final List<String> QUERIES = List.of(
            "web",
            "bc:24:11:0",
            "10.0.",
            "10.0.0.0/8",
            "tag:prod node:pve1",
            "status:running vlan:20",
            "nothing-like-it");

    private PageSpeed() {}

    /** {@code [guests]} */
    public static void main(String[] arguments) throws Exception {
        SyntheticCluster plan = SyntheticCluster.of(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 16_000, 20);
        Path folder = Files.createTempDirectory("page-speed");
        int port = freePort();
        try (SimulatedCluster cluster = plan.create().start()) {
            Process program = start(cluster, folder, port);
            try (Browser browser = Browser.start(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromedriver"))) {
                measure(browser, "http://127.0.0.1:" + port + "/");
            } finally {
                program.destroy();
                program.waitFor();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process start(SimulatedCluster cluster, Path folder, int port) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("application.properties"), """
                proxmox.pve.url=%s
                proxmox.pve.fingerprint=%s
                proxmox.pve.token-id=%s
                proxmox.pve.token-secret=%s
                discovery.jitter=0s
                discovery.schedule=0 0 0 1 1 ? 2099
                discovery.quick-schedule=off
                server.enabled=true
                server.port=%d
                """.formatted(
                cluster.url(), cluster.fingerprint(), SyntheticCluster.TOKEN_ID, SyntheticCluster.TOKEN_SECRET, port));
        Path script = Path.of("bin", "proxmox-discovery").toAbsolutePath();
        return new ProcessBuilder(script.toString(), "run", "--config", config.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
    }

    private static void measure(Browser browser, String url) throws IOException, InterruptedException {
        browser.devTools("Page.addScriptToEvaluateOnNewDocument", "{\"source\":\"" + FIRST_ROW + "\"}");
        awaitHosts(browser, url);
        for (int round = 1; round <= ROUNDS; round++) {
            browser.open("about:blank");
            browser.open(url);
            JsonNode first = browser.await("window.firstRow && performance.now() && window.firstRow");
            System.out.printf("first row after %.0f ms%n", first.asDouble());
        }
        System.out.println(browser.script("return document.querySelector('.told').textContent")
                .asText());
        for (String query : QUERIES) {
            for (int round = 1; round <= ROUNDS; round++) {
                print(query, browser.script(TYPE, query), round == ROUNDS);
            }
        }
    }

    /** The first look takes a while; until it is over there is nothing to be seen. */
    private static void awaitHosts(Browser browser, String url) throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                browser.open(url);
                browser.await("window.firstRow");
                return;
            } catch (IOException e) {
                System.out.println(
                        "not yet: " + e.getMessage().lines().findFirst().orElse(""));
                Thread.sleep(1000);
            }
        }
        throw new IllegalStateException("the program shows no hosts");
    }

    private static void print(String query, JsonNode typed, boolean last) {
        double[] took = StreamSupport.stream(typed.path("took").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .sorted()
                .toArray();
        if (last) {
            System.out.printf(
                    "%-26s a key %5.1f ms in the median, %5.1f ms at most: %s%n",
                    query,
                    took[took.length / 2],
                    took[took.length - 1],
                    typed.path("found").asText());
        }
    }
}
