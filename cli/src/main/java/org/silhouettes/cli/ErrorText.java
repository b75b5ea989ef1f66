package org.silhouettes.cli;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.silhouettes.wire.kafka.Causes;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How errors look: one message without a stack trace, and where to find more. */
final class ErrorText {

    private ErrorText() {}

    static void print(CommandLine failed, Exception failure, boolean verbose) {
        PrintWriter err = failed.getErr();
        err.println("silhouettes: " + message(failure));
        if (verbose) {
            failure.printStackTrace(err);
        } else if (failure instanceof UsageException) {
            err.println("See " + failed.getCommandSpec().qualifiedName() + " --help");
        } else {
            Path log = ProcessLog.currentFile();
            err.println(log == null ? "(--verbose shows more)" : "(--verbose shows more, " + log + " shows all)");
        }
        err.flush();
    }

    /** The message of a failure, with the cause where the message does not say it. */
    private static String message(Throwable failure) {
        String message = cause(failure);
        Throwable root = Causes.root(failure);
        String why = cause(root);
        return root == failure || message.contains(why) ? message : message + ": " + why;
    }

    /** What a throwable says, with its kind where the message alone would be a bare path or name. */
    static String cause(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return failure instanceof FileSystemException file && file.getReason() == null
                ? kind(file) + " \"" + message + "\""
                : message;
    }

    private static String kind(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder:";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file of this name exists already:";
        }
        if (failure instanceof AccessDeniedException) {
            return "access denied:";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder:";
        }
        return failure.getClass().getSimpleName() + ":";
    }

    /** Errors in the arguments themselves: the message, what may have been meant, and where the help is. */
    static final class OfParameters implements IParameterExceptionHandler {
        @Override
        public int handleParseException(ParameterException failure, String[] args) {
            CommandLine failed = failure.getCommandLine();
            PrintWriter err = failed.getErr();
            err.println("silhouettes: " + failure.getMessage());
            if (failure instanceof UnmatchedArgumentException unmatched) {
                List<String> suggestions = unmatched.getSuggestions();
                if (!suggestions.isEmpty()) {
                    err.println("Did you mean " + String.join(" or ", suggestions) + "?");
                }
            }
            err.println("See " + failed.getCommandSpec().qualifiedName() + " --help");
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
    }
}
