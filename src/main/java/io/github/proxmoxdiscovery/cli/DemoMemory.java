package io.github.proxmoxdiscovery.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for what a demo remembers, which is gone with it: each demo asks the agents as if for the first time. What
 * could not be delivered stays, and the log says where.
 */
record DemoMemory(Path folder) implements AutoCloseable {

    static DemoMemory create() throws IOException {
        return new DemoMemory(Files.createTempDirectory("proxmox-discovery-demo"));
    }

    @Override
    public void close() throws IOException {
        Path agents = folder.resolve("agents");
        Files.deleteIfExists(agents.resolve("demo.ndjson"));
        Files.deleteIfExists(agents);
        if (Files.notExists(folder.resolve("undelivered"))) {
            Files.deleteIfExists(folder);
        }
    }
}
