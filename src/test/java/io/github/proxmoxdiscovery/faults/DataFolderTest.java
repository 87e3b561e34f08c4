package io.github.proxmoxdiscovery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.faults.crash.Instance;
import io.github.proxmoxdiscovery.faults.crash.Recorder.Answer;
import io.github.proxmoxdiscovery.faults.crash.Told;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder in which the ledger is: used by another, spoilt, or of another version. */
class DataFolderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aSecondProgramIsRefusedWhileTheFirstGoesOn() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        try (Trial trial = Trial.in(folder, "http,file");
                Instance first = trial.instance()) {
            trial.http().manner((number, body) -> {
                refused.await();
                return Answer.TAKEN;
            });
            first.start("once");
            Awaitility.await().atMost(PATIENCE).until(() -> trial.http().isBusy());
            Program.Result second = trial.once();
            assertThat(second.exitCode()).as(second.err()).isEqualTo(2);
            assertThat(second.err())
                    .contains("is in use by another proxmox-discovery, process " + first.pid())
                    .doesNotContain("\tat ");
            refused.countDown();
            assertThat(first.await()).as(first.log()).isZero();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void aLedgerThatIsSpoiltIsMovedAsideAndNothingIsRemoved() throws Exception {
        try (Trial trial = Trial.in(folder, "http,file")) {
            assertThat(trial.once().exitCode()).isZero();
            spoil(trial.data().resolve("ledger.db"));
            trial.world().change(6);
            int before = trial.http().stream().size();
            Program.Result result = trial.once();
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).contains("is moved to ledger.db.unreadable-");
            assertThat(trial.data()).isDirectoryContaining("glob:**ledger.db.unreadable-*");
            assertThat(trial.http().stream()
                            .subList(before, trial.http().stream().size()))
                    .hasSize(trial.world().truth().size())
                    .extracting(Told::type)
                    .containsOnly("discovered");
        }
    }

    private static void spoil(Path ledger) throws IOException {
        try (FileChannel channel = FileChannel.open(ledger, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("no database at all".getBytes(java.nio.charset.StandardCharsets.UTF_8)), 0);
        }
    }

    @Test
    void aLedgerOfANewerVersionIsRefusedAndLeftAsItIs() throws Exception {
        try (Trial trial = Trial.in(folder, "http,file")) {
            assertThat(trial.once().exitCode()).isZero();
            Path ledger = trial.data().resolve("ledger.db");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE meta SET value = '99' WHERE name = 'version'");
            }
            byte[] before = Files.readAllBytes(ledger);
            int told = trial.http().requests();
            Program.Result result = trial.once();
            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
            assertThat(result.err()).contains("it has version 99").doesNotContain("\tat ");
            assertThat(Files.readAllBytes(ledger)).isEqualTo(before);
            assertThat(trial.http().requests()).isEqualTo(told);
        }
    }

    @Test
    void theOthersGoOnWhileOneOfThreeSinksHangs() throws Exception {
        CountDownLatch others = new CountDownLatch(1);
        try (Trial trial = Trial.in(folder, "http,file,mine");
                Trial other = Trial.in(folder.resolve("other"), "http");
                Instance instance = trial.instance()) {
            trial.http().manner((number, body) -> {
                others.await();
                return Answer.TAKEN;
            });
            instance.with("sink.http.timeout", "60s")
                    .with("sink.mine.uri", other.http().url() + "?httpMethod=POST");
            instance.start("once");
            int hosts = trial.world().truth().size();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> other.http().stream().size() == hosts
                            && instance.files().stream().size() == hosts
                            && trial.http().isBusy());
            others.countDown();
            assertThat(instance.await()).as(instance.log()).isZero();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
            trial.hasTheTruth("mine", other.http().stream());
        }
    }
}
