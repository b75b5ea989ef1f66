package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import java.nio.charset.StandardCharsets;
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
import org.silhouettes.wire.message.Command;

/** The control record {@code delete}: nothing of the model is left, neither in the job nor in the compacted topic. */
class DeletedModelsTest {

    private static final String[] TIGHT = {"models.cache-bytes", "1 mb"};

    @Test
    void aDeletedModelStartsOverAsIfItHadNeverBeenThere() throws Exception {
        Map<String, String> options = options("input.deduplicate", "1 h", "flush.after", "10 s");
        List<String> fresh;
        try (OperatorHarness job = OperatorHarness.start(options)) {
            job.process(TestImages.images("bars", 0, 70));
            fresh = activity(job, "bars");
        }
        for (String state : new String[] {"in memory", "evicted", "restored"}) {
            try (OperatorHarness first = OperatorHarness.start(options, 1, null, true)) {
                first.process(TestImages.images("bars", 0, 45));
                OperatorHarness job = first;
                if (state.equals("evicted")) {
                    for (int m = 0; m < 24; m++) {
                        first.process(TestImages.images("other-" + m, 0, 41));
                    }
                }
                if (state.equals("restored")) {
                    job = OperatorHarness.start(options, 1, first.savepoint(), true);
                }
                if (!state.equals("in memory")) {
                    // an image, a label and a refused image wait next to the model
                    job.process(TestImages.image("bars", 45));
                    job.process(label("bars"));
                    assertThat(job.cacheMetrics().get(0).loads()).as(state).isZero();
                }
                int before = activity(job, "bars").size();
                job.process(delete("bars"));
                assertThat(job.cacheMetrics().get(0).loads())
                        .as("deleting loads nothing, %s", state)
                        .isZero();
                assertThat(tombstones(job)).containsExactly("bars/0", "bars/1", "bars/2", "bars/mean");
                job.process(TestImages.images("bars", 0, 70));
                List<String> activity = activity(job, "bars");
                assertThat(activity.subList(before, activity.size())).as(state).isEqualTo(fresh);
                if (job != first) {
                    job.close();
                }
            }
        }
    }

    @Test
    void ofAModelThatIsStillWarmingUpOnlyTheMeanImagesKeyIsRemoved() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(options())) {
            job.process(TestImages.images("bars", 0, 5));
            job.process(delete("bars"));
            assertThat(tombstones(job)).containsExactly("bars/mean");
            assertThat(job.output(Outputs.REJECTED)).isEmpty();
            job.process(TestImages.images("bars", 0, 1));
            assertThat(job.texts(Outputs.ACTIVITY)).last().asString().contains("\"images\":1");
        }
    }

    @Test
    void deletingAModelThatDoesNotExistIsRejectedAndDoesNothing() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(options())) {
            job.process(TestImages.images("bars", 0, 45));
            job.process(delete("baars"));
            job.process(delete("bars"));
            job.process(delete("bars"));
            assertThat(reasons(job))
                    .hasSize(2)
                    .allMatch(reason -> reason.startsWith("control: model \"ba"))
                    .allMatch(reason -> reason.contains("does not exist, nothing was deleted"));
            assertThat(tombstones(job)).hasSize(4);
            assertThat(job.output(Outputs.REJECTED).get(0).headers().text(Headers.OFFSET))
                    .isEqualTo("7");
        }
    }

    @Test
    void aModelThatStartsOverLeavesNoKeyOfTheOldOneBehind() throws Exception {
        OperatorSubtaskState savepoint;
        try (OperatorHarness job = OperatorHarness.start(options(), 1, null, true)) {
            job.process(TestImages.images("bars", 0, 45));
            savepoint = job.savepoint();
        }
        Map<String, String> fewer = options("model.groups", "2", "model.on-mismatch", "reset");
        try (OperatorHarness job = OperatorHarness.start(fewer, 1, savepoint, true)) {
            job.process(TestImages.images("bars", 45, 90));
            assertThat(tombstones(job)).containsExactly("bars/0", "bars/1", "bars/2", "bars/mean");
            List<String> keys = job.output(Outputs.DICTIONARIES).stream()
                    .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .toList();
            assertThat(keys.subList(4, keys.size()))
                    .contains("bars/0", "bars/mean")
                    .doesNotContain("bars/2");
        }
    }

    @Test
    void theTimerOfADeletedModelDoesNotFlushItsSuccessor() throws Exception {
        Map<String, String> options = options("flush.after", "10 s");
        try (OperatorHarness job = OperatorHarness.start(options)) {
            job.process(TestImages.images("bars", 0, 42));
            job.setTime(9_000);
            job.process(delete("bars"));
            job.process(TestImages.images("bars", 0, 42));
            int before = job.texts(Outputs.ACTIVITY).size();
            job.setTime(18_999);
            assertThat(job.texts(Outputs.ACTIVITY)).hasSize(before);
            job.setTime(19_000);
            assertThat(job.texts(Outputs.ACTIVITY)).hasSize(before + 1);
        }
    }

    @Test
    void aDeletedModelStaysDeletedAfterARestore() throws Exception {
        OperatorSubtaskState savepoint;
        try (OperatorHarness job = OperatorHarness.start(options(TIGHT), 1, null, true)) {
            for (int m = 0; m < 24; m++) {
                job.process(TestImages.images("model-" + m, 0, 41));
            }
            for (int m = 0; m < 24; m += 2) {
                job.process(delete("model-" + m));
            }
            savepoint = job.savepoint();
        }
        try (OperatorHarness job = OperatorHarness.start(options(TIGHT), 2, savepoint, true)) {
            for (int m = 0; m < 24; m++) {
                job.process(TestImages.image("model-" + m, 41, true, true));
            }
            for (int m = 0; m < 24; m++) {
                String last =
                        activity(job, "model-" + m).stream().reduce((a, b) -> b).orElseThrow();
                assertThat(last).contains("\"learned\":" + (m % 2 == 0 ? 1 : 42) + ",");
            }
        }
    }

    static ImageRecord delete(String model) {
        return ImageRecord.control(model, Command.DELETE, true, TestImages.raw(model, 7));
    }

    private static ImageRecord label(String model) {
        return ImageRecord.lateLabel(model, "1", "#3", true, TestImages.raw(model, 0));
    }

    private static Map<String, String> options(String... more) {
        return smallModels(more);
    }

    private static List<String> tombstones(OperatorHarness job) {
        List<String> keys = new ArrayList<>();
        for (WireRecord record : job.output(Outputs.DICTIONARIES)) {
            if (record.value() == null) {
                assertThat(record.headers().text(Headers.MODEL)).isEqualTo("bars");
                keys.add(new String(record.key(), StandardCharsets.UTF_8));
            }
        }
        return keys;
    }

    private static List<String> activity(OperatorHarness job, String model) {
        return job.output(Outputs.ACTIVITY).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(model))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> reasons(OperatorHarness job) {
        return job.output(Outputs.REJECTED).stream()
                .map(record -> record.headers().text(Headers.REASON))
                .toList();
    }
}
