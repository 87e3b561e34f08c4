package harness;

import harness.Results.Round;
import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Full runs of ours beside those of the plain client and of Python scripts, cold and warm, in turns. */
final class FullRuns {

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    /** A quick run in between would be no full run, so there is none. */
    static final String NEVER = "0 0 0 1 1 ? 2099";

    private final Setting setting;
    private final Plan plan;
    private final ClusterProcess.Started started;
    private final Truth truth;
    private final String name;

    FullRuns(Setting setting, Plan plan) throws IOException {
        this.setting = setting;
        this.plan = plan;
        this.started = setting.clusters().start(plan);
        this.truth = Truth.of(plan.synthetic().get(0), plan.name(0));
        this.name = plan.toString();
    }

    ClusterProcess.Started started() {
        return started;
    }

    void cold() throws IOException, InterruptedException {
        List<Round> ours = new ArrayList<>();
        List<Round> plain = new ArrayList<>();
        try (Program program = new Program(started)) {
            // Whatever the program keeps for later starts is there then.
            once(program);
            for (int round = 0; round < setting.rounds(); round++) {
                plain.add(plainOnce(program.folder()));
                ours.add(once(program));
            }
        }
        setting.results().figures(name, "`once`", ours);
        setting.results().figures(name, "plain client, cold", plain);
        setting.results().allRight(name, "`once`", ours);
        compare("cold", ours, plain, 1.3, 0);
    }

    private Round once(Program program) throws IOException, InterruptedException {
        setting.clusters().clear();
        Path figures = program.folder().resolve("figures.txt");
        OneShot shot = OneShot.of(program.builder(OneShot.measuring(figures), "once"), figures, program.log());
        return round(shot, program.right());
    }

    private Round plainOnce(Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("plain.txt");
        return command(PlainProcess.command(started, out), out, folder);
    }

    private Round command(List<String> words, Path out, Path folder) throws IOException, InterruptedException {
        setting.clusters().clear();
        Path figures = folder.resolve("figures.txt");
        List<String> command = new ArrayList<>(OneShot.measuring(figures));
        command.addAll(words);
        Path log = folder.resolve("other.txt");
        OneShot shot = OneShot.of(PlainProcess.builder(command), figures, log.toFile());
        if (shot.exitCode() != 0) {
            setting.results().remark(words.get(0) + " ended with " + shot.exitCode() + ": " + Files.readString(log));
        }
        return round(shot, Files.exists(out) ? truth.rightAddresses(out, plan.name(0)) : 0);
    }

    private Round round(OneShot shot, long right) throws IOException {
        return new Round(
                shot.wall(), shot.cpu(), shot.mebibytes(), setting.clusters().stats(), right, truth.size(),
                shot.exitCode());
    }

    void warm() throws IOException, InterruptedException {
        List<Round> ours = new ArrayList<>();
        List<Round> plain = new ArrayList<>();
        try (Program program = new Program(started)) {
            scheduled(program);
            Path out = program.folder().resolve("plain.txt");
            try (Daemon daemon = new Daemon(program, program.out(0));
                    PlainProcess client = new PlainProcess(started, out)) {
                Round first = first(daemon, program);
                plainRound(client, out);
                next(daemon, program);
                plainRound(client, out);
                for (int round = 0; round < setting.rounds(); round++) {
                    plain.add(plainRound(client, out));
                    ours.add(next(daemon, program));
                }
                setting.results().figures(name, "`run`, first full run", List.of(first));
            }
        }
        setting.results().figures(name, "`run`, third and later full runs", ours);
        setting.results().figures(name, "plain client, third and later rounds", plain);
        setting.results().allRight(name, "`run`", ours);
        compare("warm", ours, plain, 1.15, 2);
    }

    /** The schedule is dense: the process is held when it is not measured, and begins at once when it goes on. */
    static void scheduled(Program program) throws IOException, InterruptedException {
        program.with("discovery.schedule", "0/10 * * * * ?");
        if (program.knows("discovery.quick-schedule", NEVER)) {
            program.with("discovery.quick-schedule", NEVER);
        }
    }

