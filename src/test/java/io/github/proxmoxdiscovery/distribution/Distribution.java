package io.github.proxmoxdiscovery.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Maven has packaged. */
final class Distribution {

    /** The archives without their suffix. */
    private static final Path PACKAGED = Path.of(System.getProperty("distribution"));

    private Distribution() {}

    static Path archive(String suffix) {
        return PACKAGED.resolveSibling(PACKAGED.getFileName() + "." + suffix);
    }

    /** The folder that is in the archives. */
    static String folder() {
        return PACKAGED.getFileName().toString();
    }

    /** Unpacks the archive as an administrator does, and gives the folder that was in it. */
    static Path unpack(Path target) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        Command.of("tar", "--extract", "--gzip", "--preserve-permissions", "--file", archive("tar.gz"))
                .in(target)
                .run()
                .succeeded();
        return target.resolve(folder());
    }

    /** The files below a folder, each with the SHA-256 of its content. */
    static SortedMap<String, String> files(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> regular = all.filter(Files::isRegularFile).toList();
            for (Path file : regular) {
                files.put(folder.relativize(file).toString(), sha256(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
