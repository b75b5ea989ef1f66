package org.silhouettes.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;

/** Against values that NumPy 1.24 and scikit-learn 1.2 give for the same numbers. */
class EvaluationTest {

    private static final float[][] FIT = {
        {1.59f, 0.31f, 1.12f}, {3.26f, 0.27f, 0.21f}, {1.85f, 0.08f, 0.8f}, {1.55f, 0.36f, 2.68f},
        {0.21f, 2.53f, 0.41f}, {1.63f, 2.23f, 1.19f}, {0.23f, 1.64f, 0f}, {0.93f, 2.22f, 0.97f},
        {0.52f, 0.46f, 1.97f}, {0.47f, 0.03f, 3.23f}, {1.13f, 0.05f, 2.67f}, {2.45f, 0.16f, 2.12f}
    };
    private static final float[][] TEST = {
        {2.13f, 0f, 1.94f}, {2.49f, 0f, 0.43f}, {2.41f, 0f, 0f}, {1.57f, 0.32f, 3.8f},
        {0.81f, 2.69f, 1.3f}, {1.47f, 1.49f, 1.66f}, {0.7f, 1.47f, 0f}, {1.11f, 0.22f, 1.52f},
        {0.91f, 0f, 2.02f}, {0f, 0.64f, 1.6f}, {0.4f, 0.62f, 3.6f}, {0.72f, 0f, 2.38f}
    };
    private static final float[] ATOMS = {
        -0.61f, 1.59f, -1.19f, 0.35f, -1.05f, 1.41f, -0.02f, -0.37f, -1.72f, 1.68f, //
        0.75f, 0.75f, 1.14f, 0.35f, -0.64f, -0.8f, -0.8f, 1.37f, -1.46f, -0.6f, //
        -0.32f, 0.22f, 0.58f, -1.25f, -1.73f, 0f, 1.21f, 0.76f, 0.22f, -0.32f
    };

    @Test
    void metricsAreThoseOfScikitLearnAndNumPy() {
        EvaluationReport report = Evaluation.evaluate(images(FIT), images(TEST), dictionary(), new ClassMeans(5), 2);

        assertThat(report.groupAccuracy()).isCloseTo(0.75, within(1e-12));
        assertThat(report.nmi()).isCloseTo(0.5258124238077673, within(1e-12));
        assertThat(report.classesCovered()).isEqualTo(3);
        assertThat(report.knnAccuracy()).isCloseTo(0.75, within(1e-12));
        assertThat(report.blockCoherence()).isCloseTo(0.46829643736927373, within(1e-6));
        assertThat(report.lipschitz()).isCloseTo(2.3798877556660876, within(1e-6));
        SimilarityMatrix fit = SimilarityMatrix.ofGroupNorms(images(FIT));
        assertThat(fit.silhouetteScore()).isCloseTo(0.27938814697238507, within(1e-6));
        assertThat(fit.distanceRatio()).isCloseTo(1.7100935030615936, within(1e-6));
    }

    @Test
    void perImageFiguresAreMeans() {
        List<EncodedImage> test = List.of(
                new EncodedImage("a", new float[] {3, 0, 1}, 5, 0.1, 0.5),
                new EncodedImage(null, new float[] {0, 0, 0}, 0, 0.3, 0.3));

        EvaluationReport report = Evaluation.evaluate(List.of(), test, dictionary(), new ClassMeans(5), 2);

        assertThat(report.mse()).isCloseTo(0.2, within(1e-12));
        assertThat(report.mseOfMean()).isCloseTo(0.4, within(1e-12));
        // (½·5·0.1 + 2·4 + ½·5·0.3) / 2
        assertThat(report.objective()).isCloseTo(4.5, within(1e-12));
        assertThat(report.activeGroups()).isEqualTo(1);
        assertThat(report.activeUnits()).isEqualTo(2.5);
        assertThat(report.silentImages()).isEqualTo(0.5);
    }

    @Test
    void whatNeedsLabelsIsAbsentWithoutThem() {
        List<EncodedImage> bare = List.of(new EncodedImage(null, new float[] {3, 0, 1}, 5, 0.1, 0.5));

        assertThat(Evaluation.evaluate(bare, bare, dictionary(), new ClassMeans(5), 2)
                        .values())
                .containsOnlyKeys(
                        "mse",
                        "mseOfMean",
                        "objective",
                        "activeGroups",
                        "activeUnits",
                        "silentImages",
                        "blockCoherence",
                        "lipschitz");
    }

    @Test
    void codesOfAnotherDictionaryAreRefused() {
        List<EncodedImage> other = List.of(new EncodedImage("a", new float[2], 0, 0, 0));

        assertThatThrownBy(() -> Evaluation.evaluate(other, other, dictionary(), new ClassMeans(5), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a code has 2 groups, the dictionary has 3: encode with the dictionary that is evaluated");
    }

    @Test
    void silentImageIsNeverRight() {
        List<EncodedImage> fit = List.of(new EncodedImage("a", new float[] {1, 0}, 1, 0, 0));
        List<EncodedImage> test = List.of(fit.get(0), new EncodedImage("a", new float[] {0, 0}, 0, 0, 0));

        GroupClasses classes = GroupClasses.of(fit, 2);

        assertThat(classes.of(0)).isEqualTo("a");
        assertThat(classes.of(1)).isNull();
        assertThat(classes.accuracy(test)).isEqualTo(0.5);
    }

    private static List<EncodedImage> images(float[][] norms) {
        List<EncodedImage> images = new ArrayList<>();
        for (int i = 0; i < norms.length; i++) {
            images.add(new EncodedImage("class " + i / 4, norms[i], 0, 0, 0));
        }
        return images;
    }

    private static Dictionary dictionary() {
        Dictionary dictionary = new Dictionary(new DictionaryShape(3, 2, new ImageShape(1, 5, 1)), ATOMS.clone(), 0);
        dictionary.normaliseInPlace();
        return dictionary;
    }
}
