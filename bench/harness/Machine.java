package harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Where this was measured. */
final class Machine {

    private Machine() {}

    /** The Java of the bench itself, which is the program's unless something else is said. */
    static String ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String describe() throws IOException, InterruptedException {
        long kibibytes = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%d processors, %.0f GiB, load %s at the start, Java %s",
                Runtime.getRuntime().availableProcessors(),
                kibibytes / 1048576.0,
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                System.getProperty("java.version"));
    }

    static String commit() throws IOException, InterruptedException {
        String commit = output("git", "rev-parse", "--short", "HEAD");
        String changed = output("git", "status", "--porcelain", "--", "src/main", "routes", "bin", "pom.xml");
        return commit + (changed.isEmpty() ? "" : " with changes");
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
    }

    static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }

    /** CPU time that a process has used so far, in seconds (proc(5): utime and stime, in ticks of 10 ms). */
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** The most memory that a process has had so far, in MiB. */
    static long peakMebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
