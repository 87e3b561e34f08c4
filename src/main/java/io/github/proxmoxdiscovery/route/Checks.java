package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.check.Answer;
import io.github.proxmoxdiscovery.check.Bounded;
import io.github.proxmoxdiscovery.check.BrokerCheck;
import io.github.proxmoxdiscovery.check.ClusterCheck;
import io.github.proxmoxdiscovery.check.DirectoryCheck;
import io.github.proxmoxdiscovery.check.Finding;
import io.github.proxmoxdiscovery.check.KafkaCheck;
import io.github.proxmoxdiscovery.check.Questions;
import io.github.proxmoxdiscovery.check.SqlCheck;
import io.github.proxmoxdiscovery.check.SyslogCheck;
import io.github.proxmoxdiscovery.check.WebCheck;
import io.github.proxmoxdiscovery.client.DatabaseLogin;
import io.github.proxmoxdiscovery.client.Probe;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.settings.BrokerSettings;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaEndpoint;

/**
 * Looks at clusters and sinks without reading the one or writing to the other. Of all routes only the one that asks
 * Proxmox is started.
 */
public final class Checks {

    private static final String PVE_GET = "direct://pve-get";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Settings settings;
    private final RouteFiles routes;
    private final CamelContext context;
    private final Clusters clusters;
    private final Probe probe;

    Checks(Settings settings, RouteFiles routes, CamelContext context, ScheduledExecutorService timer) {
        this.settings = settings;
        this.routes = routes;
        this.context = context;
        this.clusters = context.getRegistry().lookupByNameAndType("clusters", Clusters.class);
        this.probe = new Probe(timer);
    }

    /**
     * Starts the route that asks.
     *
     * @throws Exception of Camel's
     */
    void start() throws Exception {
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint().getEndpointUri().equals(PVE_GET)) {
                context.getRouteController().startRoute(route.getRouteId());
            }
        }
    }

    public ClusterCheck.Result cluster(ClusterSettings cluster) {
        GuestFilter filter = new GuestFilter(settings.discovery());
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return new ClusterCheck(
                            cluster, new Asked(cluster.name(), template), probe, filter::accepts, filter.pools())
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks by the route by which runs ask. */
    private final class Asked implements Questions {

        private final Guests paths = new Guests(clusters);
        private final String cluster;
        private final ProducerTemplate template;

        Asked(String cluster, ProducerTemplate template) {
            this.cluster = cluster;
            this.template = template;
        }

        @Override
        public void use(String address) {
            clusters.get(cluster).use(address);
        }

        @Override
        public Answer get(String path) {
            Exchange exchange = template.send(PVE_GET, question -> {
                question.setVariable("cluster", cluster);
                question.getMessage().setBody(path);
            });
            return exchange.getException() == null
                    ? Answer.of(exchange.getMessage().getBody(JsonNode.class))
                    : Answer.failed(Failures.of(exchange.getException()));
        }

        @Override
        public Answer config(Guest guest) {
            return get(paths.configPath(guest));
        }

        @Override
        public Answer interfaces(Guest guest) {
            return get(paths.agentPath(guest));
        }
    }

    /** What is found of a sink. */
    public List<Finding> sink(SinkSettings sink) {
        return Bounded.look(sink.name(), LONGEST, () -> look(sink));
    }

    private List<Finding> look(SinkSettings sink) {
        String name = sink.name();
        if (sink.uri().isPresent() && !routes.hasSink(name)) {
            return List.of(Finding.ok(
                    name, "endpoint", "sink." + name + ".uri can be made; nothing is sent, its target is not tried"));
        }
        return switch (name) {
            case "file" -> directories();
            case "kafka" -> kafka();
            case "http" ->
                List.of(WebCheck.of(name, URI.create(settings.effective().getOrDefault("sink.http.url", "")), probe));
            case "sql" -> sql();
            case "syslog" -> List.of(syslog());
            case "jms", "amqp" -> List.of(broker(name));
            default ->
                List.of(Finding.ok(
                        name, "route", "a route of your own listens on direct:sink-" + name + "; it is not tried"));
        };
    }

    private Finding broker(String sink) {
        BrokerSettings broker = Objects.requireNonNull(settings.brokers().get(sink));
        ConnectionFactory factory =
                context.getRegistry().lookupByNameAndType(sink + "Connection", ConnectionFactory.class);
        return BrokerCheck.of(sink, broker, factory);
    }

    /** What is found of the folder for what sinks do not take. */
    public List<Finding> data() {
        return Bounded.look(
                "data",
                LONGEST,
                () -> List.of(
                        DirectoryCheck.of("data", "folder", settings.discovery().data())));
    }

    private List<Finding> directories() {
        List<Finding> findings = new ArrayList<>();
        findings.add(DirectoryCheck.of("file", "folder", settings.fileDirectory()));
        settings.clusters().stream()
                .map(cluster -> settings.fileDirectory().resolve(cluster.name()))
                .filter(Files::exists)
                .map(folder -> DirectoryCheck.of("file", "folder", folder))
                .forEach(findings::add);
        return findings;
    }

    private List<Finding> sql() {
        DatabaseLogin login = new DatabaseLogin(settings.sql(), LONGEST.dividedBy(3), secret -> {});
        String table = settings.effective().getOrDefault("sink.sql.table", "");
        return SqlCheck.of("sql", login, settings.sql().url(), table);
    }

    private Finding syslog() {
        String address = settings.effective().getOrDefault("sink.syslog.address", "");
        return SyslogCheck.of(
                "syslog", settings.syslog().host(), address, settings.syslog().udp());
    }

    private List<Finding> kafka() {
        return context.getEndpoints().stream()
                .filter(endpoint -> endpoint instanceof KafkaEndpoint)
                .map(KafkaEndpoint.class::cast)
                .filter(endpoint -> endpoint.getConfiguration()
                        .getTopic()
                        .equals(settings.effective().get("sink.kafka.topic")))
                .findFirst()
                .map(Checks::kafka)
                .orElseGet(() -> List.of(
                        Finding.ok("kafka", "route", "has another topic than sink.kafka.topic; it is" + " not tried")));
    }

    private static List<Finding> kafka(KafkaEndpoint endpoint) {
        Properties producer = endpoint.getConfiguration().createProducerProperties();
        String brokers = endpoint.getKafkaClientFactory().getBrokers(endpoint.getConfiguration());
        producer.put("bootstrap.servers", brokers);
        return new KafkaCheck("kafka", endpoint.getConfiguration().getTopic(), producer).findings();
    }
}
