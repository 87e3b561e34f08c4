package io.github.proxmoxdiscovery.routefile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What route files can name that is not in a route file. */
public interface Surroundings {

    /** The names of the beans. */
    Set<String> beans();

    /** The methods that a route can call on a bean. */
    Collection<String> methods(String bean);

    /** The keys of the settings that have a value. */
    Set<String> settings();

    /** The names of the Camel components that are there. */
    Set<String> components();

    /** The chosen sinks, and for each whether it needs no route file, since it has a {@code sink.<name>.uri}. */
    Map<String, Boolean> sinks();

    /** The routes that the program itself makes of templates: route id, template id, parameters. */
    List<Made> made();

    /**
     * A route that the program makes of a template.
     *
     * @param route its id
     * @param template the id of the template
     * @param parameters what is put in
     */
    record Made(String route, String template, Map<String, String> parameters) {

        public Made {
            parameters = Map.copyOf(parameters);
        }
    }
}
