package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.routefile.Surroundings;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What route files can name in this program, with these settings. */
final class ProgramSurroundings implements Surroundings {

    private static final String COMPONENTS = "META-INF/services/org/apache/camel/component.properties";
    private static final Pattern BEAN_OF_SETTINGS = Pattern.compile("camel\\.beans\\.([\\w-]+).*");

    private final Map<String, Object> beans = new HashMap<>();
    private final Settings settings;
    private final Properties properties;
    private final List<Made> made;
    private final Set<String> components = componentsOnTheClassPath();

    ProgramSurroundings(Settings settings, RouteFiles routes, Beans beans) {
        this.settings = settings;
        this.properties = CamelProperties.forTrial(settings, routes);
        this.made = CamelProperties.made(settings, routes::hasSink);
        beans.bind(this.beans::put);
    }

    @Override
    public Set<String> beans() {
        Set<String> names = new TreeSet<>(beans.keySet());
        properties.stringPropertyNames().stream()
                .map(BEAN_OF_SETTINGS::matcher)
                .filter(Matcher::matches)
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    @Override
    public Collection<String> methods(String bean) {
        Object object = beans.get(bean);
        Set<String> names = new TreeSet<>();
        if (object != null) {
            Arrays.stream(object.getClass().getMethods())
                    .filter(method -> method.getDeclaringClass() != Object.class)
                    .map(Method::getName)
                    .forEach(names::add);
        }
        return names;
    }

    @Override
    public Set<String> settings() {
        return properties.stringPropertyNames();
    }

    @Override
    public Set<String> components() {
        return components;
    }

    @Override
    public Map<String, Boolean> sinks() {
        Map<String, Boolean> sinks = new LinkedHashMap<>();
        for (SinkSettings sink : settings.sinks()) {
            sinks.put(sink.name(), sink.uri().isPresent());
        }
        return sinks;
    }

    @Override
    public List<Made> made() {
        return made;
    }

    private static Set<String> componentsOnTheClassPath() {
        Set<String> components = new HashSet<>();
        try {
            ClassLoader loader = ProgramSurroundings.class.getClassLoader();
            for (URL file : Collections.list(loader.getResources(COMPONENTS))) {
                try (InputStream in = file.openStream()) {
                    Properties of = new Properties();
                    of.load(in);
                    components.addAll(List.of(of.getProperty("components", "").split("\\s+")));
                }
            }
            return components;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
