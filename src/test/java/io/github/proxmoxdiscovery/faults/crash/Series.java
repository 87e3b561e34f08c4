package io.github.proxmoxdiscovery.faults.crash;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.sim.ActiveFault;
import io.github.proxmoxdiscovery.sim.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The program is killed again and again in the middle of its runs, while the cluster changes and a sink misbehaves. At
 * the end each sink must have what is true.
 */
public final class Series implements AutoCloseable {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long CHANGE_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MOST_RUNS_TO_HEAL = 40;
    /** For each kill that is wanted. */
    private static final int MOST_MISSES = 10;

    /** The moment of a run in which the program was killed. */
    public enum Moment {
        READING,
        DELIVERING,
        /** The next run is read while a sink still takes what the last one told. */
        BOTH,
        /** Between two runs: this does not count. */
        IDLE
    }

    private final World world;
    private final Recorder http;
    private final Instance instance;
    private final Random random;
    private final int guests;
    private final Map<Moment, Integer> moments = new TreeMap<>();
    private final List<Audit> audits = new ArrayList<>();
    private boolean nodeIsDown;
    private boolean healed;
    private int healing;

    public Series(Path folder, List<String> program, long seed, int guests) throws IOException {
        random = new Random(seed);
        this.guests = guests;
        world = new World(random.nextLong(), guests).slow();
        http = Recorder.start(random.nextLong());
        instance = new Instance(folder, program, world)
                .with("discovery.sinks", "http,file")
                .with("discovery.schedule", "* * * * * ?")
                .with("sink.http.url", http.url())
                .with("sink.http.batch", "3")
                .with("sink.http.emit", "changes")
                .with("sink.file.emit", "changes");
    }

    /** Kills it so many times in a run. */
    public void kill(int times) throws IOException {
        int missed = 0;
        while (kills() < times) {
            Moment moment = once();
            moments.merge(moment, 1, Integer::sum);
            missed += moment == Moment.IDLE ? 1 : 0;
            if (missed > MOST_MISSES * times) {
                throw new IOException("most kills meet no run: " + moments);
            }
        }
    }

    private int kills() {
        return moments.values().stream().mapToInt(Integer::intValue).sum() - moments.getOrDefault(Moment.IDLE, 0);
    }

    private Moment once() throws IOException {
        world.change(random.nextInt(12));
        turnNode();
        return switch (kills() % 4) {
            case 1 -> atRequest(1 + random.nextInt(3 * guests / 10));
            case 2 -> atTheFile();
            default -> atQuestion(1 + random.nextInt(5 * guests));
        };
    }

    /** While one question of its runs is not answered yet. */
    private Moment atQuestion(int number) throws IOException {
        Hold hold = new Hold(number);
        ActiveFault fault = world.cluster().fault(".", Fault.changedBefore(hold::pass));
        Progress progress = start();
        await(hold::isReached);
        pause(random.nextInt(60));
        Moment moment = !hold.isReached() ? Moment.IDLE : progress.delivers() ? Moment.BOTH : Moment.READING;
        kill();
        fault.remove();
        hold.release();
        return moment;
    }

    /** While one request that it made of its web sink has been read and is not answered yet. */
    private Moment atRequest(int number) throws IOException {
        Hold hold = new Hold(number);
        http.hold(hold);
        Progress progress = start();
        await(hold::isReached);
        pause(random.nextInt(60));
        Moment moment = !hold.isReached() ? Moment.IDLE : progress.reads() ? Moment.BOTH : Moment.DELIVERING;
        kill();
        hold.release();
        return moment;
    }

    /** Somewhere round the moments in which its file sink writes: whether it still does cannot be known for sure. */
    private Moment atTheFile() throws IOException {
        Progress progress = start();
        await(progress::writes);
        pause(random.nextInt(15));
        boolean delivers = progress.delivers();
        Moment moment =
                progress.reads() ? delivers ? Moment.BOTH : Moment.READING : delivers ? Moment.DELIVERING : Moment.IDLE;
        kill();
        return moment;
    }

    private Progress start() throws IOException {
        Progress progress = new Progress(
                begun(), instance.reports(), Set.copyOf(instance.files().parts()));
        instance.start("run");
        return progress;
    }

