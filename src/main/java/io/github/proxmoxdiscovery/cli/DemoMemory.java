package io.github.proxmoxdiscovery.cli;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A folder for what a demo remembers, which is gone with it: each demo finds every host as if for the first time. */
final class DemoMemory implements AutoCloseable {

    /** For this long the end of the process waits until the folder is gone. */
    private static final long PATIENCE_SECONDS = 10;

    private final Path folder;
    private final CountDownLatch closed = new CountDownLatch(1);

    private DemoMemory(Path folder) {
        this.folder = folder;
    }

    static DemoMemory create() throws IOException {
        DemoMemory memory = new DemoMemory(Files.createTempDirectory("proxmox-discovery-demo"));
        Runtime.getRuntime().addShutdownHook(new Thread(memory::awaitClosed, "demo-memory"));
        return memory;
    }

    Path folder() {
        return folder;
    }

    /** A signal ends the process while the demo still uses the folder. */
    private void awaitClosed() {
        try {
            closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } finally {
            closed.countDown();
        }
    }
}
