package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** Records that change no more than statistics of a model out of memory: they are counted without loading it. */
class AbsentModelsTest {

    /** Some ten models fit into 1 MB. */
    private static final int MODELS = 24;

    private static final String[] TIGHT = {"models.cache-bytes", "1 mb"};

    @Test
    void alternatingWrongRecordsLoadNoModelAndCountAsInMemory() throws Exception {
        List<ImageRecord> stream = new ArrayList<>();
        forEachModel(stream, model -> TestImages.images(model, 0, 44));
        int wrongFrom = stream.size();
        for (int round = 0; round < 5; round++) {
            int n = round;
            forEachModel(
                    stream,
                    model -> List.of(
                            wrongShape(model),
                            label(model, "#nowhere" + n),
                            unlabelled(model, 100 + n),
                            label(model, "#" + (100 + n)),
                            label(model, "#" + (101 + n))));
        }
        int wrongTo = stream.size();
        // a mini-batch of 8 is full, and a second one: labels of images that were encoded meet a loaded model, too
        forEachModel(stream, model -> TestImages.images(model, 200, 216));
        List<String> roomy;
        try (OperatorHarness job = OperatorHarness.start(options())) {
            job.process(stream);
            roomy = outputs(job);
        }
        for (boolean rocks : new boolean[] {false, true}) {
            OperatorSubtaskState savepoint;
            List<String> outputs;
            try (OperatorHarness job = OperatorHarness.start(options(TIGHT), 1, null, rocks)) {
                job.process(stream.subList(0, wrongFrom));
                long loads = job.cacheMetrics().get(0).loads();
                for (int n = wrongFrom; n < wrongTo; n++) {
                    job.process(stream.get(n));
                    if (n == (wrongFrom + wrongTo) / 2) {
                        job.savepoint();
                    }
                }
                // the five images a model fill no batch of 8 with the four that wait: the last one does
                assertThat(job.cacheMetrics().get(0).loads() - loads).isLessThanOrEqualTo(MODELS);
                savepoint = job.savepoint();
                outputs = outputs(job);
            }
            try (OperatorHarness job = OperatorHarness.start(options(TIGHT), 1, savepoint, rocks)) {
                job.process(stream.subList(wrongTo, stream.size()));
                outputs.addAll(outputs(job));
            }
            assertThat(sorted(outputs)).isEqualTo(sorted(roomy));
        }
    }

    @Test
    void wrongRecordsAloneLoadNothingAtAll() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(options(TIGHT), 1, null, true)) {
            for (int m = 0; m < MODELS; m++) {
                job.process(TestImages.images("model-" + m, 0, 42));
            }
            // from here on only models out of memory: the cache keeps the last ones
            CacheMetrics cache = job.cacheMetrics().get(0);
            long loads = cache.loads();
            for (int n = 0; n < 10; n++) {
                for (int m = 0; m < MODELS / 2; m++) {
                    job.process(wrongShape("model-" + m));
                    job.process(label("model-" + m, "#" + n));
                }
            }
            assertThat(cache.loads()).isEqualTo(loads);
            assertThat(job.output(Outputs.REJECTED)).hasSize(10 * MODELS / 2);
        }
    }

    @Test
    void imagesOfAMismatchedModelAreRejectedWithoutLoadingItAndAreCounted() throws Exception {
        OperatorSubtaskState savepoint;
        try (OperatorHarness job = OperatorHarness.start(options(), 1, null, false)) {
            job.process(TestImages.images("bars", 0, 42));
            savepoint = job.savepoint();
        }
        try (OperatorHarness job = OperatorHarness.start(options("model.group-size", "5"), 1, savepoint, false)) {
            job.process(TestImages.images("bars", 42, 50));
            assertThat(job.cacheMetrics().get(0).loads()).isZero();
            assertThat(reasons(job)).hasSize(8).allMatch(reason -> reason.startsWith("settings: model.group-size"));
            savepoint = job.savepoint();
        }
        try (OperatorHarness job = OperatorHarness.start(options(), 1, savepoint, false)) {
            job.process(TestImages.image("bars", 42, true, true));
            assertThat(job.texts(Outputs.ACTIVITY)).last().asString().contains("\"rejected\":8");
        }
        try (OperatorHarness job = OperatorHarness.start(
                options("model.group-size", "5", "model.on-mismatch", "reset"), 1, savepoint, false)) {
            job.process(TestImages.image("bars", 42, true, true));
            assertThat(job.cacheMetrics().get(0).loads()).isZero();
            assertThat(job.texts(Outputs.ACTIVITY))
                    .last()
                    .asString()
                    .contains("\"learned\":1,")
                    .contains("\"rejected\":0");
        }
    }

    @Test
    void labelsThatWaitAreBounded() throws Exception {
        OperatorSubtaskState savepoint;
        try (OperatorHarness job = OperatorHarness.start(options(), 1, null, true)) {
            job.process(TestImages.images("bars", 0, 42));
            savepoint = job.savepoint();
        }
        try (OperatorHarness job = OperatorHarness.start(options(), 1, savepoint, true)) {
            for (int n = 0; n < WaitingNotes.MAX_LABELS; n++) {
                job.process(label("bars", "#nowhere" + n));
            }
            assertThat(job.cacheMetrics().get(0).loads()).isZero();
            job.process(label("bars", "#nowhere"));
            assertThat(job.cacheMetrics().get(0).loads()).isEqualTo(1);
            job.process(TestImages.image("bars", 42, true, true));
            assertThat(job.texts(Outputs.ACTIVITY))
                    .last()
                    .asString()
                    .contains("\"unmatched\":" + (WaitingNotes.MAX_LABELS + 1));
        }
        try (OperatorHarness job = OperatorHarness.start(options(), 1, savepoint, true)) {
            for (int n = 0; n < 70; n++) {
                job.process(label("bars", "#" + n + "x".repeat(10_000)));
            }
            assertThat(job.cacheMetrics().get(0).loads()).as("64 KiB of labels").isEqualTo(1);
        }
    }

    private interface Records {
        List<ImageRecord> of(String model);
    }

    /** Appends record after record of all models in turn: the worst order for a cache. */
    private static void forEachModel(List<ImageRecord> stream, Records records) {
        List<List<ImageRecord>> all = new ArrayList<>();
        for (int m = 0; m < MODELS; m++) {
            all.add(records.of("model-" + m));
        }
        for (int n = 0; n < all.get(0).size(); n++) {
            for (List<ImageRecord> model : all) {
                stream.add(model.get(n));
            }
        }
    }

    private static Map<String, String> options(String... more) {
        Map<String, String> options = smallModels("codes.emit", "all", "activity.every", "1", "snapshot.every", "1");
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private static ImageRecord wrongShape(String model) {
        return TestImages.wrongShape(model, 7);
    }

    private static ImageRecord unlabelled(String model, int n) {
        return TestImages.unlabelled(TestImages.image(model, n));
    }

    private static ImageRecord label(String model, String id) {
        return ImageRecord.lateLabel(model, "1", id, true, TestImages.raw(model, 0));
    }

    private static List<String> outputs(OperatorHarness job) {
        List<String> outputs = new ArrayList<>(job.texts(Outputs.ACTIVITY));
        outputs.addAll(job.texts(Outputs.CODES));
        outputs.addAll(reasons(job));
        job.hashes().forEach((model, hash) -> outputs.add(model + " " + hash));
        return outputs;
    }

    private static List<String> reasons(OperatorHarness job) {
        return job.output(Outputs.REJECTED).stream()
                .map(WireRecord::headers)
                .map(headers -> headers.text(Headers.REASON))
                .toList();
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }
}
