package io.github.proxmoxdiscovery.delivery;

import io.github.proxmoxdiscovery.cli.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A way on which a sink is given events, from the settings of the sink to what it finds. */
abstract class Way implements AutoCloseable {

    private final String sink;
    private int seen;

    private Way(String sink) {
        this.sink = sink;
    }

    /** The program, with this sink and no other, given only changes. */
    Program program(Lab lab) {
        return settings(lab.program(sink)).with("sink." + sink + ".emit", "changes");
    }

    String sink() {
        return sink;
    }

    abstract Program settings(Program program);

    /** All that came so far, in the order of each host. */
    abstract List<HostEvent> all(Lab lab);

    /** What came since this was asked last. */
    List<String> news(Lab lab) {
        return newEvents(lab).stream().map(HostEvent::toString).toList();
    }

    List<HostEvent> newEvents(Lab lab) {
        List<HostEvent> all =
                all(lab).stream().filter(event -> !event.isTombstone()).toList();
        List<HostEvent> news = all.subList(seen, all.size());
        seen = all.size();
        return news;
    }

    @Override
    public void close() {}

    static Stream<Way> all(KafkaBroker kafka) {
        return Stream.of(http(1), http(500), file(), kafka(kafka));
    }

    /** @param batch how many events a request has at most */
    static Way http(int batch) {
        Webhook webhook = Webhook.thatTakesAll();
        return new Way("http") {
            @Override
            Program settings(Program program) {
                return program.with("sink.http.url", webhook.url()).with("sink.http.batch", String.valueOf(batch));
            }

            @Override
            List<HostEvent> all(Lab lab) {
                return webhook.requests().stream()
                        .flatMap(request -> batch == 1
                                ? Stream.of(HostEvent.of(request))
                                : HostEvent.ofBatch(request.body()).stream())
                        .toList();
            }

            @Override
            public void close() {
                webhook.close();
            }
        };
    }

    static Way file() {
        return new Way("file") {
            @Override
            Program settings(Program program) {
                return program;
            }

            @Override
            List<HostEvent> all(Lab lab) {
                // Two runs of one second: only their ids have an order.
                return lab.output().runs("lab").stream()
                        .sorted(Comparator.comparing(Way::runId))
                        .flatMap(run -> Output.lines(run).stream())
                        .map(HostEvent::ofLine)
                        .toList();
            }
        };
    }

    private static String runId(Path run) {
        String report = run.getFileName().toString().replace(".ndjson", ".report.json");
        return Output.json(Output.lines(run.resolveSibling(report)).get(0))
                .path("run_id")
                .asText();
    }

    /** Into a topic of its own, of one partition, which compacts. */
    static Way kafka(KafkaBroker kafka) {
        String topic = kafka.topic("changes-" + UUID.randomUUID(), 1, Map.of("cleanup.policy", "compact"));
        return new Way("kafka") {
            @Override
            Program settings(Program program) {
                return program.with("sink.kafka.brokers", kafka.address())
                        .with("sink.kafka.topic", topic)
                        .with("camel.component.kafka.max-block-ms", "1000");
            }

            @Override
            List<HostEvent> all(Lab lab) {
                List<HostEvent> events = new ArrayList<>();
                for (ConsumerRecord<String, String> record : kafka.records(topic)) {
                    events.add(HostEvent.of(record));
                }
                return events;
            }
        };
    }

    @Override
    public String toString() {
        return sink;
    }
}
