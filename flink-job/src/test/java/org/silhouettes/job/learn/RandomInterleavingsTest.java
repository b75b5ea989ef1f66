package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/**
 * Images, labels, wrong records and deletions in random order: evictions, checkpoints, restores and changes of the
 * parallelism and of the cache alter no record.
 */
class RandomInterleavingsTest {

    private static final int MODELS = 16;
    private static final int RECORDS = 4000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyRecordIsWhatItWouldHaveBeenInMemoryWithoutARestore(long seed) throws Exception {
        List<ImageRecord> stream = stream(new Random(seed));
        Map<String, String> options = options(new Random(seed));
        List<String> undisturbed;
        try (OperatorHarness job = OperatorHarness.start(options)) {
            job.process(stream);
            undisturbed = outputs(job);
        }
        assertThat(undisturbed).anyMatch(output -> output.endsWith("tombstone"));
        Random random = new Random(-seed);
        List<String> disturbed = new ArrayList<>();
        OperatorSubtaskState savepoint = null;
        int from = 0;
        while (from < RECORDS) {
            int to = Math.min(RECORDS, from + 1 + random.nextInt(900));
            try (OperatorHarness job = OperatorHarness.start(tight(options), 1 + random.nextInt(3), savepoint, false)) {
                for (ImageRecord record : stream.subList(from, to)) {
                    job.process(record);
                    if (random.nextInt(300) == 0) {
                        job.savepoint();
                    }
                }
                savepoint = job.savepoint();
                disturbed.addAll(outputs(job));
            }
            from = to;
        }
        assertThat(sorted(disturbed)).isEqualTo(sorted(undisturbed));
    }

    /** Bounds that are never reached; they are part of the settings hash, so they stay the same over restores. */
    private static Map<String, String> options(Random random) {
        Map<String, String> options = smallModels(
                "codes.emit", "unlearned", "activity.every", "1", "labels.wait-for", "30", "input.deduplicate", "1 h");
        if (random.nextBoolean()) {
            options.put("models.expire-after", "1 d");
        }
        if (random.nextBoolean()) {
            options.put("models.max", "1000");
        }
        if (random.nextBoolean()) {
            options.put("flush.after", "1 h");
        }
        return options;
    }

    /** The same with a cache that holds a few models only. */
    private static Map<String, String> tight(Map<String, String> options) {
        Map<String, String> tight = new HashMap<>(options);
        tight.put("models.cache-bytes", "1 mb");
        return tight;
    }

    private static List<ImageRecord> stream(Random random) {
        int[] next = new int[MODELS];
        List<ImageRecord> stream = new ArrayList<>(RECORDS);
        while (stream.size() < RECORDS) {
            int m = random.nextInt(MODELS);
            String model = "model-" + m;
            int kind = random.nextInt(400);
            if (kind == 0) {
                stream.add(DeletedModelsTest.delete(model));
            } else if (kind < 20) {
                stream.add(TestImages.wrongShape(model, 7));
            } else if (kind < 100) {
                // of images that were encoded long ago, that wait, and that never come
                String id = "#" + Math.max(0, next[m] + 2 - random.nextInt(60));
                stream.add(ImageRecord.lateLabel(model, "late", id, true, TestImages.raw(model, 0)));
            } else if (kind < 110) {
                stream.add(TestImages.image(model, random.nextInt(next[m] + 1)));
            } else {
                ImageRecord image = TestImages.image(model, next[m]++, kind > 130, kind == 399);
                stream.add(kind % 2 == 0 ? image : TestImages.unlabelled(image));
            }
        }
        return stream;
    }

    private static List<String> outputs(OperatorHarness job) {
        List<String> outputs = new ArrayList<>();
        for (OutputTag<WireRecord> tag : List.of(Outputs.ACTIVITY, Outputs.CODES)) {
            outputs.addAll(job.texts(tag));
        }
        for (WireRecord record : job.output(Outputs.DICTIONARIES)) {
            outputs.add(new String(record.key(), StandardCharsets.UTF_8) + " "
                    + record.headers().text(Headers.VERSION) + " "
                    + record.headers().text(Headers.RUN) + " "
                    + (record.value() == null ? "tombstone" : Arrays.hashCode(record.value())));
        }
        for (WireRecord record : job.output(Outputs.REJECTED)) {
            outputs.add(record.headers().text(Headers.REASON) + " "
                    + record.headers().text(Headers.RUN));
        }
        return outputs;
    }

    private static List<String> sorted(List<String> outputs) {
        return outputs.stream().sorted().toList();
    }
}
