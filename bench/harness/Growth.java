package harness;

import harness.Results.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Whether memory stays bounded, and twice the guests take no more than about twice the time. */
final class Growth {

    private final Setting setting;

    Growth(Setting setting) {
        this.setting = setting;
    }

    /** One cluster, no latency. */
    void one() throws IOException, InterruptedException {
        Round half = once(Plan.of(setting.guests(10_000), 20, false), "-Xmx256m");
        Round whole = once(Plan.of(setting.guests(20_000), 20, false), "-Xmx256m");
        setting.results().atMost("growth", String.format(Locale.ROOT, "wall, %,d : %,d guests",
                setting.guests(20_000), setting.guests(10_000)), whole.wall() / half.wall(), 2.2, "");
    }

    /** Many clusters at once. */
    void many() throws IOException, InterruptedException {
        once(new Plan(setting.guests(100), 1000, 5, 0, false), "-Xmx512m");
    }

    private Round once(Plan plan, String heap) throws IOException, InterruptedException {
        ClusterProcess.Started started = setting.clusters().start(plan);
        try (Program program = new Program(started).withEnvironment("JAVA_OPTS", heap)) {
            program.with("discovery.delivery-timeout", "10m");
            // The clusters share the processors: a handshake takes seconds when all of them are asked at once.
            for (int number = 0; number < plan.clusters(); number++) {
                String cluster = "proxmox." + plan.name(number);
                program.with(cluster + ".connect-timeout", "30s").with(cluster + ".agent-timeout", "60s");
            }
            Path figures = program.folder().resolve("figures.txt");
            OneShot shot = OneShot.of(program.builder(OneShot.measuring(figures), "once"), figures, program.log());
            Round round = new Round(shot.wall(), shot.cpu(), shot.mebibytes(), setting.clusters().stats(),
                    program.right(), program.expected(), shot.exitCode());
            setting.results().figures(plan.toString(), "`once`, " + heap, List.of(round));
            setting.results().equal(plan.toString(), "exit code with " + heap, shot.exitCode(), 0);
            setting.results().allRight(plan.toString(), "`once`", List.of(round));
            if (shot.exitCode() != 0) {
                List<String> said = Files.readAllLines(program.log().toPath());
                setting.results().remark("with " + heap + ", " + plan + ", the last line was: "
                        + (said.isEmpty() ? "" : said.get(said.size() - 1)));
            }
            return round;
        }
    }
}
