package io.github.proxmoxdiscovery.check;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks whether a folder can be written, and leaves nothing behind: no file, and no folder that is not there yet. */
public final class DirectoryCheck {

    private DirectoryCheck() {}

    /** @param folder in which files will be written, and which will be made if it is not there */
    public static Finding of(String sink, String what, Path folder) {
        Path nearest = folder.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        String made = nearest.equals(folder.toAbsolutePath().normalize()) ? "" : "; it will be made";
        try {
            Files.delete(Files.createTempFile(nearest, ".check-", ".tmp"));
            return Finding.ok(sink, what, folder + " can be written" + made);
        } catch (IOException e) {
            return Finding.fail(
                    sink,
                    what,
                    folder + " cannot be written: " + why(e, nearest),
                    "Give the user who runs this the right to write there, or free its disk, or set another folder"
                            + " (sink.file.directory, discovery.data). Now:",
                    List.of("ls -ld " + nearest, "df -h " + nearest));
        }
    }

    private static String why(IOException e, Path nearest) {
        if (!Files.isDirectory(nearest)) {
            return nearest + " is not a folder";
        }
        return e instanceof AccessDeniedException ? "no right to write in " + nearest : String.valueOf(e.getMessage());
    }
}
