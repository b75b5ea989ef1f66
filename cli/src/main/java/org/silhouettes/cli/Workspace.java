package org.silhouettes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.silhouettes.embedded.kafka.Folders;

/**
 * The folder in which a command keeps Kafka's logs and checkpoints: the user's own, which stays, or the command's
 * temporary one, which is emptied when the command ends.
 */
final class Workspace {

    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /** What a command does in its folder. */
    interface Body {
        void run(Workspace workspace) throws Exception;
    }

    /**
     * Runs a body in a folder.
     *
     * @param given the user's folder, or null for a temporary one
     */
    static void use(Path given, Body body) throws Exception {
        if (given != null) {
            body.run(new Workspace(usersFolder(given)));
            return;
        }
        Path temporary = Files.createTempDirectory(ProcessLog.temporaryFolder(), "work-");
        try {
            body.run(new Workspace(temporary));
        } finally {
            Folders.delete(temporary);
        }
    }

    private static Path usersFolder(Path given) throws IOException {
        if (Files.exists(given) && !Files.isDirectory(given)) {
            throw new UsageException("--data-dir \"" + given + "\" is a file, it must be a folder: name another");
        }
        return Files.createDirectories(given).toAbsolutePath();
    }

    Path folder(String name) {
        return folder.resolve(name);
    }
}
