package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Loads the settings from the command line, the environment and the file, and says all that is wrong with them. */
public final class SettingsLoader {

    private final Map<String, String> environment;
    private final Function<String, Optional<String>> cronProblem;

    /**
     * @param environment the environment variables
     * @param cronProblem what is wrong with a Quartz cron expression
     */
    public SettingsLoader(Map<String, String> environment, Function<String, Optional<String>> cronProblem) {
        this.environment = Map.copyOf(environment);
        this.cronProblem = cronProblem;
    }

    /**
     * What was loaded.
     *
     * @param found the settings, if nothing is wrong
     * @param problems all that is wrong, in the order of the table of keys
     * @param warnings what is allowed, but not good
     */
    public record Loaded(Optional<Settings> found, List<Problem> problems, List<String> warnings) {

        public Loaded {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }

        /**
         * The settings.
         *
         * @throws IllegalStateException when there are problems
         */
        public Settings settings() {
            return found.orElseThrow(() -> new IllegalStateException("there are no settings, but " + problems));
        }
    }

    /**
     * Loads the settings.
     *
     * @param config the folder of {@code application.properties}, which must be there; the file in it need not
     * @param defines what the command line sets
     * @param placeholdersUsedByRoutes the keys that the route files use
     */
    public Loaded load(Path config, Map<String, String> defines, Set<String> placeholdersUsedByRoutes) {
        return load(Optional.of(config), defines, placeholdersUsedByRoutes);
    }

    /** The same, with no folder at all if need be. */
    public Loaded load(Optional<Path> config, Map<String, String> defines, Set<String> placeholdersUsedByRoutes) {
        Problems ofFile = new Problems();
        Map<String, String> inFile = ConfigFile.in(config, ofFile);
        Problems problems = new Problems();
        EnvironmentReferences references = new EnvironmentReferences(environment, problems);
        Sources sources = new Sources(references.resolve(defines), environment, references.resolve(inFile));
        Loading loading = new Loading(sources, problems, placeholdersUsedByRoutes);
        Settings settings = loading.read(cronProblem);
        loading.checkKeys(defines);

        List<Problem> all = new ArrayList<>(ofFile.all());
        all.addAll(loading.problems());
        if (!all.isEmpty()) {
            ConfigFile.missing(config).ifPresent(missing -> all.add(0, missing));
        }
        return new Loaded(all.isEmpty() ? Optional.of(settings) : Optional.empty(), all, loading.warnings());
    }
}
