package io.github.proxmoxdiscovery.routefile;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a folder and below it, links followed. Editors make files there and take them away again within moments:
 * what is gone before it was looked at does not count.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {

    private final List<Path> folders = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    private FolderWalk() {}

    /**
     * Goes through a folder.
     *
     * @throws IOException when something that is there cannot be read
     */
    static FolderWalk of(Path folder) throws IOException {
        FolderWalk walk = new FolderWalk();
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        return walk;
    }

    /** The folder, and those below it. */
    List<Path> folders() {
        return folders;
    }

    /** All but the folders. */
    List<Path> files() {
        return files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        folders.add(folder);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        files.add(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException || failure instanceof FileSystemLoopException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
    }
}
