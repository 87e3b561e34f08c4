package io.github.proxmoxdiscovery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.faults.crash.Instance;
import io.github.proxmoxdiscovery.faults.crash.Recorder.Answer;
import io.github.proxmoxdiscovery.faults.crash.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM in the middle of a run. */
class StoppedTest {

    private static final int SIGTERM = 128 + 15;
    private static final int BATCH = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Trial trial(String sinks, Duration longest) throws IOException {
        return Trial.in(folder, sinks)
                .with("sink.http.batch", String.valueOf(BATCH))
                .with("sink.http.timeout", "60s")
                .with("discovery.shutdown-timeout", longest.toSeconds() + "s");
    }

    private static Duration end(Instance instance) throws IOException, InterruptedException {
        long told = System.nanoTime();
        instance.terminate();
        assertThat(instance.await()).as(instance.log()).isEqualTo(SIGTERM);
        return Duration.ofNanos(System.nanoTime() - told);
    }

    private static void awaitRequests(Trial trial, int number) {
        Awaitility.await().atMost(PATIENCE).until(() -> trial.http().requests() >= number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "once"})
    void endsInItsTimeWhileASinkHangsAndWhatWasTakenIsWrittenDown(String command) throws Exception {
        Duration longest = Duration.ofSeconds(6);
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = trial("http,file", longest);
                Instance instance = trial.instance()) {
            trial.http().manner((number, body) -> {
                if (number > 2) {
                    never.await();
                }
                return Answer.TAKEN;
            });
            instance.start(command);
            awaitRequests(trial, 3);
            assertThat(end(instance)).isLessThan(longest);
            assertThat(trial.lacks("http")).isEqualTo(trial.world().truth().size() - 2 * BATCH);
            trial.world().change(5);
            trial.heal();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void aSinkMayFinishTheBatchThatItHas() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (Trial trial = trial("http", Duration.ofSeconds(60));
                Instance instance = trial.instance()) {
            trial.http().manner((number, body) -> {
                if (number == 3) {
                    told.await();
                }
                return Answer.TAKEN;
            });
            instance.start("run");
            awaitRequests(trial, 3);
            instance.terminate();
            Awaitility.await().atMost(PATIENCE).until(() -> instance.log().contains("shutting down"));
            told.countDown();
            assertThat(instance.await()).as(instance.log()).isEqualTo(SIGTERM);
            assertThat(trial.http().requests()).isEqualTo(3);
            assertThat(trial.lacks("http")).isEqualTo(trial.world().truth().size() - 3 * BATCH);
        }
    }

    @Test
    void doesNotWaitForASinkThatAskedForALongWait() throws Exception {
        try (Trial trial = trial("http", Duration.ofSeconds(60));
                Instance instance = trial.instance()) {
            trial.http().manner((number, body) -> new Answer(503, 55));
            instance.start("run");
            awaitRequests(trial, 1);
            Awaitility.await().atMost(PATIENCE).until(() -> instance.log().contains("sink http fails"));
            end(instance);
            assertThat(instance.log()).doesNotContain("ERROR org.apache.camel", "Forcing shutdown", "\tat ");
        }
    }

    @Test
    void endsInItsTimeThoughASinkListensToNothing() throws Exception {
        Duration longest = Duration.ofSeconds(5);
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = trial("mine", longest);
                Instance instance = trial.instance()) {
            trial.http().manner((number, body) -> {
                never.await();
                return Answer.TAKEN;
            });
            instance.with("sink.mine.uri", trial.http().url() + "?httpMethod=POST");
            instance.start("run");
            Awaitility.await().atMost(PATIENCE).until(() -> trial.http().requests() > 0);
            assertThat(end(instance)).isLessThan(longest);
        }
    }

    @Test
    void aRunThatIsReadIsAbandonedAndLeavesNothing() throws Exception {
        try (Trial trial = trial("http,file", Duration.ofSeconds(60));
                Instance instance = trial.instance()) {
            try (var gate = trial.world().cluster().gate("/config")) {
                instance.start("run");
                gate.awaitHeld(1, PATIENCE);
                end(instance);
            }
            assertThat(trial.http().requests()).isZero();
            trial.heal();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void whatAKilledProgramLeftOfAFileIsFinishedByTheNext() throws Exception {
        try (Trial trial = trial("file", Duration.ofSeconds(60))) {
            assertThat(trial.once().exitCode()).isZero();
            Path run = Files.createDirectories(folder.resolve("out").resolve(World.NAME));
            String name = "20261124T170859-0d4cf1";
            Files.writeString(run.resolve(name + ".ndjson.part"), "{\"a\":1}\n{\"a\":2}\n{\"a\":");
            Files.writeString(run.resolve(name + ".latest.ndjson.part"), "{\"a\":");
            Files.writeString(run.resolve("20261124T170900-0d4cf2.ndjson.part"), "{\"a\":");
            assertThat(trial.once().err()).contains(name + ".incomplete.ndjson");
            assertThat(run.resolve(name + ".incomplete.ndjson")).hasContent("{\"a\":1}\n{\"a\":2}");
            assertThat(run).isDirectoryNotContaining("glob:**.part").isDirectoryNotContaining("glob:**0d4cf2*");
        }
    }
}
