package io.github.proxmoxdiscovery.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk of its own, which can be full, or not writable. Only root can have one. */
final class Tmpfs implements AutoCloseable {

    private final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    /** @param size as mount takes it */
    static Tmpfs at(Path folder, String size) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()) == 0;
        assumeTrue(mounted, "a tmpfs can be mounted, which only root may");
        return new Tmpfs(folder);
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(words))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Until not one byte is free. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            // What was wanted.
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    void readOnly(boolean only) throws IOException, InterruptedException {
        if (run("mount", "-o", "remount," + (only ? "ro" : "rw"), folder.toString()) != 0) {
            throw new IOException("not remounted: " + folder);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
