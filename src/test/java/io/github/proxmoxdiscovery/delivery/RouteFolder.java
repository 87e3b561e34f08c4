package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A folder of route files, as a user edits it. */
public record RouteFolder(Path path) {

    /** Writes a file. */
    public RouteFolder put(String file, String text) {
        try {
            Files.writeString(path.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts lines before the one place where these lines stand; both as they are in the file, indented. */
    public RouteFolder insertBefore(String file, String lines, String inserted) {
        return replace(file, lines, inserted + lines);
    }

    /** Replaces what stands in one place. */
    public RouteFolder replace(String file, String old, String replacement) {
        String text = text(file);
        assertThat(text.split(Pattern.quote(old), -1)).as(file).hasSize(2);
        return put(file, text.replace(old, replacement));
    }

    private String text(String file) {
        try {
            return Files.readString(path.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
