package org.silhouettes.job.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PngEncoder;
import org.silhouettes.job.TestImages;

/** The learner as a part of a job that knows no Kafka. */
class ImageLearningTest {

    private static final int IMAGES = 200;
    private static final Map<String, String> OPTIONS = Map.of(
            "model.groups", "3",
            "model.group-size", "4",
            "model.batch", "8",
            "init.warm-up", "40",
            "encoder.lambda", "0.5",
            "snapshot.every", "5",
            "activity.every", "5",
            "codes.emit", "all");

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @Test
    void modelsReportsCodesAndRejectionsComeOutOfAnyJob() throws Exception {
        StreamExecutionEnvironment env = environment();
        ImageLearning learning = ImageLearning.on(images(env), OPTIONS);
        CloseableIterator<LearnedModel> models = learning.models().collectAsync();
        CloseableIterator<ModelReport> reports = learning.reports().collectAsync();
        CloseableIterator<ModelReport> codes = learning.codes().collectAsync();
        CloseableIterator<Silhouette> silhouettes = learning.silhouettes().collectAsync();
        CloseableIterator<RejectedImage> rejected = learning.rejected().collectAsync();
        env.executeAsync("test");

        List<LearnedModel> versions = all(models);
        LearnedModel last = versions.get(versions.size() - 1);
        assertThat(last.model()).isEqualTo("bars");
        assertThat(last.groups()).isEqualTo(3);
        assertThat(last.groupSize()).isEqualTo(4);
        assertThat(last.image()).isEqualTo(new ImageShape(TestImages.SIDE, TestImages.SIDE, 1));
        assertThat(versions).isSortedAccordingTo((a, b) -> Long.compare(a.version(), b.version()));
        for (int atom = 0; atom < 12; atom++) {
            double squares = 0;
            for (int i = 0; i < 36; i++) {
                squares += last.atoms()[36 * atom + i] * last.atoms()[36 * atom + i];
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
        }
        assertThat(all(reports)).isNotEmpty().allSatisfy(report -> {
            assertThat(report.model()).isEqualTo("bars");
            assertThat(report.json()).startsWith("{").contains("\"model\":\"bars\"");
        });
        assertThat(all(codes)).hasSizeGreaterThan(100);
        assertThat(all(silhouettes)).isNotEmpty().allSatisfy(sheet -> assertThat(sheet.png()[1])
                .isEqualTo((byte) 'P'));
        assertThat(all(rejected)).singleElement().satisfies(image -> {
            assertThat(image.id()).isEqualTo("#100");
            assertThat(image.reason()).contains("PNG");
        });
    }

    @Test
    void twoStreamsOfAJobLearnUnderNamesOfTheirOwn() throws Exception {
        StreamExecutionEnvironment env = environment();
        DataStream<InputImage> images = images(env);
        CloseableIterator<LearnedModel> first =
                ImageLearning.on(images, OPTIONS, "first").models().collectAsync();
        CloseableIterator<LearnedModel> second =
                ImageLearning.on(images, OPTIONS, "second").models().collectAsync();
        env.executeAsync("test");

        List<LearnedModel> one = all(first);
        List<LearnedModel> two = all(second);
        assertThat(two.get(two.size() - 1).atoms())
                .containsExactly(one.get(one.size() - 1).atoms());
    }

    @Test
    void unknownOptionIsRefusedWhenTheGraphIsBuilt() {
        StreamExecutionEnvironment env = environment();
        DataStream<InputImage> images = images(env);
        assertThatThrownBy(() -> ImageLearning.on(images, Map.of("model.grops", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.groups");
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        return env;
    }

    private static DataStream<InputImage> images(StreamExecutionEnvironment env) {
        GeneratorFunction<Long, InputImage> generator = ImageLearningTest::image;
        return env.fromSource(
                        new DataGeneratorSource<>(generator, IMAGES, TypeInformation.of(InputImage.class)),
                        WatermarkStrategy.noWatermarks(),
                        "images")
                .setParallelism(1);
    }

    private static InputImage image(long n) {
        Picture picture =
                new Picture(new ImageShape(TestImages.SIDE, TestImages.SIDE, 1), TestImages.samples("bars", (int) n));
        if (n == 100) {
            byte[] damaged = PngEncoder.encode(picture);
            damaged[damaged.length - 20] ^= 1;
            return InputImage.ofFile("bars", damaged).withId("#100");
        }
        InputImage image = n % 2 == 0
                ? InputImage.of("bars", picture)
                : InputImage.ofFile("bars", PngEncoder.encode(picture)).withLabel("odd");
        return n == IMAGES - 1 ? image.last() : image.withId("#" + n);
    }

    private static <T> List<T> all(CloseableIterator<T> iterator) throws Exception {
        try (iterator) {
            List<T> all = new ArrayList<>();
            iterator.forEachRemaining(all::add);
            return all;
        }
    }
}
