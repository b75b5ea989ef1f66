package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.initialisation.Initialiser;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.WireRecord;

/** One budget for models, engines and statistics: whatever shapes, groups and labels come, it holds and the job continues. */
class MemoryBudgetTest {

    @Test
    void enginesOfManyShapesAreEvictedWithinTheBudget() throws Exception {
        long budget = 8 << 20;
        try (OperatorHarness job = OperatorHarness.start(
                smallModels("models.cache-bytes", "8 mb", "model.group-size", "16", "codes.emit", "all"))) {
            int models = 0;
            for (int height = 4; height <= 18; height++) {
                for (int width = 4; width <= 20; width += 2) {
                    job.process(image("model-" + models++, height, width, 0, "a", true));
                    assertThat(job.cacheMetrics().get(0).bytes()).isLessThanOrEqualTo(budget);
                }
            }
            assertThat(job.output(Outputs.REJECTED)).isEmpty();
            assertThat(job.output(Outputs.CODES)).hasSize(models);
        }
    }

    @Test
    void asManyClassesAsImagesGiveNoMoreGroupsThanTheBound() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(labels("256 mb"))) {
            for (int n = 0; n < 300; n++) {
                job.process(image("names", 6, 6, n, "file-" + n + ".png", false));
            }
            assertThat(groups(job)).isEqualTo(Initialiser.MAX_AUTO_GROUPS);
        }
    }

    @Test
    void groupsAreAsManyAsFitAndTheRecordSaysSo() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(labels("4 mb"))) {
            for (int n = 0; n < 300; n++) {
                job.process(image("names", 6, 6, n, "file-" + n + ".png", false));
            }
            assertThat(job.output(Outputs.REJECTED)).isEmpty();
            assertThat(groups(job)).isBetween(Initialiser.AUTO_GROUPS, Initialiser.MAX_AUTO_GROUPS - 1);
            assertThat(job.texts(Outputs.ACTIVITY))
                    .anyMatch(json -> json.contains("no more than " + groups(job) + " groups fit into"));
            assertThat(job.cacheMetrics().get(0).bytes()).isLessThanOrEqualTo(4 << 20);
        }
    }

    @Test
    void labelsBeyondTheMemoryForThemCountAsUnlabelled() throws Exception {
        Map<String, String> options = smallModels(
                "models.cache-bytes",
                "2 mb",
                "model.max-labels",
                "100000",
                "activity.every",
                "100000",
                "model.batch",
                "64");
        try (OperatorHarness job = OperatorHarness.start(options)) {
            for (int n = 0; n < 3000; n++) {
                job.process(image("names", 6, 6, n, "file-" + n + ".png", n == 2999));
            }
            List<WireRecord> activity = job.output(Outputs.ACTIVITY);
            JsonNode last = new ObjectMapper()
                    .readTree(activity.get(activity.size() - 1).value());
            assertThat(last.get("learned").asInt()).isEqualTo(3000);
            assertThat(last.get("classes").size()).isBetween(32, 2900);
            assertThat(job.cacheMetrics().get(0).bytes()).isLessThanOrEqualTo(2 << 20);
            OperatorSubtaskState savepoint = job.savepoint();
            try (OperatorHarness after = OperatorHarness.restore(options, 1, savepoint)) {
                after.process(image("names", 6, 6, 3000, "one more", true));
                assertThat(after.output(Outputs.REJECTED)).isEmpty();
            }
        }
    }

    private static Map<String, String> labels(String budget) {
        Map<String, String> options = new TreeMap<>(smallModels("init.method", "labels", "models.cache-bytes", budget));
        options.put("model.groups", "auto");
        options.put("init.warm-up", "300");
        options.put("model.group-size", "16");
        return options;
    }

    private static int groups(OperatorHarness job) {
        return Integer.parseInt(
                job.output(Outputs.DICTIONARIES).get(0).headers().text(Headers.GROUPS));
    }

    private static ImageRecord image(String model, int height, int width, int n, String label, boolean flush) {
        byte[] samples = new byte[height * width];
        new Random(n).nextBytes(samples);
        RawRecord raw =
                new RawRecord(model.getBytes(StandardCharsets.UTF_8), samples, RecordHeaders.NONE, Topics.IMAGES, 0, n);
        StreamImage image = new StreamImage(samples, label, "#" + n, true);
        return new ImageRecord(model, new ImageShape(height, width, 1), image, flush, true, raw);
    }
}
