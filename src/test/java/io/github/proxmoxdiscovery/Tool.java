package io.github.proxmoxdiscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A program that a test needs and Maven does not bring: {@code .ci/install} installs it. */
public final class Tool {

    /** Set once they are installed, so that a test cannot be left out by mistake. */
    private static final boolean REQUIRED = "required".equals(System.getenv("PROXMOX_DISCOVERY_TEST_TOOLS"));

    private Tool() {}

    /**
     * Where the program is. The test is skipped when it is not installed.
     *
     * @param name of the executable file
     * @param folders where to look beside the PATH
     */
    public static Path find(String name, String... folders) {
        Optional<Path> found = Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Arrays.stream(folders))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (REQUIRED) {
            assertThat(found).as(name + " is installed").isPresent();
        }
        assumeTrue(found.isPresent(), name + " is not installed: .ci/install does it");
        return found.orElseThrow();
    }
}
