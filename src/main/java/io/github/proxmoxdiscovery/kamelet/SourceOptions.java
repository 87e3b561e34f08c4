package io.github.proxmoxdiscovery.kamelet;

import io.github.proxmoxdiscovery.settings.Problem;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SettingsLoader;
import io.github.proxmoxdiscovery.settings.SettingsLoader.Loaded;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import io.github.proxmoxdiscovery.time.Schedules;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The parameters of {@code proxmox-hosts-source} as Camel sets them, and the settings that they mean. */
public final class SourceOptions {

    private static final String SINK = "application";

    /** Each parameter and the setting that it is; {@code <name>} stands for the cluster. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("url", "proxmox.<name>.url"),
            Map.entry("tokenId", "proxmox.<name>.token-id"),
            Map.entry("secret", "proxmox.<name>.token-secret"),
            Map.entry("secretFile", "proxmox.<name>.token-secret-file"),
            Map.entry("fingerprint", "proxmox.<name>.fingerprint"),
            Map.entry("caFile", "proxmox.<name>.ca-file"),
            Map.entry("schedule", "discovery.schedule"),
            Map.entry("quickSchedule", "discovery.quick-schedule"),
            Map.entry("timeZone", "discovery.time-zone"),
            Map.entry("emit", "sink." + SINK + ".emit"),
            Map.entry("deliveryTimeout", "discovery.delivery-timeout"),
            Map.entry("data", "discovery.data"),
            Map.entry("includeTags", "discovery.include.tags"),
            Map.entry("excludeTags", "discovery.exclude.tags"),
            Map.entry("templates", "discovery.templates"),
            Map.entry("stopped", "discovery.stopped"));

    private final Map<String, String> given = new LinkedHashMap<>();

    public void setUrl(String url) {
        given.put("url", url);
    }

    public void setTokenId(String tokenId) {
        given.put("tokenId", tokenId);
    }

    public void setSecret(String secret) {
        given.put("secret", secret);
    }

    public void setSecretFile(String secretFile) {
        given.put("secretFile", secretFile);
    }

    public void setFingerprint(String fingerprint) {
        given.put("fingerprint", fingerprint);
    }

    public void setCaFile(String caFile) {
        given.put("caFile", caFile);
    }

    public void setSchedule(String schedule) {
        given.put("schedule", cron(schedule));
    }

    public void setQuickSchedule(String quickSchedule) {
        given.put("quickSchedule", cron(quickSchedule));
    }

    public void setTimeZone(String timeZone) {
        given.put("timeZone", timeZone);
    }

    public void setEmit(String emit) {
        given.put("emit", emit);
    }

    public void setDeliveryTimeout(String deliveryTimeout) {
        given.put("deliveryTimeout", deliveryTimeout);
    }

    public void setData(String data) {
        given.put("data", data);
    }

    public void setIncludeTags(String includeTags) {
        given.put("includeTags", includeTags);
    }

    public void setExcludeTags(String excludeTags) {
        given.put("excludeTags", excludeTags);
    }

    public void setTemplates(String templates) {
        given.put("templates", templates);
    }

    public void setStopped(String stopped) {
        given.put("stopped", stopped);
    }

    /** In the URI of an endpoint of Quartz a plus stands for a space, and people are used to that. */
    private static String cron(String text) {
        return text.replace('+', ' ');
    }

    /** Whether there is a folder that outlasts the application. */
    boolean hasData() {
        return !given.getOrDefault("data", "").isBlank();
    }

    /**
     * The settings of a pipeline with these options.
     *
     * @param context the name of its Camel context
     * @param temporary its data folder if the options name none
     * @param placeholders the keys that its routes use
     * @throws IllegalArgumentException with a sentence for each thing that is wrong
     */
    Settings settings(String cluster, String context, Optional<Path> temporary, Set<String> placeholders) {
        Map<String, String> settings = new LinkedHashMap<>();
        given.forEach((name, value) -> settings.put(key(name, cluster), value));
        temporary.ifPresent(folder -> settings.put("discovery.data", folder.toString()));
        settings.put("proxmox.clusters", cluster);
        settings.put("discovery.sinks", SINK);
        settings.put("camel.main.name", context);
        settings.put("camel.main.startupSummaryLevel", "Off");
        // On the command line a secret would be refused, for others see it there.
        String secret = key("secret", cluster);
        Map<String, String> environment = new LinkedHashMap<>();
        Optional.ofNullable(settings.remove(secret)).ifPresent(value -> environment.put(variable(secret), value));
        Loaded loaded =
                new SettingsLoader(environment, Schedules::problem).load(Optional.empty(), settings, placeholders);
        if (!loaded.problems().isEmpty()) {
            throw new IllegalArgumentException(loaded.problems().stream()
                    .map(problem -> sentence(problem, cluster))
                    .collect(Collectors.joining("; ")));
        }
        loaded.warnings().forEach(LoggerFactory.getLogger("discovery.config")::warn);
        return oneByOne(loaded.settings());
    }

    /** None that was taken is told again because another one failed. */
    private static Settings oneByOne(Settings settings) {
        List<SinkSettings> sinks = settings.sinks().stream()
                .map(sink -> new SinkSettings(sink.name(), Optional.empty(), 1, sink.emit(), sink.tellsExcluded()))
                .toList();
        return settings.withSinks(sinks);
    }

    private static String key(String parameter, String cluster) {
        return KEYS.getOrDefault(parameter, parameter).replace("<name>", cluster);
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The sentence in the words of the Kamelet; of two keys the longer one first, for it may begin with the other. */
    private static String sentence(Problem problem, String cluster) {
        String sentence = problem.sentence()
                .replace(" (given with -D)", "")
                .replaceFirst("Set the environment variable \\w+, or name", "Set it, or name")
                .replace("proxmox.clusters", "cluster");
        List<String> parameters = KEYS.keySet().stream()
                .sorted(Comparator.comparingInt(
                                (String name) -> key(name, cluster).length())
                        .reversed())
                .toList();
        for (String parameter : parameters) {
            sentence = sentence.replace(key(parameter, cluster), parameter);
        }
        return sentence;
    }
}
