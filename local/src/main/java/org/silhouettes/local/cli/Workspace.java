package org.silhouettes.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.silhouettes.local.Folders;

/**
 * The folder in which a command keeps Kafka's logs, checkpoints and its own log file: the user's own, which stays, or a
 * temporary one, which goes with the command; of that, the log file stays where the command failed.
 */
final class Workspace implements AutoCloseable {

    static final String LOG_PROPERTY = "silhouettes.log";
    private static final String LOG_NAME = "silhouettes.log";

    private final Path folder;
    private final boolean temporary;
    private boolean succeeded;

    private Workspace(Path folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
        // before anything logs: log4j reads the property once, when it starts
        System.setProperty(LOG_PROPERTY, folder.resolve(LOG_NAME).toString());
    }

    /** What a command does in its folder. */
    interface Body {
        void run(Workspace workspace) throws Exception;
    }

    /**
     * Runs a body and closes the folder.
     *
     * @param given the user's folder, or null for a temporary one
     */
    static void use(Path given, Body body) throws Exception {
        try (Workspace workspace = open(given)) {
            try {
                body.run(workspace);
                workspace.succeeded = true;
            } catch (InterruptedException e) {
                // ended by Ctrl-C, which is no failure
                workspace.succeeded = true;
                throw e;
            }
        }
    }

    private static Workspace open(Path given) throws IOException {
        if (given == null) {
            return new Workspace(Files.createTempDirectory("silhouettes-"), true);
        }
        if (Files.exists(given) && !Files.isDirectory(given)) {
            throw new UsageException("--data-dir \"" + given + "\" is a file, it must be a folder: name another");
        }
        return new Workspace(Files.createDirectories(given).toAbsolutePath(), false);
    }

    /** Where the running command logs to, or null where nothing does. */
    static String currentLog() {
        String log = System.getProperty(LOG_PROPERTY);
        return log != null && Files.exists(Path.of(log)) ? log : null;
    }

    Path folder(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        if (temporary) {
            Path log = folder.resolve(LOG_NAME);
            boolean logKept = !succeeded && Files.exists(log);
            Folders.delete(folder, path -> logKept && (path.equals(folder) || path.equals(log)));
        }
    }
}
