package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;

/** A stream of bars that turns into its negative. */
class DriftTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHANGE = 4_000;
    private static final int LENGTH = 4_800;
    /** The warm-up is learned from in mini-batches of 8, as all that follows. */
    private static final int CHANGE_VERSION = CHANGE / 8;

    @Test
    void aDriftIsMarkedInTheNextActivityRecordAndNothingElseIs() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(stream(0, LENGTH));

            List<JsonNode> marks = marks(job);
            assertThat(marks).isNotEmpty().allSatisfy(mark -> {
                assertThat(mark.get("kind").asText()).isEqualTo("drift");
                assertThat(mark.get("detector").asText()).isIn("page-hinkley", "adwin");
                assertThat(mark.get("detail").asText()).isNotEmpty();
                assertThat(mark.get("version").asInt()).isBetween(CHANGE_VERSION, LENGTH / 8);
            });
            assertThat(marks.get(0).get("version").asInt()).isLessThan(CHANGE_VERSION + 80);
        }
    }

    @Test
    void nothingIsLookedForWhereThatIsAsked() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("drift.detector", "none"))) {
            job.process(stream(0, LENGTH));

            assertThat(marks(job)).isEmpty();
        }
    }

    @Test
    void tellingLearnsAsIfNobodyLookedAndAdaptingLearnsOtherwiseFromTheDriftOn() throws Exception {
        for (String update : new String[] {"backprop", "alternating"}) {
            Map<String, String> unwatched = hashes("learner.update", update, "drift.detector", "none");
            Map<String, String> reports = hashes("learner.update", update);
            Map<String, String> adapts = hashes("learner.update", update, "drift.action", "adapt");

            assertThat(reports).isEqualTo(unwatched);
            String before = "bars at " + CHANGE_VERSION;
            String after = "bars at " + LENGTH / 8;
            assertThat(adapts.get(before)).isNotNull().isEqualTo(reports.get(before));
            assertThat(adapts.get(after)).isNotNull().isNotEqualTo(reports.get(after));
        }
    }

    @Test
    void restoredWhileItAdaptsAModelGoesOnAsIfNothingHadHappened() throws Exception {
        Map<String, String> options = smallModels("drift.action", "adapt");
        Map<String, String> undisturbed = hashes("drift.action", "adapt");
        for (int at : new int[] {CHANGE - 3, CHANGE + 401, CHANGE + 650}) {
            OperatorSubtaskState savepoint;
            try (OperatorHarness before = OperatorHarness.start(options)) {
                before.process(stream(0, at));
                savepoint = before.savepoint();
            }
            try (OperatorHarness after = OperatorHarness.restore(options, 1, savepoint)) {
                after.process(stream(at, LENGTH));
                assertThat(undisturbed).as("restored at %d", at).containsAllEntriesOf(after.hashes());
                assertThat(after.hashes()).containsKey("bars at " + LENGTH / 8);
            }
        }
    }

    private static Map<String, String> hashes(String... options) throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels(options))) {
            job.process(stream(0, LENGTH));
            return job.hashes();
        }
    }

    private static List<JsonNode> marks(OperatorHarness job) throws Exception {
        List<JsonNode> marks = new ArrayList<>();
        for (String activity : job.texts(Outputs.ACTIVITY)) {
            JSON.readTree(activity).path("marks").forEach(marks::add);
        }
        return marks;
    }

    private static List<ImageRecord> stream(int from, int to) {
        List<ImageRecord> stream = TestImages.images("bars", from, to);
        stream.replaceAll(
                image -> Integer.parseInt(image.id().substring(1)) < CHANGE ? image : TestImages.negative(image));
        return stream;
    }
}
