package harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The floor: a program that asks exactly what ours asks, with the same limits and as careful with TLS, takes nothing but
 * MACs and addresses out of the answers, and writes them to a file. Without more words it reads the cluster once;
 * with {@code warm} once for each line on stdin, which it answers with the milliseconds of the reading, and with those
 * of the list alone, asked once more.
 */
public final class PlainClient {

    private static final int CONCURRENCY = 32;

    private final PlainHttp http;
    private final Path out;
    private final ExecutorService threads = Executors.newFixedThreadPool(CONCURRENCY);

    private PlainClient(PlainHttp http, Path out) {
        this.http = http;
        this.out = out;
    }

    /** Words: address, fingerprint, token id, file, and {@code warm}; the secret is in TOKEN_SECRET. */
    public static void main(String[] words) throws Exception {
        String authorization = "PVEAPIToken=" + words[2] + "=" + System.getenv("TOKEN_SECRET");
        try (PlainHttp http = new PlainHttp(words[0], words[1], authorization, CONCURRENCY)) {
            PlainClient client = new PlainClient(http, Path.of(words[3]));
            if (words.length > 4) {
                client.serve();
            } else {
                client.read();
            }
            client.threads.shutdown();
        }
    }

    private void serve() throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            http.forgetIdle();
            if (line.equals("list")) {
                // The first one pays for a connection, as a quick run does.
                System.out.println(list());
            } else {
                System.out.println(read());
            }
        }
    }

    private double list() throws IOException {
        long start = System.nanoTime();
        http.get("/cluster/resources?type=vm", PlainJson::guests);
        return (System.nanoTime() - start) / 1e6;
    }

    private double read() throws Exception {
        long start = System.nanoTime();
        http.get("/nodes", PlainJson::skip);
        List<PlainGuest> guests = http.get("/cluster/resources?type=vm", PlainJson::guests);
        http.get("/access/permissions", PlainJson::skip);
        http.get("/version", PlainJson::skip);
        Queue<String> found = new ConcurrentLinkedQueue<>();
        PlainLanes lanes = new PlainLanes(guests);
        List<Future<?>> running = new ArrayList<>();
        for (int lane = 0; lane < CONCURRENCY; lane++) {
            running.add(threads.submit(() -> {
                lanes.run(guest -> found.addAll(read(guest, lanes)));
                return null;
            }));
        }
        await(running);
        double millis = (System.nanoTime() - start) / 1e6;
        Files.write(out, found);
        return millis;
    }

    private static void await(Collection<Future<?>> running) throws InterruptedException, ExecutionException {
        for (Future<?> lane : running) {
            lane.get();
        }
    }

    private List<String> read(PlainGuest guest, PlainLanes lanes) throws IOException, InterruptedException {
        String base = "/nodes/" + guest.node() + "/" + guest.type() + "/" + guest.vmid();
        PlainInterfaces interfaces = new PlainInterfaces(guest);
        http.get(base + "/config?current=1", interfaces::config);
        if (interfaces.hasToBeAsked()) {
            String call = guest.isContainer() ? "/interfaces" : "/agent/network-get-interfaces";
            lanes.withinGuestCalls(guest, () -> http.get(base + call, interfaces::observed));
        }
        return interfaces.lines();
    }
}
