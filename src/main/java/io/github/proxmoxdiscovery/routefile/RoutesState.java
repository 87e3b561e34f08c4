package io.github.proxmoxdiscovery.routefile;

import java.time.Instant;
import java.util.List;

/** Which route files are in effect, and what is with those that are not: for whoever shows it. */
public final class RoutesState {

    /** How the folder stands to what is in effect. */
    public enum State {
        /** The files are in effect as they lie there. */
        OK,
        /** They were edited, and take effect when the runs that go on are over. */
        WAITING,
        /** They were edited, and something is wrong: the version before stays in effect. */
        REFUSED
    }

    /** How one file stands to what is in effect. */
    public enum FileState {
        /** It is in effect as it lies there. */
        LOADED,
        /** It lies there otherwise than it is in effect. */
        CHANGED,
        /** It lies there, and is not in effect yet. */
        ADDED,
        /** It is in effect, and lies there no more. */
        REMOVED,
        /** It is what is wrong, or part of it. */
        REFUSED
    }

    /**
     * A route file.
     *
     * @param path from the routes folder on, with slashes
     * @param changedAt when it was seen to be as it is; when the program started if it never changed
     */
    public record File(String path, FileState state, Instant changedAt) {}

    /**
     * All of it at one moment.
     *
     * @param watched whether edits take effect without a restart
     * @param version 1 after the start, and one more with each edit that took effect
     * @param loadedAt since when the version is in effect
     * @param problems why an edit was refused, else empty
     * @param files in the order of their paths
     * @param refusals how many edits were refused since the start
     */
    public record View(
            State state,
            boolean watched,
            long version,
            Instant loadedAt,
            List<RouteProblem> problems,
            List<File> files,
            long refusals) {

        public View {
            problems = List.copyOf(problems);
            files = List.copyOf(files);
        }
    }

    private volatile View view = new View(State.OK, false, 0, Instant.EPOCH, List.of(), List.of(), 0);

    /** What is so now. */
    public View now() {
        return view;
    }

    /** From the start on, and after each edit that took effect. */
    public synchronized void loaded(boolean watched, Instant at, List<File> files) {
        view = new View(State.OK, watched, view.version + 1, at, List.of(), files, view.refusals);
    }

    /** The files were put back as they are in effect. */
    public synchronized void back(List<File> files) {
        view = new View(State.OK, view.watched, view.version, view.loadedAt, List.of(), files, view.refusals);
    }

    /** An edit is right, and waits. */
    public synchronized void waiting(List<File> files) {
        view = new View(State.WAITING, view.watched, view.version, view.loadedAt, List.of(), files, view.refusals);
    }

    /** An edit is wrong. */
    public synchronized void refused(List<RouteProblem> problems, List<File> files) {
        view = new View(State.REFUSED, view.watched, view.version, view.loadedAt, problems, files, view.refusals + 1);
    }
}
