package org.silhouettes.cli.secured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** A log file of everything that this process logs, Kafka's clients included, which log their settings. */
final class LogFile implements AutoCloseable {

    private static final String EVERYTHING = "org";

    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Path file;
    private final FileAppender appender;

    LogFile(Path file) {
        this.file = file;
        this.appender = FileAppender.newBuilder()
                .setName("everything")
                .withFileName(file.toString())
                .setLayout(PatternLayout.newBuilder()
                        .withPattern("%d %-5level %c [%t] %m%n%xEx")
                        .build())
                .build();
        appender.start();
        LoggerConfig logger = new LoggerConfig(EVERYTHING, Level.INFO, false);
        logger.addAppender(appender, Level.INFO, null);
        context.getConfiguration().addLogger(EVERYTHING, logger);
        context.updateLoggers();
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    @Override
    public void close() {
        context.getConfiguration().removeLogger(EVERYTHING);
        context.updateLoggers();
        appender.stop();
    }
}
