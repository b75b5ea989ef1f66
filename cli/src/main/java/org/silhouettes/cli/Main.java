package org.silhouettes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line {@code silhouettes}. Exit codes: 0 success, 1 failure, 2 invalid command line, 130 and 143 ended by a signal. */
@Command(
        name = "silhouettes",
        description = "Learns dictionaries of silhouettes from streams of images, on Kafka and Flink.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed: the message says why",
            "2:the command line is invalid",
            "130:ended by Ctrl-C (SIGINT)",
            "143:ended by SIGTERM"
        },
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ProduceCommand.class,
            JobCommand.class,
            DashboardCommand.class,
            InspectCommand.class,
            ReplayRejectedCommand.class,
            DeleteCommand.class,
            BenchCommand.class,
            DriftCommand.class
        })
public final class Main {

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean verbose;

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        // Flink, Kafka and RocksDB leave threads behind that are no daemons: without exit the JVM would wait for them
        System.exit(execute(args));
    }

    /** Runs one command, writing to the process's own streams, and returns its exit code. */
    public static int execute(String... args) {
        return execute(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args);
    }

    /** Runs one command, writing to these, and returns its exit code. */
    public static int execute(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new ErrorText.OfParameters())
                .setExecutionStrategy(Main::executeWithLog)
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    ErrorText.print(failed, failure, main.verbose);
                    return failure instanceof UsageException
                            ? CommandLine.ExitCode.USAGE
                            : CommandLine.ExitCode.SOFTWARE;
                });
        return args.length == 0 ? usage(line) : line.execute(args);
    }

    /** Runs a parsed command with a log file of its own. */
    private static int executeWithLog(ParseResult parsed) {
        try (ProcessLog log = ProcessLog.open(parsed)) {
            int code = new CommandLine.RunLast().execute(parsed);
            if (code == CommandLine.ExitCode.OK) {
                log.succeeded();
            }
            return code;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a folder for the log file: " + ErrorText.cause(e), e);
        }
    }

    private static int usage(CommandLine line) {
        line.usage(line.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"silhouettes " + (version == null ? "(not packaged)" : version)};
        }
    }
}
