package io.github.proxmoxdiscovery.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** That one program works on a folder, and no other does. The system lets it go however the program ends. */
public final class DataLock implements AutoCloseable {

    private static final int MOST_BYTES = 32;

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @throws LedgerException when another program has it, or it cannot be written
     */
    public static DataLock take(Path data) throws LedgerException {
        Path file = data.resolve("in-use.lock");
        try {
            Files.createDirectories(data);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String owner = owner(channel);
                channel.close();
                throw new LedgerException(data.toAbsolutePath() + " is in use by another proxmox-discovery"
                        + (owner.isEmpty() ? "" : ", process " + owner)
                        + ": stop that one, or give this one a folder of its own (discovery.data)");
            }
            write(channel);
            return new DataLock(channel);
        } catch (LedgerException e) {
            throw e;
        } catch (IOException e) {
            throw new LedgerException(
                    "the folder " + data.toAbsolutePath() + " (discovery.data) cannot be used: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // It is this very process, in another thread.
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
        return text.matches("\\d+") ? text : "";
    }

    private static void write(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"), 0);
    }

    @Override
    public void close() throws LedgerException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LedgerException("the lock of the data folder cannot be let go: " + e, e);
        }
    }
}
