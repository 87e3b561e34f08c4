package io.github.proxmoxdiscovery.routefile;

import java.util.List;

/**
 * One value in a route file that is neither a list nor a map.
 *
 * @param path the keys and indexes that lead to it
 */
record RouteScalar(List<String> path, String value, int line) {

    RouteScalar {
        path = List.copyOf(path);
    }

    /** Its key; of a value in a list, that of the list. */
    String key() {
        return named(0);
    }

    /** The key of the map that it is in. */
    String parent() {
        return named(1);
    }

    /** The name so many names up, indexes not counted. */
    private String named(int up) {
        List<String> names = path.stream().filter(part -> !part.matches("\\d+")).toList();
        int at = names.size() - 1 - up;
        return at < 0 ? "" : names.get(at);
    }

    /** Where its map is, as a JSON pointer. */
    String mapPointer() {
        return pointer(path.subList(0, path.size() - 1));
    }

    /** Whether it is somewhere below this key. */
    boolean isBelow(String key) {
        return path.contains(key);
    }

    static String pointer(List<String> path) {
        StringBuilder pointer = new StringBuilder();
        path.forEach(part -> pointer.append('/').append(part.replace("~", "~0").replace("/", "~1")));
        return pointer.toString();
    }
}
