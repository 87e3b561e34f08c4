package io.github.proxmoxdiscovery.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A secret: given as such, or the content of a file, which is read again whenever the file has changed. */
public final class Secret {

    private final @Nullable Path file;
    private String value;
    private @Nullable Stamp stamp;

    private Secret(@Nullable Path file, String value) {
        this.file = file;
        this.value = value;
    }

    public static Secret literal(String value) {
        return new Secret(null, value);
    }

    /** The content of a file, without the line end at its end. */
    public static Secret file(Path file) {
        return new Secret(file, "");
    }

    /**
     * The secret of this moment. While its file is away or empty, as it may be while somebody replaces it, the last
     * one known stands.
     *
     * @throws UncheckedIOException when the file could never be read yet
     */
    public synchronized String read() {
        if (file != null) {
            try {
                readAgainIfChanged(file);
            } catch (IOException e) {
                if (value.isEmpty()) {
                    throw new UncheckedIOException("the secret in " + file + " cannot be read", e);
                }
            }
        }
        return value;
    }

    private void readAgainIfChanged(Path path) throws IOException {
        // The stamp first: what changes after it is seen the next time.
        Stamp now = Stamp.of(path);
        if (!now.equals(stamp)) {
            String content = content(path);
            if (!content.isEmpty()) {
                value = content;
                stamp = now;
            }
        }
    }

    /** The text of a file without the line end at its end. */
    static String content(Path file) throws IOException {
        return Files.readString(file).replaceFirst("[\\r\\n]+$", "");
    }

    @Override
    public String toString() {
        return file == null ? "***" : "*** (in " + file + ")";
    }

    /** What changes when a file does; the key, because a replaced file may be as old and as long as the one before. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object fileKey) {

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }
}
