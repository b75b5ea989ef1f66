package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;

class StartGuardTest {

    private static final Map<String, String> OPTIONS = smallModels();

    /** Topics that hold versions, and what was asked of them. */
    private static final class Topics implements TopicHistory {
        private final TreeMap<String, Long> versions;
        private final boolean allows;
        private transient int reads;

        Topics(boolean allows, Map<String, Long> versions) {
            this.versions = new TreeMap<>(versions);
            this.allows = allows;
        }

        @Override
        public String topicId(String topic) {
            return topic;
        }

        @Override
        public boolean allowsStartFromNothing() {
            return allows;
        }

        @Override
        public Map<String, Long> newestVersions(Predicate<String> models) {
            reads++;
            Map<String, Long> found = new TreeMap<>(versions);
            found.keySet().removeIf(models.negate());
            return found;
        }

        @Override
        public String versionsTopic() {
            return "dictionaries";
        }
    }

    @Test
    void aModelWithVersionsIsNotLearnedFromNothingAndTheJobEndsForGoodWithEveryRemedy() throws Exception {
        try (OperatorHarness job = start(1, null, new Topics(false, Map.of("bars", 1234L)))) {
            job.process(TestImages.images("new", 0, 60));
            assertThat(job.hashes()).containsKey("new at 2");

            assertThatThrownBy(() -> job.process(TestImages.image("bars", 0)))
                    .isInstanceOf(SuppressRestartsException.class)
                    .cause()
                    .hasMessage(
                            "the job has started without state, but topic \"dictionaries\" already holds versions of"
                                    + " model \"bars\", the newest is version 1234: start the job from a checkpoint or savepoint"
                                    + " (job --restore PATH, or flink run --fromSavepoint PATH; this job's checkpoint folder"
                                    + " holds none); or with start.from-nothing=allow, to learn the model again as a new run; or"
                                    + " with other topic names (topics.*); or delete the model's records from topic"
                                    + " \"dictionaries\" first");
        }
    }

    @Test
    void anImageThatStartsNoModelEndsNothing() throws Exception {
        Map<String, String> options = new TreeMap<>(OPTIONS);
        options.put("models.cache-bytes", "1 mb");
        options.put("init.warm-up", "100000");
        try (OperatorHarness job =
                OperatorHarness.start(options, 1, null, false, new Topics(false, Map.of("bars", 5L)))) {
            job.process(TestImages.image("bars", 0));
            job.process(ImageRecord.lateLabel("bars", "1", "#0", true, TestImages.raw("bars", 1)));
            assertThat(job.output(Outputs.REJECTED)).hasSize(2);
        }
    }

    @Test
    void whereItIsAllowedTheTopicIsNotRead() throws Exception {
        Topics topics = new Topics(true, Map.of("bars", 5L));
        try (OperatorHarness job = start(1, null, topics)) {
            job.process(TestImages.images("bars", 0, 60));
            assertThat(job.hashes()).containsKey("bars at 2");
            assertThat(topics.reads).isZero();
        }
    }

    @Test
    void aRestoredJobGoesOnWithItsModelsAndReadsNothing() throws Exception {
        OperatorSubtaskState savepoint;
        try (OperatorHarness job = start(1, null, new Topics(false, Map.of()))) {
            job.process(TestImages.images("bars", 0, 60));
            savepoint = job.savepoint();
        }
        Topics later = new Topics(false, Map.of("bars", 2L, "forgotten", 3L));
        try (OperatorHarness job = start(1, savepoint, later)) {
            job.process(TestImages.images("bars", 60, 100));
            // versions that the job itself wrote before the checkpoint, of a model that it has no more
            job.process(TestImages.images("forgotten", 0, 60));
            assertThat(later.reads).isZero();
        }
    }

    @Test
    void whatAJobFoundAtItsStartIsRefusedAfterItsFirstCheckpointTooAtAnyParallelism() throws Exception {
        Map<String, Long> versions = new TreeMap<>();
        for (int m = 0; m < 20; m++) {
            versions.put("old " + m, (long) m);
        }
        OperatorSubtaskState savepoint;
        try (OperatorHarness job = start(1, null, new Topics(false, versions))) {
            job.process(TestImages.image("new", 0));
            savepoint = job.savepoint();
        }
        for (int parallelism : new int[] {1, 4}) {
            try (OperatorHarness job = start(parallelism, savepoint, new Topics(false, Map.of()))) {
                savepoint = job.savepoint();
            }
            try (OperatorHarness job = start(3, savepoint, new Topics(false, Map.of()))) {
                job.process(TestImages.image("new", 1));
                for (String model : versions.keySet()) {
                    assertThatThrownBy(() -> job.process(TestImages.image(model, 0)))
                            .isInstanceOf(SuppressRestartsException.class)
                            .cause()
                            .hasMessageContaining("\"" + model + "\", the newest is version " + versions.get(model));
                }
            }
        }
        try (OperatorHarness job = start(1, savepoint, new Topics(true, Map.of()))) {
            job.process(List.of(TestImages.image("old 3", 0), TestImages.image("old 4", 0)));
        }
    }

    private static OperatorHarness start(int parallelism, OperatorSubtaskState savepoint, TopicHistory topics)
            throws Exception {
        return OperatorHarness.start(OPTIONS, parallelism, savepoint, false, topics);
    }
}
