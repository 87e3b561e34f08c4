package io.github.proxmoxdiscovery.library;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Has Maven fetch libraries, with the settings that its user has: mirrors, proxies, the local repository. */
final class Maven {

    static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";

    private static final Pattern NO_VERSION =
            Pattern.compile("'dependencies\\.dependency\\.version' for ([^:\\s]+):([^:\\s]+):jar is missing");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Without the lines that tell how to make Maven say more. */
    private static final Pattern ERROR = Pattern.compile(
            "(?m)^\\[(?:ERROR|FATAL)] (?:\\[(?:ERROR|FATAL)] )?(?!To see|Re-run|For more|\\[Help)(\\S.+)$");

    private static final Pattern LOGIN_IN_URL = Pattern.compile("://[^/@\\s]+@");
    private static final int MOST_LINES = 3;

    private final Path program;
    private final boolean offline;

    private Maven(Path program, boolean offline) {
        this.program = program;
        this.offline = offline;
    }

    /**
     * The Maven of the PATH, if there is one.
     *
     * @param offline whether it may only take what it fetched before
     */
    static Optional<Maven> find(String path, boolean offline) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "mvn"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Maven(program, offline));
    }

    /**
     * Copies the libraries of a project into a folder.
     *
     * @throws NotAddedException when there is no such library, or it could not be fetched
     */
    void copy(Path pom, Path folder, String camel) throws NotAddedException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--batch-mode", "--quiet"));
        if (offline) {
            command.add("--offline");
        }
        command.addAll(List.of("-Dstyle.color=never", "--file", pom.toString(), GOAL, "-DincludeScope=runtime"));
        command.add("-DoutputDirectory=" + folder);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(new File("/dev/null"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw failure(said, camel);
        }
    }

    static NotAddedException failure(String output, String camel) {
        String said = COLOUR.matcher(output).replaceAll("");
        Matcher missing = NO_VERSION.matcher(said);
        if (missing.find()) {
            String name = missing.group(2);
            return NotAddedException.unknown("there is no " + name + " in Camel " + camel + "."
                    + Coordinates.nearest(name)
                            .map(near -> " Did you mean " + near + "?")
                            .orElse(""));
        }
        String lines = ERROR.matcher(said)
                .results()
                .map(line -> line.group(1).strip())
                .distinct()
                .limit(MOST_LINES)
                .collect(Collectors.joining("\n  "));
        return NotAddedException.because("Maven could not fetch it. It says:\n  "
                + LOGIN_IN_URL.matcher(lines.isEmpty() ? said.strip() : lines).replaceAll("://***@"));
    }
}
