package io.github.proxmoxdiscovery.settings;

import io.github.proxmoxdiscovery.settings.SettingsLoader.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a test gives to the loader: a configuration that is right, and what the test changes of it. */
final class Given {

    static final String CANARY = "11111111-2222-3333-4444-555555555555";

    private static final Set<String> ROUTES =
            Set.of("discovery.scheduled", "discovery.schedule", "sink.kafka.topic", "sink.kafka.brokers", "sink");

    private final Map<String, String> file = new LinkedHashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> defines = new LinkedHashMap<>();
    private final Set<String> placeholders = new HashSet<>(ROUTES);

    /** Nothing at all. */
    static Given nothing() {
        return new Given();
    }

    /** The cluster {@code pve} with its secret in the environment. */
    static Given cluster() {
        return nothing()
                .file("proxmox.pve.url", "https://pve1.example.com:8006")
                .file("proxmox.pve.token-id", "discovery@pve!discovery")
                .environment("PROXMOX_PVE_TOKEN_SECRET", CANARY);
    }

    Given file(String key, String value) {
        file.put(key, value);
        return this;
    }

    Given without(String key) {
        file.remove(key);
        environment.remove(Key.environmentName(key));
        return this;
    }

    Given environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Given define(String key, String value) {
        defines.put(key, value);
        return this;
    }

    Given placeholder(String key) {
        placeholders.add(key);
        return this;
    }

    Loaded load() {
        return load(Optional.of(folder()));
    }

    Loaded load(Optional<Path> folder) {
        return new SettingsLoader(environment, Given::cronProblem).load(folder, defines, placeholders);
    }

    Settings settings() {
        Loaded loaded = load();
        if (!loaded.problems().isEmpty()) {
            throw new AssertionError(loaded.problems());
        }
        return loaded.settings();
    }

    List<String> sentences() {
        return load().problems().stream().map(Problem::sentence).toList();
    }

    private Path folder() {
        try {
            Path folder = Files.createTempDirectory("settings");
            // The last one registered goes first: the folder must be empty by then.
            folder.toFile().deleteOnExit();
            Path properties = folder.resolve(ConfigFile.NAME);
            StringBuilder text = new StringBuilder();
            file.forEach((key, value) -> text.append(key)
                    .append('=')
                    .append(value.replace("\\", "\\\\"))
                    .append('\n'));
            Files.writeString(properties, text);
            properties.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As strict as a test needs: six or seven fields. */
    private static Optional<String> cronProblem(String cron) {
        int fields = cron.split("\\s+").length;
        return fields == 6 || fields == 7 ? Optional.empty() : Optional.of("Unexpected end of expression.");
    }
}
