package org.silhouettes.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.evaluation.EncodedImage;
import org.silhouettes.producers.replay.DriftPlan;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.testkit.ShapeImages;

class PhaseMatrixTest {

    private static PhaseMatrix.Row row(String after, int phase, double... errors) {
        List<PhaseMatrix.Cell> cells = java.util.Arrays.stream(errors)
                .mapToObj(error -> new PhaseMatrix.Cell(error, 1 - error, Double.NaN))
                .toList();
        return new PhaseMatrix.Row(after, phase, 100, 7, cells);
    }

    private static PhaseMatrix matrix(PhaseMatrix.Row... rows) {
        PhaseMatrix.Column a = new PhaseMatrix.Column("a", List.of("0"), List.of(), 100, 10);
        PhaseMatrix.Column b = new PhaseMatrix.Column("b", List.of("1"), List.of("invert"), 100, 10);
        return new PhaseMatrix(List.of(a, b), List.of(rows));
    }

    @Test
    void forgettingIsThePartOfTheBestThatIsLostInErrorsAsInAccuracies() {
        // a is learned to .2, falls to .1 as a present of b's first phase, and rises to .5 at the end
        PhaseMatrix matrix = matrix(
                row("a", 0, 0.2, 0.9), row("b", 1, 0.1, 0.3), row("a (2)", 0, 0.4, 0.4), row("b (2)", 1, 0.5, 0.2));
        PhaseMatrix.Summary mse = matrix.summary(PhaseMatrix.Metric.MSE);
        assertThat(mse.average()).isCloseTo(0.35, within(1e-12));
        assertThat(mse.backwardTransfer()).isCloseTo(0.5 - 0.2, within(1e-12));
        assertThat(mse.forgetting()).isCloseTo(0.5 - 0.1, within(1e-12));
        PhaseMatrix.Summary accuracy = matrix.summary(PhaseMatrix.Metric.GROUP_ACCURACY);
        assertThat(accuracy.backwardTransfer()).isCloseTo(-0.3, within(1e-12));
        assertThat(accuracy.forgetting()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void nothingIsForgottenAfterASinglePhaseAndWhatCannotBeTakenIsNull() {
        PhaseMatrix matrix = matrix(row("a", 0, 0.2, 0.9));
        assertThat(matrix.summary(PhaseMatrix.Metric.MSE).forgetting()).isNaN();
        assertThat(matrix.fields().get("summary").toString())
                .contains("mse={average=0.55, backwardTransfer=null, forgetting=null}")
                .contains("nmi={average=null");
        StringWriter out = new StringWriter();
        PhaseTable.print(matrix, new PrintWriter(out, true));
        assertThat(out.toString()).contains("average 0.5500, backward transfer -, forgetting -");
    }

    @Test
    void aCellTellsThePhasesClassesByGroupsThatTrainImagesName() {
        List<EncodedImage> fit = List.of(image("0", 2, 0), image("1", 0, 1), image("1", 0, 1));
        List<EncodedImage> test = List.of(image("0", 1, 0), image("1", 0, 1), image("1", 2, 1), image(null, 1, 0));
        PhaseMatrix.Cell cell = PhaseMatrix.Cell.of(fit, test);
        assertThat(cell.mse()).isCloseTo(0.25, within(1e-12));
        assertThat(cell.groupAccuracy()).isCloseTo(2 / 3.0, within(1e-12));
    }

    private static EncodedImage image(String label, float... norms) {
        return new EncodedImage(label, norms, 1, 0.25, 1);
    }

    @Test
    void everyPhaseEndIsAStageAndEveryFormOfAClassIsShownOnce() {
        RunPlan plan = plan(
                "classes=bar images=100; classes=cross,bar images=50 invert; classes=frame images=10;" + " repeat=2",
                230);
        assertThat(plan.stages())
                .extracting(RunPlan.Stage::name, RunPlan.Stage::end)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("phase 1", 100L),
                        org.assertj.core.groups.Tuple.tuple("phase 2", 150L),
                        org.assertj.core.groups.Tuple.tuple("phase 3", 160L),
                        org.assertj.core.groups.Tuple.tuple("phase 1 (2)", 230L));
        assertThat(plan.views())
                .extracting(View::classes)
                .containsExactly(List.of("bar", "frame"), List.of("bar", "cross"));
        assertThat(plan.learned()).isEqualTo(230);
        long learned = plan.parts().stream()
                .filter(part -> part.options().learn())
                .mapToLong(RunPlan.Part::records)
                .sum();
        assertThat(learned).isEqualTo(230);
    }

    @Test
    void aPlanWithoutEndOrWithTooManyPhasesIsRefused() {
        assertThatThrownBy(() -> plan("images=10; repeat=endless", ReplayOptions.ENDLESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the stream never ends: say with option images how many images to learn from");
        assertThatThrownBy(() -> plan("images=1; repeat=endless", 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("end more than 200 times in 1000 images");
    }

    private static RunPlan plan(String text, long images) {
        ReplayOptions learn = ReplayOptions.builder()
                .models("shapes")
                .plan(DriftPlan.parse(text))
                .images(images)
                .build();
        return RunPlan.of(
                new ShapeImages(1, 400),
                new ShapeImages(2, 200),
                learn,
                50,
                50,
                Map.of(),
                Path.of("kafka"),
                Path.of("flink"));
    }
}
