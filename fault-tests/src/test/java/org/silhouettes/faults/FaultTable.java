package org.silhouettes.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows as they come in; prints itself as a Markdown table and writes itself as JSON. */
final class FaultTable {

    private final List<FaultRow> rows = new ArrayList<>();

    void add(FaultRow row) {
        rows.add(row);
        System.out.println("fault row: " + row);
    }

    String markdown() {
        StringBuilder table =
                new StringBuilder("| fault | times | recovery, s | lost | duplicated | hashes equal | held |"
                        + " what was done and seen |\n|---|---|---|---|---|---|---|---|\n");
        for (FaultRow row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %s | %d | %d | %s | %s | %s |%n",
                    row.row(),
                    row.runs(),
                    row.recoverySeconds() == 0 ? "–" : String.format(Locale.ROOT, "%.1f", row.recoverySeconds()),
                    row.lost(),
                    row.duplicated(),
                    row.hashEqual() ? "yes" : "**no**",
                    row.held() ? "yes" : "**no**",
                    row.note()));
        }
        return table.toString();
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), rows);
    }
}
