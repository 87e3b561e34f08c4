package io.github.proxmoxdiscovery.settings;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the values of keys, and notes what is wrong with them. */
final class Values {

    private final Sources sources;
    private final Problems problems;
    private final Set<String> secrets = new LinkedHashSet<>();

    Values(Sources sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
    }

    /** The value of a key that has a default; the default as well when the value is wrong. */
    <T> T get(Key<T> key) {
        return find(key).orElseGet(key::defaultValue);
    }

    /** The value of a key, if it is set and right. */
    <T> Optional<T> find(Key<T> key) {
        Optional<Sources.Given> given = sources.find(key.name());
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String text = given.get().text();
        try {
            return Optional.of(key.parser().parse(key.isSecret() ? text : text.strip()));
        } catch (WrongValueException e) {
            String what = Shown.value(key, text.strip()) + given.get().where() + " " + e.why();
            problems.add(key, what);
            return Optional.empty();
        }
    }

    /** The value of a key that must be set. */
    <T> Optional<T> need(Key<T> key) {
        if (!isSet(key)) {
            problems.add(key, "must be set. " + key.description().replaceFirst("\\.$", ""));
        }
        return find(key);
    }

    boolean isSet(Key<?> key) {
        return sources.find(key.name()).isPresent();
    }

    /** A secret, or the file that holds it, of which only one may be set. */
    Optional<Secret> secret(Key<String> key, Key<Path> fileKey) {
        if (isSet(key) && isSet(fileKey)) {
            problems.add(fileKey.name(), "is set, and so is " + key.name() + ". Only one of them may be");
            return Optional.empty();
        }
        Optional<Secret> secret = find(key).map(Secret::literal);
        Optional<Secret> inFile =
                find(fileKey).filter(file -> isReadable(fileKey, file)).map(Secret::file);
        secret.or(() -> inFile).map(Secret::read).ifPresent(secrets::add);
        return secret.or(() -> inFile);
    }

    private boolean isReadable(Key<Path> fileKey, Path file) {
        Optional<String> content = content(fileKey.name(), file);
        if (content.filter(text -> text.lines().count() > 1).isPresent()) {
            problems.add(fileKey.name(), "the file " + file + " has more than one line");
            return false;
        }
        return content.isPresent();
    }

    /** The content of a file with a secret. */
    Optional<String> content(String fileKey, Path file) {
        try {
            String content = Secret.content(file);
            if (!content.isEmpty()) {
                return Optional.of(content);
            }
            problems.add(fileKey, "the file " + file + " is empty");
        } catch (IOException e) {
            problems.add(fileKey, unreadable(file, e));
        }
        return Optional.empty();
    }

    /** What to say of a file that cannot be read. */
    static String unreadable(Path file, IOException thrown) {
        String why = thrown instanceof NoSuchFileException
                ? "is not there"
                : "cannot be read (" + thrown.getClass().getSimpleName() + ")";
        return "the file " + file + " " + why + ". A relative path begins in the working directory";
    }

    /** Our own secrets that were read. */
    Set<String> secrets() {
        return secrets;
    }
}
