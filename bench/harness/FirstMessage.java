package harness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * From the start of the process to the first host at an HTTP sink. Cold: in a working folder that is new. Warm: in one
 * where the program has run before, and has left there what it keeps for later starts, if it does.
 */
final class FirstMessage {

    private static final String DEFAULT_OTHER = "/usr/lib/jvm/temurin-25-jdk-amd64";

    private final Setting setting;
    private final BlockingQueue<Long> posts = new LinkedBlockingQueue<>();

    FirstMessage(Setting setting) {
        this.setting = setting;
    }

    void measure() throws IOException, InterruptedException {
        ClusterProcess.Started started = setting.clusters().start(Plan.of(1, 1, false));
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/", exchange -> {
            posts.add(System.nanoTime());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        sink.start();
        String url = "http://127.0.0.1:" + sink.getAddress().getPort() + "/";
        try {
            measure(started, url, System.getProperty("java.home"));
            String other = System.getenv().getOrDefault("BENCH_OTHER_JAVA_HOME", DEFAULT_OTHER);
            if (Files.isExecutable(Path.of(other, "bin", "java"))) {
                measure(started, url, other);
            } else {
                setting.results().remark("no other Java at " + other + " (BENCH_OTHER_JAVA_HOME): not measured");
            }
        } finally {
            sink.stop(0);
        }
    }

    private void measure(ClusterProcess.Started started, String url, String home)
            throws IOException, InterruptedException {
        List<Double> cold = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        for (int round = 0; round < setting.rounds(); round++) {
            try (Program program = program(started, url, home)) {
                cold.add(seconds(program));
                warm.add(seconds(program));
            }
        }
        String version = version(home);
        setting.results().told("start", version + ": to the first host posted, new folder", Results.median(cold), " s");
        String what = version + ": to the first host posted, later starts";
        if (version.equals("Java 17")) {
            setting.results().atMost("start", what, Results.median(warm), 1.5, " s");
        } else {
            setting.results().told("start", what, Results.median(warm), " s");
        }
    }

    private static Program program(ClusterProcess.Started started, String url, String home) throws IOException {
        return new Program(started)
                .with("discovery.sinks", "http")
                .with("sink.http.url", url)
                .withEnvironment("JAVA_HOME", home);
    }

    private double seconds(Program program) throws IOException, InterruptedException {
        posts.clear();
        long start = System.nanoTime();
        Process process = program.builder(List.of(), "once")
                .redirectErrorStream(true)
                .redirectOutput(program.log())
                .start();
        Long post = posts.poll(60, TimeUnit.SECONDS);
        int exitCode = process.waitFor();
        if (post == null || exitCode != 0) {
            throw new IOException("exit code " + exitCode + ": " + Files.readString(program.log().toPath()));
        }
        return (post - start) / 1e9;
    }

    private static String version(String home) throws IOException {
        String release = Files.readString(Path.of(home, "release"));
        return "Java " + release.replaceAll("(?s).*JAVA_VERSION=\"(\\d+).*", "$1");
    }
}
