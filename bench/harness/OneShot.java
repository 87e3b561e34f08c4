package harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process from its start to its end, as /usr/bin/time measures it. */
record OneShot(int exitCode, double wall, double cpu, long mebibytes) {

    private static final String TIME = "/usr/bin/time";

    /** Words in front of a command, to measure it into a file. */
    static List<String> measuring(Path figures) throws IOException {
        if (!Files.isExecutable(Path.of(TIME))) {
            throw new IOException(TIME + " is missing (package time)");
        }
        return List.of(TIME, "-o", figures.toString(), "-f", "%e %U %S %M");
    }

    /** @param log where the process writes what it has to say */
    static OneShot of(ProcessBuilder builder, Path figures, File log) throws IOException, InterruptedException {
        int exitCode = builder.redirectErrorStream(true).redirectOutput(log).start().waitFor();
        List<String> lines = Files.readAllLines(figures);
        String[] numbers = lines.get(lines.size() - 1).split(" ");
        return new OneShot(
                exitCode,
                Double.parseDouble(numbers[0]),
                Double.parseDouble(numbers[1]) + Double.parseDouble(numbers[2]),
                Long.parseLong(numbers[3]) / 1024);
    }
}
