package org.silhouettes.local.savepoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.core.wire.Npy;
import org.silhouettes.local.inspect.StateInspector;

/**
 * Savepoints of every release, one folder each in {@code src/test/resources/savepoints}, read and restored by the
 * present job. The folder's README says what is in them and how one is added.
 */
class ReleasedSavepointsIT {

    /** System property with the folder that {@link #make} fills. */
    private static final String MAKE = "savepoints.make";

    /** System property with the folder of a release whose {@code end} {@link #renew} makes of its savepoint. */
    private static final String RENEW = "savepoints.renew";

    private static final String MODELS = "models.txt";

    /** Another processor's matrix products round otherwise. */
    private static final float ROUNDING = 1e-3f;

    @TempDir
    private Path folder;

    @Test
    void theModelsOfEveryReleaseAreReadToTheLastBit() throws Exception {
        for (Path release : releases()) {
            assertThat(models(release.resolve("savepoint")))
                    .as(release.toString())
                    .isEqualTo(Files.readString(release.resolve(MODELS)));
        }
    }

    @Test
    void everyReleaseGoesOnAsIfNothingHadHappened() throws Exception {
        Path undisturbed = folder.resolve("undisturbed");
        new ReleaseRun(folder, 1, null).toTheEnd(undisturbed);
        for (Path release : releases()) {
            Path expected = release.resolve("end");
            Path restored = folder.resolve(release.getFileName());
            new ReleaseRun(folder, 1, release.resolve("savepoint")).toTheEnd(restored);
            Map<String, String> hashes = ReleaseRun.hashes(expected);
            assertThat(hashes).containsOnlyKeys("even.sha256", "odd.sha256", "rare.sha256");
            // where this job learns and this machine rounds as those that made the savepoint, there is no difference at
            // all
            if (ReleaseRun.hashes(undisturbed).equals(hashes)) {
                assertThat(ReleaseRun.hashes(restored)).as(release.toString()).isEqualTo(hashes);
            }
            for (Path array : files(expected, ".npy")) {
                assertThat(floats(restored.resolve(array.getFileName())))
                        .as(array.toString())
                        .containsExactly(floats(array), Offset.offset(ROUNDING));
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = MAKE, matches = ".+", disabledReason = "only where a release adds its savepoint")
    void make() throws Exception {
        Path release = Files.createDirectories(Path.of(System.getProperty(MAKE)));
        Path savepoint = new ReleaseRun(folder, 1, null).stopped(605, 25, SavepointFormatType.CANONICAL);
        Path target = Files.createDirectories(release.resolve("savepoint"));
        for (Path file : files(savepoint, "")) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
        assertThat(models(target)).contains("rare version -1").doesNotContain("images 0 waiting 0");
        Files.writeString(release.resolve(MODELS), models(target));
        new ReleaseRun(folder, 1, null).toTheEnd(release.resolve("end"));
    }

    @Test
    @EnabledIfSystemProperty(named = RENEW, matches = ".+", disabledReason = "only where learning changes on purpose")
    void renew() throws Exception {
        Path release = Path.of(System.getProperty(RENEW));
        new ReleaseRun(folder, 1, release.resolve("savepoint")).toTheEnd(release.resolve("end"));
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

    /** The folders of all releases, at least one. */
    private static List<Path> releases() throws IOException, URISyntaxException {
        Path all = Path.of(
                Objects.requireNonNull(ReleasedSavepointsIT.class.getResource("/savepoints"), "folder savepoints")
                        .toURI());
        List<Path> releases = new ArrayList<>();
        try (Stream<Path> list = Files.list(all)) {
            list.filter(Files::isDirectory).sorted().forEach(releases::add);
        }
        assertThat(releases).isNotEmpty();
        return releases;
    }

    private static List<Path> files(Path in, String suffix) throws IOException {
        try (Stream<Path> list = Files.list(in)) {
            return list.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static float[] floats(Path array) throws IOException {
        return Npy.decode(Files.readAllBytes(array)).floats();
    }
}
