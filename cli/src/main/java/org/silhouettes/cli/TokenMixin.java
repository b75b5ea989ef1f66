package org.silhouettes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The dashboard's token: from a file, the environment, or an argument. */
final class TokenMixin {

    /** Environment variable that holds the token. */
    static final String VARIABLE = "SILHOUETTES_TOKEN";

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the access token, at least 16 characters (default: the environment"
                    + " variable SILHOUETTES_TOKEN, if it is set).")
    private Path file;

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description =
                    "Access token (at least 16 characters). Other users of the machine can see it: use --token-file.")
    private String token;

    /**
     * The token, or null where none is given.
     *
     * @throws UsageException where the file cannot be used
     */
    String token(Map<String, String> environment, PrintWriter err) {
        if (token != null && file != null) {
            throw new UsageException("--token and --token-file are both given: leave --token out");
        }
        if (file != null) {
            return read(err);
        }
        if (token != null) {
            warn(err, "--token can be seen by other users of this machine (ps): use --token-file");
            return token;
        }
        String variable = environment.get(VARIABLE);
        return variable == null || variable.isBlank() ? null : variable.strip();
    }

    private String read(PrintWriter err) {
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new UsageException("--token-file \"" + file + "\" is empty: write 16 characters or more into it");
            }
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                warn(err, "--token-file \"" + file + "\" can be read or changed by other users: chmod 600 it");
            }
            return text;
        } catch (IOException e) {
            throw new UsageException("--token-file \"" + file + "\" cannot be read ("
                    + e.getClass().getSimpleName() + "): name a file that this user can read");
        }
    }

    private static void warn(PrintWriter err, String text) {
        err.println("silhouettes: warning: " + text);
        err.flush();
    }
}
