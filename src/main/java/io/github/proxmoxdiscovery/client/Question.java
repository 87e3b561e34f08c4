package io.github.proxmoxdiscovery.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a request asks Proxmox for, by its path: a closed list, for counting. */
public enum Question {
    /** Nodes, guests, and who the cluster is. */
    LIST("/(?:cluster/(?:resources|status)|nodes(?:/[^/]+/(?:qemu|lxc))?)"),
    /** The config of a guest. */
    CONFIG("/nodes/[^/]+/(?:qemu|lxc)/\\d+/config"),
    /** The addresses of a virtual machine, from its agent. */
    AGENT("/nodes/[^/]+/qemu/\\d+/agent/.*"),
    /** The addresses of a container. */
    INTERFACES("/nodes/[^/]+/lxc/\\d+/interfaces"),
    /** What the login may do. */
    PERMISSIONS("/access/permissions"),
    /** Whether a guest that is not listed any more exists. */
    NEXTID("/cluster/nextid"),
    /** A ticket. */
    LOGIN("/access/ticket"),
    VERSION("/version"),
    OTHER(".*");

    private static final String API = "/api2/json";

    private final Pattern path;

    Question(String path) {
        this.path = Pattern.compile(path);
    }

    /** @param target path and query, as they are sent */
    static Question of(String target) {
        int end = target.indexOf('?');
        String whole = end < 0 ? target : target.substring(0, end);
        String path = whole.startsWith(API) ? whole.substring(API.length()) : whole;
        return Arrays.stream(values())
                .filter(question -> question.path.matcher(path).matches())
                .findFirst()
                .orElse(OTHER);
    }

    /** The word for it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
