package io.github.proxmoxdiscovery.ledger;

import io.github.proxmoxdiscovery.ledger.ModelHistory.Action;
import io.github.proxmoxdiscovery.ledger.ModelHistory.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happens to a cluster, to its runs, to the sinks and to the program, in whatever order: every sink ends with
 * the truth, and nothing that exists is removed. {@code -Dledger.histories=20000} tries more of them.
 */
class LedgerModelTest {

    private static final int HISTORIES = 100;
    private static final int STEPS = 60;

    @Property(tries = HISTORIES, seed = "20261124")
    void everySinkEndsWithTheTruth(@ForAll("histories") List<Step> steps, @ForAll long seed) throws IOException {
        run(steps);
        int more = Integer.getInteger("ledger.histories", HISTORIES) / HISTORIES - 1;
        Random random = new Random(seed);
        for (int i = 0; i < more; i++) {
            run(histories().generator(HISTORIES).next(random).value());
        }
    }

    private static void run(List<Step> steps) throws IOException {
        Path folder = Files.createTempDirectory("ledger-model");
        try (ModelHistory history = new ModelHistory(folder)) {
            history.go(steps);
        } catch (AssertionError | LedgerException e) {
            throw new AssertionError(e.getMessage() + " in " + steps, e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Action> often = Arbitraries.of(Action.FULL_RUN, Action.FULL_RUN, Action.DELIVER, Action.REPLY_LOST);
        Arbitrary<Action> actions =
                Arbitraries.frequencyOf(Tuple.of(1, often), Tuple.of(2, Arbitraries.of(Action.class)));
        return Combinators.combine(
                        actions, Arbitraries.integers().between(0, 1000).withoutEdgeCases())
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(STEPS);
    }
}
