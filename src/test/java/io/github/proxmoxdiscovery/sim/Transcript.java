package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded request and its answer.
 *
 * @param requestHeaders without the secret, which was taken out of the record
 */
record Transcript(
        String name, String path, List<String> requestHeaders, String statusLine, List<String> headers, String body) {

    static Transcript read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String path = "";
        List<String> requestHeaders = new ArrayList<>();
        int at = 0;
        for (; lines.get(at).startsWith("> "); at++) {
            String sent = lines.get(at).substring(2);
            if (at == 0) {
                path = sent.substring("GET /api2/json".length());
            } else {
                requestHeaders.add(sent);
            }
        }
        int status = at + 1;
        int end = status + lines.subList(status, lines.size()).indexOf("");
        List<String> headers = List.copyOf(lines.subList(status + 1, end));
        String body = end + 1 < lines.size() ? lines.get(end + 1) : "";
        return new Transcript(file.getFileName().toString(), path, requestHeaders, lines.get(status), headers, body);
    }

    List<String> headerNames() {
        return headers.stream().map(header -> header.split(":")[0]).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
