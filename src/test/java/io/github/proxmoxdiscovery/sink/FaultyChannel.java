package io.github.proxmoxdiscovery.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a disk that is full after some more bytes, until somebody makes room. */
final class FaultyChannel extends FileChannel {

    private final FileChannel file;
    private long room = Long.MAX_VALUE;
    private boolean truncates = true;

    FaultyChannel(FileChannel file) {
        this.file = file;
    }

    void leaveRoomFor(long bytes) {
        room = bytes;
    }

    void refuseToTruncate(boolean refuse) {
        truncates = !refuse;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        if (room == 0) {
            throw new IOException("No space left on device");
        }
        int limit = source.limit();
        source.limit((int) Math.min(limit, source.position() + Math.min(room, 7)));
        int written = file.write(source, position);
        source.limit(limit);
        room -= written;
        return written;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        long position = file.position();
        int written = write(source, position);
        file.position(position + written);
        return written;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (!truncates && size < file.size()) {
            throw new IOException("Input/output error");
        }
        file.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return file.read(targets, offset, length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        file.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
        file.force(metaData);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return file.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return file.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
