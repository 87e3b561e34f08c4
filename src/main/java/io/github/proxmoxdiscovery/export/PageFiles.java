package io.github.proxmoxdiscovery.export;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the page to look at, which are part of the program. */
public final class PageFiles {

    /**
     * One of them.
     *
     * @param etag changes with the content
     */
    public record PageFile(byte[] content, String type, String etag) {}

    private static final Pattern NAME = Pattern.compile("[a-z-]+\\.(html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, PageFile> read = new ConcurrentHashMap<>();

    /** @param name as a client asks for it, such as page.css */
    public Optional<PageFile> find(String name) throws IOException {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        PageFile known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        try (InputStream in = PageFiles.class.getResourceAsStream("/page/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] content = in.readAllBytes();
            PageFile file = new PageFile(content, TYPES.get(matcher.group(1)), etag(content));
            read.put(name, file);
            return Optional.of(file);
        }
    }

    private static String etag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
