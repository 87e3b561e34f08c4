package io.github.proxmoxdiscovery.client;

import io.github.proxmoxdiscovery.settings.Secret;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Configures the HTTP client of the http sink: its token, its total deadline, and no redirects. */
public final class WebhookClient {

    /** More than this of an answer is of no use to anybody. */
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    private final @Nullable Secret token;
    private final Duration timeout;
    private final Consumer<String> secretSeen;
    private final DeadlineInterceptor deadline;

    /**
     * @param token sent as bearer token, or null for none
     * @param timeout total time of one request
     */
    public WebhookClient(
            @Nullable Secret token, Duration timeout, ScheduledExecutorService timer, Consumer<String> secretSeen) {
        this.token = token;
        this.timeout = timeout;
        this.secretSeen = secretSeen;
        this.deadline =
                new DeadlineInterceptor(timer, path -> timeout, new RunTime(), BodyReader.beginning(MAX_ANSWER_BYTES));
    }

    /** The program ends: requests that are under way are broken off, and no other begins. */
    public void end() {
        deadline.endAll();
    }

    public void configure(HttpClientBuilder builder) {
        Timeout total = Timeout.ofMilliseconds(timeout.toMillis());
        builder.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(total)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(total).build())
                .setUserAgent("proxmox-discovery")
                .disableCookieManagement()
                .disableAuthCaching()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .addExecInterceptorFirst("deadline", deadline);
        if (token != null) {
            builder.addRequestInterceptorLast(bearer(token));
        }
    }

    private HttpRequestInterceptor bearer(Secret secret) {
        return (request, entity, context) -> {
            String value = secret.read();
            secretSeen.accept(value);
            request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + value);
        };
    }
}
