package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Tells of each request, and how it ended. It stands within the limits of the nodes, so that what is under way is what
 * the node has before it. The path is logged and nothing else of a request: it holds no secret.
 */
final class WatchInterceptor implements ExecChainHandler {

    private static final Pattern NODE = Pattern.compile("/nodes/([^/?]+)/");

    private static final Pattern GUEST = Pattern.compile("/nodes/([^/?]+)/(?:qemu|lxc)/(\\d+)/");

    private final String cluster;
    private final Logger log;
    private final RequestListener listener;

    WatchInterceptor(String cluster, RequestListener listener) {
        this.cluster = cluster;
        this.log = LoggerFactory.getLogger("discovery.cluster." + cluster);
        this.listener = listener;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Matcher matcher = NODE.matcher(request.getPath());
        String node = matcher.find() ? matcher.group(1) : "";
        listener.asking(node);
        long start = System.nanoTime();
        String status = RequestStatus.BROKEN;
        try {
            ClassicHttpResponse answer = chain.proceed(request, scope);
            status = RequestStatus.of(answer.getCode());
            log(request, answer.getCode() + " " + answer.getReasonPhrase(), start, scope);
            return answer;
        } catch (IOException e) {
            status = RequestStatus.of(e);
            log(request, e.toString(), start, scope);
            throw e;
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            listener.asked(new Asked(request.getPath(), node, status, took));
        }
    }

    private Map<String, String> fields(String path) {
        Map<String, String> fields = new HashMap<>(Map.of("cluster", cluster));
        Matcher guest = GUEST.matcher(path);
        if (guest.find()) {
            fields.put("node", guest.group(1));
            fields.put("vmid", guest.group(2));
        }
        return fields;
    }

    private void log(ClassicHttpRequest request, String line, long start, ExecChain.Scope scope) {
        if (log.isDebugEnabled()) {
            Object tried = scope.clientContext.getAttribute(RetryInterceptor.TRIED);
            String attempt = tried instanceof Integer number && number > 1 ? ", try " + number : "";
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Map<String, String> fields = fields(request.getPath());
            fields.forEach(MDC::put);
            log.debug("{} {}: {} ({} ms{})", request.getMethod(), request.getPath(), line, millis, attempt);
            fields.keySet().forEach(MDC::remove);
        }
    }
}
