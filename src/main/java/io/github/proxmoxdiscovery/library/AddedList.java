package io.github.proxmoxdiscovery.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What was added: the file {@code added.txt} beside the jars.
 *
 * @param camel the version of Camel that it was added to
 * @param libraries what was asked for
 * @param jars the names of the jars that are there for it
 */
record AddedList(String camel, List<Coordinates> libraries, List<String> jars) {

    static final String FILE = "added.txt";

    private static final String CAMEL = "camel ";
    private static final String LIBRARY = "add ";
    private static final String JAR = "jar ";

    AddedList {
        libraries = List.copyOf(libraries);
        jars = List.copyOf(jars);
    }

    static AddedList in(Path folder) throws IOException, NotAddedException {
        Path file = folder.resolve(FILE);
        String camel = "";
        List<Coordinates> libraries = new ArrayList<>();
        List<String> jars = new ArrayList<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            if (line.startsWith(CAMEL)) {
                camel = line.substring(CAMEL.length());
            } else if (line.startsWith(LIBRARY)) {
                libraries.add(Coordinates.of(line.substring(LIBRARY.length())));
            } else if (line.startsWith(JAR)) {
                jars.add(line.substring(JAR.length()));
            }
        }
        return new AddedList(camel, libraries, jars);
    }

    boolean has(Coordinates library) {
        return libraries.contains(library);
    }

    /** Whether all its jars are there, for this version of Camel. */
    boolean isWhole(Path folder, String version) {
        return camel.equals(version) && jars.stream().allMatch(jar -> Files.exists(folder.resolve(jar)));
    }

    void write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Written by the command add, for itself. Jars that are not named here were put there by hand.");
        lines.add(CAMEL + camel);
        libraries.forEach(library -> lines.add(LIBRARY + library));
        jars.forEach(jar -> lines.add(JAR + jar));
        Path whole = Files.write(folder.resolve(FILE + ".new"), lines);
        Files.move(whole, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
