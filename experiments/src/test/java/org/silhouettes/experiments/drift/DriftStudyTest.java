package org.silhouettes.experiments.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.testkit.ShapeImages;

class DriftStudyTest {

    private static final StandardPlan PLAN = new StandardPlan(2560, 1280, 640);
    private static final Map<String, String> SMALL = Map.of(
            "model.groups", "4",
            "model.group-size", "4",
            "encoder.lambda", "1",
            "init.warm-up", "128",
            "learner.learning-rate", "0.01");

    @TempDir
    private Path folder;

    private static DriftStudy study(Map<String, String> chosen) {
        return new DriftStudy(PLAN, new ShapeImages(1, 4000), new ShapeImages(2, 600), 64, chosen);
    }

    @Test
    void theChangeIsSeenAndLearnedFromAndActingLearnsItFaster() throws Exception {
        List<Integer> told = new ArrayList<>();
        DriftStudy.Outcome tell = study(SMALL).of(DriftCase.standard().get(0), 2, told::add);
        assertThat(told).containsExactly(0, 1);
        assertThat(tell.first().values().stream().mapToInt(seen -> seen.delays().length))
                .as("seeds in which a signal saw crosses and frames after bars and columns")
                .contains(2);
        tell.first().values().forEach(seen -> {
            for (long delay : seen.delays()) {
                assertThat(delay).isBetween(64L, 1280L);
            }
        });
        assertThat(tell.errors().keySet()).containsExactly("change", "+20", "all +10");
        DriftTrial.Errors before = tell.errors().get("change");
        DriftTrial.Errors after = tell.errors().get("+20");
        assertThat(before.changed()).isGreaterThan(before.old());
        assertThat(after.changed()).isLessThan(before.changed());

        DriftStudy.Outcome adapt = study(SMALL).of(DriftCase.standard().get(1), 2, seed -> {});
        assertThat(adapt.errors().get("change"))
                .as("nothing is acted on before the change")
                .isEqualTo(before);
        assertThat(adapt.errors().get("+20").changed()).isLessThan(after.changed());
    }

    @Test
    void theTablesAndTheFileHaveEveryCase() throws Exception {
        DriftStudy study = study(SMALL);
        List<DriftStudy.Outcome> outcomes =
                List.of(study.of(DriftCase.standard().get(2), 1, seed -> {}));
        List<SteadyStream> streams =
                SteadyStream.of(new ShapeImages(1, 4000), new ShapeImages(2, ImageSource.ENDLESS), 5000);
        Map<String, String> options = new HashMap<>(SMALL);
        options.put("init.method", "kmeans");
        List<SteadyStream.Outcome> steady = new ArrayList<>();
        for (SteadyStream stream : streams) {
            steady.add(stream.learned(options, 2, seed -> {}));
        }
        DriftReport report = new DriftReport(study, outcomes, steady);
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text, true));
        assertThat(text.toString())
                .contains("| alternating, forgetting 1 | report | adwin, error |")
                .contains("| learner | action | change | +20 | all +10 |")
                .contains("| shapes in file order | 10000 | 0.000 (0) | 0.000 (0) | 0.000 (0) |")
                .contains("| shapes shuffled | 10000 | 0.000 (0) | 0.000 (0) | 0.000 (0) |")
                .contains("| shapes | 10000 | 0.000 (0) | 0.000 (0) | 0.000 (0) |");
        Path file = folder.resolve("drift.json");
        report.write("shapes", 1, file);
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        assertThat(root.path("plan").path("old").asInt()).isEqualTo(2560);
        assertThat(root.path("steady").path(2).path("images").asLong()).isEqualTo(10_000);
        assertThat(root.path("cases")
                        .path(0)
                        .path("testErrors")
                        .path("+20")
                        .path("old")
                        .asDouble())
                .isPositive();
    }

    @Test
    void aMiniBatchThatDoesNotFitTheMomentsIsRefused() {
        Map<String, String> options = new HashMap<>(SMALL);
        options.put("model.batch", "48");
        assertThatThrownBy(() -> study(options).of(DriftCase.standard().get(0), 1, seed -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.batch has to divide 64");
    }
}
