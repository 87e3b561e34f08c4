package io.github.proxmoxdiscovery.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The program as a user starts it, but in this process: its command line, its environment, what it prints. */
public final class Program {

    /**
     * How it ended.
     *
     * @param out what it printed to stdout
     * @param err what it printed to stderr, logs included
     */
    public record Result(int exitCode, String out, String err) {}

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();

    /** A program that writes its files below a folder, and takes the route files of the project unless told otherwise. */
    public static Program in(Path folder) {
        Program program = new Program();
        return program.with("sink.file.directory", folder.resolve("out").toString())
                .with("discovery.data", folder.resolve("data").toString());
    }

    /** Sets a setting by {@code -D}. */
    public Program with(String key, String value) {
        options.add("-D");
        options.add(key + "=" + value);
        return this;
    }

    /** Sets a variable of the environment. */
    public Program env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds an option as it stands. */
    public Program option(String... words) {
        options.addAll(List.of(words));
        return this;
    }

    public Result run(String command) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        StringWriter out = new StringWriter();
        try (Redactor redactor = new Redactor(new PrintStream(err, true, StandardCharsets.UTF_8));
                PrintStream stream = new PrintStream(redactor, true, StandardCharsets.UTF_8)) {
            System.setErr(stream);
            CommandLine line = ProxmoxDiscovery.commandLine(environment, redactor);
            line.setOut(new PrintWriter(out, true));
            line.setErr(new PrintWriter(stream, true));
            int exitCode = line.execute(words(command));
            stream.flush();
            return new Result(exitCode, out.toString(), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    private String[] words(String command) {
        List<String> words = new ArrayList<>();
        words.add(command);
        words.addAll(options);
        return words.toArray(String[]::new);
    }
}
