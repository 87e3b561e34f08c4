package io.github.proxmoxdiscovery.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The libraries that the program comes with, as they were when it was built. */
final class OwnLibraries {

    private static final String LIST = "/META-INF/proxmox-discovery/libraries.txt";

    /** {@code group:artifact:type:version:scope}, in which a classifier may stand before the version. */
    private static final Pattern LIBRARY =
            Pattern.compile("(?m)^ +([^:\\s]+):([^:\\s]+):jar:(?:[^:\\s]+:)?([^:\\s]+):(?:compile|runtime)\\b");

    /** The version of each {@code group:artifact}. */
    private final Map<String, String> versions;

    private OwnLibraries(Map<String, String> versions) {
        this.versions = versions;
    }

    static OwnLibraries read() throws NotAddedException {
        try (InputStream list = OwnLibraries.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw NotAddedException.because(
                        "it is not known which libraries this program has: build it with Maven");
            }
            return of(new String(list.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OwnLibraries of(String list) {
        Map<String, String> versions = new TreeMap<>();
        Matcher library = LIBRARY.matcher(list);
        while (library.find()) {
            versions.put(library.group(1) + ":" + library.group(2), library.group(3));
        }
        return new OwnLibraries(versions);
    }

    Map<String, String> versions() {
        return versions;
    }

    String camel() {
        return versions.getOrDefault(Coordinates.CAMEL + ":camel-core", "");
    }
}
