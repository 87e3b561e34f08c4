package io.github.proxmoxdiscovery.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.GZIPOutputStream;

/** Text that is made while it is read, a piece at a time, compressed if wanted. */
public final class ChunkStream extends InputStream {

    private static final int LEAST = 16 * 1024;

    private final Iterator<String> chunks;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final OutputStream out;
    private byte[] ready = {};
    private int at;
    private boolean ended;

    /** @param gzip whether it is compressed */
    public ChunkStream(Iterator<String> chunks, boolean gzip) throws IOException {
        this.chunks = chunks;
        this.out = gzip ? new GZIPOutputStream(made) : made;
    }

    @Override
    public int read() throws IOException {
        return fill() ? ready[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, ready.length - at);
        System.arraycopy(ready, at, target, offset, count);
        at += count;
        return count;
    }

    /** Whether there is anything more to read. */
    private boolean fill() throws IOException {
        while (at == ready.length && !ended) {
            while (made.size() < LEAST && chunks.hasNext()) {
                out.write(chunks.next().getBytes(StandardCharsets.UTF_8));
            }
            if (made.size() < LEAST) {
                out.close();
                ended = true;
            }
            ready = made.toByteArray();
            made.reset();
            at = 0;
        }
        return at < ready.length;
    }
}
