package io.github.proxmoxdiscovery.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for what a demo remembers, which is gone with it: each demo finds every host as if for the first time. */
record DemoMemory(Path folder) implements AutoCloseable {

    static DemoMemory create() throws IOException {
        return new DemoMemory(Files.createTempDirectory("proxmox-discovery-demo"));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
