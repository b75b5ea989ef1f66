package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** A model that runs out of memory, or fails in another way, is stopped with a reason; the job and all other models continue. */
class StoppedModelTest {

    /** What is recorded of 4096 images and 1000 layers takes 8 GB, or more values than an array can have. */
    @ParameterizedTest
    @CsvSource({"170, java.lang.OutOfMemoryError", "200, java.lang.ArithmeticException"})
    void aModelThatFailsIsStoppedAndItsImagesAreRejectedWithTheReason(String groupSize, String error) throws Exception {
        OperatorSubtaskState savepoint = learned(groupSize);
        OperatorSubtaskState stopped;
        try (OperatorHarness job = OperatorHarness.restore(huge(groupSize), 1, savepoint)) {
            job.process(TestImages.image("a", 48, true, true));
            job.process(TestImages.image("a", 49));
            assertThat(reasons(job)).hasSize(2);
            assertThat(reasons(job).get(0))
                    .startsWith("model-stopped: model \"a\" was stopped by " + error)
                    .contains("at images-0@48")
                    .contains("restore a checkpoint from before");
            assertThat(reasons(job).get(1))
                    .as("the reason stays")
                    .isEqualTo(reasons(job).get(0));
            assertThat(job.output(Outputs.REJECTED))
                    .extracting(record -> record.headers().text(Headers.OFFSET))
                    .containsExactly("48", "49");
            stopped = job.savepoint();
        }
        try (OperatorHarness after = OperatorHarness.restore(options(groupSize), 1, stopped)) {
            after.process(TestImages.images("a", 50, 60));
            after.process(TestImages.images("b", 48, 60));
            assertThat(reasons(after)).as("one model is stopped, for good").hasSize(10);
            assertThat(after.hashes().keySet()).allMatch(version -> version.startsWith("b at"));
            after.setTime(100_000);
        }
    }

    @Test
    void aCheckpointFromBeforeGoesOnAsIfNothingHadHappened() throws Exception {
        OperatorSubtaskState savepoint = learned("170");
        try (OperatorHarness job = OperatorHarness.restore(huge("170"), 1, savepoint)) {
            job.process(TestImages.image("a", 48, true, true));
            job.savepoint();
        }
        Map<String, String> hashes;
        try (OperatorHarness again = OperatorHarness.restore(options("170"), 1, savepoint)) {
            again.process(TestImages.images("a", 48, 100));
            hashes = again.hashes();
        }
        try (OperatorHarness undisturbed = OperatorHarness.start(options("170"))) {
            undisturbed.process(TestImages.images("a", 0, 100));
            assertThat(hashes).isNotEmpty();
            assertThat(undisturbed.hashes()).containsAllEntriesOf(hashes);
        }
    }

    @Test
    void aMiniBatchThatTimeFlushesStopsItsModelToo() throws Exception {
        OperatorSubtaskState savepoint = learned("170");
        try (OperatorHarness job = OperatorHarness.restore(huge("170"), 1, savepoint)) {
            job.process(TestImages.image("a", 48));
            assertThat(reasons(job)).isEmpty();
            job.setTime(10_000);
            job.process(TestImages.image("a", 49));
            assertThat(reasons(job))
                    .singleElement()
                    .asString()
                    .contains("OutOfMemoryError")
                    .contains("at flush.after");
        }
    }

    private static OperatorSubtaskState learned(String groupSize) throws Exception {
        try (OperatorHarness job = OperatorHarness.start(options(groupSize))) {
            job.process(TestImages.images("a", 0, 48));
            job.process(TestImages.images("b", 0, 48));
            assertThat(reasons(job)).isEmpty();
            return job.savepoint();
        }
    }

    private static Map<String, String> options(String groupSize) {
        return smallModels("model.group-size", groupSize, "flush.after", "10 s");
    }

    private static Map<String, String> huge(String groupSize) {
        Map<String, String> options = options(groupSize);
        options.put("model.batch", "4096");
        options.put("encoder.layers", "1000");
        return options;
    }

    private static List<String> reasons(OperatorHarness job) {
        return job.output(Outputs.REJECTED).stream()
                .map(WireRecord::headers)
                .map(headers -> headers.text(Headers.REASON))
                .toList();
    }
}
