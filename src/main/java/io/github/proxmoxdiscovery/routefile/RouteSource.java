package io.github.proxmoxdiscovery.routefile;

import java.util.Arrays;

/**
 * What a route file was when it was read.
 *
 * @param path from the routes folder on, with slashes
 */
public record RouteSource(String path, byte[] bytes) {

    public RouteSource {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether an editor may still be writing it: its last line has no end, or it is empty. */
    boolean looksUnfinished() {
        return bytes.length == 0 || bytes[bytes.length - 1] != '\n';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RouteSource source && path.equals(source.path) && Arrays.equals(bytes, source.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return path + " (" + bytes.length + " bytes)";
    }
}
