package org.silhouettes.local.cli;

import java.io.PrintWriter;
import java.util.List;
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
            String log = Workspace.currentLog();
            err.println(log == null ? "(--verbose shows more)" : "(--verbose shows more, " + log + " shows all)");
        }
        err.flush();
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
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
