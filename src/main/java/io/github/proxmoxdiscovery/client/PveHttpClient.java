package io.github.proxmoxdiscovery.client;

import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.Login;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.ContentCompressionExec;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Configures the one HTTP client of a cluster: the only thing that knows its secret and its certificate. */
public final class PveHttpClient {

    /** Proxmox closes an idle connection after 5 s: one that idled longer than this is looked at before it is used. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(1);

    private final ClusterSettings cluster;
    private final Consumer<String> secretSeen;
    private final WatchInterceptor watch;
    private final RunTime run = new RunTime();
    private final NodeLimits nodeLimits;
    private final DeadlineInterceptor deadline;
    private final PresentedCertificates presented = new PresentedCertificates();
    private volatile String address;

    /**
     * @param timer ends requests that take too long
     * @param secretSeen is told each secret that appears later, such as a ticket
     */
    public PveHttpClient(ClusterSettings cluster, ScheduledExecutorService timer, Consumer<String> secretSeen) {
        this(cluster, timer, secretSeen, RequestListener.NONE);
    }

    /** @param listener is told of each request, logins included */
    public PveHttpClient(
            ClusterSettings cluster,
            ScheduledExecutorService timer,
            Consumer<String> secretSeen,
            RequestListener listener) {
        this.cluster = cluster;
        this.watch = new WatchInterceptor(cluster.name(), listener);
        this.secretSeen = secretSeen;
        this.address = cluster.urls().get(0);
        this.nodeLimits = new NodeLimits(cluster.nodeConcurrency(), cluster.agentConcurrency());
        this.deadline = new DeadlineInterceptor(timer, this::limitOf, run, BodyReader.whole(cluster.maxReplyBytes()));
    }

    /** A run begins; no request of it lasts longer than this. */
    public void begin(Duration most) {
        run.begin(most);
        nodeLimits.begin();
    }

    /** Breaks off what is under way: the program ends. */
    public void end() {
        run.end();
        deadline.endAll();
    }

    /**
     * Sets up a client builder for this cluster.
     *
     * @throws IOException when the CA file cannot be read
     */
    public void configure(HttpClientBuilder builder) throws IOException {
        PoolingHttpClientConnectionManager connections = connections();
        withoutCredentials(builder, connections);
        // The last one added first is the outermost: try, sign, wait for the node, look, start the clock, ask. A body
        // is unpacked before its bytes are counted.
        builder.disableContentCompression();
        builder.addExecInterceptorFirst("gzip", new ContentCompressionExec());
        builder.addExecInterceptorFirst("stale-connections", new StaleConnectionRetry(connections));
        builder.addExecInterceptorFirst("deadline", deadline);
        builder.addExecInterceptorFirst("watch", watch);
        builder.addExecInterceptorFirst("node-limits", nodeLimits);
        builder.addExecInterceptorFirst("credentials", new SigningInterceptor(credentials()));
        builder.addExecInterceptorFirst("retries", new RetryInterceptor(cluster.name(), new RetryPolicy(cluster), run));
    }

    /** How often a question of the run was asked once more. */
    public int repeated() {
        return run.repeated();
    }

    /** The address at which the cluster is asked, one of those that are set. */
    public String address() {
        return address;
    }

    /** Asks the cluster at this address from now on. */
    public void use(String other) {
        address = other;
    }

    /** What the server at the address presented last, its own certificate first; empty before the first connection. */
    public List<X509Certificate> certificates() {
        return presented.of(URI.create(address));
    }

    /** The address of the API, without a slash at its end. */
    public URI api() {
        return URI.create(address + "/api2/json");
    }

    private void withoutCredentials(HttpClientBuilder builder, HttpClientConnectionManager connections) {
        builder.setConnectionManager(connections)
                .setConnectionManagerShared(false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(cluster.timeout()))
                        .setResponseTimeout(timeout(cluster.timeout()))
                        .build())
                .setUserAgent("proxmox-discovery")
                .disableCookieManagement()
                .disableAuthCaching()
                .disableRedirectHandling()
                .disableAutomaticRetries();
    }

    private PoolingHttpClientConnectionManager connections() throws IOException {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(Tls.strategy(cluster.trust(), presented))
                .setMaxConnTotal(cluster.concurrency() + 1)
                .setMaxConnPerRoute(cluster.concurrency() + 1)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(cluster.connectTimeout()))
                        .setSocketTimeout(timeout(cluster.timeout()))
                        .setValidateAfterInactivity(IDLE)
                        .build())
                .build();
    }

    private Duration limitOf(String path) {
        return NodeLimits.isProtectedGuestCall(path) ? cluster.agentTimeout() : cluster.timeout();
    }

    private Credentials credentials() throws IOException {
        if (cluster.login() instanceof Login.Token token) {
            return new TokenCredentials(token, secretSeen);
        }
        return new TicketCredentials((Login.Password) cluster.login(), this::api, loginClient(), secretSeen);
    }

    private HttpClient loginClient() throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        withoutCredentials(builder, connections());
        builder.addExecInterceptorFirst("deadline", deadline);
        builder.addExecInterceptorFirst("watch", watch);
        return builder.build();
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }
}
