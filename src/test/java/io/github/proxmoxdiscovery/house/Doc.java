package io.github.proxmoxdiscovery.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the docs. */
record Doc(Path file, String text) {

    private static final Pattern SNIPPET = Pattern.compile("(?ms)(?:^<!-- ([^\\n]*) -->\\n)?^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|(.*)\\|$");

    /**
     * A fenced snippet.
     *
     * @param marker what the comment right above it says to the test, or empty
     */
    record Snippet(String doc, String marker, String language, String text) {

        @Override
        public String toString() {
            return doc + ": " + language + " "
                    + text.lines().findFirst().orElse("").strip();
        }
    }

    static List<Doc> all() {
        return Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                .map(ProjectFiles::path),
                        ProjectFiles.files("docs", ".md").stream())
                .map(Doc::of)
                .toList();
    }

    static Doc of(String path) {
        return of(ProjectFiles.path(path));
    }

    private static Doc of(Path file) {
        return new Doc(file, ProjectFiles.text(file));
    }

    static Stream<Snippet> snippets(String language) {
        return all().stream()
                .flatMap(doc -> doc.snippets().stream())
                .filter(snippet -> snippet.language().equals(language));
    }

    List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        Matcher matcher = SNIPPET.matcher(text);
        while (matcher.find()) {
            String marker = matcher.group(1) == null ? "" : matcher.group(1);
            snippets.add(new Snippet(toString(), marker, matcher.group(2), matcher.group(3)));
        }
        return snippets;
    }

    /** What it links to, but for the web. */
    List<String> links() {
        return LINK.matcher(withoutSnippets())
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    /** The names under which its headings can be linked to. */
    List<String> anchors() {
        return HEADING.matcher(withoutSnippets())
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    String withoutSnippets() {
        return SNIPPET.matcher(text).replaceAll((MatchResult snippet) -> "");
    }

    /** The rows of its tables, cell by cell; a word in backticks loses them. */
    List<List<String>> rows() {
        return ROW.matcher(withoutSnippets())
                .results()
                .map(row -> Stream.of(row.group(1).split("\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList())
                .toList();
    }

    @Override
    public String toString() {
        return ProjectFiles.name(file);
    }
}
