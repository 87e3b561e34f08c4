package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Hosts as lines of text, with tabs between what was chosen of each; lists have commas in them. */
public final class Lines extends Chunks<HostView> {

    private final List<String> paths;

    /** @param columns keys of the message, those inside of others with dots, such as {@code mac,proxmox.node} */
    public Lines(Iterator<ObjectNode> hosts, String columns) {
        super(HostView.each(hosts));
        paths = Arrays.stream(columns.split(","))
                .map(column -> "/" + column.strip().replace('.', '/'))
                .toList();
    }

    @Override
    String piece(HostView host) {
        return paths.stream().map(path -> text(host.message().at(path))).collect(Collectors.joining("\t")) + "\n";
    }

    private static String text(JsonNode value) {
        String text = value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(one -> one.asText(""))
                        .collect(Collectors.joining(","))
                : value.asText("");
        // Whatever a guest is called, it stays one column of one line.
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", " ");
    }
}
