package io.github.proxmoxdiscovery.library;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder {@code lib/ext}, whose jars stand on the class path behind those of the program. All that was ever added
 * is resolved together, so that there are never two versions of a library.
 */
public final class AddedLibraries {

    private static final String VERSION_AND_SUFFIX = "-\\d.*\\.jar$|\\.jar$";

    private final Path folder;
    private final OwnLibraries own;
    private final String path;

    private AddedLibraries(Path folder, OwnLibraries own, String path) {
        this.folder = folder;
        this.own = own;
        this.path = path;
    }

    /**
     * Those of the program in a folder.
     *
     * @param path where Maven is looked for
     * @throws NotAddedException when the program was not built by Maven
     */
    public static AddedLibraries of(Path home, String path) throws NotAddedException {
        return new AddedLibraries(home.resolve("lib").resolve("ext"), OwnLibraries.read(), path);
    }

    public Path folder() {
        return folder;
    }

    /** What was asked for so far. */
    public List<Coordinates> libraries() throws IOException, NotAddedException {
        return AddedList.in(folder).libraries();
    }

    /** The names of all jars that are there, also those that were put there by hand. */
    public List<String> jars() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** The version that the program itself has of a library, which no other can take the place of. */
    public Optional<String> ownVersion(Coordinates library) {
        return Optional.ofNullable(own.versions().get(library.key()));
    }

    /** The Maven project that has these libraries, and nothing that the program has. */
    public String pom(Collection<Coordinates> libraries) {
        return AddedPom.of(libraries, own);
    }

    /**
     * Adds libraries and what they need.
     *
     * @return the names of the jars that are new; none if everything was there
     * @throws NotAddedException when it could not be done; nothing has changed then
     */
    public List<String> add(Collection<Coordinates> added, boolean offline)
            throws NotAddedException, IOException, InterruptedException {
        AddedList before = AddedList.in(folder);
        if (added.stream().allMatch(before::has) && before.isWhole(folder, own.camel())) {
            return List.of();
        }
        List<Coordinates> all = new ArrayList<>(before.libraries());
        all.removeIf(library -> added.stream().anyMatch(other -> other.key().equals(library.key())));
        all.addAll(added);
        return replace(before, all, offline);
    }

    /**
     * Takes libraries away, and what only they needed.
     *
     * @throws NotAddedException when they were never added, or the others could not be resolved
     */
    public void remove(Collection<Coordinates> removed, boolean offline)
            throws NotAddedException, IOException, InterruptedException {
        AddedList before = AddedList.in(folder);
        List<Coordinates> rest = new ArrayList<>(before.libraries());
        for (Coordinates library : removed) {
            if (!rest.removeIf(other -> other.key().equals(library.key()))) {
                throw NotAddedException.unknown(library + " was not added: see add --list");
            }
        }
        replace(before, rest, offline);
    }

    private List<String> replace(AddedList before, List<Coordinates> libraries, boolean offline)
            throws NotAddedException, IOException, InterruptedException {
        Path stage = stage(libraries);
        try {
            Path jars = Files.createDirectories(stage.resolve("jars"));
            if (!libraries.isEmpty()) {
                Path pom = Files.writeString(stage.resolve("pom.xml"), pom(libraries));
                maven(libraries, offline).copy(pom, jars, own.camel());
            }
            refuseSecondVersions(before, names(jars));
            return move(jars, before, libraries);
        } finally {
            MoreFiles.deleteRecursively(stage, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /** The new jars first: a program that is started meanwhile finds what it found before, or more. */
    private List<String> move(Path jars, AddedList before, List<Coordinates> libraries) throws IOException {
        List<String> there = jars();
        List<String> fetched = names(jars);
        for (String jar : fetched) {
            Files.move(jars.resolve(jar), folder.resolve(jar), StandardCopyOption.REPLACE_EXISTING);
        }
        new AddedList(own.camel(), libraries, fetched).write(folder);
        for (String jar : before.jars()) {
            if (!fetched.contains(jar)) {
                Files.deleteIfExists(folder.resolve(jar));
            }
        }
        return fetched.stream().filter(jar -> !there.contains(jar)).toList();
    }

    /** A folder beside the jars, so that they only have to be moved; Java does not look into it. */
    private Path stage(Collection<Coordinates> libraries) throws NotAddedException {
        try {
            return Files.createTempDirectory(Files.createDirectories(folder), ".new-");
        } catch (IOException e) {
            throw NotAddedException.because("the folder " + folder + " cannot be written ("
                    + e.getClass().getSimpleName()
                    + "). Do it as the user whom the program's folder belongs to, or by hand:\n" + byHand(libraries));
        }
    }

    private Maven maven(Collection<Coordinates> libraries, boolean offline) throws NotAddedException {
        return Maven.find(path, offline)
                .orElseThrow(() -> NotAddedException.because(
                        "there is no Maven (mvn) on the PATH, which fetches " + names(libraries)
                                + " and what it needs. Install it, or do it by hand:\n" + byHand(libraries)));
    }

    private String byHand(Collection<Coordinates> libraries) {
        return "  1. here:                       bin/proxmox-discovery add --pom " + names(libraries) + " >pom.xml\n"
                + "  2. on a machine with Maven:    mvn -f pom.xml " + Maven.GOAL
                + " -DincludeScope=runtime -DoutputDirectory=ext\n"
                + "  3. copy what is in ext/ there: to " + folder + " here";
    }

    private static String names(Collection<Coordinates> libraries) {
        return String.join(" ", libraries.stream().map(Coordinates::toString).toList());
    }

    private void refuseSecondVersions(AddedList before, List<String> fetched) throws IOException, NotAddedException {
        for (String jar : jars()) {
            String name = jar.replaceFirst(VERSION_AND_SUFFIX, "");
            boolean other = fetched.stream()
                    .anyMatch(one -> one.replaceFirst(VERSION_AND_SUFFIX, "").equals(name));
            if (other && !fetched.contains(jar) && !before.jars().contains(jar)) {
                throw NotAddedException.because(folder.resolve(jar)
                        + " was put there by hand, and another version of it" + " is needed now. Remove it first");
            }
        }
    }

    private static List<String> names(Path jars) throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
