package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** Models that do not fit into memory: whatever is written out and read again, every record is what it would have been. */
class EvictionTest {

    private static final int MODELS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Some ten models fit. */
    private static final String[] TIGHT = {"models.cache-bytes", "1 mb"};

    @Test
    void everyRecordIsTheSameWithAndWithoutEvictions() throws Exception {
        List<ImageRecord> stream = mixed(7, 9000);
        Records roomy;
        try (OperatorHarness job = OperatorHarness.start(options())) {
            job.process(stream);
            roomy = Records.of(job);
            assertThat(job.cacheMetrics().get(0).loads()).isZero();
        }
        assertThat(roomy.rejected()).isNotEmpty();
        assertThat(roomy.codes()).hasSizeGreaterThan(6000);
        for (boolean rocks : new boolean[] {false, true}) {
            try (OperatorHarness job = OperatorHarness.start(options(TIGHT), 1, null, rocks)) {
                for (int n = 0; n < stream.size(); n++) {
                    job.process(stream.get(n));
                    if (n % 1700 == 1234) {
                        job.savepoint();
                    }
                }
                assertThat(Records.of(job)).isEqualTo(roomy);
                assertThat(job.cacheMetrics().get(0).deferrals()).isGreaterThan(3000);
            }
        }
    }

    @Test
    void restoredAndRescaledAmidEvictionsEveryRecordIsTheSame() throws Exception {
        List<ImageRecord> stream = mixed(11, 6000);
        Records undisturbed;
        try (OperatorHarness job = OperatorHarness.start(options())) {
            job.process(stream);
            undisturbed = Records.of(job).sorted();
        }
        for (int at : new int[] {517, 2500, 4001}) {
            Records records;
            OperatorSubtaskState savepoint;
            try (OperatorHarness before = OperatorHarness.start(options(TIGHT), 1, null, true)) {
                before.process(stream.subList(0, at));
                savepoint = before.savepoint();
                records = Records.of(before);
            }
            try (OperatorHarness after = OperatorHarness.start(options(TIGHT), 2, savepoint, true)) {
                after.process(stream.subList(at, stream.size()));
                assertThat(records.and(Records.of(after)).sorted()).isEqualTo(undisturbed);
            }
        }
    }

