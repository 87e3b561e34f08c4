package io.github.proxmoxdiscovery.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of route files are as people and their editors have them. */
class RouteFilesTest {

    @TempDir
    private Path folder;

    private Path routes;

    @BeforeEach
    void makeFolder() throws IOException {
        routes = Files.createDirectories(folder.resolve("routes"));
        Files.createDirectories(routes.resolve("list"));
        Files.writeString(routes.resolve("1-poll.camel.yaml"), "# one\n");
        Files.writeString(routes.resolve("list/ask.camel.yaml"), "# two\n");
    }

    private static List<String> paths(Path routes) throws IOException {
        return RouteFiles.in(routes).read(List.of()).stream()
                .map(RouteSource::path)
                .toList();
    }

    @Test
    void theFolderAndWhatIsInItMayBeLinks() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), routes);
        Files.createSymbolicLink(routes.resolve("linked"), Path.of("list"));
        Files.createSymbolicLink(routes.resolve("gone.camel.yaml"), Path.of("nowhere"));
        Files.createSymbolicLink(routes.resolve("list/round"), routes);

        assertThat(paths(link)).containsExactly("1-poll.camel.yaml", "linked/ask.camel.yaml", "list/ask.camel.yaml");
    }

    @Test
    void aFolderWithoutRouteFilesIsNamed() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThatIOException().isThrownBy(() -> RouteFiles.in(empty)).withMessageContaining("empty has no file named");
    }

    @Test
    void filesThatEditorsMakeAndTakeAwayDisturbNeitherAWatchNorALook() throws Exception {
        Semaphore moved = new Semaphore(0);
        AtomicBoolean over = new AtomicBoolean();
        Thread editor = new Thread(() -> scribble(over), "editor");
        FolderWatch watch = FolderWatch.of(routes, moved::release);
        try {
            editor.start();
            for (int look = 0; look < 500; look++) {
                assertThat(paths(routes)).hasSize(2);
            }
            over.set(true);
            editor.join();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> moved.drainPermits() == 0);

            Files.writeString(routes.resolve("list/ask.camel.yaml"), "# changed\n");

            assertThat(moved.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            watch.close();
        }
    }

    private void scribble(AtomicBoolean over) {
        try {
            while (!over.get()) {
                Path made = Files.createTempDirectory(routes.resolve("list"), "sed");
                Files.delete(made);
                Files.delete(Files.createTempFile(routes, "sed", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
