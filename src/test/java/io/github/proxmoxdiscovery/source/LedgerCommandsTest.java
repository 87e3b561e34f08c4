package io.github.proxmoxdiscovery.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.ledger.ChangeRules;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.Observation;
import io.github.proxmoxdiscovery.ledger.Observation.ObservedHost;
import io.github.proxmoxdiscovery.ledger.Recorded;
import io.github.proxmoxdiscovery.ledger.RemovalRules;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands for the ledger, beside a program that has it open. */
public class LedgerCommandsTest {

    private static final Instant NOW = Instant.parse("2030-03-04T05:06:07Z");
    private static final ChangeRules CHANGES = new ChangeRules(Set.of());
    private static final RemovalRules RULES = new RemovalRules(2, 20);

    @TempDir
    private Path folder;

    private Ledger ledger;

    @BeforeEach
    void open() throws Exception {
        ledger = Ledger.open(folder.resolve("data"), Clock.fixed(NOW, ZoneOffset.UTC), warning -> {});
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    private Program program() {
        return Discovery.in(folder)
                .at("lab", "https://127.0.0.1:1")
                .token("lab", Discovery.TOKEN_ID, Discovery.SECRET)
                .with("discovery.sinks", "file,mine")
                .with("sink.mine.uri", "log:mine")
                .with("sink.mine.emit", "changes")
                .program();
    }

    private Program.Result ended(int exitCode, String command, String... words) {
        Program.Result result = program().option(words).run(command);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err()).doesNotContain("\tat ");
        return result;
    }

    private Recorded complete(int hosts) throws Exception {
        List<ObservedHost> seen = IntStream.rangeClosed(101, 100 + hosts)
                .mapToObj(vmid -> new ObservedHost("lab/qemu/" + vmid + "/net0", "qemu/" + vmid, null, "{\"a\":1}"))
                .toList();
        Set<String> guests = seen.stream().map(ObservedHost::guest).collect(Collectors.toSet());
        return ledger.record(
                new Observation(
                        "lab", "run", NOW, true, true, seen, guests, Set.of(), Set.of(), Set.of(), null, "settings"),
                CHANGES,
                RULES);
    }

    private List<Event> lacking(SinkLedger sink) throws Exception {
        return sink.lacking("lab", "", 1000).events();
    }

    private SinkLedger mine() {
        return ledger.sink("mine", false, true, CHANGES);
    }

    private static List<List<String>> cells(String out) {
        return out.lines().map(line -> List.of(line.split("\\s{2,}"))).toList();
    }

    @Test
    void aSinkIsToldOfEveryHostOnceMore() throws Exception {
        complete(3);
        mine().acknowledge(lacking(mine()).subList(0, 2));
        Program.Result result = ended(0, "resync", "--sink", "mine");
        assertThat(result.out()).isEqualTo("mine: 2 hosts are told once more with the next run.\n");
        assertThat(lacking(mine())).hasSize(3);
    }

    @Test
    void aSinkThatGetsAllHostsAnywayIsResetToo() throws Exception {
        complete(1);
        SinkLedger file = ledger.sink("file", true, true, CHANGES);
        file.acknowledge(lacking(file));
        assertThat(file.lacks("lab")).isZero();
        assertThat(ended(0, "resync", "--sink", "file").out())
                .contains("file: 1 host is told once more", "with each full run anyway");
        assertThat(file.lacks("lab")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resync           | --sink kafka      | there is no sink kafka in discovery.sinks, which names file, mine",
                "confirm-removals | --cluster shop    | there is no cluster shop in proxmox.clusters, which names lab",
                "accept-cluster   | shop              | there is no cluster shop in proxmox.clusters, which names lab",
                "resync           | --config=.        | --sink",
                "accept-cluster   | --config=.        | NAME",
            })
    void whatIsNotConfiguredIsBadUsage(String command, String words, String why) {
        Program.Result result = ended(2, command, words.split(" "));
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(why);
    }

    @Test
    void removalsThatAreHeldBackAreListedAndConfirmed() throws Exception {
        assertThat(ended(0, "confirm-removals").out()).isEqualTo("No removal is held back.\n");
        complete(10);
        assertThat(complete(2).held()).isEqualTo(8);

        List<List<String>> listed = cells(ended(0, "confirm-removals", "--list").out());
        assertThat(listed).contains(List.of("lab/qemu/103/net0", "lab"), List.of("8 hosts are held back."));
        assertThat(ledger.held("lab")).hasSize(8);

        assertThat(ended(0, "confirm-removals", "--cluster", "lab").out())
                .contains("lab/qemu/110/net0")
                .endsWith("8 hosts are removed with the next complete look that does not find them either.\n");
        assertThat(ended(0, "confirm-removals").out()).isEqualTo("No removal is held back.\n");
        assertThat(complete(2).removed()).isEqualTo(8);
    }

