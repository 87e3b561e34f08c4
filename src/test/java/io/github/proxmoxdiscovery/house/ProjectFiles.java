package io.github.proxmoxdiscovery.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project as a reader finds them. */
final class ProjectFiles {

    static final Path ROOT = Path.of(System.getProperty("basedir", System.getProperty("user.dir")));

    private ProjectFiles() {}

    static Path path(String path) {
        return ROOT.resolve(path);
    }

    static String text(String path) {
        return text(path(path));
    }

    static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path as it is written in the docs, from the project's folder. */
    static String name(Path path) {
        return ROOT.relativize(path).toString().replace('\\', '/');
    }

    /** The files of a folder and below whose name ends so, in alphabetical order. */
    static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.walk(path(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
