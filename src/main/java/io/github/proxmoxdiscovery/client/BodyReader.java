package io.github.proxmoxdiscovery.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** What of the body of an answer is read before the answer is handed on. */
@FunctionalInterface
interface BodyReader {

    /** Longer than any array can be. */
    long LONGEST = Integer.MAX_VALUE - 16L;

    int CHUNK = 8 * 1024;

    /**
     * Reads from a body.
     *
     * @param breakOff ends the connection, so that nobody reads the rest of the body, however long it is
     */
    byte[] read(InputStream body, Runnable breakOff) throws IOException;

    /** All of it, or a {@link ReplyTooLargeException} if it is longer than this. */
    static BodyReader whole(long maxBytes) {
        int most = (int) Math.min(maxBytes, LONGEST);
        return (body, breakOff) -> {
            byte[] bytes = body.readNBytes(most);
            if (bytes.length == most && body.read() >= 0) {
                breakOff.run();
                throw new ReplyTooLargeException(maxBytes);
            }
            return bytes;
        };
    }

    /** So much of it, or what came before it broke off: for those who only want to show it. */
    static BodyReader beginning(int maxBytes) {
        return (body, breakOff) -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            try {
                int read = body.read(chunk);
                while (read >= 0 && bytes.size() + read <= maxBytes) {
                    bytes.write(chunk, 0, read);
                    read = body.read(chunk);
                }
                if (read >= 0) {
                    breakOff.run();
                }
            } catch (IOException e) {
                // The status is what counts, and it is there; a connection that broke is not used again.
                breakOff.run();
            }
            return bytes.toByteArray();
        };
    }
}