    /** The first full run, which is not waited for: the process has begun it by itself. */
    Round first(Daemon daemon, Program program) throws IOException, InterruptedException {
        Daemon.Run run = daemon.next();
        daemon.hold();
        Round round = round(run, daemon, program, 0);
        settle(daemon);
        return round;
    }

    /** One full run of a process that is held before and after. */
    Round next(Daemon daemon, Program program) throws IOException, InterruptedException {
        while (true) {
            double before = daemon.cpuSeconds();
            setting.clusters().clear();
            daemon.goOn();
            Daemon.Run run = daemon.next();
            daemon.hold();
            Round round = round(run, daemon, program, before);
            if (settle(daemon)) {
                return round;
            }
        }
    }

    /** A tick may have come before the process was held: then that run is let go, and the one before does not count. */
    private boolean settle(Daemon daemon) throws IOException, InterruptedException {
        int begun = setting.clusters().begun();
        for (int more = begun; more > 1; more = setting.clusters().begun() - begun + 1) {
            begun = setting.clusters().begun();
            daemon.goOn();
            daemon.next();
            daemon.hold();
        }
        return begun == 1;
    }

    private Round round(Daemon.Run run, Daemon daemon, Program program, double before) throws IOException {
        return new Round(
                run.wall(), daemon.cpuSeconds() - before, daemon.peakMebibytes(), setting.clusters().stats(),
                program.right(), truth.size(), run.complete() ? 0 : 3);
    }

    private Round plainRound(PlainProcess client, Path out) throws IOException {
        setting.clusters().clear();
        double before = client.cpuSeconds();
        double wall = client.read();
        return new Round(
                wall, client.cpuSeconds() - before, client.peakMebibytes(), setting.clusters().stats(),
                truth.rightAddresses(out, plan.name(0)), truth.size(), 0);
    }

    private void compare(String how, List<Round> ours, List<Round> plain, double wallTarget, double cpuTarget) {
        double wall = Results.median(ours, Round::wall) / Results.median(plain, Round::wall);
        double cpu = Results.median(ours, Round::cpu) / Results.median(plain, Round::cpu);
        // The targets are for a real cluster's latency.
        if (plan.latency() && plan.guests() >= setting.guests(2000)) {
            setting.results().atMost(name, how + ": wall, ours : plain client", wall, wallTarget, "");
        } else {
            setting.results().told(name, how + ": wall, ours : plain client", wall, "");
        }
        if (cpuTarget > 0 && plan.latency() && plan.guests() >= setting.guests(2000)) {
            setting.results().atMost(name, how + ": CPU, ours : plain client", cpu, cpuTarget, "");
        } else {
            setting.results().told(name, how + ": CPU, ours : plain client", cpu, "");
        }
        boolean same = ours.get(0).stats().targets() == plain.get(0).stats().targets();
        setting.results().equal(name, how + ": requests not the plain client's", same ? 0 : 1, 0);
    }

    void python() throws IOException, InterruptedException {
        if (!Files.isExecutable(PYTHON)
                || !Machine.output(PYTHON.toString(), "-c", "import proxmoxer").isEmpty()) {
            setting.results().remark("proxmoxer is not installed (package python3-proxmoxer): not measured");
            return;
        }
        Path folder = Files.createTempDirectory("proxmox-discovery-bench");
        setting.clusters().pem(folder.resolve("ca.pem"));
        for (String threads : List.of("1", "16")) {
            List<Round> rounds = new ArrayList<>();
            // The one without threads takes long, and always as long.
            for (int round = 0; round < (threads.equals("1") ? 1 : setting.rounds()); round++) {
                Path out = folder.resolve("python.txt");
                rounds.add(command(python(folder, out, threads), out, folder));
            }
            setting.results().figures(name, "proxmoxer, " + (threads.equals("1") ? "one by one" : "16 threads"), rounds);
        }
        Program.remove(folder);
    }

    private List<String> python(Path folder, Path out, String threads) {
        return List.of(
                PYTHON.toString(), "bench/collect.py", started.urls().get(0).substring("https://".length()),
                folder.resolve("ca.pem").toString(), SyntheticCluster.TOKEN_ID,
                out.toString(), threads);
    }
}
