package io.github.proxmoxdiscovery.check;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A look that must end: the folder of a file server that is gone, for one, never answers. */
public final class Bounded {

    private Bounded() {}

    /** @param of the sink that is looked at */
    public static List<Finding> look(String of, Duration limit, Supplier<List<Finding>> look) {
        FutureTask<List<Finding>> task = new FutureTask<>(look::get);
        Thread thread = new Thread(task, "check-" + of);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return List.of(Finding.fail(
                    of,
                    "time",
                    "no answer in " + limit.toSeconds() + " s",
                    "Something hangs: a file server that is gone, or a name server. Look at what the sink writes to.",
                    List.of()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
