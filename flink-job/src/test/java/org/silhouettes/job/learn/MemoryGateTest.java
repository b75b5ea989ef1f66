package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.Rejection;

/** The estimate by which models are refused, in processes whose heap is by it. */
class MemoryGateTest {

    /** The JVM's own objects, libraries and what its collector leaves unused, bytes. */
    private static final long JVM = 48 << 20;

    @TempDir
    private Path folder;

    /**
     * Whatever is large: images, groups, codes, warm-up or batch; every update rule. With a quarter more than the estimate the
     * model learns, is written and read; with a quarter less it is refused.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "small, 6, 6, 100, model.groups 3 model.group-size 4 init.warm-up 40",
        "large images, 83, 83, 700, model.groups 4 model.group-size 8 init.warm-up 600 learner.update decoder",
        "k-means of large images, 60, 60, 500, model.groups 4 model.group-size 8 init.warm-up 400 init.method kmeans",
        "many groups, 8, 8, 300, model.groups 96 model.group-size 16 init.warm-up 200 init.method labels",
        "many atoms, 12, 12, 200, model.groups 24 model.group-size 64 init.warm-up 100 learner.update alternating",
        "backprop, 28, 28, 400, model.groups 10 model.group-size 32 init.warm-up 300 encoder.lambda 0.05",
        "large batch, 10, 10, 2100, model.groups 8 model.group-size 32 init.warm-up 100 model.batch 2048 encoder.layers 6"
    })
    void theEstimateIsEnoughAndLessIsRefused(String what, int height, int width, int images, String options)
            throws Exception {
        ImageShape shape = new ImageShape(height, width, 1);
        double peak = converged(shape, options);
        new ModelGate(settings(options, peak)).checkNew(ModelInSmallHeap.image("m", shape, 0, false));
        assertThatThrownBy(() -> new ModelGate(settings(options, Math.max(1 << 20, 0.75 * peak)))
                        .checkNew(ModelInSmallHeap.image("m", shape, 0, false)))
                .as("%s of %.1f MB", what, peak / 1e6)
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(RejectReason.MODEL_SIZE));
        assertThat(run(1.25 * peak, 1, height, width, images, options + " models.cache-bytes " + (long) peak))
                .as("%s of %.1f MB", what, peak / 1e6)
                .endsWith("learned\n");
    }

    /** 40 engines take some 30 MB together. */
    @Test
    void modelsOfManyShapesLearnInTheMemoryOfTheBudget() throws Exception {
        long budget = 8 << 20;
        String options = "model.groups 3 model.group-size 32 init.warm-up 10 models.cache-bytes " + budget;
        assertThat(run(1.25 * budget, 40, 8, 20, 20, options)).endsWith("learned\n");
    }

    private static LearningSettings settings(String options, double budget) {
        return ModelInSmallHeap.settings((options + " models.cache-bytes " + (long) budget).split(" "), 0);
    }

    /** The peak itself depends on the budget, of which late labels and sheets take a share. */
    private static double converged(ImageShape shape, String options) {
        double budget = 1 << 20;
        while (ModelSize.peakBytes(shape, settings(options, budget)) > budget) {
            budget *= 1.01;
        }
        return budget;
    }

    private String run(double heap, int models, int height, int width, int images, String options)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + ((long) heap + JVM) / 1024 + "k",
                "-XX:MaxDirectMemorySize=4m",
                "-Dorg.bytedeco.javacpp.maxbytes=64m"));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ModelInSmallHeap.class.getName()));
        command.addAll(List.of("" + models, "" + height, "" + width, "" + images));
        command.addAll(List.of(options.split(" ")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