    @Test
    void aModelOutOfMemoryIsReadOnceAMiniBatch() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels(TIGHT), 1, null, true)) {
            // a warm-up of 40, then batches of 8, in turn: the worst order for a cache
            for (int n = 0; n < 40 + 10 * 8; n++) {
                for (int m = 0; m < MODELS; m++) {
                    job.process(TestImages.image("model-" + m, n));
                }
            }
            CacheMetrics cache = job.cacheMetrics().get(0);
            assertThat(cache.loads()).isBetween(5L * MODELS, 12L * MODELS);
            assertThat(cache.deferrals()).isGreaterThan(40L * MODELS);
        }
    }

    @Test
    void aMiniBatchThatWaitsOutOfMemoryIsLearnedAfterTheTimeSet() throws Exception {
        String[] flush = {"models.cache-bytes", "1 mb", "flush.after", "10 s", "activity.every", "1"};
        try (OperatorHarness job = OperatorHarness.start(smallModels(flush), 1, null, true)) {
            for (int n = 0; n < 40; n++) {
                for (int m = 0; m < MODELS; m++) {
                    job.process(TestImages.image("model-" + m, n));
                }
            }
            long loads = job.cacheMetrics().get(0).loads();
            for (int n = 40; n < 43; n++) {
                job.process(TestImages.image("model-0", n));
            }
            assertThat(job.cacheMetrics().get(0).loads()).as("out of memory").isEqualTo(loads);
            job.setTime(9_999);
            assertThat(learned(job, "model-0")).isEqualTo(40);
            job.setTime(10_000);
            assertThat(learned(job, "model-0")).isEqualTo(43);
            // the timer is spent: the next images start another
            job.process(TestImages.image("model-0", 43));
            OperatorSubtaskState savepoint = job.savepoint();
            try (OperatorHarness after = OperatorHarness.start(smallModels(flush), 1, savepoint, true)) {
                after.setTime(19_999);
                assertThat(after.texts(Outputs.ACTIVITY)).isEmpty();
                after.setTime(20_000);
                assertThat(learned(after, "model-0")).isEqualTo(44);
            }
        }
    }

    @Test
    void imagesThatWaitOutliveASmallerAndALargerBatchSetting() throws Exception {
        List<ImageRecord> stream = mixed(3, 6000);
        for (String batch : new String[] {"3", "20"}) {
            Records[] results = new Records[2];
            for (int i = 0; i < 2; i++) {
                Map<String, String> first = i == 0 ? options() : options(TIGHT);
                Map<String, String> then = i == 0 ? options() : options(TIGHT);
                then.put("model.batch", batch);
                OperatorSubtaskState savepoint;
                try (OperatorHarness before = OperatorHarness.start(first, 1, null, true)) {
                    before.process(stream.subList(0, 4000));
                    savepoint = before.savepoint();
                }
                try (OperatorHarness after = OperatorHarness.start(then, 1, savepoint, true)) {
                    after.process(stream.subList(4000, 6000));
                    results[i] = Records.of(after);
                }
            }
            assertThat(results[1]).isEqualTo(results[0]);
        }
    }

    private static Map<String, String> options(String... more) {
        Map<String, String> options = smallModels("codes.emit", "all", "activity.every", "2", "labels.wait-for", "50");
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    /** The number of images learned by the model's last activity record. */
    private static int learned(OperatorHarness job, String model) throws IOException {
        byte[] last = job.output(Outputs.ACTIVITY).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(model))
                .map(WireRecord::value)
                .reduce((first, second) -> second)
                .orElseThrow();
        return JSON.readTree(last).required("learned").intValue();
    }

    /**
     * Images of many models in a seeded order, some never to be learned from, some that flush, some of a wrong size,
     * some whose label comes later.
     */
    private static List<ImageRecord> mixed(long seed, int size) {
        Random random = new Random(seed);
        int[] next = new int[MODELS];
        List<ImageRecord> stream = new ArrayList<>(size);
        List<ImageRecord> late = new ArrayList<>();
        for (int n = 0; stream.size() < size; n++) {
            int m = random.nextInt(MODELS);
            String model = "model-" + m;
            int kind = random.nextInt(200);
            if (kind == 0) {
                stream.add(TestImages.wrongShape(model, n));
            } else {
                ImageRecord image = TestImages.image(model, next[m]++, kind > 20, kind == 199);
                if (kind % 10 == 1) {
                    stream.add(TestImages.unlabelled(image));
                    // the label comes later, to images that were learned and to ones that wait
                    late.add(ImageRecord.lateLabel(model, image.label(), image.id(), true, image.origin()));
                } else {
                    stream.add(image);
                }
                if (late.size() > 40) {
                    stream.add(late.remove(random.nextInt(late.size())));
                }
            }
        }
        return stream;
    }

    /** All that a job put out, in its order. */
    private record Records(List<String> snapshots, List<String> activity, List<String> codes, List<String> rejected) {

        static Records of(OperatorHarness job) {
            List<String> snapshots = new ArrayList<>();
            for (OutputTag<WireRecord> tag : List.of(Outputs.DICTIONARIES, Outputs.SILHOUETTES)) {
                job.output(tag)
                        .forEach(record -> snapshots.add(header(record, Headers.MODEL)
                                + header(record, Headers.VERSION)
                                + header(record, Headers.KIND)
                                + header(record, Headers.GROUP)
                                + header(record, Headers.SHA256)
                                + Arrays.hashCode(record.value())));
            }
            return new Records(
                    snapshots,
                    job.texts(Outputs.ACTIVITY),
                    job.texts(Outputs.CODES),
                    job.output(Outputs.REJECTED).stream()
                            .map(record -> record.headers().text(Headers.REASON))
                            .toList());
        }

        private static String header(WireRecord record, String name) {
            return record.headers().text(name) + " ";
        }

        Records and(Records more) {
            return new Records(
                    joined(snapshots, more.snapshots),
                    joined(activity, more.activity),
                    joined(codes, more.codes),
                    joined(rejected, more.rejected));
        }

        Records sorted() {
            return new Records(sorted(snapshots), sorted(activity), sorted(codes), sorted(rejected));
        }

        private static List<String> joined(List<String> first, List<String> second) {
            List<String> all = new ArrayList<>(first);
            all.addAll(second);
            return all;
        }

        private static List<String> sorted(List<String> records) {
            return records.stream().sorted().toList();
        }
    }
}
