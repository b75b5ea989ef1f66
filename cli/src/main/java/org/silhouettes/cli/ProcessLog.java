package org.silhouettes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.core.config.Configurator;
import org.silhouettes.embedded.kafka.Folders;
import picocli.CommandLine.ParseResult;

/**
 * The log file of one command: in its data folder, or in a temporary folder of its own that only this user can read.
 *
 * <p>It is chosen after the arguments are parsed and before the command runs. A temporary folder is removed when the
 * command ends; its log file stays if the command failed.
 */
final class ProcessLog implements AutoCloseable {

    private static final String PROPERTY = "silhouettes.log";
    private static final String NAME = "silhouettes.log";
    private static final String DATA_FOLDER_OPTION = "--data-dir";
    /** Set by the launcher: only then is the logging configuration ours. */
    private static final String CONFIGURATION = "log4j2.configurationFile";

    private static volatile ProcessLog current;

    private final Path folder;
    private final boolean temporary;
    private final AtomicBoolean removed = new AtomicBoolean();
    /** Whether the command has returned without an error. */
    private volatile boolean succeeded;

    private ProcessLog(Path folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /** Chooses the log file of the command that was parsed. */
    static ProcessLog open(ParseResult command) throws IOException {
        Path given = dataFolder(command);
        ProcessLog log = given == null || Files.exists(given) && !Files.isDirectory(given)
                ? new ProcessLog(Files.createTempDirectory("silhouettes-"), true)
                : new ProcessLog(Files.createDirectories(given).toAbsolutePath(), false);
        current = log;
        System.setProperty(PROPERTY, log.file().toString());
        if (log.temporary) {
            CtrlC.beforeExit(ProcessLog::removeAtExit);
        }
        if (System.getProperty(CONFIGURATION) != null) {
            // a class that logs may have been loaded before, and log4j reads the property only when it is configured
            Configurator.reconfigure();
        }
        return log;
    }

    private static Path dataFolder(ParseResult command) {
        for (ParseResult parsed = command; parsed != null; parsed = parsed.subcommand()) {
            Path folder = parsed.matchedOptionValue(DATA_FOLDER_OPTION, (Path) null);
            if (folder != null) {
                return folder;
            }
        }
        return null;
    }

    /** The temporary folder of the running command, which is removed when it ends. */
    static Path temporaryFolder() throws IOException {
        ProcessLog log = current;
        return log != null && log.temporary ? log.folder : Files.createTempDirectory("silhouettes-");
    }

    /** The log file of the running command, or null if nothing was logged. */
    static Path currentFile() {
        ProcessLog log = current;
        return log != null && Files.exists(log.file()) ? log.file() : null;
    }

    /** Removes what is temporary, because the process was asked to end and that is no failure. */
    static void removeAtExit() {
        ProcessLog log = current;
        if (log != null) {
            log.succeeded();
            log.close();
        }
    }

    private Path file() {
        return folder.resolve(NAME);
    }

    /** Lets {@link #close} remove the log file with the temporary folder. */
    void succeeded() {
        succeeded = true;
    }

    @Override
    public void close() {
        if (temporary && removed.compareAndSet(false, true)) {
            // what the interrupt makes fail when the process is asked to end is no failure
            boolean kept = !succeeded && !CtrlC.processEnds() && Files.exists(file());
            Folders.delete(folder, path -> kept && (path.equals(folder) || path.equals(file())));
        }
    }
}
