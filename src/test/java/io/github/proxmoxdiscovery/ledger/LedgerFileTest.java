package io.github.proxmoxdiscovery.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies where the ledger is to be, the program says what it makes of it, and loses nothing silently. */
class LedgerFileTest {

    private static final TestHost A = TestHost.of(101);
    private static final TestHost B = TestHost.of(102);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("data/ledger.db");
    }

    private TestLedger open() throws LedgerException {
        return new TestLedger(file.getParent());
    }

    /** A ledger with two hosts, of which a sink has taken one; closed. */
    private String written() throws LedgerException {
        try (TestLedger lab = open()) {
            lab.full(A, B);
            lab.sink("cmdb").acknowledge(lab.offered("cmdb").subList(0, 1));
            return lab.ledger.epoch();
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<Path> aside() throws IOException {
        try (var files = Files.list(file.getParent())) {
            return files.filter(path -> path.getFileName().toString().matches("ledger\\.db\\.unreadable-[0-9T-]+"))
                    .toList();
        }
    }

    @Test
    void aNewOneCanBeReadByItsOwnerAlone() throws IOException {
        written();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void itIsTheSameAfterItWasClosed() throws IOException {
        String epoch = written();
        try (TestLedger lab = open()) {
            assertThat(lab.ledger.epoch()).isEqualTo(epoch);
            assertThat(lab.told("cmdb")).containsExactly("discovered lab/qemu/102/net0 1.1");
            assertThat(lab.warnings).isEmpty();
        }
    }

    @Test
    void aCopyOfItsFilesAtAnyMomentHasAllThatWasAcknowledged() throws IOException {
        try (TestLedger lab = open()) {
            lab.full(A, B);
            for (int copy = 0; copy < 10; copy++) {
                lab.told("cmdb");
                lab.full(A.named("name" + copy), B);
                lab.told("dns");
                Path crashed = copied(copy);
                try (TestLedger other = new TestLedger(crashed)) {
                    assertThat(other.ledger.epoch()).isEqualTo(lab.ledger.epoch());
                    assertThat(other.told("dns")).isEmpty();
                    assertThat(other.told("cmdb")).containsExactly("updated lab/qemu/101/net0 1." + (copy + 2));
                }
            }
        }
    }

    private Path copied(int number) throws IOException {
        Path target = Files.createDirectory(folder.resolve("copy" + number));
        for (String name : List.of("ledger.db", "ledger.db-wal")) {
            Files.copy(file.resolveSibling(name), target.resolve(name));
        }
        return target;
    }

    @Test
    void aTornEndOfTheLogLosesOnlyWhatWasNeverAcknowledgedWhole() throws IOException {
        Path crashed;
        try (TestLedger lab = open()) {
            lab.full(A);
            lab.told("cmdb");
            crashed = copied(0);
        }
        Path log = crashed.resolve("ledger.db-wal");
        byte[] bytes = Files.readAllBytes(log);
        for (int length = 0; length <= bytes.length; length += 1009) {
            Files.write(log, Arrays.copyOf(bytes, length));
            Files.deleteIfExists(crashed.resolve("ledger.db-shm"));
            byte[] main = Files.readAllBytes(crashed.resolve("ledger.db"));
            try (TestLedger lab = new TestLedger(crashed)) {
                assertThat(lab.warnings).isEmpty();
                lab.full(A);
            }
            Files.write(crashed.resolve("ledger.db"), main);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "SQLite format 3\0 and then nothing of it", "\0"})
    void garbageIsMovedAsideAndANewEpochBegins(String content) throws IOException {
        String epoch = written();
        Files.writeString(file, content.repeat(5000));
        try (TestLedger lab = open()) {
            assertThat(lab.ledger.epoch()).isNotEqualTo(epoch);
            assertThat(lab.warnings).hasSize(1).first().asString().contains("cannot be read", "is moved to ledger.db.");
            assertThat(aside())
                    .hasSize(1)
                    .first()
                    .satisfies(path -> assertThat(path).hasContent(content.repeat(5000)));
            lab.full(A, B);
            assertThat(lab.told("cmdb")).hasSize(2);
        }
    }

    @Test
    void oneThatIsUnreadableTwiceInASecondIsMovedAsideTwice() throws IOException {
        for (int i = 1; i <= 3; i++) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "garbage".repeat(1000));
            open().close();
            assertThat(aside()).hasSize(i);
        }
    }

    @Test
    void aFileWithoutAnythingIsNew() throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        try (TestLedger lab = open()) {
            assertThat(lab.warnings).isEmpty();
            lab.full(A);
            assertThat(lab.told("cmdb")).hasSize(1);
        }
    }

    @Test
    void oneThatWasCutShortIsMovedAside() throws IOException {
        written();
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 1; length < bytes.length - 4096; length += length < 4096 ? 455 : 4095) {
            Files.write(file, Arrays.copyOf(bytes, length));
            try (TestLedger lab = open()) {
                assertThat(lab.warnings).as(length + " bytes").hasSize(1);
            }
        }
    }

    /** Where SQLite does not notice, the text of a name or a state may be another one: that is not the point here. */
    @Test
    void withAnyByteFlippedItWorksOrIsMovedAsideOrRefused() throws IOException {
        written();
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(20261124);
        int movedAside = 0;
        for (int i = 0; i < 400; i++) {
            int at = i < 100 ? i : random.nextInt(bytes.length);
            byte[] flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            movedAside += opensOrIsRefused(at) ? 1 : 0;
        }
        assertThat(movedAside).isBetween(20, 399);
    }

    private boolean opensOrIsRefused(int at) throws IOException {
        try (TestLedger lab = open()) {
            lab.full(A, B);
            return !lab.warnings.isEmpty();
        } catch (LedgerException e) {
            assertThat(e).as("byte " + at).hasMessageMatching("(?s).*(version|readonly).*");
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE meta",
                "DELETE FROM meta WHERE name = 'epoch'",
                "DROP TABLE parked",
                "ALTER TABLE revision RENAME COLUMN body TO bodz",
                "CREATE TABLE more (x TEXT)",
            })
    void oneThatIsNoLedgerIsMovedAside(String sql) throws Exception {
        written();
        change(sql);
        try (TestLedger lab = open()) {
            assertThat(lab.warnings).hasSize(1);
            lab.full(A);
        }
    }

    @Test
    void oneOfANewerVersionIsRefusedAndStaysAsItIs() throws Exception {
        written();
        change("UPDATE meta SET value = '3' WHERE name = 'version'");
        change("ALTER TABLE host ADD COLUMN more TEXT");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContainingAll(file.toString(), "version 3", "knows version 2", "use the program that wrote");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(aside()).isEmpty();
    }

    @Test
    void oneOfTheVersionBeforeKeepsAllAndIsLeftAloneByACommand() throws Exception {
        written();
        change("DROP TABLE run");
        change("DELETE FROM meta WHERE name IN ('seen', 'changed')");
        change("UPDATE meta SET value = '1' WHERE name = 'version'");
        Clock clock = Clock.systemUTC();
        List<String> guests;
        try (Ledger beside = Ledger.openExisting(file.getParent(), clock)) {
            guests = beside.guests("lab");
        }
        assertThat(guests).isNotEmpty();
        try (Ledger again = Ledger.openExisting(file.getParent(), clock)) {
            assertThat(again.guests("lab")).isEqualTo(guests);
        }
        try (Ledger ledger = Ledger.open(file.getParent(), clock, warning -> {})) {
            assertThat(ledger.guests("lab")).isEqualTo(guests);
            assertThat(ledger.version()).isEqualTo(new StateVersion(0, 0));
            assertThat(ledger.wasEverLookedAtWholly("lab")).isTrue();
            ledger.distrust("lab");
            assertThat(ledger.wasEverLookedAtWholly("lab")).isTrue();
            keepRuns(ledger);
        }
        assertThat(aside()).isEmpty();
    }

    private static void keepRuns(Ledger ledger) throws LedgerException {
        for (int run = 0; run <= 2 * RunHistory.MOST; run++) {
            Instant at = Instant.EPOCH.plusSeconds(run);
            ledger.runs().keep(new KeptRun("lab", "run-" + run, at, run == 1, "{}", "{}"));
        }
        List<KeptRun> kept = ledger.runs().last("lab", 1000);
        assertThat(kept).hasSize(RunHistory.MOST + 1);
        assertThat(kept.get(0).run()).isEqualTo("run-200");
        assertThat(ledger.runs().lastFull("lab")).map(KeptRun::run).hasValue("run-1");
        assertThat(ledger.version().seen()).isEqualTo(2L * RunHistory.MOST + 1);
    }

    @Test
    void aFolderInItsPlaceIsRefusedAndStays() throws IOException {
        Files.createDirectories(file);
        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContainingAll(file.toString(), "cannot be used");
        assertThat(file).isDirectory();
    }

    @Test
    void oneThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
        written();
        assertThat(file.toFile().setReadOnly()).isTrue();
        assumeFalse(Files.isWritable(file), "root may write everything");
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("readonly");
    }

    @Test
    void aCommandThatFindsNoneSaysSoAndMakesNone() {
        assertThatThrownBy(() -> Ledger.openExisting(folder, new TestLedger.TestClock()))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("no run has been written down yet");
        assertThat(folder.resolve("ledger.db")).doesNotExist();
    }

    @Test
    void aCommandThatFindsAnUnreadableOneLeavesItThere() throws IOException {
        String garbage = "garbage".repeat(1000);
        Files.writeString(folder.resolve("ledger.db"), garbage, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Ledger.openExisting(folder, new TestLedger.TestClock()))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot be read");
        assertThat(folder.resolve("ledger.db")).hasContent(garbage);
    }

    @Test
    void aCommandThatWritesWhileARunIsWrittenDownWaits() throws Exception {
        written();
        try (Database run = new Database(connect());
                Database command = new Database(connect())) {
            Thread writer = new Thread(() -> write(command));
            run.transaction(tables -> {
                long before = tables.number("SELECT COUNT(*) FROM meta");
                writer.start();
                Thread.yield();
                return tables.update("INSERT INTO meta VALUES ('run', ?)", String.valueOf(before));
            });
            writer.join();
            assertThat(run.<Long>transaction(tables -> tables.number("SELECT COUNT(*) FROM meta")))
                    .isEqualTo(6);
        }
    }

    private Connection connect() throws SQLException {
        return new LedgerFile(file.getParent(), new TestLedger.TestClock(), warning -> {}).connect();
    }

    private static void write(Database command) {
        try {
            command.transaction(tables -> tables.update("INSERT INTO meta VALUES ('command', '')"));
        } catch (LedgerException e) {
            throw new AssertionError(e);
        }
    }
}
