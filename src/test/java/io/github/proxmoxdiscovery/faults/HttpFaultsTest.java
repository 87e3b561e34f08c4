package io.github.proxmoxdiscovery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.faults.crash.Recorder.Answer;
import io.github.proxmoxdiscovery.faults.crash.Recorder.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A receiver that does not take what it is sent, or does not say so. */
class HttpFaultsTest {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    @TempDir
    private Path folder;

    static Stream<Named<Manner>> manners() {
        return Stream.of(
                Named.of("500", (number, body) -> new Answer(500, 0)),
                Named.of("429 with a Retry-After beyond the time", (number, body) -> new Answer(429, 50)),
                Named.of("the connection is cut when all was read", (number, body) -> Answer.CUT),
                Named.of(
                        "each second connection is cut", (number, body) -> number % 2 == 0 ? Answer.CUT : Answer.TAKEN),
                Named.of("hangs", (number, body) -> {
                    NEVER.await();
                    return Answer.TAKEN;
                }));
    }

    @ParameterizedTest
    @MethodSource("manners")
    void hasWhatIsTrueWhenItIsWellAgain(Manner manner) throws IOException {
        try (Trial trial = Trial.in(folder, "http,file")
                .with("sink.http.batch", "5")
                .with("sink.http.timeout", "1s")
                .with("discovery.delivery-timeout", "1s")) {
            assertThat(trial.once().exitCode()).isZero();
            trial.world().change(20);
            trial.http().manner(manner);
            trial.once();
            trial.world().change(20);
            trial.heal();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws IOException {
        try (Trial trial = Trial.in(folder, "http").with("sink.http.batch", "100")) {
            trial.http().manner((number, body) -> number == 1 ? new Answer(429, 1) : Answer.TAKEN);
            Program.Result result = trial.once();
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(trial.http().requests()).isEqualTo(2);
            trial.httpHasTheTruth();
        }
    }

    @Test
    void aHostThatItRefusesIsOfferedAgainWhenItChanges() throws IOException {
        try (Trial trial = Trial.in(folder, "http").with("sink.http.batch", "5")) {
            String refused = trial.world().truth().keySet().iterator().next();
            trial.http()
                    .manner((number, body) ->
                            body.contains("\"subject\":\"" + refused + "\"") ? new Answer(400, 0) : Answer.TAKEN);
            Program.Result result = trial.once();
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(trial.lacks("http")).as(result.err()).isEqualTo(1);
            trial.world().rename(refused, "new");
            trial.heal();
            trial.httpHasTheTruth();
        }
    }
}
