package io.github.proxmoxdiscovery.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Lists that the owner of a message may change. */
final class Lists {

    private Lists() {}

    static <T, R> List<R> of(Collection<T> values, Function<? super T, ? extends R> each) {
        List<R> list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(each.apply(value)));
        return list;
    }
}
