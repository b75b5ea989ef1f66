package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Headers;

/** {@code models.max} and {@code models.expire-after}: how many models there may be, and for how long. */
class ModelLimitsTest {

    private static final String[] TIGHT = {"models.cache-bytes", "1 mb"};

    @Test
    void aModelBeyondTheLimitIsRejectedByNameAndTheOthersGoOn() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("models.max", "2"))) {
            for (String model : new String[] {"a", "b", "c", "a", "b", "d"}) {
                job.process(TestImages.image(model, 0));
            }
            assertThat(reasons(job))
                    .satisfiesExactly(
                            c -> assertThat(c)
                                    .startsWith("model-count: model \"c\" is not started")
                                    .contains("models.max is 2")
                                    .contains("models.expire-after"),
                            d -> assertThat(d).contains("model \"d\""));
            job.process(DeletedModelsTest.delete("a"));
            job.process(TestImages.image("c", 0));
            job.process(TestImages.image("a", 0));
            assertThat(reasons(job)).hasSize(3).last().asString().contains("model \"a\"");
        }
    }

    @Test
    void modelsAreCountedExactlyAfterARestoreAtAnyParallelism() throws Exception {
        for (boolean rocks : new boolean[] {false, true}) {
            OperatorSubtaskState savepoint;
            try (OperatorHarness job = OperatorHarness.start(smallModels(TIGHT), 2, null, rocks)) {
                for (int m = 0; m < 20; m++) {
                    job.process(TestImages.images("model-" + m, 0, m % 3 == 0 ? 45 : 3));
                }
                job.process(DeletedModelsTest.delete("model-3"));
                job.process(DeletedModelsTest.delete("model-4"));
                savepoint = job.savepoint();
            }
            try (OperatorHarness job = OperatorHarness.start(smallModels("models.max", "20"), 1, savepoint, rocks)) {
                for (int m = 30; m < 35; m++) {
                    job.process(TestImages.image("model-" + m, 0));
                }
                assertThat(reasons(job)).as("18 and 2 more").hasSize(3);
            }
            // more than are allowed: they continue, and no other starts
            try (OperatorHarness job = OperatorHarness.start(smallModels("models.max", "5"), 3, savepoint, rocks)) {
                for (int m = 5; m < 20; m++) {
                    job.process(TestImages.image("model-" + m, 45));
                }
                assertThat(reasons(job)).isEmpty();
            }
        }
    }

    @Test
    void aModelWithoutImagesIsForgottenAfterTheTimeSetAndItsDictionaryStays() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(options("models.max", "2"), 1, null, true)) {
            job.process(TestImages.images("idle", 0, 45));
            job.process(TestImages.images("busy", 0, 40));
            for (int n = 40; n < 60; n++) {
                job.setTime((n - 40) * 500L);
                job.process(TestImages.image("busy", n));
            }
            job.setTime(9_999);
            job.process(TestImages.image("other", 0));
            assertThat(reasons(job)).as("idle is still there").hasSize(1);
            job.setTime(11_000);
            job.process(TestImages.image("other", 0));
            assertThat(reasons(job)).as("idle made room").hasSize(1);
            assertThat(job.output(Outputs.DICTIONARIES)).noneMatch(record -> record.value() == null);
            // busy continues, idle starts over
            job.process(TestImages.image("busy", 60, true, true));
            assertThat(last(job, "busy")).contains("\"learned\":61,");
            job.process(DeletedModelsTest.delete("other"));
            job.process(TestImages.image("idle", 0));
            assertThat(last(job, "idle")).contains("\"warmUp\":{\"images\":1,");
        }
    }

    @Test
    void timersSurviveARestoreAndTheTimeWithoutAJobDoesNotCount() throws Exception {
        for (boolean rocks : new boolean[] {false, true}) {
            OperatorSubtaskState savepoint;
            try (OperatorHarness job = OperatorHarness.start(options(TIGHT), 2, null, rocks)) {
                for (int m = 0; m < 20; m++) {
                    job.process(TestImages.images("model-" + m, 0, 41));
                }
                job.setTime(6_000);
                for (int m = 0; m < 10; m++) {
                    job.process(TestImages.image("model-" + m, 41));
                }
                savepoint = job.savepoint();
            }
            // the timers of all models are overdue when the job starts again, a day later
            long start = 86_400_000;
            try (OperatorHarness job = OperatorHarness.start(options(TIGHT), 1, savepoint, rocks, start)) {
                job.setTime(start + 4_999);
                job.process(TestImages.image("model-14", 41, true, true));
                assertThat(last(job, "model-14")).contains("\"learned\":42,");
                job.setTime(start + 5_001);
                job.process(DeletedModelsTest.delete("model-15"));
                assertThat(reasons(job)).as("forgotten").hasSize(1);
                for (int m = 0; m < 10; m++) {
                    job.process(TestImages.image("model-" + m, 42, true, true));
                    assertThat(last(job, "model-" + m)).contains("\"learned\":43,");
                }
            }
        }
    }

    @Test
    void forgettingIsTurnedOnAndOffWithARestore() throws Exception {
        for (boolean rocks : new boolean[] {false, true}) {
            OperatorSubtaskState off;
            try (OperatorHarness job = OperatorHarness.start(smallModels(), 1, null, rocks)) {
                job.process(TestImages.images("bars", 0, 45));
                job.setTime(1_000_000);
                off = job.savepoint();
            }
            try (OperatorHarness on = OperatorHarness.start(options(), 1, off, rocks)) {
                on.setTime(9_999);
                assertThat(exists(on, "bars")).isTrue();
            }
            try (OperatorHarness on = OperatorHarness.start(options(), 1, off, rocks)) {
                on.setTime(11_000);
                assertThat(exists(on, "bars")).isFalse();
            }
        }
        OperatorSubtaskState on;
        try (OperatorHarness job = OperatorHarness.start(options())) {
            job.process(TestImages.images("bars", 0, 45));
            on = job.savepoint();
        }
        OperatorSubtaskState off;
        try (OperatorHarness job = OperatorHarness.restore(smallModels(), 1, on)) {
            job.setTime(8_000);
            job.process(TestImages.image("bars", 45));
            off = job.savepoint();
        }
        try (OperatorHarness job = OperatorHarness.restore(options(), 1, off)) {
            // the timer of the first run is due, the model had an image while nothing was forgotten
            job.setTime(9_999);
            job.process(TestImages.image("bars", 46, true, true));
            assertThat(last(job, "bars")).contains("\"learned\":47,");
        }
        try (OperatorHarness job = OperatorHarness.restore(smallModels(), 1, on)) {
            job.setTime(1_000_000);
            assertThat(exists(job, "bars")).isTrue();
        }
    }

    private static boolean exists(OperatorHarness job, String model) throws Exception {
        int before = reasons(job).size();
        job.process(DeletedModelsTest.delete(model));
        return reasons(job).size() == before;
    }

    private static Map<String, String> options(String... more) {
        Map<String, String> options = smallModels("models.expire-after", "10 s");
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private static String last(OperatorHarness job, String model) {
        return job.output(Outputs.ACTIVITY).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(model))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .reduce("", (first, second) -> second);
    }

    private static List<String> reasons(OperatorHarness job) {
        return job.output(Outputs.REJECTED).stream()
                .map(record -> record.headers().text(Headers.REASON))
                .toList();
    }
}
