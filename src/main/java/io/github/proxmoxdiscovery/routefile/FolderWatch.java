package io.github.proxmoxdiscovery.routefile;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls when something moves in a folder or below it. It may miss things, such as on network mounts: who must know
 * looks from time to time as well.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.routes");

    private final Path folder;
    private final Runnable moved;
    private final WatchService watch;

    private FolderWatch(Path folder, Runnable moved) throws IOException {
        this.folder = folder;
        this.moved = moved;
        this.watch = FileSystems.getDefault().newWatchService();
    }

    /**
     * Begins to watch.
     *
     * @throws IOException when the system cannot watch, such as when it watches too much already
     */
    public static FolderWatch of(Path folder, Runnable moved) throws IOException {
        FolderWatch watch = new FolderWatch(folder, moved);
        watch.registerAll();
        Thread thread = new Thread(watch::run, "routes-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void registerAll() throws IOException {
        for (Path each : FolderWalk.of(folder).folders()) {
            each.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = watch.take();
                boolean mayBeFolder = key.pollEvents().stream()
                        .anyMatch(event ->
                                !List.of(StandardWatchEventKinds.ENTRY_MODIFY).contains(event.kind()));
                key.reset();
                if (mayBeFolder) {
                    registerAgain();
                }
                moved.run();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("{} is watched no more", folder, e);
        }
    }

    private void registerAgain() {
        try {
            registerAll();
        } catch (IOException e) {
            LOG.debug("{} cannot be watched whole; it is looked at from time to time", folder, e);
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
