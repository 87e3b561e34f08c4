package io.github.proxmoxdiscovery.check;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks whether brokers are reached and have the topic; writes nothing. */
public final class KafkaCheck {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String sink;
    private final String topic;
    private final Properties settings;

    /** @param producer the settings of the sink's producer, TLS and login included */
    public KafkaCheck(String sink, String topic, Properties producer) {
        this.sink = sink;
        this.topic = topic;
        this.settings = forAdmin(producer);
    }

    /** A producer has settings of which an admin client knows nothing, and would complain. */
    private static Properties forAdmin(Properties producer) {
        Properties known = new Properties();
        AdminClientConfig.configNames().stream()
                .filter(producer::containsKey)
                .filter(name -> !name.endsWith(".classes") && !name.equals(AdminClientConfig.CLIENT_ID_CONFIG))
                .forEach(name -> known.put(name, producer.get(name)));
        known.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(LIMIT.toMillis()));
        known.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(LIMIT.toMillis() / 2));
        return known;
    }

    public List<Finding> findings() {
        Object brokers = settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        Admin admin = null;
        try {
            admin = Admin.create(settings);
            int count = get(admin.describeCluster().nodes()).size();
            return List.of(Finding.ok(sink, "brokers", brokers + ": " + count + " reached"), topic(admin));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return unreached(brokers, e);
        } finally {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    private List<Finding> unreached(Object brokers, Exception e) {
        return List.of(
                Finding.fail(
                        sink,
                        "brokers",
                        brokers + " are not reached: " + message(e),
                        "Check sink.kafka.brokers and the firewall on the way; a broker that asks for TLS or a login"
                                + " looks the same: set camel.component.kafka.security-protocol and so on. Try:",
                        List.of("kafka-broker-api-versions.sh --bootstrap-server " + brokers)),
                Finding.skip(sink, "topic", topic + " was not looked for: no broker was reached"));
    }

    private Finding topic(Admin admin) {
        try {
            TopicDescription found =
                    get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
            return Finding.ok(
                    sink,
                    "topic",
                    topic + " is there, with " + found.partitions().size()
                            + " partitions; whether it may be written is not tried");
        } catch (ExecutionException | TimeoutException e) {
            boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
            return Finding.fail(
                    sink,
                    "topic",
                    topic + (unknown ? " is not there, or may not be seen" : " could not be looked at: " + message(e)),
                    unknown
                            ? "Make it, unless the brokers make topics by themselves (auto.create.topics.enable):"
                            : "Look at the rights of the user, who must be allowed to describe and write the topic:",
                    List.of("kafka-topics.sh --bootstrap-server "
                            + settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)
                            + (unknown ? " --create" : " --describe") + " --topic " + topic));
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    private static String message(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        boolean late =
                e instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException;
        if (late) {
            return "no answer in " + LIMIT.toSeconds() + " s";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