    @Test
    void anotherClusterIsTakenForTheRightOneAndNothingIsRemovedThere() throws Exception {
        complete(3);
        complete(2);
        ledger.identity("lab", "the one before");
        assertThat(ended(0, "accept-cluster", "lab").out())
                .startsWith("lab: the cluster that answers next at https://127.0.0.1:1 is taken for the right one.");
        assertThat(ledger.identity("lab")).isEmpty();
        assertThat(complete(2).removed()).isZero();
    }

    @Test
    void theStatusTellsWhatIsKnownAndWhatTheSinksHave() throws Exception {
        complete(10);
        complete(2);
        List<Event> events = lacking(mine());
        mine().acknowledge(events.subList(0, 4));
        mine().park(events.get(9), "422 too \u001b[2J long");
        List<List<String>> lines = cells(ended(0, "status").out());
        assertThat(lines)
                .contains(List.of("lab", "10", "8", "8", "2030-03-04T05:06:07Z"))
                .contains(List.of("file", "all", "0", "10", "0"))
                .contains(List.of("mine", "changes", "4", "6", "1"))
                .contains(List.of("lab/qemu/110/net0", "mine", "1x", "2030-03-04T05:11:07Z", "422 too ?[2J long"));
    }

    @Test
    void ofManyRejectedHostsTheStatusShowsTheFirst() throws Exception {
        complete(25);
        for (Event event : lacking(mine())) {
            mine().park(event, "422");
        }
        String out = ended(0, "status").out();
        assertThat(out.lines().filter(line -> line.endsWith("422"))).hasSize(20);
        assertThat(out).endsWith("and 5 more\n");
        assertThat(new ObjectMapper()
                        .readTree(ended(0, "status", "--json").out())
                        .path("parked"))
                .hasSize(25);
    }

    @Test
    void theStatusIsThereForScripts() throws Exception {
        complete(2);
        mine().acknowledge(lacking(mine()));
        JsonNode status =
                new ObjectMapper().readTree(ended(0, "status", "--json").out());
        assertThat(status.at("/clusters/0/present").asInt()).isEqualTo(2);
        assertThat(status.at("/clusters/0/complete_at").asText()).isEqualTo(NOW.toString());
        assertThat(status.at("/sinks/1")).hasToString("""
                {"name":"mine","emit":"changes","has":2,"lacks":0,"parked":0}""");
    }

    /** Both read before they write, which a database may refuse to two that do so at once. */
    @Test
    void neitherTheProgramNorACommandFailsBecauseOfTheOther() throws Exception {
        complete(10);
        mine().acknowledge(lacking(mine()));
        CompletableFuture<Void> program = CompletableFuture.runAsync(() -> {
            for (int run = 0; run < 100; run++) {
                try {
                    complete(10 + run % 2);
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            }
        });
        try (Ledger beside = Ledger.openExisting(folder.resolve("data"), Clock.systemUTC())) {
            while (!program.isDone()) {
                assertThat(beside.resync("mine")).isEqualTo(10);
                beside.confirmRemovals("lab");
            }
        }
        program.join();
    }

    @Test
    void aClusterThatWasNeverLookedAtHasNothing() {
        assertThat(cells(ended(0, "status").out())).contains(List.of("lab", "0", "0", "0", "-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "confirm-removals", "resync --sink mine", "accept-cluster lab"})
    void withoutALedgerEachCommandSaysWhatToDo(String line) throws Exception {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("-D", "discovery.data=" + folder.resolve("elsewhere")));
        Program.Result result = program()
                .option(words.subList(1, words.size()).toArray(String[]::new))
                .run(words.get(0));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains("Do one first");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void aLedgerOfANewerVersionIsLeftAlone() throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/ledger.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("UPDATE meta SET value = '1000' WHERE name = 'version'");
        }
        assertThat(ended(2, "status").err().lines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains("version 1000");
    }

    @Test
    void aLedgerThatIsNoneIsOneLine() throws Exception {
        Path data = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(data.resolve("ledger.db"), "no ".repeat(2000), StandardCharsets.UTF_8);
        Program.Result result =
                program().with("discovery.data", data.toString()).run("status");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains("cannot be read");
    }
}
