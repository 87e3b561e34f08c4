package io.github.proxmoxdiscovery.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of lines to which whole batches are appended: after a failed append it is as before. */
final class AppendedFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.sink.file");

    private final Path path;
    private final FileChannel channel;
    private final boolean created;
    private boolean failed;
    private long end;

    /** Opens a file, new or old; of an old one, a last line that was not written whole does not count. */
    AppendedFile(Path path) throws IOException {
        this(path, create(path));
    }

    private AppendedFile(Path path, @Nullable FileChannel created) throws IOException {
        this(path, created == null ? open(path, StandardOpenOption.CREATE) : created, created != null);
    }

    /** @param created whether the file was made for this object */
    AppendedFile(Path path, FileChannel channel, boolean created) throws IOException {
        this.path = path;
        this.channel = channel;
        this.created = created;
        this.end = endOfLastLine(channel);
    }

    /** Makes the file; null if there is one already. */
    private static @Nullable FileChannel create(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try {
            return open(path, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            return null;
        }
    }

    private static FileChannel open(Path path, StandardOpenOption how) throws IOException {
        FileChannel channel = FileChannel.open(path, Set.of(how, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            // Only a sign for others that somebody works on the file; not all file systems know it.
            channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debug("{} cannot be locked", path, e);
        }
        return channel;
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
        long position = end;
        try {
            channel.truncate(end);
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
        failed = true;
        try {
            channel.truncate(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    boolean hasLines() {
        return end > 0;
    }

    void sync() throws IOException {
        channel.truncate(end);
        channel.force(true);
    }

    /** Ends the file: what is in it now is on disk. May be tried again when it failed. */
    void seal() throws IOException {
        if (channel.isOpen()) {
            sync();
            channel.close();
        }
    }

    /** Gives the file its name, so that a reader sees all of it or nothing. May be tried again when it failed. */
    void publishAs(Path target) throws IOException {
        seal();
        moveOver(path, target);
    }

    /** Whoever finds the file takes it that something was kept: a new one to which nothing could be added goes. */
    @Override
    public void close() throws IOException {
        boolean useless = channel.isOpen() && created && failed && end == 0;
        channel.close();
        if (useless) {
            Files.deleteIfExists(path);
        }
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
