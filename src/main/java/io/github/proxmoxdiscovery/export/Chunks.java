package io.github.proxmoxdiscovery.export;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Makes a text of a beginning, a piece for each item, and an end.
 *
 * @param <T> a host, or a guest with all of its hosts
 */
abstract class Chunks<T> implements Iterator<String> {

    private final Iterator<T> items;
    private boolean begun;
    private boolean listed;
    private boolean ended;

    Chunks(Iterator<T> items) {
        this.items = items;
    }

    String begin() {
        return "";
    }

    /** What the text has of an item, empty for nothing. */
    abstract String piece(T item);

    String end() {
        return "";
    }

    /** One of a list in JSON, on a line of its own; to be asked for in the order in which they stand there. */
    final String listed(String json) {
        String separator = listed ? ",\n" : "\n";
        listed = true;
        return separator + json;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public String next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        if (!begun) {
            begun = true;
            return begin();
        }
        if (items.hasNext()) {
            return piece(items.next());
        }
        ended = true;
        return end();
    }
}
