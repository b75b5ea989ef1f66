package org.silhouettes.savepoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.experiments.inspect.StateInspector;
import org.silhouettes.job.learn.ModelStateMapper;

/**
 * Savepoints of every state format, one folder each in {@code src/test/resources/savepoints}, read and restored by the
 * present job. The folder's README says what is in them and how one is added.
 */
class ReleasedSavepointsIT {

    /** System property with the folder that {@link #make} fills. */
    private static final String MAKE = "savepoints.make";

    /** System property with the folder of all savepoints whose {@code end.txt} {@link #renew} writes. */
    private static final String RENEW = "savepoints.renew";

    private static final String MODELS = "models.txt";

    @TempDir
    private Path folder;

    @Test
    void everyFormatHasASavepoint() throws Exception {
        List<String> formats = new ArrayList<>();
        for (int format = 1; format <= ModelStateMapper.VERSION; format++) {
            formats.add("format-" + format);
        }
        assertThat(StoredSavepoints.all())
                .extracting(path -> path.getFileName().toString())
                .containsAll(formats);
    }

    @Test
    void theModelsOfEverySavepointAreReadToTheLastBit() throws Exception {
        for (Path stored : StoredSavepoints.all()) {
            assertThat(models(stored.resolve("savepoint")))
                    .as(stored.toString())
                    .isEqualTo(Files.readString(stored.resolve(MODELS)));
        }
    }

    @Test
    void everySavepointIsRestoredAndContinuesToTheSameDictionaries() throws Exception {
        for (Path stored : StoredSavepoints.all()) {
            assertThat(StoredSavepoints.end(stored, folder))
                    .as(stored.toString())
                    .isEqualTo(StoredSavepoints.expectedEnd(stored));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = MAKE, matches = ".+", disabledReason = "only where a format adds its savepoint")
    void make() throws Exception {
        Path stored = Files.createDirectories(Path.of(System.getProperty(MAKE)));
        Path savepoint = new ReleaseRun(folder, 1, null).stopped(605, 25, SavepointFormatType.CANONICAL);
        Path target = Files.createDirectories(stored.resolve("savepoint"));
        for (Path file : files(savepoint)) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
        assertThat(models(target)).contains("rare version -1").doesNotContain("images 0 waiting 0");
        Files.writeString(stored.resolve(MODELS), models(target));
        Files.writeString(stored.resolve(StoredSavepoints.END), StoredSavepoints.end(stored, folder));
    }

    @Test
    @EnabledIfSystemProperty(named = RENEW, matches = ".+", disabledReason = "only where learning changes on purpose")
    void renew() throws Exception {
        for (Path stored : StoredSavepoints.in(Path.of(System.getProperty(RENEW)))) {
            Files.writeString(stored.resolve(StoredSavepoints.END), StoredSavepoints.end(stored, folder));
        }
    }

    /** What {@code inspect} says of each model, a line each. */
    private static String models(Path savepoint) throws Exception {
        StringBuilder lines = new StringBuilder();
        new StateInspector(savepoint.toUri().toString()).models().forEach(row -> lines.append(row.name)
                .append(" version ")
                .append(row.version)
                .append(" images ")
                .append(row.images)
                .append(" waiting ")
                .append(row.waiting)
                .append(" sha256 ")
                .append(row.sha256)
                .append('\n'));
        return lines.toString();
    }

    private static List<Path> files(Path in) throws IOException {
        try (Stream<Path> list = Files.list(in)) {
            return list.sorted().toList();
        }
    }
}