    private void kill() throws IOException {
        if (!instance.isAlive()) {
            throw new IOException("it has ended by itself: " + instance.log());
        }
        instance.kill();
        if (random.nextInt(2) == 0) {
            confirmRemovals();
        }
    }

    /** What the program has done since its start. Only full runs ask who the cluster is, once each. */
    private final class Progress {
        private final int begunBefore;
        private final long reportsBefore;
        private final Set<Path> leftBehind;

        Progress(int begunBefore, long reportsBefore, Set<Path> leftBehind) {
            this.begunBefore = begunBefore;
            this.reportsBefore = reportsBefore;
            this.leftBehind = leftBehind;
        }

        boolean reads() throws IOException {
            return begun() - begunBefore > instance.runsRead();
        }

        /** A run that was read and has no report yet goes on. */
        boolean delivers() throws IOException {
            return http.isBusy() || writes() || instance.runsRead() > instance.reports() - reportsBefore;
        }

        /** Whether the file sink has a file open, besides those of programs that were killed. */
        boolean writes() throws IOException {
            return !leftBehind.containsAll(instance.files().parts());
        }
    }

    private int begun() {
        return world.cluster()
                .log()
                .requests(request -> request.target().contains("/cluster/status"))
                .size();
    }

    private void turnNode() {
        if (nodeIsDown) {
            world.bringTheNodeBack();
            nodeIsDown = false;
        } else if (random.nextInt(6) == 0) {
            world.takeANodeDown();
            nodeIsDown = true;
        }
    }

    /** What a process is waited for. */
    private interface Condition {
        boolean isMet() throws IOException;
    }

    /** Meanwhile the cluster changes. */
    private void await(Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        long next = System.nanoTime() + CHANGE_NANOS;
        while (!condition.isMet()) {
            if (System.nanoTime() > end || !instance.isAlive()) {
                // Nothing more comes of this run, such as requests of a sink that has it all.
                return;
            }
            if (!healed && System.nanoTime() > next) {
                world.change(random.nextInt(2));
                next = System.nanoTime() + CHANGE_NANOS;
            }
            LockSupport.parkNanos(500_000);
        }
    }

    private void pause(int millis) throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        await(() -> System.nanoTime() > end);
    }

    /** Ends all that is wrong, lets the program run until nothing changes any more, and compares. */
    public void heal() throws IOException, InterruptedException {
        healed = true;
        world.heal();
        http.calm();
        instance.start("run");
        int quiet = 0;
        while (quiet < 2 && healing < MOST_RUNS_TO_HEAL) {
            healing++;
            int before = http.stream().size();
            long reports = instance.reports();
            await(() -> instance.reports() > reports);
            boolean isSettled = !confirmRemovals() && http.stream().size() == before;
            quiet = isSettled ? quiet + 1 : 0;
        }
        instance.terminate();
        instance.await();
        Map<String, String> generations = new HashMap<>();
        Map<String, History.Host> truth = world.truth();
        audits.add(new Audit("http", world.history(), generations).of(http.stream(), truth));
        audits.add(new Audit("file", world.history(), generations).of(instance.files().stream(), truth));
    }

    private boolean confirmRemovals() throws IOException {
        if (Files.notExists(instance.data().resolve("ledger.db"))) {
            return false;
        }
        try (Ledger ledger = Ledger.openExisting(instance.data(), Clock.systemUTC())) {
            return ledger.confirmRemovals("lab") > 0;
        }
    }

    public List<String> violations() throws IOException {
        List<String> violations = new ArrayList<>();
        audits.forEach(audit -> violations.addAll(audit.violations()));
        instance.files().parts().forEach(part -> violations.add("left behind: " + part));
        return violations;
    }

    public int events() {
        return audits.stream().mapToInt(Audit::events).sum();
    }

    /** How many are there. */
    public int hosts() {
        return world.truth().size();
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("kills: " + moments + "; runs to heal: " + healing + "; hosts: " + hosts());
        audits.forEach(audit -> text.append(System.lineSeparator()).append(audit));
        return text.toString();
    }

    @Override
    public void close() {
        instance.close();
        http.close();
        world.close();
    }
}
