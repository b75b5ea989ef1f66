package org.silhouettes.embedded.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporary folders. */
public final class Folders {

    private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

    private Folders() {}

    /** A new folder under the system's temporary one. */
    public static Path temporary(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a temporary folder in \"" + System.getProperty("java.io.tmpdir") + "\"", e);
        }
    }

    /** Deletes a folder with all that is in it; what resists is logged and left. */
    public static void delete(Path folder) {
        delete(folder, path -> false);
    }

    /** The same, but leaves those paths that {@code keep} names. */
    public static void delete(Path folder, Predicate<Path> keep) {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> deepestFirst = found.filter(keep.negate())
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("\"{}\" is gone already", folder);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot remove the temporary folder \"{}\"", folder, e);
        }
    }
}
