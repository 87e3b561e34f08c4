package io.github.proxmoxdiscovery.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The body of an answer, which ends with an exception when it grows too large or its request runs out of time. */
final class LimitedEntity extends HttpEntityWrapper {

    private final long maxBytes;
    private final DeadlineInterceptor.Deadline deadline;

    LimitedEntity(HttpEntity body, long maxBytes, DeadlineInterceptor.Deadline deadline) {
        super(body);
        this.maxBytes = maxBytes;
        this.deadline = deadline;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new Limited(super.getContent());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = getContent()) {
            in.transferTo(out);
        }
    }

    /** Closing reads the rest, so that the connection can be used again: the deadline holds for that as well. */
    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            deadline.met();
        }
    }

    private final class Limited extends FilterInputStream {

        private long seen;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                int read = in.read(buffer, offset, length);
                count(read);
                return read;
            } catch (IOException | IllegalStateException e) {
                throw deadline.explain(e);
            }
        }

        private void count(int read) throws IOException {
            if (read < 0) {
                deadline.met();
                return;
            }
            seen += read;
            if (seen > maxBytes) {
                // Otherwise the rest would be read when the body is closed, however long it is.
                deadline.breakOff();
                throw new ReplyTooLargeException(maxBytes);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                deadline.met();
            }
        }
    }
}
