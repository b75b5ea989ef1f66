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

/** Labels that come in records of their own, later than their images. */
class DelayedLabelsTest {

    private static final int IMAGES = 40 + 20 * 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void labelsThatComeLaterGiveTheSameClassesAndTheSameDictionary() throws Exception {
        JsonNode atOnce;
        Map<String, String> hashes;
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(TestImages.images("bars", 0, IMAGES));
            job.process(TestImages.image("bars", IMAGES, true, true));
            atOnce = lastActivity(job);
            hashes = job.hashes();
        }
        // within the warm-up, over a batch's end, and by many batches
        for (int delay : new int[] {1, 13, 60}) {
            try (OperatorHarness job = OperatorHarness.start(smallModels())) {
                job.process(delayed(delay));
                JsonNode late = lastActivity(job);
                assertThat(job.hashes()).as("delayed by %d", delay).isEqualTo(hashes);
                assertThat(late.path("lateLabels").toString())
                        .isEqualTo("{\"joined\":" + IMAGES + ",\"unmatched\":0,\"imagesWaiting\":1}");
                assertThat(late.path("classes").size())
                        .isEqualTo(atOnce.path("classes").size());
                long counted = 0;
                for (int c = 0; c < late.path("classes").size(); c++) {
                    counted += late.path("classes").path(c).path("images").asLong();
                }
                assertThat(counted).isEqualTo(IMAGES);
            }
        }
    }

    @Test
    void restoredAtAnyMomentLabelsFindTheirImages() throws Exception {
        List<ImageRecord> stream = delayed(13);
        String undisturbed;
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(stream);
            undisturbed = classes(lastActivity(job));
        }
        for (int at : new int[] {5, 20, 60, 75, 76, 77, 101, 300}) {
            OperatorSubtaskState savepoint;
            try (OperatorHarness before = OperatorHarness.start(smallModels())) {
                before.process(stream.subList(0, at));
                savepoint = before.savepoint();
            }
            try (OperatorHarness after = OperatorHarness.restore(smallModels(), 1, savepoint)) {
                after.process(stream.subList(at, stream.size()));
                assertThat(classes(lastActivity(after)))
                        .as("restored at %d", at)
                        .isEqualTo(undisturbed);
            }
        }
    }

    @Test
    void aLabelThatComesTooLateIsCountedAndNothingElse() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("labels.wait-for", "10"))) {
            job.process(delayed(60));
            JsonNode activity = lastActivity(job);
            assertThat(activity.path("lateLabels").path("joined").asLong()
                            + activity.path("lateLabels").path("unmatched").asLong())
                    .isEqualTo(IMAGES);
            assertThat(activity.path("lateLabels").path("unmatched").asLong()).isGreaterThan(IMAGES / 2);
            assertThat(job.output(Outputs.REJECTED)).isEmpty();
        }
    }

    @Test
    void aLabelIsNoDuplicateOfItsImage() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("input.deduplicate", "1 h"))) {
            job.process(delayed(13));
            assertThat(lastActivity(job).path("lateLabels").path("joined").asLong())
                    .isEqualTo(IMAGES);
        }
    }

    @Test
    void aLabelIsRejectedWhereNoneIsWaitedForAndWhereThereIsNoModel() throws Exception {
        ImageRecord label = label(0);
        try (OperatorHarness job = OperatorHarness.start(smallModels("labels.wait-for", "0"))) {
            job.process(unlabelled(0, false));
            job.process(label);
            assertThat(reason(job)).startsWith("label: late labels are disabled (labels.wait-for is 0)");
        }
        try (OperatorHarness job = OperatorHarness.start(smallModels())) {
            job.process(label);
            assertThat(reason(job)).startsWith("label: model \"bars\" has no image yet");
        }
    }

    private static String reason(OperatorHarness job) {
        List<WireRecord> rejected = job.output(Outputs.REJECTED);
        assertThat(rejected).hasSize(1);
        return rejected.get(0).headers().text(Headers.REASON);
    }

    private static JsonNode lastActivity(OperatorHarness job) throws Exception {
        List<String> texts = job.texts(Outputs.ACTIVITY);
        return JSON.readTree(texts.get(texts.size() - 1));
    }

    private static String classes(JsonNode activity) {
        return activity.path("classes").toString() + activity.path("lateLabels");
    }

    /** The stream without labels, each label the given number of images later; the last image has none and flushes. */
    private static List<ImageRecord> delayed(int delay) {
        List<ImageRecord> stream = new ArrayList<>();
        for (int n = 0; n < IMAGES + delay; n++) {
            if (n < IMAGES) {
                stream.add(unlabelled(n, false));
            }
            if (n >= delay) {
                stream.add(label(n - delay));
            }
        }
        stream.add(unlabelled(IMAGES, true));
        return stream;
    }

    private static ImageRecord unlabelled(int n, boolean flush) {
        return TestImages.unlabelled(TestImages.image("bars", n, true, flush));
    }

    private static ImageRecord label(int n) {
        ImageRecord image = TestImages.image("bars", n);
        return ImageRecord.lateLabel("bars", image.label(), image.id(), true, image.origin());
    }
}
