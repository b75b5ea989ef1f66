package org.silhouettes.producers.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * One data set's folder in the cache. Files are made in a work folder next to their final place and moved there whole,
 * so the cache never shows a partial file; one process (and one thread of it) fills it at a time, the others wait and
 * then find the files.
 */
final class CacheFolder {

    private static final Object ONE_AT_A_TIME = new Object();
    private static final String WORK_PREFIX = ".fetching-";

    private final Path folder;

    CacheFolder(Path folder) {
        this.folder = folder;
    }

    /** What fills the cache: gets an empty work folder, returns its finished files, which are then moved into the cache. */
    interface Filling {
        List<Path> fill(Path work) throws IOException;
    }

    Path folder() {
        return folder;
    }

    /** Runs {@code filling} under the folder's lock. */
    void fill(Filling filling) throws IOException {
        Files.createDirectories(folder);
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("cannot lock " + folder);
                }
                // the process that created these held the lock and has ended
                deleteWorkFolders();
                Path work = Files.createTempDirectory(folder, WORK_PREFIX);
                try {
                    for (Path file : filling.fill(work)) {
                        Files.move(
                                file,
                                folder.resolve(file.getFileName()),
                                StandardCopyOption.ATOMIC_MOVE,
                                StandardCopyOption.REPLACE_EXISTING);
                    }
                } finally {
                    delete(work);
                }
            }
        }
    }

    private void deleteWorkFolders() throws IOException {
        try (var entries = Files.list(folder)) {
            entries.filter(entry -> entry.getFileName().toString().startsWith(WORK_PREFIX))
                    .forEach(entry -> {
                        try {
                            delete(entry);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
