package harness;

import harness.Results.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Quick runs: one question a cluster, and only the guests that changed are read again. */
final class QuickRuns {

    private static final String TICKS = "0/5 * * * * ?";

    private final Setting setting;
    private final Plan plan;

    QuickRuns(Setting setting) {
        this.setting = setting;
        this.plan = Plan.of(setting.guests(2000), 10, true);
    }

    void measure() throws IOException, InterruptedException {
        ClusterProcess.Started started = setting.clusters().start(plan);
        try (Program program = new Program(started)) {
            if (!program.knows("discovery.quick-schedule", TICKS)) {
                setting.results().remark("this version has no quick runs: not measured");
                return;
            }
            program.with("discovery.schedule", FullRuns.NEVER).with("discovery.quick-schedule", TICKS);
            measure(program, listMillis(started, program));
        }
    }

    /** What the list alone takes on a new connection: nobody can be faster. */
    private double listMillis(ClusterProcess.Started started, Program program) throws IOException {
        try (PlainProcess client = new PlainProcess(started, program.folder().resolve("plain.txt"))) {
            client.read();
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                millis.add(client.list() * 1000);
            }
            return Results.median(millis);
        }
    }

    private void measure(Program program, double list) throws IOException, InterruptedException {
        setting.results().told(plan.toString(), "the list alone, plain client, warm", list, " ms");
        try (Daemon daemon = new Daemon(program, reportsSink(program))) {
            String kind = daemon.next().kind();
            if (!kind.equals("full")) {
                setting.results().remark("the first run of `run` was of the kind " + kind);
            }
            // The first quick runs pay for classes that no run has used yet.
            quick(daemon, program, setting.guests(10), "warm-up");
            quick(daemon, program, 0, "none");
            List<Round> none = changes(daemon, program, 0);
            setting.results().equal(plan.toString(), "quick, nothing changed: requests", none.get(0).stats().requests(), 1);
            setting.results().atMost(plan.toString(), "quick, nothing changed: wall",
                    Results.median(none, Round::wall) * 1000, 50 + list, " ms");
            changes(daemon, program, setting.guests(10));
            changes(daemon, program, setting.guests(500));
        }
    }

    private List<Round> changes(Daemon daemon, Program program, int number) throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < setting.rounds(); round++) {
            rounds.add(quick(daemon, program, number, number + "-" + round));
        }
        String what = "quick run, " + number + " changes";
        setting.results().figures(plan.toString(), "`run`, " + what, rounds);
        if (number > 0) {
            setting.results().allRight(plan.toString(), what, rounds);
        }
        return rounds;
    }

    /** Changes as many guests, and takes the quick run after that. */
    private Round quick(Daemon daemon, Program program, int number, String suffix)
            throws IOException, InterruptedException {
        setting.clusters().rename(number, suffix);
        setting.clusters().clear();
        double before = daemon.cpuSeconds();
        Daemon.Run run = daemon.next();
        // The delivery of what changed is over soon, long before the next tick.
        Thread.sleep(200);
        Truth truth = program.truth(0).renamed(plan.guests(), number, suffix);
        Path hosts = program.hosts(run.id());
        return new Round(
                run.wall(), daemon.cpuSeconds() - before, daemon.peakMebibytes(), setting.clusters().stats(),
                Files.exists(hosts) ? truth.right(hosts) : 0, truth.size(), run.kind().equals("quick") ? 0 : 1);
    }

    /** A sink that keeps reports only: the file sink leaves none of a quick run that found nothing. */
    private static Path reportsSink(Program program) throws IOException {
        Path routes = program.folder().resolve("routes");
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(Path.of("routes").relativize(file)));
            }
        }
        Path reports = program.folder().resolve("reports");
        Files.writeString(routes.resolve("sinks/reports.camel.yaml"), String.format("""
                - route:
                    id: sink-reports
                    from:
                      uri: direct:sink-reports
                      steps:
                        - removeHeaders: {pattern: "*"}
                - route:
                    id: sink-reports-report
                    from:
                      uri: direct:sink-reports-report
                      steps:
                        - to: "file:%s?fileName=${date:now:yyyyMMddHHmmssSSS}.report.json&tempPrefix=."
                """, reports));
        program.with("discovery.sinks", "file,reports");
        return reports;
    }
}
