package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.FolderWatch;
import io.github.proxmoxdiscovery.routefile.RouteDifference;
import io.github.proxmoxdiscovery.routefile.RouteProblem;
import io.github.proxmoxdiscovery.routefile.RouteReview;
import io.github.proxmoxdiscovery.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes route files that are edited while the program runs. A version is read once and tried whole; if it is right, it
 * takes the place of the one in effect as soon as no run goes on, and if not, it is refused whole. All of this is done
 * by one thread.
 */
final class RouteReload implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.routes");

    /** Nothing must have moved for so long, for an editor writes a file in several steps. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** The same for what looks unfinished or is wrong. */
    private static final long LONG_QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1200);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Settings settings;
    private final CamelContext context;
    private final Beans beans;
    private final RouteTrial trial;
    private final RouteChanges changes;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread routes = new Thread(task, "routes");
        routes.setDaemon(true);
        return routes;
    });
    private @Nullable FolderWatch watch;
    private RouteVersion inEffect;
    private RouteVersion seen;
    private long seenSince = System.nanoTime();
    private @Nullable RouteVersion judged;
    private List<RouteProblem> problems = List.of();
    private @Nullable RouteVersion accepted;
    private boolean refused;
    private boolean saidThatItWaits;

    RouteReload(Settings settings, CamelContext context, Beans beans, RouteVersion inEffect, Clock clock) {
        this.settings = settings;
        this.context = context;
        this.beans = beans;
        this.trial = new RouteTrial(settings, beans);
        this.inEffect = inEffect;
        this.seen = inEffect;
        this.changes = new RouteChanges(beans.routesState(), beans.measures(), clock);
    }

    /** Begins to watch the folder. */
    void start() {
        changes.started(true, inEffect);
        try {
            watch = FolderWatch.of(inEffect.files().folder(), () -> submit(this::look));
        } catch (IOException e) {
            LOG.info("the routes folder is not watched, but looked at every second: {}", e.getMessage());
        }
        thread.schedule(RouteReview::warmUp, WARM_UP.toMillis(), TimeUnit.MILLISECONDS);
        again(LOOK);
    }

    private void submit(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("the program ends", e);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("the route files could not be looked at; those in effect go on", e);
        }
    }

    private void again(Duration in) {
        try {
            thread.schedule(
                    () -> {
                        guarded(this::look);
                        again(isAtWork() ? LOOK_AGAIN : LOOK);
                    },
                    in.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the program ends", e);
        }
    }

    private boolean isAtWork() {
        return accepted != null || !seen.isAs(inEffect) && judged != seen;
    }

    private void look() {
        read();
        long quiet = System.nanoTime() - seenSince;
        if (quiet >= QUIET_NANOS) {
            judge(quiet >= LONG_QUIET_NANOS);
        }
        attempt();
        if (accepted == null) {
            resume();
        }
    }

    /** Takes the files as they lie there now, without waiting until they are quiet. */
    void lookNow() {
        try {
            thread.submit(() -> {
                        read();
                        judge(true);
                        attempt();
                    })
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try {
            RouteVersion found = RouteVersion.read(inEffect.files().folder(), settings);
            if (!found.isAs(seen)) {
                seen = found;
                seenSince = System.nanoTime();
                judged = null;
            }
        } catch (IOException e) {
            // A file that is gone between two looks is seen to be gone by the next one.
            LOG.debug("the route files cannot be read for the moment", e);
        }
    }

    /** @param sure whether what lies there has lain there long enough to be meant so */
    private void judge(boolean sure) {
        if (seen.isAs(inEffect)) {
            back();
            return;
        }
        if (judged == seen && (accepted != null || refused)) {
            return;
        }
        RouteDifference difference = RouteDifference.between(inEffect.sources(), seen.sources());
        if (!sure && difference.looksUnfinished(seen.sources())) {
            return;
        }
        if (judged != seen) {
            problems = trial.problems(
                    seen.files(), seen.sources(), source -> !inEffect.sources().contains(source));
            judged = seen;
            refused = false;
            accept(null);
        }
        if (problems.isEmpty()) {
            accept(seen);
            changes.waits(difference, seen);
        } else if (sure) {
            refused = true;
            changes.refused(problems, difference, seen);
        }
    }

    private void back() {
        if (accepted != null || refused) {
            accept(null);
            refused = false;
            changes.back(inEffect);
        }
        judged = seen;
    }

    private void accept(@Nullable RouteVersion version) {
        accepted = version;
        saidThatItWaits = false;
        if (version == null) {
            resume();
            beans.gate().release();
        }
    }

    /** Puts the accepted version into effect if nothing is under way. */
    private void attempt() {
        RouteVersion next = accepted;
        if (next == null || !context.isStarted()) {
            return;
        }
        RouteSwap swap = new RouteSwap(context, inEffect, next);
        if (swap.isAboutToBegin()) {
            beans.gate().release();
            return;
        }
        beans.gate().hold();
        beans.deliveries().putOffFailing();
        if (!beans.gate().isIdle()
                || beans.runs().isReading()
                || !beans.deliveries().isQuiet()) {
            sayThatItWaits(next);
            return;
        }
        if (swap.isAboutToBegin()) {
            beans.gate().release();
            return;
        }
        swap(swap, next);
    }

    private void sayThatItWaits(RouteVersion next) {
        if (!saidThatItWaits) {
            saidThatItWaits = true;
            RouteDifference difference = RouteDifference.between(inEffect.sources(), next.sources());
            LOG.info("routes: {}, which takes effect when the runs that go on are over", difference.sentence());
        }
    }

    private void swap(RouteSwap swap, RouteVersion next) {
        RouteDifference difference = RouteDifference.between(inEffect.sources(), next.sources());
        HeldTicks ticks = HeldTicks.before(swap, settings, context, beans);
        List<RouteProblem> failed = swap.run().entrySet().stream()
                .map(failure -> new CamelRefusal(context, failure.getKey(), null, failure.getValue()).problem())
                .toList();
        if (failed.isEmpty()) {
            inEffect = next;
            changes.loaded(difference, next);
        } else {
            problems = failed;
            refused = true;
            changes.putBack(failed, difference, next);
        }
        ticks.after();
        accept(null);
    }

    private void resume() {
        beans.deliveries().resumed().forEach(rest -> {
            String queue = "seda:deliver-to-" + rest.getSink();
            context.createFluentProducerTemplate().to(queue).withBody(rest).send();
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        if (watch != null) {
            try {
                watch.close();
            } catch (IOException e) {
                LOG.debug("the routes folder", e);
            }
        }
    }
}
