import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;

/**
 * The yardstick: a bare Apache HttpClient that asks the same questions with the same limits of each node (4 requests, of
 * these 2 agent calls), and throws the answers away. What a program needs beyond this is its own.
 */
public final class Raw {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CloseableHttpClient client;
    private final String api;
    private final String authorization;

    private Raw(CloseableHttpClient client, String url, String authorization) {
        this.client = client;
        this.api = url + "/api2/json";
        this.authorization = authorization;
    }

    public static void main(String[] arguments) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        try (CloseableHttpClient client = HttpClients.custom()
                .disableAutomaticRetries()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(context, NoopHostnameVerifier.INSTANCE))
                        .setMaxConnPerRoute(64)
                        .setMaxConnTotal(64)
                        .build())
                .build()) {
            new Raw(client, arguments[0], "PVEAPIToken=" + arguments[1] + "=" + System.getenv("TOKEN_SECRET")).read();
        }
    }

    private void read() throws Exception {
        get("/nodes");
        get("/access/permissions");
        Map<String, ConcurrentLinkedQueue<JsonNode>> nodes = new TreeMap<>();
        for (JsonNode guest : get("/cluster/resources?type=vm")) {
            nodes.computeIfAbsent(guest.path("node").asText(), name -> new ConcurrentLinkedQueue<>())
                    .add(guest);
        }
        Map<String, Semaphore> agents = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        nodes.forEach((node, guests) -> {
            agents.put(node, new Semaphore(2));
            for (int i = 0; i < 4; i++) {
                threads.add(new Thread(() -> readAll(guests, agents.get(node))));
            }
        });
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void readAll(ConcurrentLinkedQueue<JsonNode> guests, Semaphore agents) {
        try {
            for (JsonNode guest = guests.poll(); guest != null; guest = guests.poll()) {
                read(guest, agents);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void read(JsonNode guest, Semaphore agents) throws Exception {
        boolean qemu = guest.path("type").asText().equals("qemu");
        String base = "/nodes/" + guest.path("node").asText() + "/" + guest.path("id").asText();
        JsonNode config = get(base + "/config?current=1");
        boolean asked = guest.path("status").asText().equals("running")
                && !config.has("lock")
                && (!qemu || config.path("agent").asText().startsWith("1") || config.path("agent").asText().contains("enabled=1"));
        if (asked) {
            agents.acquire();
            try {
                get(base + (qemu ? "/agent/network-get-interfaces" : "/interfaces"));
            } finally {
                agents.release();
            }
        }
    }

    private JsonNode get(String path) throws Exception {
        HttpGet request = new HttpGet(api + path);
        request.setHeader("Authorization", authorization);
        return client.execute(request, answer -> JSON.readTree(answer.getEntity().getContent()).path("data"));
    }

    private static final class AnyCertificate implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
