package org.silhouettes.job.options;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arguments of the job's main: {@code --conf FILE} and {@code -Dkey=value}, of which the last word counts. */
public final class JobArguments {

    private JobArguments() {}

    /** @throws IllegalArgumentException naming the argument that is not understood */
    public static Map<String, String> parse(String... args) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--conf") && i + 1 < args.length) {
                i++;
                values.putAll(readFile(new File(args[i]).toPath()));
            } else if (args[i].matches("(?s)-D[^=]+=.*")) {
                int equals = args[i].indexOf('=');
                values.put(args[i].substring(2, equals), args[i].substring(equals + 1));
            } else {
                throw new IllegalArgumentException(
                        "argument " + args[i] + " is not understood: --conf FILE or -Dkey=value is expected");
            }
        }
        return values;
    }

    /**
     * Reads a file of lines {@code key: value}, flat, with {@code #} comments: the part of YAML that Flink's own
     * configuration files use for flat keys. Values may stand in quotes.
     */
    public static Map<String, String> readFile(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.equals("---")) {
                continue;
            }
            int colon = text.indexOf(": ");
            if (colon < 1 || line.startsWith(" ")) {
                throw new IllegalArgumentException(
                        file + ", line " + number + ": \"" + text + "\" is not of the form key: value");
            }
            values.put(
                    text.substring(0, colon).strip(),
                    value(text.substring(colon + 2).strip()));
        }
        return values;
    }

    private static String value(String text) {
        if (text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"))) {
            int end = text.indexOf(text.charAt(0), 1);
            return end < 0 ? text : text.substring(1, end);
        }
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }
}
