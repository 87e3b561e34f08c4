package io.github.proxmoxdiscovery.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** That one program works on a folder, and no other does. The system lets it go however the program ends. */
public final class DataLock implements AutoCloseable {

    private static final int MOST_BYTES = 32;

    /** Those of this process: to open and close the file once more would let its lock go, on most systems. */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private DataLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @throws LedgerException when another program has it, or it cannot be written
     */
    public static DataLock take(Path data) throws LedgerException {
        try {
            Files.createDirectories(data);
            Path folder = data.toRealPath();
            if (!TAKEN.add(folder)) {
                throw inUse(data, String.valueOf(ProcessHandle.current().pid()));
            }
            try {
                return new DataLock(folder, lock(data, folder.resolve("in-use.lock")));
            } catch (IOException e) {
                TAKEN.remove(folder);
                throw e;
            }
        } catch (LedgerException e) {
            throw e;
        } catch (IOException e) {
            throw new LedgerException(
                    "the folder " + data.toAbsolutePath() + " (discovery.data) cannot be used: " + e, e);
        }
    }

    private static FileChannel lock(Path data, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(data, owner(channel));
            }
            write(channel);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static LedgerException inUse(Path data, String owner) {
        return new LedgerException(data.toAbsolutePath() + " is in use by another proxmox-discovery"
                + (owner.isEmpty() ? "" : ", process " + owner)
                + ": stop that one, or give this one a folder of its own (discovery.data)");
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
            if (channel.isOpen()) {
                channel.close();
                TAKEN.remove(folder);
            }
        } catch (IOException e) {
            throw new LedgerException("the lock of the data folder cannot be let go: " + e, e);
        }
    }
}
