package io.github.proxmoxdiscovery.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file of lines to which whole batches are appended: after a failed append it is as before. */
final class AppendedFile implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private int lines;

    AppendedFile(Path path) throws IOException {
        this.path = path;
        Files.createDirectories(path.toAbsolutePath().getParent());
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.position(channel.size());
    }

    Path path() {
        return path;
    }

    /** How many lines were appended here. */
    int lines() {
        return lines;
    }

    /**
     * Appends lines, each ended by a line feed.
     *
     * @throws IOException when not all could be written; then none is
     */
    void append(List<String> batch) throws IOException {
        long good = channel.position();
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(String.join("\n", batch) + "\n");
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(good);
            throw e;
        }
        lines += batch.size();
    }

    void sync() throws IOException {
        channel.force(true);
    }

    /** Gives the file its name, so that a reader sees all of it or nothing. */
    void publishAs(Path target) throws IOException {
        sync();
        close();
        moveOver(path, target);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Writes a file whole: at every moment its name leads to the old content or the new. */
    static void replace(Path target, String content) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (AppendedFile file = new AppendedFile(part)) {
            file.append(List.of(content));
            file.publishAs(target);
        }
    }

    static void moveOver(Path part, Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(target.toAbsolutePath().getParent())) {
            directory.force(true);
        }
    }
}
