package io.github.proxmoxdiscovery.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** A real Kafka, a process of its own. */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private volatile Process process;
    private final String address;

    private KafkaBroker(Path folder, Process process, String address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    static KafkaBroker start() {
        try {
            Path folder = Files.createTempDirectory("kafka");
            return start(folder, folder.resolve("data"));
        } catch (IOException e) {
            throw new IllegalStateException("Kafka did not start", e);
        }
    }

    /** @param data the folder of its records */
    public static KafkaBroker start(Path data) throws IOException {
        return start(Files.createTempDirectory("kafka"), data);
    }

    private static KafkaBroker start(Path folder, Path data) {
        try {
            int broker = freePort();
            Path settings = folder.resolve("server.properties");
            Files.writeString(settings, settings(data, broker, freePort()));
            format(folder, settings);
            Process process = server(folder);
            KafkaBroker started = new KafkaBroker(folder, process, "127.0.0.1:" + broker);
            started.await();
            return started;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Kafka did not start", e);
        }
    }

    private static String settings(Path data, int broker, int controller) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                """.formatted(broker, controller, data);
    }

    private static Process server(Path folder) throws IOException {
        return java(
                folder,
                "broker.log",
                "kafka.Kafka",
                folder.resolve("server.properties").toString());
    }

    /** Ends it; what it has stays. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Starts it again, at the same address and with what it had. */
    public void restart() throws IOException {
        process = server(folder);
        await();
    }

    public long pid() {
        return process.pid();
    }

    private static void format(Path folder, Path settings) throws IOException, InterruptedException {
        String id = "MkU3OEVBNTcwNTJENDM2Qk";
        Process format =
                java(folder, "format.log", "kafka.tools.StorageTool", "format", "-t", id, "-c", settings.toString());
        boolean ended = format.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended || format.exitValue() != 0) {
            format.destroyForcibly();
            throw new IOException("not formatted: " + Files.readString(folder.resolve("format.log")));
        }
    }

    /** The class path is too long for a command line. */
    private static Process java(Path folder, String log, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        builder.environment().put("CLASSPATH", classPath);
        return builder.start();
    }

    private void await() {
        try (Admin admin = admin()) {
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError("Kafka ended: " + Files.readString(folder.resolve("broker.log")));
                }
                return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
            });
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As host:port. */
    public String address() {
        return address;
    }

    int port() {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    /** Makes a topic of three partitions. */
    public String topic(String name, Map<String, String> settings) {
        return topic(name, 3, settings);
    }

    /** Makes a topic. */
    String topic(String name, int partitions, Map<String, String> settings) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return name;
        } catch (Exception e) {
            throw new IllegalStateException("no topic " + name, e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address));
    }

    /** Everything that is in a topic. */
    public List<ConsumerRecord<String, String>> records(String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, address, ConsumerConfig.CLIENT_ID_CONFIG, "reader-" + topic);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            Awaitility.await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= end;
            });
        }
        return records;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
