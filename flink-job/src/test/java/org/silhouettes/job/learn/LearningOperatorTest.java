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
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.WireRecord;

class LearningOperatorTest {

    @Test
    void aSnapshotIsARecordForEachGroupAndOneForTheMeanImage() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(TestImages.images("bars", 0, 40));

            List<WireRecord> first = job.output(Outputs.DICTIONARIES).subList(0, 4);
            assertThat(first)
                    .extracting(record -> new String(record.key(), "UTF-8"))
                    .containsExactly("bars/0", "bars/1", "bars/2", "bars/mean");
            assertThat(Npy.decode(first.get(0).value()).shape()).containsExactly(4, 6, 6, 1);
            assertThat(Npy.decode(first.get(3).value()).shape()).containsExactly(6, 6, 1);
            assertThat(first).allSatisfy(record -> {
                assertThat(record.headers().text(Headers.VERSION)).isEqualTo("0");
                assertThat(record.headers().text(Headers.GROUPS)).isEqualTo("3");
                assertThat(record.headers().text(Headers.SHA256)).hasSize(64);
            });
            // five batches of the warm-up follow at once: versions 0, 1, 2, 4 and 5 are due
            assertThat(job.hashes().keySet())
                    .containsExactly("bars at 0", "bars at 1", "bars at 2", "bars at 4", "bars at 5");
        }
    }

    @Test
    void restoredAtAnyMomentAModelGoesOnAsIfNothingHadHappened() throws Exception {
        List<ImageRecord> stream = TestImages.images("bars", 0, 40 + 60 * 8);
        Map<String, String> undisturbed;
        List<String> undisturbedCodes;
        try (OperatorHarness job = OperatorHarness.start(smallModels("codes.emit", "all"))) {
            job.process(stream);
            undisturbed = job.hashes();
            undisturbedCodes = job.texts(Outputs.CODES);
        }
        // within the warm-up, at its last image, at every place of a batch, and late
        for (int at : new int[] {1, 17, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 300}) {
            OperatorSubtaskState savepoint;
            List<String> codes = new ArrayList<>();
            try (OperatorHarness before = OperatorHarness.start(smallModels("codes.emit", "all"))) {
                before.process(stream.subList(0, at));
                savepoint = before.savepoint();
                codes.addAll(before.texts(Outputs.CODES));
                // the original continues, too: a checkpoint changes nothing
                before.process(stream.subList(at, stream.size()));
                assertThat(before.hashes()).as("checkpoint at %d", at).isEqualTo(undisturbed);
            }
            try (OperatorHarness after = OperatorHarness.restore(smallModels("codes.emit", "all"), 1, savepoint)) {
                after.process(stream.subList(at, stream.size()));
                assertThat(undisturbed).as("restored at %d", at).containsAllEntriesOf(after.hashes());
                assertThat(after.hashes()).containsKey("bars at 65");
                codes.addAll(after.texts(Outputs.CODES));
            }
            assertThat(codes).as("codes, restored at %d", at).isEqualTo(undisturbedCodes);
        }
    }

    @Test
    void anImageThatFillsAMiniBatchAndAsksForAFlushIsReportedTwice() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("activity.every", "1"))) {
            job.process(TestImages.images("bars", 0, 47));
            int before = job.texts(Outputs.ACTIVITY).size();

            job.process(TestImages.image("bars", 47, true, true));
            assertThat(job.texts(Outputs.ACTIVITY)).hasSize(before + 2);

            // the report of the flushed mini-batch and that of the flush are one
            job.process(TestImages.image("bars", 48));
            job.process(TestImages.image("bars", 49, true, true));
            assertThat(job.texts(Outputs.ACTIVITY)).hasSize(before + 3);
        }
    }

    @Test
    void rescalingChangesNothing() throws Exception {
        List<ImageRecord> stream = interleaved(10, 200);
        Map<String, String> undisturbed;
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(stream);
            undisturbed = job.hashes();
        }
        OperatorSubtaskState savepoint;
        try (OperatorHarness one = OperatorHarness.start(smallModels())) {
            one.process(stream.subList(0, 700));
            savepoint = one.savepoint();
        }
        try (OperatorHarness four = OperatorHarness.restore(smallModels(), 4, savepoint)) {
            four.process(stream.subList(700, 1400));
            savepoint = four.savepoint();
            assertThat(undisturbed).containsAllEntriesOf(four.hashes());
        }
        try (OperatorHarness two = OperatorHarness.restore(smallModels(), 2, savepoint)) {
            two.process(stream.subList(1400, stream.size()));
            assertThat(undisturbed).containsAllEntriesOf(two.hashes());
            assertThat(two.hashes()).hasSize(20).containsKey("model-9 at 25");
        }
    }

    @Test
    void aModelsResultDoesNotDependOnItsNeighbours() throws Exception {
        Map<String, String> together;
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(interleaved(5, 120));
            together = job.hashes();
        }
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(TestImages.images("model-3", 0, 120));
            assertThat(together).containsAllEntriesOf(job.hashes());
        }
    }

    /** The streams of several models, image by image in turn. */
    private static List<ImageRecord> interleaved(int models, int images) {
        List<ImageRecord> stream = new ArrayList<>();
        for (int n = 0; n < images; n++) {
            for (int m = 0; m < models; m++) {
                stream.add(TestImages.image("model-" + m, n));
            }
        }
        return stream;
    }
}
