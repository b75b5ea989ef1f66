package org.silhouettes.dashboards.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.message.DictionaryKey;

class ModelsMemoryTest {

    @Test
    void aThousandModelsThatReportFitIntoAHeapLittleLargerThanTheBound() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx144m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyModels.class.getName()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void whatAPageAskedForKeepsItsFirstAndNewestVersionWhateverElseComes() throws IOException {
        Models models = new Models(1 << 20, model -> {});
        versions(models, "watched", 5);
        models.asked(models.find("watched").orElseThrow());
        for (int m = 0; m < 200; m++) {
            versions(models, "model " + m, 3);
        }
        assertThat(models.bytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(models.find("watched")).hasValueSatisfying(model -> {
            assertThat(model.pixels(0)).isPresent();
            assertThat(model.pixels(4)).isPresent();
            assertThat(model.rows()).extracting(Series.Row::version).contains(0L, 4L);
        });
    }

    @Test
    void incompleteVersionsAndOlderRunsCount() throws IOException {
        Models models = new Models(1 << 24, model -> {});
        models.add(part("m", "run", 0, 0));
        long one = models.bytes();
        assertThat(one).isGreaterThan(4 * 32 * 28 * 28);
        models.add(part("m", "later run", 0, 0));
        assertThat(models.bytes()).isGreaterThan(one + 4 * 32 * 28 * 28);
    }

    private static void versions(Models models, String name, int count) throws IOException {
        for (long version = 0; version < count; version++) {
            models.add(part(name, "run", version, 0));
            models.add(part(name, "run", version, DictionaryKey.MEAN));
            String json = "{\"version\":" + version + ",\"window\":{\"mse\":1}}";
            models.add(ActivityReport.parse(name, "run", version, json.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static DictionaryPart part(String model, String run, long version, int group) {
        RecordPosition position = new RecordPosition("dictionaries", 0, version);
        return Parts.of(1, 32, 28, run + version).part(model, run, version, group, position, version);
    }
}
