package org.silhouettes.savepoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The stored savepoints, one folder for each format of the model state. */
public final class StoredSavepoints {

    /** File with the SHA-256 of every model's last dictionary. */
    static final String END = "end.txt";

    private StoredSavepoints() {}

    /** Folders of all stored savepoints, in the order of their names. */
    public static List<Path> all() throws IOException, URISyntaxException {
        return in(Path.of(Objects.requireNonNull(StoredSavepoints.class.getResource("/savepoints"), "folder savepoints")
                .toURI()));
    }

    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** What {@link #end} gave when learning changed last. */
    public static String expectedEnd(Path stored) throws IOException {
        return Files.readString(stored.resolve(END));
    }

    /**
     * SHA-256 of every model's last dictionary after the restored job has read the rest of the stream, a line each.
     *
     * @param scratch folder for what is temporary
     */
    public static String end(Path stored, Path scratch) throws Exception {
        Path dictionaries = scratch.resolve(stored.getFileName());
        new ReleaseRun(scratch, 1, stored.resolve("savepoint")).toTheEnd(dictionaries);
        StringBuilder lines = new StringBuilder();
        ReleaseRun.hashes(dictionaries)
                .forEach((file, hash) ->
                        lines.append(file.replace(".sha256", " ")).append(hash).append('\n'));
        assertThat(lines.toString().lines()).hasSize(3);
        return lines.toString();
    }
}
