package harness;

import harness.Results.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What agents that do not answer cost: each blocks its call for three seconds. */
final class DeadAgents {

    private final Setting setting;

    DeadAgents(Setting setting) {
        this.setting = setting;
    }

    void measure() throws IOException, InterruptedException {
        Plan all = Plan.of(setting.guests(2000), 10, true);
        int dead = setting.guests(60);
        List<Round> without = runs(all, "`run`, all agents answer");
        List<Round> with = runs(all.withDead(dead), "`run`, " + dead + " agents are dead");
        String name = all + ", " + dead + " dead agents";
        double base = Results.median(tail(without), Round::wall);
        setting.results().allRight(name, "`run`", with);
        setting.results().told(name, "first full run : the same without dead agents", with.get(0).wall()
                / without.get(0).wall(), "");
        setting.results().atMost(name, "later full runs : those without dead agents",
                Results.median(tail(with), Round::wall) / base, 1.25, "");
        setting.results().atMost(name, "slowest later full run : those without dead agents",
                tail(with).stream().mapToDouble(Round::wall).max().orElse(0) / base, 1.25, "");
    }

    private static List<Round> tail(List<Round> rounds) {
        return rounds.subList(1, rounds.size());
    }

    private List<Round> runs(Plan plan, String what) throws IOException, InterruptedException {
        FullRuns runs = new FullRuns(setting, plan);
        List<Round> rounds = new ArrayList<>();
        try (Program program = new Program(runs.started())) {
            FullRuns.scheduled(program);
            try (Daemon daemon = new Daemon(program, program.out(0))) {
                rounds.add(runs.first(daemon, program));
                for (int round = 0; round < setting.rounds() + 1; round++) {
                    rounds.add(runs.next(daemon, program));
                }
            }
        }
        setting.results().figures(plan.toString(), what + ", first full run", rounds.subList(0, 1));
        setting.results().figures(plan.toString(), what + ", later full runs", tail(rounds));
        return rounds;
    }
}
