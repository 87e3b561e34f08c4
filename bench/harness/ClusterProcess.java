package harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The process of the simulated clusters, as the bench sees it. */
final class ClusterProcess implements AutoCloseable {

    /**
     * What the clusters saw since their log was cleared.
     *
     * @param inFlight the most requests at once in one cluster
     * @param atNode the most at one node
     * @param calls the most calls into guests of one node
     * @param targets a hash of all paths that were asked for
     */
    record Stats(int requests, int connections, int inFlight, int atNode, int calls, int targets) {}

    /** How the clusters are reached. */
    record Started(Plan plan, String fingerprint, List<String> urls) {}

    private final Conversation process;

    /** @param heap as -Xmx takes it */
    ClusterProcess(String heap) throws IOException {
        process = new Conversation(new ProcessBuilder(
                Machine.ownJava(), "-Xmx" + heap, "-XX:+UseParallelGC",
                "-cp", System.getProperty("java.class.path"), ClusterServer.class.getName()));
    }

    Started start(Plan plan) throws IOException {
        List<String> words = List.of(ask("start " + plan.text()).split(" "));
        return new Started(plan, words.get(0), words.subList(1, words.size()));
    }

    void clear() throws IOException {
        ask("clear");
    }

    void pem(Path file) throws IOException {
        ask("pem " + file);
    }

    int begun() throws IOException {
        return Integer.parseInt(ask("begun"));
    }

    void rename(int number, String suffix) throws IOException {
        ask("rename " + number + " " + suffix);
    }

    Stats stats() throws IOException {
        int[] numbers = List.of(ask("stats").split(" ")).stream().mapToInt(Integer::parseInt).toArray();
        return new Stats(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    private String ask(String command) throws IOException {
        return process.ask(command);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
