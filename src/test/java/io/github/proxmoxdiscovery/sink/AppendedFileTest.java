package io.github.proxmoxdiscovery.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppendedFileTest {

    @TempDir
    Path directory;

    @Test
    void appendsLinesToANewFileAndToAnOldOne() throws IOException {
        Path path = directory.resolve("a/b/lines");
        try (AppendedFile file = new AppendedFile(path)) {
            file.append(List.of("{1}", "{2}"));
            file.append(List.of("{ü€😀}"));
        }
        try (AppendedFile file = new AppendedFile(path)) {
            file.append(List.of("{4}"));
        }
        assertThat(path).content().isEqualTo("{1}\n{2}\n{ü€😀}\n{4}\n");
    }

    @Test
    void anEmptyBatchAddsNoLine() throws IOException {
        Path path = directory.resolve("lines");
        try (AppendedFile file = new AppendedFile(path)) {
            file.append(List.of());
        }
        assertThat(path).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 4, 9, 11})
    void aFailedAppendLeavesTheFileAsItWas(long room) throws IOException {
        Path path = directory.resolve("lines");
        FaultyChannel disk = open(path);
        try (AppendedFile file = new AppendedFile(path, disk, true)) {
            file.append(List.of("one"));
            disk.leaveRoomFor(room);
            assertThatIOException().isThrownBy(() -> file.append(List.of("two", "three", "four")));
            assertThat(path).content().isEqualTo("one\n");
            disk.leaveRoomFor(100);
            file.append(List.of("five"));
        }
        assertThat(path).content().isEqualTo("one\nfive\n");
    }

    @Test
    void aNewFileToWhichNothingCouldBeAddedDoesNotStay() throws IOException {
        Path path = directory.resolve("lines");
        FaultyChannel disk = open(path);
        disk.leaveRoomFor(2);
        try (AppendedFile file = new AppendedFile(path, disk, true)) {
            assertThatIOException().isThrownBy(() -> file.append(List.of("one")));
            assertThat(path).exists();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aNewFileThatTookALaterBatchStays() throws IOException {
        Path path = directory.resolve("lines");
        FaultyChannel disk = open(path);
        disk.leaveRoomFor(0);
        try (AppendedFile file = new AppendedFile(path, disk, true)) {
            assertThatIOException().isThrownBy(() -> file.append(List.of("one")));
            disk.leaveRoomFor(100);
            file.append(List.of("two"));
        }
        assertThat(path).content().isEqualTo("two\n");
    }

    @Test
    void aFileThatWasThereBeforeStaysEvenIfNothingCouldBeAdded() throws IOException {
        Path path = directory.resolve("lines");
        FaultyChannel disk = open(path);
        disk.leaveRoomFor(0);
        try (AppendedFile file = new AppendedFile(path, disk, false)) {
            assertThatIOException().isThrownBy(() -> file.append(List.of("one")));
        }
        assertThat(path).isEmptyFile();
    }

    @Test
    void whatCouldNotBeTakenBackAtOnceIsTakenBackLater() throws IOException {
        Path path = directory.resolve("lines");
        FaultyChannel disk = open(path);
        try (AppendedFile file = new AppendedFile(path, disk, true)) {
            file.append(List.of("one"));
            disk.leaveRoomFor(7);
            disk.refuseToTruncate(true);
            assertThatIOException()
                    .isThrownBy(() -> file.append(List.of("two", "three", "four")))
                    .withMessage("No space left on device");
            assertThatIOException().isThrownBy(file::sync);
            disk.leaveRoomFor(100);
            disk.refuseToTruncate(false);
            file.append(List.of("5"));
            file.sync();
        }
        assertThat(path).content().isEqualTo("one\n5\n");
    }

    @Test
    void aLineThatACrashLeftHalfWrittenDoesNotSpoilTheNext() throws IOException {
        Path path = directory.resolve("lines");
        Files.writeString(path, "{\"id\":1}\n{\"id\":2}\n{\"id\":");
        try (AppendedFile file = new AppendedFile(path)) {
            file.append(List.of("{\"id\":4}"));
        }
        assertThat(path).content().isEqualTo("{\"id\":1}\n{\"id\":2}\n{\"id\":4}\n");
    }

    @Test
    void aFileOfHalfALineHasNoLine() throws IOException {
        Path path = directory.resolve("lines");
        Files.writeString(path, "{\"id\":");
        try (AppendedFile file = new AppendedFile(path)) {
            file.append(List.of("{}"));
        }
        assertThat(path).content().isEqualTo("{}\n");
    }

    @Test
    void isPublishedWhole() throws IOException {
        Path part = directory.resolve("lines.part");
        Path target = directory.resolve("lines");
        Files.writeString(target, "old\n");
        try (AppendedFile file = new AppendedFile(part)) {
            file.append(List.of("new"));
            assertThat(target).content().isEqualTo("old\n");
            file.publishAs(target);
        }
        assertThat(target).content().isEqualTo("new\n");
        assertThat(part).doesNotExist();
    }

    @Test
    void publishingMayBeTriedAgain() throws IOException {
        Path part = directory.resolve("lines.part");
        Path target = directory.resolve("lines");
        Files.createDirectories(target.resolve("in the way"));
        try (AppendedFile file = new AppendedFile(part)) {
            file.append(List.of("new"));
            assertThatIOException().isThrownBy(() -> file.publishAs(target));
            Files.delete(target.resolve("in the way"));
            Files.delete(target);
            file.publishAs(target);
        }
        assertThat(target).content().isEqualTo("new\n");
    }

    @Test
    void replacesAFileWholeEvenIfACrashLeftAPart() throws IOException {
        Path target = directory.resolve("report.json");
        Files.writeString(directory.resolve("report.json.part"), "half of a much longer report");
        AppendedFile.replace(target, "{}");
        assertThat(target).content().isEqualTo("{}\n");
        assertThat(directory).isDirectoryContaining(target::equals).isDirectoryNotContaining("glob:**.part");
    }

    private static FaultyChannel open(Path path) throws IOException {
        return new FaultyChannel(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }
}
