package org.silhouettes.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class MetricsTest {

    @Test
    void twoPairsOnALineHaveClosedForms() {
        SimilarityMatrix matrix = SimilarityMatrix.of(
                List.of("a", "a", "b", "b"),
                List.of(new float[] {0}, new float[] {1}, new float[] {4}, new float[] {5}));

        assertThat(matrix.distance(0, 3)).isEqualTo(5);
        assertThat(matrix.distance(3, 0)).isEqualTo(5);
        // between: 4, 5, 3, 4; within: 1, 1
        assertThat(matrix.distanceRatio()).isCloseTo(4, within(1e-9));
        // outer points: (4.5 − 1)/4.5, inner: (3.5 − 1)/3.5
        assertThat(matrix.silhouetteScore()).isCloseTo((3.5 / 4.5 + 2.5 / 3.5) / 2, within(1e-9));
    }

    @Test
    void oneClassHasNeitherRatioNorSilhouette() {
        SimilarityMatrix matrix = SimilarityMatrix.of(List.of("a", "a"), List.of(new float[] {0}, new float[] {1}));

        assertThat(matrix.distanceRatio()).isNaN();
        assertThat(matrix.silhouetteScore()).isNaN();
    }

    @Test
    void sampleHoldsSoManyOfEveryClassInOrder() {
        List<String> labels = IntStream.range(0, 50)
                .mapToObj(i -> i < 3 ? "rare" : "c" + i % 3)
                .toList();

        int[] sample = ClassSample.indices(labels, 5, 1);

        assertThat(IntStream.of(sample).mapToObj(labels::get))
                .containsExactly(
                        "c0", "c0", "c0", "c0", "c0", "c1", "c1", "c1", "c1", "c1", "c2", "c2", "c2", "c2", "c2",
                        "rare", "rare", "rare");
        assertThat(sample).doesNotHaveDuplicates();
        assertThat(sample).isEqualTo(ClassSample.indices(labels, 5, 1));
        assertThat(sample).isNotEqualTo(ClassSample.indices(labels, 5, 2));
    }

    @Test
    void nearestNeighboursOfTheFitItselfAreItself() {
        for (long seed = 0; seed < 5; seed++) {
            List<EncodedImage> images = randomImages(60, seed);

            assertThat(NearestNeighbours.accuracy(images, images, 1))
                    .as("seed %d", seed)
                    .isEqualTo(1);
        }
    }

    @Test
    void majorityOfNeighboursDecidesAndTiesGoToTheFirstName() {
        List<EncodedImage> fit = List.of(image("b", 0), image("a", 1), image("a", 2), image("b", 9));

        assertThat(NearestNeighbours.accuracy(fit, List.of(image("a", 0)), 3)).isEqualTo(1);
        assertThat(NearestNeighbours.accuracy(fit, List.of(image("a", 0)), 4)).isEqualTo(1);
        assertThat(NearestNeighbours.accuracy(fit, List.of(image("b", 0)), 1)).isEqualTo(1);
        assertThat(NearestNeighbours.accuracy(fit, List.of(image("unknown", 0)), 1))
                .isZero();
    }

    @Test
    void blockCoherenceOfTheSameSubspaceIsOneOverGroupSize() {
        // two groups of the same two orthonormal atoms: the spectral norm of the identity is 1
        Dictionary same = dictionary(2, 2, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0);
        // orthogonal groups
        Dictionary apart = dictionary(2, 1, 1, 0, 0, 0, 1, 0);

        assertThat(DictionaryMetrics.blockCoherence(same)).isCloseTo(0.5, within(1e-6));
        assertThat(DictionaryMetrics.blockCoherence(apart)).isZero();
        assertThat(DictionaryMetrics.blockCoherence(dictionary(1, 1, 1, 0, 0))).isNaN();
    }

    @Test
    void lipschitzConstantOfEqualAtomsIsTheirNumber() {
        assertThat(DictionaryMetrics.lipschitz(dictionary(2, 2, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0)))
                .isCloseTo(4, within(1e-6));
        assertThat(DictionaryMetrics.lipschitz(dictionary(3, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1)))
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void spectralNormOfADiagonalMatrixIsItsLargestEntry() {
        assertThat(DictionaryMetrics.spectralNorm(new double[] {2, 0, 0, 0, -7, 0, 0, 0, 3}, 3, 0))
                .isCloseTo(7, within(1e-8));
        assertThat(DictionaryMetrics.spectralNorm(new double[9], 3, 0)).isZero();
    }

    @Test
    void atomsThatAreClassMeansCorrelateFully() {
        ClassMeans means = new ClassMeans(3);
        means.add("a", new byte[] {(byte) 255, 0, 0});
        means.add("a", new byte[] {(byte) 253, 0, 0});
        means.add("b", new byte[] {0, (byte) 254, 0});

        Map<String, float[]> centred = means.centred();
        Dictionary ofMeans = dictionary(
                2, 1, centred.get("a")[0], centred.get("a")[1], 0, centred.get("b")[0], centred.get("b")[1], 0);

        assertThat(centred.get("a")[0]).isCloseTo(254 / 255f / 3, within(1e-6f));
        assertThat(means.atomCorrelation(ofMeans)).isCloseTo(1, within(1e-9));
        assertThat(means.atomCorrelation(dictionary(1, 1, 0.5f, 0.5f, 0.5f))).isZero();
        assertThat(new ClassMeans(3).atomCorrelation(ofMeans)).isNaN();
    }

    @Test
    void aChannelOfTheMeansIsTheMeansOfTheChannel() {
        Random64 random = new Random64(4);
        ClassMeans colour = new ClassMeans(6);
        ClassMeans green = new ClassMeans(2);
        for (int i = 0; i < 30; i++) {
            byte[] samples = new byte[6];
            for (int at = 0; at < 6; at++) {
                samples[at] = (byte) random.nextInt(256);
            }
            String label = i % 5 == 0 ? null : "c" + i % 3;
            colour.add(label, samples);
            green.add(label, new byte[] {samples[1], samples[4]});
        }

        Map<String, float[]> expected = green.centred();
        Map<String, float[]> actual = colour.channel(1, 3).centred();

        assertThat(actual.keySet()).isEqualTo(expected.keySet()).hasSize(3);
        expected.forEach(
                (label, mean) -> assertThat(actual.get(label)).as(label).containsExactly(mean));
        assertThatThrownBy(() -> colour.channel(3, 3))
                .hasMessage("channel 3 of 3 in images of 6 values: there is none");
    }

    private static EncodedImage image(String label, float norm) {
        return new EncodedImage(label, new float[] {norm}, 0, 0, 0);
    }

    private static List<EncodedImage> randomImages(int count, long seed) {
        Random64 random = new Random64(seed);
        List<EncodedImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] norms = {(float) random.nextDouble(), (float) random.nextDouble(), (float) random.nextDouble()};
            images.add(new EncodedImage("c" + random.nextInt(3), norms, 0, 0, 0));
        }
        return images;
    }

    private static Dictionary dictionary(int groups, int groupSize, float... atoms) {
        return new Dictionary(new DictionaryShape(groups, groupSize, new ImageShape(1, 3, 1)), atoms, 0);
    }
}
