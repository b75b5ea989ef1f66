package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RunId;
import org.silhouettes.wire.WireRecord;

class RunIdTest {

    private static final List<OutputTag<WireRecord>> LEARNED =
            List.of(Outputs.DICTIONARIES, Outputs.SILHOUETTES, Outputs.ACTIVITY, Outputs.CODES);

    private static final Map<String, String> OPTIONS = smallModels("codes.emit", "all");

    @Test
    void everyOutputRecordCarriesTheRunOfItsModel() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(OPTIONS)) {
            job.process(TestImages.images("bars", 5, 80));
            job.process(TestImages.images("other", 6, 80));

            for (OutputTag<WireRecord> output : LEARNED) {
                assertThat(runs(job, output, "bars")).as(output.getId()).containsExactly(runOf(5, OPTIONS));
                assertThat(runs(job, output, "other")).as(output.getId()).containsExactly(runOf(6, OPTIONS));
            }
        }
    }

    @Test
    void aRejectedRecordCarriesTheRunOfTheModelThatRefusedIt() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(OPTIONS)) {
            job.process(ImageRecord.lateLabel("bars", "3", "#1", true, TestImages.raw("bars", 1)));
            job.process(TestImages.image("bars", 2));
            job.process(half(TestImages.image("bars", 3)));

            List<WireRecord> rejected = job.output(Outputs.REJECTED);
            assertThat(rejected).hasSize(2);
            // no image had started the model when the label came
            assertThat(rejected.get(0).headers().text(Headers.RUN)).isNull();
            assertThat(rejected.get(1).headers().text(Headers.RUN)).isEqualTo(runOf(2, OPTIONS));
        }
    }

    @Test
    void theRunStaysTheSameWhereverTheModelIsRestoredAndWithWhateverSettings() throws Exception {
        List<ImageRecord> stream = TestImages.images("bars", 7, 200);
        Map<String, String> changed = new TreeMap<>(OPTIONS);
        changed.put("encoder.lambda", "0.7");
        for (int at : new int[] {1, 20, 40, 45, 120}) {
            OperatorSubtaskState savepoint;
            try (OperatorHarness job = OperatorHarness.start(OPTIONS)) {
                job.process(stream.subList(0, at));
                savepoint = job.savepoint();
            }
            for (Map<String, String> options : List.of(OPTIONS, changed)) {
                try (OperatorHarness job = OperatorHarness.restore(options, 2, savepoint)) {
                    job.process(stream.subList(at, stream.size()));
                    assertThat(runs(job, Outputs.DICTIONARIES, "bars"))
                            .as("restored at %d", at)
                            .containsExactly(runOf(7, OPTIONS));
                }
            }
        }
    }

    @Test
    void theRunOfAModelOutOfMemoryStaysTheSame() throws Exception {
        // the smallest cache holds some of these models, so each is evicted and loaded many times
        Map<String, String> options = new TreeMap<>(OPTIONS);
        options.put("models.cache-bytes", "1 mb");
        try (OperatorHarness job = OperatorHarness.start(options, 1, null, true)) {
            for (int n = 0; n < 60; n++) {
                for (int m = 0; m < 40; m++) {
                    job.process(TestImages.image("model-" + m, n));
                }
            }
            for (int m = 0; m < 40; m++) {
                assertThat(runs(job, Outputs.ACTIVITY, "model-" + m)).containsExactly(runOf(0, options));
            }
        }
    }

    @Test
    void anotherFirstImageTopicPartitionOrSettingIsAnotherRun() {
        String run = RunId.of("topic", 0, 5, "settings");
        // what a reader in another language computes: SHA-256 of "topic\n0\n5\nsettings\n"
        assertThat(run).isEqualTo("9c3d7fe1bbdb6d65");
        assertThat(Set.of(
                        run,
                        RunId.of("other", 0, 5, "settings"),
                        RunId.of("topic", 1, 5, "settings"),
                        RunId.of("topic", 0, 6, "settings"),
                        RunId.of("topic", 0, 5, "other"),
                        RunId.EARLIER))
                .hasSize(6);
    }

    @Test
    void aModelThatStartsOverBeginsANewRun() throws Exception {
        OperatorSubtaskState savepoint;
        try (OperatorHarness job = OperatorHarness.start(OPTIONS)) {
            job.process(TestImages.images("bars", 0, 60));
            savepoint = job.savepoint();
        }
        Map<String, String> reset = new TreeMap<>(OPTIONS);
        reset.put("model.group-size", "5");
        reset.put("model.on-mismatch", "reset");
        try (OperatorHarness job = OperatorHarness.restore(reset, 1, savepoint)) {
            job.process(TestImages.images("bars", 60, 120));
            assertThat(runs(job, Outputs.DICTIONARIES, "bars")).containsExactly(runOf(60, reset));
            savepoint = job.savepoint();
        }
        try (OperatorHarness job = OperatorHarness.restore(reset, 1, savepoint)) {
            job.process(TestImages.images("bars", 120, 180));
            assertThat(runs(job, Outputs.DICTIONARIES, "bars")).containsExactly(runOf(60, reset));
        }
    }

    private static String runOf(int offset, Map<String, String> options) {
        String hash = JobSettings.from(options).learning().hashed().hash();
        return RunId.of(TopicHistory.NONE.topicId("images"), 0, offset, hash);
    }

    private static Set<String> runs(OperatorHarness job, OutputTag<WireRecord> output, String model) {
        Set<String> runs = new TreeSet<>();
        for (WireRecord record : job.output(output)) {
            if (record.value() != null && model.equals(record.headers().text(Headers.MODEL))) {
                runs.add(String.valueOf(record.headers().text(Headers.RUN)));
            }
        }
        return runs;
    }

    /** The upper half of an image, which no model of whole ones takes. */
    private static ImageRecord half(ImageRecord image) {
        byte[] samples = Arrays.copyOf(image.samples(), image.samples().length / 2);
        ImageShape shape = new ImageShape(
                image.shape().height() / 2, image.shape().width(), image.shape().channels());
        return new ImageRecord(
                image.model(), shape, new StreamImage(samples, null, null, true), false, true, image.origin());
    }
}
