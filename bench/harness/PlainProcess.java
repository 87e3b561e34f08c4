package harness;

import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plain client in one JVM that goes on, for round after round. */
final class PlainProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    PlainProcess(ClusterProcess.Started cluster, Path out) throws IOException {
        List<String> command = command(cluster, out);
        command.add("warm");
        ProcessBuilder builder = builder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        process = builder.start();
        answers = process.inputReader();
        commands = process.outputWriter();
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
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the plain client ended");
        }
        return Double.parseDouble(answer) / 1000;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
