package harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what the options ask for, prints it, and writes it to bench/results.md: see bench/README.md. */
public final class Bench {

    /** A scenario. */
    private interface Scenario {
        void run(Setting setting) throws IOException, InterruptedException;
    }

    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("start", setting -> new FirstMessage(setting).measure());
        full("200", 200, true);
        full("200-no-latency", 200, false);
        full("2000", 2000, true);
        full("2000-no-latency", 2000, false);
        SCENARIOS.put("dead", setting -> new DeadAgents(setting).measure());
        SCENARIOS.put("quick", setting -> new QuickRuns(setting).measure());
        SCENARIOS.put("growth", setting -> new Growth(setting).one());
        SCENARIOS.put("clusters", setting -> new Growth(setting).many());
    }

    private static void full(String name, int guests, boolean latency) {
        SCENARIOS.put(name + "/warm", setting -> runs(setting, guests, latency).warm());
        SCENARIOS.put(name + "/cold", setting -> runs(setting, guests, latency).cold());
        if (latency) {
            SCENARIOS.put(name + "/python", setting -> runs(setting, guests, true).python());
        }
    }

    private static FullRuns runs(Setting setting, int guests, boolean latency) throws IOException {
        return new FullRuns(setting, Plan.of(setting.guests(guests), 10, latency));
    }

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> only = new ArrayList<>();
        int rounds = 5;
        boolean quick = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--only" -> only.addAll(List.of(arguments[++i].split(",")));
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--quick" -> quick = true;
                default -> usage();
            }
        }
        List<String> names = SCENARIOS.keySet().stream()
                .filter(name -> only.isEmpty() || only.contains(name) || only.contains(name.replaceAll("/.*", "")))
                .toList();
        if (names.isEmpty() || rounds < 1) {
            usage();
        }
        run(names, quick ? 1 : rounds, quick, arguments);
    }

    private static void usage() {
        System.err.println("usage: bench/run [--only NAME[,NAME]] [--rounds N] [--quick]; names: "
                + String.join(", ", SCENARIOS.keySet()));
        System.exit(2);
    }

    private static void run(List<String> names, int rounds, boolean quick, String[] arguments) throws Exception {
        String head = String.format(
                "`%s`, %s, commit %s.%n%s. The simulated cluster runs on the same machine.",
                ("bench/run " + String.join(" ", arguments)).strip(), Machine.now(), Machine.commit(),
                Machine.describe());
        System.out.println(head);
        Results results = new Results();
        for (String name : names) {
            System.out.println("# " + name);
            try (ClusterProcess clusters = new ClusterProcess("4g")) {
                SCENARIOS.get(name).run(new Setting(clusters, results, rounds, quick));
            } catch (IOException e) {
                results.broken(name, e);
            }
            results.write(Path.of("bench", "results.md"), head);
        }
        System.exit(results.allMet() ? 0 : 1);
    }
}
