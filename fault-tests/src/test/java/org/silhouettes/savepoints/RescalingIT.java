package org.silhouettes.savepoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real job, stopped with savepoints and restored at other parallelisms. */
class RescalingIT {

    @TempDir
    private Path folder;

    @Test
    void fromOneToFourToTwoTheDictionariesAreTheSame() throws Exception {
        new ReleaseRun(folder, 1, null).toTheEnd(folder.resolve("undisturbed"));
        Map<String, String> undisturbed = ReleaseRun.hashes(folder.resolve("undisturbed"));
        assertThat(undisturbed).containsOnlyKeys("even.sha256", "odd.sha256", "rare.sha256");

        Path first = new ReleaseRun(folder, 1, null).stopped(500, 20, SavepointFormatType.CANONICAL);
        Path second = new ReleaseRun(folder, 4, first).stopped(300, 10, SavepointFormatType.NATIVE);
        new ReleaseRun(folder, 2, second).toTheEnd(folder.resolve("rescaled"));

        assertThat(ReleaseRun.hashes(folder.resolve("rescaled"))).isEqualTo(undisturbed);
    }
}
