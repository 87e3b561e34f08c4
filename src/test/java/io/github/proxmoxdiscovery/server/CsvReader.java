package io.github.proxmoxdiscovery.server;

import java.util.ArrayList;
import java.util.List;

/** Reads what RFC 4180 allows, and nothing else. */
final class CsvReader {

    private final String text;
    private int at;

    private CsvReader(String text) {
        this.text = text;
    }

    static List<List<String>> rows(String text) {
        CsvReader reader = new CsvReader(text);
        List<List<String>> rows = new ArrayList<>();
        while (reader.at < text.length()) {
            rows.add(reader.row());
        }
        return rows;
    }

    private List<String> row() {
        List<String> row = new ArrayList<>(List.of(cell()));
        while (text.charAt(at) == ',') {
            at++;
            row.add(cell());
        }
        if (!text.startsWith("\r\n", at)) {
            throw new AssertionError("a cell goes on behind its end: " + text.substring(at));
        }
        at += 2;
        return row;
    }

    private String cell() {
        return text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
        int start = at;
        while (",\r\n\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder cell = new StringBuilder();
        at++;
        while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
            at += text.charAt(at) == '"' ? 1 : 0;
            cell.append(text.charAt(at++));
        }
        at++;
        return cell.toString();
    }
}
