package harness;

import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plain client in one JVM that goes on, for round after round. */
final class PlainProcess implements AutoCloseable {

    private final Conversation process;

    PlainProcess(ClusterProcess.Started cluster, Path out) throws IOException {
        List<String> command = command(cluster, out);
        command.add("warm");
        process = new Conversation(builder(command));
    }

    static List<String> command(ClusterProcess.Started cluster, Path out) {
        return new ArrayList<>(List.of(
                Machine.ownJava(), "-cp", System.getProperty("java.class.path"), PlainClient.class.getName(),
                cluster.urls().get(0), cluster.fingerprint(), SyntheticCluster.TOKEN_ID, out.toString()));
    }

    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TOKEN_SECRET", SyntheticCluster.TOKEN_SECRET);
        return builder;
    }

    /** Reads the cluster once; the seconds that took. */
    double read() throws IOException {
        return ask("read");
    }

    /** Asks for the list of guests only; the seconds that took. */
    double list() throws IOException {
        return ask("list");
    }

    double cpuSeconds() throws IOException {
        return Machine.cpuSeconds(process.pid());
    }

    long peakMebibytes() throws IOException {
        return Machine.peakMebibytes(process.pid());
    }

    private double ask(String command) throws IOException {
        return Double.parseDouble(process.ask(command)) / 1000;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
