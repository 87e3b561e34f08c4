package io.github.proxmoxdiscovery.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class Options {

    /** Where the program's own folder is when it was started by its script. */
    static final String HOME_PROPERTY = "proxmox-discovery.home";

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "The folder of application.properties. Default: config in the working directory if it is"
                    + " there, else in the program's folder.")
    private @Nullable Path config;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "The folder of the route files. Default: routes in the working directory if it is there,"
                    + " else in the program's folder.")
    private @Nullable Path routes;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            description = "A setting; wins over the environment and the file. Not for secrets: others see the"
                    + " command line. Give them in the environment or in a file.")
    private Map<String, String> defines = new LinkedHashMap<>();

    /** The folder of the configuration; empty if none was named and none is there. */
    Optional<Path> config() {
        return config != null
                ? Optional.of(config)
                : Optional.of(nearest("config")).filter(Files::isDirectory);
    }

    Path routes() {
        return routes != null ? routes : nearest("routes");
    }

    Map<String, String> defines() {
        return defines;
    }

    private static Path nearest(String folder) {
        Path here = Path.of(folder);
        String home = System.getProperty(HOME_PROPERTY);
        return Files.isDirectory(here) || home == null ? here : Path.of(home, folder);
    }
}
