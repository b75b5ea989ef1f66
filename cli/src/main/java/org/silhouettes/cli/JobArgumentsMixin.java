package org.silhouettes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.silhouettes.job.options.JobArguments;
import picocli.CommandLine.Option;

/** The job's own options: from a file, then one by one. */
final class JobArgumentsMixin {

    /** Set by the launcher: the folder that holds {@code conf}. */
    private static final String HOME_PROPERTY = "silhouettes.home";

    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Options of the job, one \"key: value\" a line (default: conf/silhouettes.yaml).")
    private Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description =
                    "One option of the job, such as -Dencoder.lambda=5; all of them are in conf/silhouettes.yaml.")
    private Map<String, String> values = new LinkedHashMap<>();

    /** The user's options; the last value of a key counts. */
    Map<String, String> values() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        Path read = file == null ? usualFile() : file;
        if (read != null) {
            if (!Files.isReadable(read)) {
                throw new UsageException("--conf \"" + read + "\" cannot be read: name a file that exists");
            }
            try {
                all.putAll(JobArguments.readFile(read));
            } catch (IllegalArgumentException e) {
                throw new UsageException(e);
            }
        }
        all.putAll(values);
        return all;
    }

    /** The user's options plus the values that the command sets itself. */
    Map<String, String> values(Map<String, String> decided, PrintWriter err) throws IOException {
        for (String key : decided.keySet()) {
            if (values.containsKey(key)) {
                throw new UsageException(
                        "option " + key + " is decided by this command (" + decided.get(key) + "): leave it out");
            }
        }
        Map<String, String> all = values();
        decided.forEach((key, value) -> {
            if (all.containsKey(key)) {
                err.println("silhouettes: warning: " + key + " is given twice: the command's own option (" + value
                        + ") counts, " + key + " in --conf does not");
                err.flush();
            }
        });
        all.putAll(decided);
        return all;
    }

    /** Refuses an option that this command does not take. */
    void refuse(String key, String why) {
        if (values.containsKey(key)) {
            throw new UsageException("option " + key + " is decided by this command (" + why + "): leave it out");
        }
    }

    /** The options as they were given, for a command line that does the same. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--conf " + (file == null ? "conf/silhouettes.yaml" : ShellWord.of(file.toString())));
        values.forEach((key, value) -> arguments.add(ShellWord.of("-D" + key + "=" + value)));
        return arguments;
    }

    private static Path usualFile() {
        String home = System.getProperty(HOME_PROPERTY);
        Path usual = home == null ? null : Path.of(home, "conf", "silhouettes.yaml");
        return usual != null && Files.isRegularFile(usual) ? usual : null;
    }
}
