package harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;

/** A process that answers each line with a line, and ends when there are no more. */
final class Conversation implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    Conversation(ProcessBuilder builder) throws IOException {
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = process.inputReader();
        commands = process.outputWriter();
    }

    long pid() {
        return process.pid();
    }

    String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the process ended; the last command was " + command);
        }
        return answer;
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
