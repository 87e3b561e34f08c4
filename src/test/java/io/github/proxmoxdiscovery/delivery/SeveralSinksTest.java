package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.delivery.Webhook.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithKafka.class)
class SeveralSinksTest {

    private static final Pattern ACCOUNT = Pattern.compile("sink (\\w+) took (\\d+) hosts(?:, and lacks (\\d+))?");

    @TempDir
    private Path folder;

    @Test
    void theOthersHaveEverythingWhileOneStillHangs(KafkaBroker kafka) {
        String topic = kafka.topic("several", Map.of());
        try (Lab lab = Lab.of(folder, 20);
                Webhook other = Webhook.thatTakesAll();
                Webhook hanging = Webhook.that(request -> {
                    await(lab, other, kafka, topic);
                    return Answer.of(200);
                })) {
            Program.Result result = lab.program("http,mine,kafka,file")
                    .with("sink.http.url", hanging.url())
                    .with("sink.http.batch", "20")
                    .with("sink.http.timeout", "60s")
                    .with("sink.mine.uri", other.url())
                    .with("sink.kafka.brokers", kafka.address())
                    .with("sink.kafka.topic", topic)
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(kafka.records(topic))
                    .extracting(ConsumerRecord::key)
                    .containsExactlyInAnyOrderElementsOf(lab.ids());
            assertThat(hanging.requests()).hasSize(1);
        }
    }

    private static void await(Lab lab, Webhook other, KafkaBroker kafka, String topic) {
        Path latest = lab.output().of("lab").resolve("latest.ndjson");
        Awaitility.await()
                .atMost(Duration.ofSeconds(50))
                .until(() -> Files.exists(latest)
                        && other.requests().size() == 20
                        && kafka.records(topic).size() == 20);
    }

    @Test
    void eachAccountsForItself() {
        try (Lab lab = Lab.of(folder, 10);
                Webhook refusing = Webhook.that(request -> Answer.of(401));
                Webhook other = Webhook.thatTakesAll()) {
            Program.Result result = lab.program("http,mine,file")
                    .with("sink.http.url", refusing.url())
                    .with("sink.mine.uri", other.url())
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.err())
                    .contains("sink http took 0 hosts, and lacks 10, which it gets with the next runs")
                    .contains("Last: SINK_PAUSED 401 Unauthorized\n")
                    .contains("sink mine took 10 hosts", "sink file took 10 hosts");
            assertThat(other.ids()).isEqualTo(lab.ids());
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
            assertThat(lab.output().lackingIds("http")).isEqualTo(lab.ids());
        }
    }

    @Test
    void areGivenNothingWhenItCannotBeRememberedWhatTheyHave() throws IOException {
        Files.writeString(folder.resolve("data"), "a file where the folder should be");
        try (Lab lab = Lab.of(folder, 2);
                Webhook webhook = Webhook.thatTakesAll()) {
            Program.Result result = lab.program("http,file")
                    .with("sink.http.url", webhook.url())
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isNotZero().isNotEqualTo(5);
            assertThat(result.err()).contains(folder.resolve("data") + " (discovery.data) cannot be used");
            assertThat(webhook.requests()).isEmpty();
            assertThat(lab.cluster().requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void loseNothingWhateverMixOfAnswersThereIs(long seed) {
        Set<String> takenByHttp = ConcurrentHashMap.newKeySet();
        Set<String> takenByMine = ConcurrentHashMap.newKeySet();
        try (Lab lab = Lab.of(folder, 40);
                Webhook http = Webhook.that(moody(new Random(seed), takenByHttp));
                Webhook mine = Webhook.that(moody(new Random(seed + 100), takenByMine))) {
            Program.Result result = lab.program("http,mine,file")
                    .with("sink.http.url", http.url())
                    .with("sink.http.batch", "7")
                    .with("sink.mine.uri", mine.url())
                    .with("discovery.delivery-timeout", "2s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            nothingIsLost(lab, "http", takenByHttp);
            nothingIsLost(lab, "mine", takenByMine);
            balances(result.err(), 40);
        }
    }

    private static Webhook.Behaviour moody(Random random, Set<String> taken) {
        return request -> {
            int mood = mood(random);
            if (mood < 6) {
                taken.addAll(idsIn(request.body()));
                return Answer.of(200, "thank you");
            }
            return Answer.of(mood < 8 ? 503 : 422);
        };
    }

    private static synchronized int mood(Random random) {
        return random.nextInt(10);
    }

    private static Set<String> idsIn(String body) {
        Set<String> ids = new TreeSet<>();
        Matcher matcher = Pattern.compile("lab/qemu/\\d+/net0").matcher(body);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return ids;
    }

    private static void nothingIsLost(Lab lab, String sink, Set<String> taken) {
        Set<String> all = new TreeSet<>(taken);
        List<String> lacking = lab.output().lackingIds(sink);
        all.addAll(lacking);
        assertThat(List.copyOf(all)).as(sink).isEqualTo(lab.ids());
        assertThat(lacking).as(sink).doesNotHaveDuplicates().doesNotContainAnyElementsOf(taken);
    }

    private static void balances(String log, int hosts) {
        Matcher account = ACCOUNT.matcher(log);
        int sinks = 0;
        while (account.find()) {
            int failed = account.group(3) == null ? 0 : Integer.parseInt(account.group(3));
            assertThat(Integer.parseInt(account.group(2)) + failed)
                    .as(account.group())
                    .isEqualTo(hosts);
            sinks++;
        }
        assertThat(sinks).isEqualTo(3);
    }
}
