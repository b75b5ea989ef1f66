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
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** A stream of bars that turns into its negative, which its model gives groups of their own. */
class GrowthTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHANGE = 800;
    private static final int BUFFERED_IMAGES = 160;
    private static final int LENGTH = 1_600;
    private static final Map<String, String> OPTIONS = smallModels(
            "model.groups",
            "auto",
            "init.warm-up",
            "320",
            "growth.buffer",
            Integer.toString(BUFFERED_IMAGES),
            "drift.detector",
            "none");

    @Test
    void newGroupsAreMarkedAndShownAtOnceAndAllThatIsTellsOfThemFromThenOn() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(OPTIONS)) {
            job.process(stream(0, LENGTH));

            List<JsonNode> marks = new ArrayList<>();
            for (String activity : job.texts(Outputs.ACTIVITY)) {
                JSON.readTree(activity).path("marks").forEach(marks::add);
            }
            assertThat(marks).hasSize(1);
            assertThat(marks.get(0).get("detector").asText()).isEqualTo("consolidation");
            int version = marks.get(0).get("version").asInt();
            assertThat(version * 8).isBetween(CHANGE + BUFFERED_IMAGES, CHANGE + BUFFERED_IMAGES + 320);
            List<WireRecord> dictionaries = job.output(Outputs.DICTIONARIES);
            int before = groups(dictionaries.get(0));
            int after = groups(dictionaries.get(dictionaries.size() - 1));
            assertThat(after).isGreaterThan(before);
            for (WireRecord record : dictionaries) {
                int at = Integer.parseInt(record.headers().text(Headers.VERSION));
                assertThat(groups(record)).as("version %d", at).isEqualTo(at < version ? before : after);
            }
            assertThat(job.hashes()).containsKey("bars at " + version);
            for (String text : job.texts(Outputs.ACTIVITY)) {
                JsonNode activity = JSON.readTree(text);
                int at = activity.get("version").asInt();
                for (JsonNode one : activity.path("classes")) {
                    assertThat(one.get("groupNorm").size())
                            .as("version %d", at)
                            .isEqualTo(at < version ? before : after);
                }
            }
        }
    }

    @Test
    void restoredBeforeWhileAndAfterItGathersAModelGoesOnAsIfNothingHadHappened() throws Exception {
        Map<String, String> undisturbed;
        try (OperatorHarness job = OperatorHarness.start(OPTIONS)) {
            job.process(stream(0, LENGTH));
            undisturbed = job.hashes();
        }
        for (int at : new int[] {CHANGE - 3, CHANGE + BUFFERED_IMAGES, CHANGE + 2 * BUFFERED_IMAGES + 205}) {
            OperatorSubtaskState savepoint;
            try (OperatorHarness before = OperatorHarness.start(OPTIONS)) {
                before.process(stream(0, at));
                savepoint = before.savepoint();
            }
            try (OperatorHarness after = OperatorHarness.restore(OPTIONS, 1, savepoint)) {
                after.process(stream(at, LENGTH));
                assertThat(undisturbed).as("restored at %d", at).containsAllEntriesOf(after.hashes());
                assertThat(after.hashes()).containsKey("bars at " + LENGTH / 8);
            }
        }
    }

    private static int groups(WireRecord record) {
        return Integer.parseInt(record.headers().text(Headers.GROUPS));
    }

    private static List<ImageRecord> stream(int from, int to) {
        List<ImageRecord> stream = TestImages.images("bars", from, to);
        stream.replaceAll(
                image -> Integer.parseInt(image.id().substring(1)) < CHANGE ? image : TestImages.negative(image));
        return stream;
    }
}
