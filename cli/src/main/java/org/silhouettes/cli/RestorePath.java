package org.silhouettes.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.core.fs.FileSystem;

/** A savepoint or checkpoint that the user named, checked before anything starts. */
final class RestorePath {

    /** The file that makes a folder a savepoint or a complete checkpoint. */
    private static final String METADATA = "_metadata";

    private RestorePath() {}

    /**
     * The URI of a savepoint or checkpoint.
     *
     * @param option name of the option, for messages
     * @param given a path, a {@code file:} URI or a URI of a file system that Flink knows
     * @throws UsageException where there is no savepoint at that place
     */
    static String uri(String option, String given) {
        if (!given.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            return local(option, given, Path.of(given));
        }
        URI uri = UsageException.orUsage(() -> URI.create(given));
        if ("file".equalsIgnoreCase(uri.getScheme())) {
            if (uri.getPath() == null || !uri.getPath().startsWith("/") || uri.getAuthority() != null) {
                throw new UsageException(option + " \"" + given
                        + "\" names no absolute path: write file:///folder, or the" + " plain path");
            }
            return local(option, given, Path.of(uri.getPath()));
        }
        return remote(option, given, uri);
    }

    private static String local(String option, String given, Path path) {
        if (!Files.exists(path)) {
            throw new UsageException(option + " \"" + given + "\" does not exist: name the folder of a savepoint or"
                    + " checkpoint, the one with a file " + METADATA);
        }
        boolean file = Files.isRegularFile(path) && path.endsWith(METADATA);
        if (!file && !Files.isRegularFile(path.resolve(METADATA))) {
            throw new UsageException(option + " \"" + given + "\" has no file " + METADATA + ": name the folder of a"
                    + " complete savepoint or checkpoint, such as …/chk-12");
        }
        return path.toAbsolutePath().normalize().toUri().toString();
    }

    private static String remote(String option, String given, URI uri) {
        try {
            org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(uri);
            FileSystem files = path.getFileSystem();
            boolean file = path.getName().equals(METADATA) && files.exists(path);
            if (!file && !files.exists(new org.apache.flink.core.fs.Path(path, METADATA))) {
                throw new UsageException(option + " \"" + given + "\" has no file " + METADATA
                        + ": name the folder of a complete savepoint or checkpoint");
            }
            return given;
        } catch (IOException e) {
            throw new UsageException(option + " \"" + given + "\" cannot be read: " + e.getMessage());
        }
    }
}
