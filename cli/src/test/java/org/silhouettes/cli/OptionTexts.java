package org.silhouettes.cli;

import java.util.ArrayList;
import java.util.List;
import org.silhouettes.job.options.JobOption;
import org.silhouettes.job.options.JobOptions;

/** The job's options as {@code conf/silhouettes.yaml} and docs/options.md list them. */
final class OptionTexts {

    private static final int WIDTH = 118;
    private static final String HEAD =
            """
            # Options of the job: flat lines "key: value". Every option is listed with its default; remove the "#" in front of a
            # line to change it. ./silhouettes takes this file unless --conf names another, and docker-compose.yml mounts it;
            # -Dkey=value on a command line overrides it. Unknown keys and values out of range are refused by name.
            #
            # Beside these, "kafka.<name>: value" sets an option of Kafka's clients and "flink.<name>: value" one of Flink.
            #
            # This file and the table in docs/options.md are made from JobOptions by the test OptionTextsTest.
            """;

    private OptionTexts() {}

    /** The whole of {@code conf/silhouettes.yaml}. */
    static String yaml() {
        StringBuilder out = new StringBuilder(HEAD);
        String section = "";
        for (JobOption<?> option : JobOptions.all()) {
            String next = option.key().substring(0, option.key().indexOf('.'));
            if (!next.equals(section)) {
                section = next;
                out.append("\n# --- ").append(section).append(' ').append("-".repeat(WIDTH - 7 - section.length()));
                out.append('\n');
            }
            out.append('\n');
            String text = option.description() + " Takes " + range(option) + ".";
            wrap(text).forEach(line -> out.append("# ").append(line).append('\n'));
            out.append('#')
                    .append(option.key())
                    .append(": ")
                    .append(option.defaultText())
                    .append('\n');
        }
        return out.toString();
    }

    /** The rows of docs/options.md's table. */
    static String markdown() {
        StringBuilder out =
                new StringBuilder("| option | default | takes | what it does |\n| --- | --- | --- | --- |\n");
        for (JobOption<?> option : JobOptions.all()) {
            out.append("| `%s` | %s | %s | %s |%n"
                    .formatted(option.key(), option.defaultText(), cell(range(option)), cell(option.description())));
        }
        return out.toString().replace(System.lineSeparator(), "\n");
    }

    private static String range(JobOption<?> option) {
        return option.range().text() + (option.unit().isEmpty() ? "" : " " + option.unit());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH - 2) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
