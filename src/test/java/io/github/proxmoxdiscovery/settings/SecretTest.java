package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("secret"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim", "geheim\n", "geheim\r\n"})
    void theLineEndAtTheEndOfAFileIsNoPartOfTheSecret(String content) throws IOException {
        assertThat(Secret.file(file(content)).read()).isEqualTo("geheim");
    }

    @Test
    void aRotatedFileIsReadAgain() throws IOException {
        Secret secret = Secret.file(file("before"));
        secret.read();
        file("and after");
        assertThat(secret.read()).isEqualTo("and after");
    }

    @Test
    void aReplacedFileIsReadAgainEvenIfItIsAsOldAndAsLong() throws IOException {
        Path file = file("first");
        FileTime time = Files.getLastModifiedTime(file);
        Secret secret = Secret.file(file);
        secret.read();
        Path next = Files.writeString(folder.resolve("next"), "other");
        Files.setLastModifiedTime(next, time);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(secret.read()).isEqualTo("other");
    }

    @Test
    void theLastOneKnownStandsWhileTheFileIsAwayOrEmpty() throws IOException {
        Path file = file("geheim");
        Secret secret = Secret.file(file);
        secret.read();
        Files.delete(file);
        assertThat(secret.read()).isEqualTo("geheim");
        file("");
        assertThat(secret.read()).isEqualTo("geheim");
        file("new one");
        assertThat(secret.read()).isEqualTo("new one");
    }

    @Test
    void aFileThatNeverWasThereIsSaid() {
        Secret secret = Secret.file(folder.resolve("nowhere"));
        assertThatThrownBy(secret::read)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void isNotInAnyText() throws IOException {
        Secret fromFile = Secret.file(file("geheim"));
        fromFile.read();
        assertThat(Secret.literal("geheim") + " " + fromFile
                        + new Login.Token("a@pve!b", fromFile)
                        + new Login.Password("a@pve", Secret.literal("geheim")))
                .doesNotContain("geheim");
    }
}
