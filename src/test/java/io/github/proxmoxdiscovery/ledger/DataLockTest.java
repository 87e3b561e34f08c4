package io.github.proxmoxdiscovery.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One program at a time works on a folder. */
class DataLockTest {

    @TempDir
    private Path folder;

    /** Another process that takes the folder, says how that went, and keeps it until it is told to end. */
    static final class Other {

        private Other() {}

        public static void main(String[] arguments) throws IOException {
            try (DataLock lock = DataLock.take(Path.of(arguments[0]))) {
                System.out.println("has it " + lock.getClass().getSimpleName());
                System.in.read();
            } catch (LedgerException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private Process other() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .start();
    }

    private static String line(Process process) throws IOException {
        return process.inputReader(StandardCharsets.UTF_8).readLine();
    }

    @Test
    void itMakesTheFolderAndSaysWhoHasIt() throws IOException {
        Path data = folder.resolve("a/b");
        try (DataLock lock = DataLock.take(data)) {
            assertThat(lock).isNotNull();
            assertThat(data.resolve("in-use.lock"))
                    .hasContent(ProcessHandle.current().pid() + "\n");
        }
    }

    @Test
    void theSecondOneInTheProcessIsRefusedUntilTheFirstLetsGo() throws IOException {
        try (DataLock first = DataLock.take(folder)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataLock.take(folder.resolve("../" + folder.getFileName())))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContainingAll(
                            "is in use by another proxmox-discovery, process "
                                    + ProcessHandle.current().pid(),
                            "discovery.data");
        }
        DataLock.take(folder).close();
    }

    @Test
    void whoIsRefusedDoesNotLetGoTheLockOfTheFirst() throws Exception {
        try (DataLock first = DataLock.take(folder)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataLock.take(folder)).isInstanceOf(LedgerException.class);
            Process other = other();
            assertThat(line(other))
                    .contains("is in use by another proxmox-discovery, process "
                            + ProcessHandle.current().pid());
            assertThat(other.waitFor()).isZero();
        }
    }

    @Test
    void whoLetsGoTwiceDoesNotLetGoForTheNext() throws IOException {
        DataLock first = DataLock.take(folder);
        first.close();
        try (DataLock second = DataLock.take(folder)) {
            assertThat(second).isNotNull();
            first.close();
            assertThatThrownBy(() -> DataLock.take(folder)).isInstanceOf(LedgerException.class);
        }
    }

    @Test
    void aProcessThatIsKilledLetsGo() throws Exception {
        Process other = other();
        assertThat(line(other)).isEqualTo("has it DataLock");
        assertThatThrownBy(() -> DataLock.take(folder)).hasMessageContaining("process " + other.pid());
        other.destroyForcibly().waitFor();
        DataLock.take(folder).close();
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Path data = Files.writeString(folder.resolve("data"), "a file");
        assertThatThrownBy(() -> DataLock.take(data))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot be used");
    }
}
