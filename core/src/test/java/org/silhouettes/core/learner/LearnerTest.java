package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class LearnerTest {

    private static final ImageShape SHAPE = new ImageShape(6, 6, 1);
    private static final int WARM_UP = 20;
    private static final int BATCH = 8;

    private final TrainingStepCache engines = new TrainingStepCache(settings());

    @AfterEach
    void close() {
        engines.close();
    }

    @Test
    void hasNoDictionaryUntilTheWarmUpIsFullAndLearnsFromItRightAfterwards() {
        Learner learner = new Learner(SHAPE, engines);
        feed(learner, 0, WARM_UP - 1);
        assertThat(learner.dictionary()).isNull();

        feed(learner, WARM_UP - 1, WARM_UP);

        assertThat(learner.dictionary().version()).isEqualTo(WARM_UP / BATCH);
        assertThat(learner.learned()).isEqualTo(WARM_UP / BATCH * BATCH);
        assertThat(learner.state().buffers().warmUp()).isEmpty();
        assertThat(learner.state().buffers().pending()).hasSize(WARM_UP % BATCH);
    }

    @Test
    void encodesEveryImageOnceBeforeTheDictionaryLearnsFromIt() {
        Learner learner = new Learner(SHAPE, engines);
        List<String> encoded = new ArrayList<>();
        List<Long> versions = new ArrayList<>();
        Consumer<EncodedBatch> listener = batch -> {
            assertThat(batch.encoding().count()).isEqualTo(batch.images().size());
            batch.images().forEach(i -> encoded.add(i.id()));
            versions.add(batch.encoding().version());
        };
        for (int i = 0; i < 100; i++) {
            learner.accept(image(i, true));
            learnDue(learner, false, listener);
        }
        learnDue(learner, true, listener);

        assertThat(encoded)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "i" + i).toList());
        assertThat(versions).isSorted().doesNotHaveDuplicates().startsWith(0L);
        assertThat(learner.learned()).isEqualTo(100);
    }

    @Test
    void encodesAnUnlearnedImageWithTheDictionaryAsItStoodWhenTheImageArrived() {
        Learner learner = new Learner(SHAPE, engines);
        feed(learner, 0, WARM_UP);
        long versionAtArrival = learner.dictionary().version();
        String hashAtArrival = learner.dictionary().sha256();
        List<String> seen = new ArrayList<>();
        Consumer<EncodedBatch> listener = batch -> {
            if (!batch.learn()) {
                seen.add(batch.encoding().version() + " "
                        + batch.encoding().dictionary().sha256());
            }
        };
        learner.accept(image(1000, false));
        for (int i = 0; i < 3 * BATCH; i++) {
            learner.accept(image(WARM_UP + i, true));
            learnDue(learner, false, listener);
        }

        assertThat(learner.dictionary().version()).isGreaterThan(versionAtArrival);
        assertThat(seen).containsExactly(versionAtArrival + " " + hashAtArrival);
    }

    @Test
    void neverLearnsFromAnUnlearnedImage() {
        Learner with = new Learner(SHAPE, engines);
        Learner without = new Learner(SHAPE, engines);
        feed(without, 0, 90);
        for (int i = 0; i < 90; i++) {
            take(with, image(i, true));
            take(with, image(5000 + i, false));
        }

        assertThat(with.dictionary().sha256()).isEqualTo(without.dictionary().sha256());
        assertThat(with.meanImage()).containsExactly(without.meanImage());
    }

    @Test
    void saysThatAnUnlearnedImageCannotBeEncodedDuringWarmUp() {
        Learner learner = new Learner(SHAPE, engines);

        assertThat(learner.accept(image(0, false))).isFalse();
        feed(learner, 0, WARM_UP);
        assertThat(learner.accept(image(0, false))).isTrue();
    }

    @Test
    void learnsTheSameWhateverStatesItIsRestoredFrom() {
        Learner straight = new Learner(SHAPE, engines);
        feed(straight, 0, 200);
        Learner interrupted = new Learner(SHAPE, engines);
        for (int i = 0; i < 200; i++) {
            feed(interrupted, i, i + 1);
            interrupted = new Learner(interrupted.state().copy(), engines);
        }

        assertThat(interrupted.dictionary().sha256())
                .isEqualTo(straight.dictionary().sha256());
        assertThat(interrupted.state().random()).isEqualTo(straight.state().random());
    }

    @Test
    void subtractsTheMeanOfAllImagesLearnedFrom() {
        Learner learner = new Learner(SHAPE, engines);
        int images = WARM_UP + 5 * BATCH - WARM_UP % BATCH;
        feed(learner, 0, images);
        double[] expected = new double[SHAPE.values()];
        for (int i = 0; i < images; i++) {
            byte[] samples = image(i, true).samples();
            for (int p = 0; p < samples.length; p++) {
                expected[p] += (samples[p] & 0xff) / 255.0 / images;
            }
        }

        assertThat(learner.learned()).isEqualTo(images);
        for (int p = 0; p < expected.length; p++) {
            assertThat((double) learner.meanImage()[p]).isCloseTo(expected[p], within(1e-6));
        }
    }

    @Test
    void flushEndsTheWarmUpWithWhatThereIsAndLearnsFromAPartialBatch() {
        Learner learner = new Learner(SHAPE, engines);
        feed(learner, 0, 3);

        learnDue(learner, true, batch -> {});

        assertThat(learner.dictionary().version()).isEqualTo(1);
        assertThat(learner.learned()).isEqualTo(3);
        learnDue(learner, true, batch -> {});
        assertThat(learner.dictionary().version()).isEqualTo(1);
    }

    @Test
    void refusesAnImageOfAnotherSizeByNamingBoth() {
        Learner learner = new Learner(SHAPE, engines);

        assertThatThrownBy(() -> learner.accept(new StreamImage(new byte[25], null, null, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image has 25 values, the model expects 36 (6x6x1): "
                        + "send it under another model name or resize it");
    }

    @Test
    void aMiniBatchIsDueWhenItIsFullAndInAFlushWithOneImage() {
        Learner learner = new Learner(SHAPE, engines);
        feed(learner, 0, WARM_UP + 2 * BATCH - WARM_UP % BATCH);
        assertThat(learner.isBatchDue(true)).isFalse();
        assertThat(learner.encode(true)).isNull();

        learner.accept(image(500, true));
        assertThat(learner.isBatchDue(false)).isFalse();
        assertThat(learner.isBatchDue(true)).isTrue();

        EncodedBatch batch = learner.encode(true);
        assertThat(batch.images()).extracting(StreamImage::id).containsExactly("i500");
        assertThat(batch.learn()).isTrue();
        assertThat(learner.isBatchDue(true)).as("taken out of the buffers").isFalse();
    }

    @Test
    void refusesToLearnFromImagesThatAreEncodedOnly() {
        Learner learner = new Learner(SHAPE, engines);
        feed(learner, 0, WARM_UP);
        String before = learner.dictionary().sha256();
        learner.accept(image(500, false));
        EncodedBatch batch = learner.encode(true);
        assertThat(batch.learn()).isFalse();

        assertThatThrownBy(() -> learner.learn(batch)).isInstanceOf(IllegalArgumentException.class);
        assertThat(learner.dictionary().sha256()).isEqualTo(before);
    }

    @Test
    void labelsNeverReachTheLearning() {
        Learner labelled = new Learner(SHAPE, engines);
        Learner bare = new Learner(SHAPE, engines);
        for (int i = 0; i < 120; i++) {
            byte[] samples = image(i, true).samples();
            take(labelled, new StreamImage(samples, "class " + i % 3, "i" + i, true));
            take(bare, new StreamImage(samples, null, null, true));
        }

        assertThat(labelled.dictionary().sha256()).isEqualTo(bare.dictionary().sha256());
    }

    private static void feed(Learner learner, int from, int to) {
        for (int i = from; i < to; i++) {
            take(learner, image(i, true));
        }
    }

    private static void take(Learner learner, StreamImage image) {
        learner.accept(image);
        learnDue(learner, false, batch -> {});
    }

    private static void learnDue(Learner learner, boolean flush, Consumer<EncodedBatch> listener) {
        learner.initialise(flush);
        for (EncodedBatch batch = learner.encode(flush); batch != null; batch = learner.encode(flush)) {
            listener.accept(batch);
            if (batch.learn()) {
                learner.learn(batch);
            }
        }
    }

    /** Three prototypes with noise, so that clusters exist and codes are not all zero. */
    private static StreamImage image(int i, boolean learn) {
        Random64 prototype = new Random64(i % 3);
        Random64 noise = new Random64(100 + i);
        byte[] samples = new byte[SHAPE.values()];
        for (int p = 0; p < samples.length; p++) {
            int base = prototype.nextInt(2) * 200;
            samples[p] = (byte) Math.min(255, base + noise.nextInt(50));
        }
        return new StreamImage(samples, null, "i" + i, learn);
    }

    private static LearnerSettings settings() {
        LearnerSettings defaults = LearnerSettings.DEFAULTS;
        return new LearnerSettings(
                3,
                4,
                EncoderSettings.PAPER.withLambda(0.1),
                defaults.update(),
                new InitialisationSettings(Initialisation.KMEANS, WARM_UP),
                BATCH,
                7);
    }
}
