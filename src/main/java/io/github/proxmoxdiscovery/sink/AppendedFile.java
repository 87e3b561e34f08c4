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
    private long end;

    /** Opens a file, new or old; of an old one, a last line that was not written whole does not count. */
    AppendedFile(Path path) throws IOException {
        this(path, open(path));
    }

    AppendedFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.end = endOfLastLine(channel);
    }

    private static FileChannel open(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            channel.read(last.clear(), end - 1);
            if (last.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    /**
     * Appends lines, each ended by a line feed.
     *
     * @throws IOException when not all could be written; then none is
     */
    void append(List<String> batch) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(String.join("\n", batch) + "\n");
        channel.truncate(end);
        long position = end;
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        end = position;
    }

    /** If even this fails, the next append or the publishing tries it again. */
    private void cutBack(IOException cause) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    void sync() throws IOException {
        channel.truncate(end);
        channel.force(true);
    }

    /** Gives the file its name, so that a reader sees all of it or nothing. May be tried again when it failed. */
    void publishAs(Path target) throws IOException {
        if (channel.isOpen()) {
            sync();
            close();
        }
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

    private static void moveOver(Path part, Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(target.toAbsolutePath().getParent())) {
            directory.force(true);
        }
    }
}
