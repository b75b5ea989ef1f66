package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

class ModelGuardsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anImageOfAnotherSizeIsRejectedWithBothSizesAndTheModelGoesOn() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(TestImages.images("bars", 0, 20));
            job.process(image("bars", 7, 6, 1));
            // the same number of values in another shape is another size, too
            job.process(image("bars", 4, 9, 1));
            job.process(image("bars", 2, 6, 3));
            job.process(TestImages.images("bars", 20, 100));
            assertThat(reasons(job))
                    .containsExactly(
                            "shape: image has 42 values (7x6x1), model \"bars\" expects 36 (6x6x1): send it under another"
                                    + " model name or resize it",
                            "shape: image has 36 values (4x9x1), model \"bars\" expects 36 (6x6x1): send it under another"
                                    + " model name or resize it",
                            "shape: image has 36 values (2x6x3), model \"bars\" expects 36 (6x6x1): send it under another"
                                    + " model name or resize it");
            assertThat(job.hashes()).containsKey("bars at 5");
            JsonNode last = lastActivity(job);
            assertThat(last.get("rejected").asInt()).isEqualTo(3);
        }
        try (OperatorHarness undisturbed = OperatorHarness.start(smallModels());
                OperatorHarness disturbed = OperatorHarness.start(smallModels())) {
            undisturbed.process(TestImages.images("bars", 0, 100));
            disturbed.process(TestImages.images("bars", 0, 50));
            disturbed.process(image("bars", 3, 3, 1));
            disturbed.process(TestImages.images("bars", 50, 100));
            assertThat(disturbed.hashes()).isEqualTo(undisturbed.hashes());
        }
    }

    @Test
    void whatASplitRecordDidWrongIsToldOnce() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("image.channels", "split"))) {
            for (String model : new String[] {"c.red", "c.green", "c.blue"}) {
                job.process(TestImages.images(model, 0, 1));
                ImageRecord wrong = image(model, 3, 3, 1);
                job.process(new ImageRecord(
                        model, wrong.shape(), wrong.image(), false, model.equals("c.red"), wrong.origin()));
            }
            assertThat(reasons(job)).hasSize(1);
        }
    }

    @Test
    void aModelWhoseGroupFitsNoRecordOrThatFitsNoMemoryIsRefusedByTheOptionsNames() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("model.group-size", "200"))) {
            job.process(image("large", 40, 40, 1));
            assertThat(reasons(job).get(0))
                    .startsWith("model-size: a group of 200 atoms of 40x40x1 needs a record of 128")
                    .contains("at most 1000000 are allowed")
                    .contains("model.group-size")
                    .contains("output.max-record-bytes");
            job.process(TestImages.images("small", 0, 40));
            assertThat(job.hashes()).containsKey("small at 0");
        }
        try (OperatorHarness job = OperatorHarness.start(smallModels("models.cache-bytes", "2 mb"))) {
            job.process(image("large", 200, 200, 1));
            assertThat(reasons(job).get(0))
                    .startsWith("model-size: a model of 3 groups")
                    .contains("models.cache-bytes");
        }
        // an array would need more than 2^31 values, whatever the memory
        try (OperatorHarness job = OperatorHarness.start(
                smallModels("models.cache-bytes", "1000 gb", "model.groups", "10000", "model.group-size", "10000"))) {
            job.process(image("vast", 1, 1, 1));
            assertThat(reasons(job)).singleElement().asString().startsWith("model-size");
        }
    }

    @Test
    void aFlushHeaderClosesTheBatchAndEmitsAFullSnapshot() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(TestImages.images("bars", 0, 10));
            assertThat(job.output(Outputs.DICTIONARIES)).isEmpty();
            job.process(TestImages.image("bars", 10, true, true));
            // eleven images: the start, a batch of 8 and one of 3
            assertThat(job.hashes().keySet()).containsExactly("bars at 0", "bars at 1", "bars at 2");
            JsonNode last = lastActivity(job);
            assertThat(last.get("learned").asInt()).isEqualTo(11);
            assertThat(last.get("phase").asText()).isEqualTo("learning");
            assertThat(job.output(Outputs.SILHOUETTES))
                    .extracting(record -> record.headers().text(Headers.KIND))
                    .contains("atoms", "classes");
        }
    }

    @Test
    void aFlushThatMeetsAReportDueMakesOneRecordAVersion() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("activity.every", "1", "flush.after", "10 s"))) {
            // 40 of the warm-up; 3 that a flush learns, after 5 never to be learned from; 3 that time flushes
            job.process(TestImages.images("bars", 0, 42));
            for (int n = 100; n < 105; n++) {
                job.process(TestImages.image("bars", n, false, false));
            }
            job.process(TestImages.image("bars", 42, true, true));
            job.process(TestImages.images("bars", 43, 46));
            job.setTime(20_000);
            List<String> versions = job.output(Outputs.ACTIVITY).stream()
                    .map(record -> record.headers().text(Headers.VERSION))
                    .toList();
            assertThat(versions).containsExactly("-1", "-1", "0", "1", "2", "3", "4", "5", "6", "7");
            // every fifth version is a snapshot, and so is a flush that was asked for, but not one that time makes
            assertThat(job.hashes().keySet())
                    .containsExactly("bars at 0", "bars at 1", "bars at 2", "bars at 4", "bars at 5", "bars at 6");
        }
    }

    @Test
    void aFlushByTimeEmitsTheSnapshotThatIsDue() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("flush.after", "10 s", "snapshot.every", "6"))) {
            job.process(TestImages.images("bars", 0, 43));
            job.setTime(10_000);
            assertThat(job.hashes()).containsKey("bars at 6");
        }
    }

    @Test
    void unlearnedImagesAreEncodedAndCountedAndLeaveTheDictionaryAlone() throws Exception {
        try (OperatorHarness learning = OperatorHarness.start(smallModels("codes.emit", "unlearned"));
                OperatorHarness mixed = OperatorHarness.start(smallModels("codes.emit", "unlearned"))) {
            mixed.process(TestImages.image("bars", 999, false, false));
            for (ImageRecord image : TestImages.images("bars", 0, 104)) {
                learning.process(image);
                mixed.process(image);
                mixed.process(
                        TestImages.image("bars", 1000 + (int) image.origin().offset(), false, false));
            }
            assertThat(mixed.hashes()).isEqualTo(learning.hashes());
            assertThat(learning.output(Outputs.CODES)).isEmpty();
            mixed.process(TestImages.image("bars", 2000, false, true));
            JsonNode last = lastActivity(mixed);
            assertThat(last.get("unencoded").asInt()).as("40 of the warm-up").isEqualTo(40);
            assertThat(last.get("encoded").asInt()).isEqualTo(104 + 66);
            assertThat(last.get("learned").asInt()).isEqualTo(104);
            assertThat(mixed.output(Outputs.CODES)).hasSize(66);
            JsonNode code = JSON.readTree(mixed.output(Outputs.CODES).get(0).value());
            assertThat(code.get("learn").asBoolean()).isFalse();
            assertThat(code.get("id").asText()).isEqualTo("#1039");
            assertThat(code.get("error").asDouble()).isPositive();
        }
    }

    @Test
    void progressOfTheWarmUpIsReportedFromItsFirstImageOn() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("init.warm-up", "1200"))) {
            job.process(TestImages.images("bars", 0, 1100));
            List<Integer> told = new ArrayList<>();
            for (WireRecord record : job.output(Outputs.ACTIVITY)) {
                JsonNode report = JSON.readTree(record.value());
                assertThat(report.get("phase").asText()).isEqualTo("warm-up");
                assertThat(report.get("version").asInt()).isEqualTo(-1);
                assertThat(report.get("warmUp").get("of").asInt()).isEqualTo(1200);
                told.add(report.get("warmUp").get("images").asInt());
            }
            assertThat(told).containsExactly(1, 10, 100, 500, 1000);
        }
    }

    @Test
    void anActivityRecordHasAllThatItPromises() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.setTime(1_790_000_000_000L);
            job.process(TestImages.images("bars", 0, 200));
            JsonNode last = lastActivity(job);
            assertThat(last.get("emittedAtMillis").asLong()).isEqualTo(1_790_000_000_000L);
            assertThat(last.get("groups").asInt()).isEqualTo(3);
            assertThat(last.get("settings").get("encoder.lambda").asText()).isEqualTo("0.5");
            assertThat(last.get("window").get("mse").asDouble())
                    .isPositive()
                    .isLessThan(last.get("window").get("mseOfMean").asDouble());
            assertThat(last.get("window").get("groupAccuracy").asDouble()).isBetween(0.0, 1.0);
            assertThat(last.get("group").get("share")).hasSize(3);
            assertThat(last.get("unit").get("active")).hasSize(12);
            assertThat(last.get("classes")).hasSize(4);
            assertThat(last.get("classes").get(0).get("label").asText()).isEqualTo("0");
            assertThat(last.get("classes").get(0).get("groupNorm")).hasSize(3);
            assertThat(last.get("classes").get(0).get("unitActivity")).hasSize(12);
            assertThat(last.get("step").asDouble()).isPositive();
            assertThat(last.get("lipschitz").asDouble()).isPositive();
        }
    }

    @Test
    void aPartlyFilledBatchIsLearnedAfterTheTimeSet() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("flush.after", "10 s"))) {
            job.process(TestImages.images("bars", 0, 43));
            job.setTime(9_999);
            assertThat(lastActivity(job).get("learned").asInt()).isEqualTo(40);
            job.setTime(10_000);
            assertThat(lastActivity(job).get("learned").asInt()).isEqualTo(43);
            assertThat(lastActivity(job).get("version").asInt()).isEqualTo(6);
            job.setTime(60_000);
            assertThat(lastActivity(job).get("version").asInt()).isEqualTo(6);
        }
    }

    @Test
    void aWarmUpIsNotCutShortByTime() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("flush.after", "10 s"))) {
            job.process(TestImages.images("bars", 0, 10));
            job.setTime(100_000);
            assertThat(job.output(Outputs.DICTIONARIES)).isEmpty();
        }
    }

    @Test
    void aSecondImageOfAnIdIsDroppedForTheTimeSetAndOverRestarts() throws Exception {
        Map<String, String> once;
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(TestImages.images("bars", 0, 120));
            once = job.hashes();
        }
        Map<String, String> options = smallModels("input.deduplicate", "1 h");
        OperatorSubtaskState savepoint;
        try (OperatorHarness job = OperatorHarness.start(options)) {
            job.process(TestImages.images("bars", 0, 60));
            job.process(TestImages.images("bars", 30, 60));
            // what was rejected is no duplicate when it comes again
            job.process(image("bars", 3, 3, 1, "#70"));
            savepoint = job.savepoint();
        }
        try (OperatorHarness job = OperatorHarness.restore(options, 1, savepoint)) {
            job.process(TestImages.images("bars", 50, 120));
            assertThat(once).containsAllEntriesOf(job.hashes());
            assertThat(job.hashes()).containsKey("bars at 15");
            assertThat(lastActivity(job).get("learned").asInt()).isEqualTo(120);
            job.setStateTime(3_700_000);
            job.process(TestImages.images("bars", 0, 8));
            job.process(TestImages.image("bars", 500, true, true));
            assertThat(lastActivity(job).get("learned").asInt())
                    .as("the time is over")
                    .isEqualTo(129);
        }
    }

    @Test
    void settingsThatMayChangeTakeEffectAfterARestart() throws Exception {
        OperatorSubtaskState savepoint = savepointAfter(TestImages.images("bars", 0, 47));
        for (String[] change : new String[][] {
            {"encoder.lambda", "0.1"},
            {"encoder.layers", "3"},
            {"learner.learning-rate", "0.01"},
            {"learner.update", "alternating"},
            {"model.batch", "3"},
            {"model.batch", "20"},
            {"models.cache-bytes", "64 mb"}
        }) {
            try (OperatorHarness job = OperatorHarness.restore(smallModels(change), 1, savepoint);
                    OperatorHarness unchanged = OperatorHarness.restore(smallModels(), 1, savepoint)) {
                job.process(TestImages.images("bars", 47, 160));
                unchanged.process(TestImages.images("bars", 47, 160));
                assertThat(reasons(job)).isEmpty();
                assertThat(lastActivity(job).get("settings").get(change[0]) == null
                                || !job.hashes().equals(unchanged.hashes()))
                        .as("%s takes effect", change[0])
                        .isTrue();
            }
        }
    }

    @Test
    void settingsThatCannotChangeAreNamedWithBothValuesAndTheRemedies() throws Exception {
        OperatorSubtaskState savepoint = savepointAfter(TestImages.images("bars", 0, 100));
        String[][] changes = {
            {"model.groups", "5", "settings: model.groups is 5, model \"bars\" was learned with 3: "},
            {"model.group-size", "2", "settings: model.group-size is 2, model \"bars\" was learned with 4: "},
            {"image.channels", "joint", "settings: image.channels is joint, model \"bars\" was learned with gray: "}
        };
        for (String[] change : changes) {
            try (OperatorHarness job = OperatorHarness.restore(smallModels(change[0], change[1]), 1, savepoint)) {
                job.process(TestImages.images("bars", 100, 102));
                job.process(TestImages.images("new name", 0, 40));
                assertThat(reasons(job)).hasSize(2).allSatisfy(reason -> assertThat(reason)
                        .startsWith(change[2])
                        .contains("new model name")
                        .contains("model.on-mismatch=reset"));
                assertThat(job.hashes()).containsKey("new name at 0");
            }
            try (OperatorHarness job = OperatorHarness.restore(
                    smallModels(change[0], change[1], "model.on-mismatch", "reset"), 1, savepoint)) {
                job.process(TestImages.images("bars", 0, 100));
                try (OperatorHarness fresh = OperatorHarness.start(smallModels(change[0], change[1]))) {
                    fresh.process(TestImages.images("bars", 0, 100));
                    assertThat(job.hashes()).isEqualTo(fresh.hashes()).containsKey("bars at 5");
                }
                assertThat(reasons(job)).isEmpty();
            }
        }
    }

    @Test
    void anActivityRecordOverTheLimitLosesUnitsThenClasses() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels(
                "model.groups", "500",
                "encoder.layers", "2",
                "output.max-record-bytes", "800000",
                "init.warm-up", "8"))) {
            job.process(Stream.iterate(0, n -> n + 1)
                    .limit(200)
                    .map(n -> labelled("bars", n, "label " + n))
                    .toList());
            job.process(labelled("bars", 200, "label 200", true));
            assertThat(job.output(Outputs.ACTIVITY))
                    .allSatisfy(record -> assertThat(record.bytes()).isLessThanOrEqualTo(800_000));
            // after the warm-up's, and that of its end
            JsonNode first = JSON.readTree(job.output(Outputs.ACTIVITY).get(2).value());
            assertThat(first.get("classes").get(0).get("unitActivity")).hasSize(2000);
            JsonNode last = lastActivity(job);
            // of 201 classes, about 5 KB each without units, half fit
            assertThat(last.get("classes")).hasSize(100);
            assertThat(last.get("classes").get(0).get("unitActivity")).isNull();
        }
    }

    private static ImageRecord labelled(String model, int n, String label) {
        return labelled(model, n, label, false);
    }

    private static ImageRecord labelled(String model, int n, String label, boolean flush) {
        ImageRecord image = TestImages.image(model, n);
        StreamImage labelled = new StreamImage(image.samples(), label, null, true);
        return new ImageRecord(model, image.shape(), labelled, flush, true, image.origin());
    }

    private static ImageRecord image(String model, int height, int width, int channels) {
        return image(model, height, width, channels, null);
    }

    private static ImageRecord image(String model, int height, int width, int channels, String id) {
        byte[] samples = new byte[height * width * channels];
        RawRecord raw = new RawRecord(null, samples, RecordHeaders.NONE, "images", 0, 0);
        StreamImage image = new StreamImage(samples, null, id, true);
        return new ImageRecord(model, new ImageShape(height, width, channels), image, false, true, raw);
    }

    private static OperatorSubtaskState savepointAfter(List<ImageRecord> images) throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(images);
            return job.savepoint();
        }
    }

    private static List<String> reasons(OperatorHarness job) {
        return job.output(Outputs.REJECTED).stream()
                .map(record -> record.headers().text(Headers.REASON))
                .toList();
    }

    private static JsonNode lastActivity(OperatorHarness job) throws Exception {
        List<String> texts = job.texts(Outputs.ACTIVITY);
        return JSON.readTree(texts.get(texts.size() - 1));
    }
}
