package io.github.proxmoxdiscovery.faults.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The program of bench/crash: see bench/README.md. */
public final class Crash {

    /** With fewer events nothing is proved. */
    private static final int LEAST_EVENTS = 1000;

    private Crash() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int kills = Integer.parseInt(options.getOrDefault("--kills", "50"));
        int guests = Integer.parseInt(options.getOrDefault("--guests", "50"));
        String drawn = String.valueOf(new Random().nextInt(1_000_000));
        long seed = Long.parseLong(options.getOrDefault("--seed", drawn));
        Path folder = Files.createTempDirectory("proxmox-discovery-crash");
        System.out.println("seed " + seed + ", in " + folder);
        List<String> program =
                List.of(Path.of("bin/proxmox-discovery").toAbsolutePath().toString());
        System.exit(run(folder, program, kills, guests, seed));
    }

    private static int run(Path folder, List<String> program, int kills, int guests, long seed)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Series series = new Series(folder, program, seed, guests)) {
            series.kill(kills);
            series.heal();
            System.out.println(series);
            System.out.println(Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
            List<String> violations = series.violations();
            violations.forEach(violation -> System.out.println("VIOLATION " + violation));
            System.out.println(violations.size() + " violations");
            boolean tooFew = series.events() < LEAST_EVENTS;
            if (tooFew) {
                System.out.println("only " + series.events() + " events: this proves nothing");
            }
            return violations.isEmpty() && !tooFew ? 0 : 1;
        }
    }
}
