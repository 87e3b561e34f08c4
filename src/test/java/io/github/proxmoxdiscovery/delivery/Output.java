package io.github.proxmoxdiscovery.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.ledger.ChangeRules;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.Parked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the program left in its folder: the files of the file sink, and what its ledger says of the sinks. */
public record Output(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 10_000;

    /** Whatever was rejected is offered again by then. */
    private static final Clock IN_A_YEAR = Clock.offset(Clock.systemUTC(), Duration.ofDays(365));

    /** What is done with the ledger. */
    public interface Work<T> {
        T with(Ledger ledger) throws LedgerException;
    }

    /** @param cluster its name */
    public Path of(String cluster) {
        return folder.resolve("out").resolve(cluster);
    }

    /** The names of the files of a cluster, in order. */
    public List<String> names(String cluster) {
        return list(of(cluster)).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** The files of the runs of a cluster, oldest first. */
    public List<Path> runs(String cluster) {
        return list(of(cluster)).stream()
                .filter(file -> file.getFileName().toString().matches("\\d{8}T\\d{6}-[0-9a-f]{6}\\.ndjson"))
                .toList();
    }

    /** The messages of {@code latest.ndjson} of a cluster. */
    public List<String> latest(String cluster) {
        return lines(of(cluster).resolve("latest.ndjson"));
    }

    /** The messages of the only run of the cluster lab. */
    public List<String> lines() {
        List<Path> runs = runs("lab");
        if (runs.size() != 1) {
            throw new AssertionError("not one run: " + runs);
        }
        return lines(runs.get(0));
    }

    public List<String> ids() {
        return ids(lines());
    }

    /** What a sink with emit=all lacks of the cluster lab, in the order of the ids, also what it rejected. */
    public List<Event> lacking(String sink) {
        return fromLedger(
                IN_A_YEAR,
                ledger -> ledger.sink(sink, true, true, new ChangeRules(List.of()))
                        .lacking("lab", "", MOST)
                        .events());
    }

    /** The ids of that. */
    public List<String> lackingIds(String sink) {
        return lacking(sink).stream().map(Event::id).sorted().toList();
    }

    /** What a sink rejected, and is not to be offered for a while. */
    public List<Parked> parked(String sink) {
        return fromLedger(Clock.systemUTC(), Ledger::parked).stream()
                .filter(parked -> parked.sink().equals(sink))
                .toList();
    }

    /** The ids of that. */
    public List<String> parkedIds(String sink) {
        return parked(sink).stream().map(Parked::id).sorted().toList();
    }

    /** Asks the ledger, or has it do something. */
    public <T> T inLedger(Work<T> work) {
        return fromLedger(Clock.systemUTC(), work);
    }

    private <T> T fromLedger(Clock clock, Work<T> work) {
        try (Ledger ledger = Ledger.openExisting(folder.resolve("data"), clock)) {
            return work.with(ledger);
        } catch (LedgerException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> ids(List<String> messages) {
        return messages.stream()
                .map(message -> json(message).path("id").asText())
                .sorted()
                .toList();
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(files.sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
