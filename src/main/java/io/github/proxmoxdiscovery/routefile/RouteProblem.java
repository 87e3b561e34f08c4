package io.github.proxmoxdiscovery.routefile;

/**
 * Something that is wrong with a route file.
 *
 * @param file the path of the file from the routes folder on, with slashes; empty if it is no file's fault
 * @param line where in the file, from 1 on; 0 if that is not known
 * @param problem what is wrong, a sentence without its full stop
 * @param expected what would be right, or what to do; empty if that goes without saying
 */
public record RouteProblem(String file, int line, String problem, String expected) {

    /** The problem in one line: {@code file:line: what is wrong. What is expected}. */
    public String toLine() {
        String place = file.isEmpty() ? "" : line > 0 ? file + ":" + line + ": " : file + ": ";
        return place + problem + (expected.isEmpty() ? "" : ". " + expected);
    }
}
