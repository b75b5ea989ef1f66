package org.silhouettes.core.initialisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Samples;
import org.silhouettes.linalg.Random64;

class InitialiserTest {

    private static final ImageShape IMAGE = new ImageShape(4, 5, 1);

    @ParameterizedTest
    @EnumSource
    void everyMethodGivesFiniteUnitAtomsForAnyWarmUp(Initialisation method) {
        for (long seed = 0; seed < 2; seed++) {
            for (int count : new int[] {1, 2, 3, 60}) {
                for (int[] shape : new int[][] {{1, 1}, {3, 4}, {5, 1}, {30, 1}, {2, 25}}) {
                    Dictionary made = initialise(method, shape[0], shape[1], blobs(count, 3, seed), seed);

                    assertThat(made.shape().groups()).isEqualTo(shape[0]);
                    assertThat(made.shape().groupSize()).isEqualTo(shape[1]);
                    assertThat(made.version()).isZero();
                    assertUnitNorms(made, method + " of " + count + " images, seed " + seed);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodGivesFiniteUnitAtomsWhereAllImagesAreTheSame(Initialisation method) {
        WarmUp same = warmUp(new float[20 * IMAGE.values()], 20, Collections.nCopies(20, "a"));

        assertUnitNorms(initialise(method, 3, 4, same, 1), method.toString());
    }

    @ParameterizedTest
    @EnumSource
    void theSameImagesAndRandomStateGiveTheSameDictionary(Initialisation method) {
        WarmUp warmUp = blobs(100, 3, 5);

        assertThat(initialise(method, 3, 4, warmUp, 8).atoms())
                .isEqualTo(initialise(method, 3, 4, warmUp, 8).atoms());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LABELS")
    @DisplayName("no method but LABELS reads a label")
    void labelsChangeNothing(Initialisation method) {
        WarmUp labelled = blobs(100, 3, 5);
        WarmUp bare =
                new WarmUp(labelled.image(), labelled.centred(), labelled.mean(), 100, Collections.nCopies(100, null));

        assertThat(initialise(method, 3, 4, labelled, 8).atoms())
                .isEqualTo(initialise(method, 3, 4, bare, 8).atoms());
    }

    @ParameterizedTest
    @EnumSource(names = {"KMEANS", "COMMUNITY", "LABELS"})
    void groupsOfWellSeparatedBlobsAreTheBlobs(Initialisation method) {
        for (long seed = 0; seed < 5; seed++) {
            WarmUp warmUp = blobs(150, 3, seed);
            Dictionary made = initialise(method, 3, 4, warmUp, seed);

            List<Integer> blobs = new ArrayList<>();
            for (int g = 0; g < 3; g++) {
                int blob = nearestBlob(made, g * 4, warmUp);
                for (int a = 1; a < 4; a++) {
                    assertThat(nearestBlob(made, g * 4 + a, warmUp))
                            .as("seed %d, group %d, atom %d", seed, g, a)
                            .isEqualTo(blob);
                }
                blobs.add(blob);
            }
            assertThat(blobs).as("seed %d", seed).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    /** Three classes of 30, 20 and 10 images, and 40 with an image each. */
    @Test
    void theMostFrequentClassesHaveAGroupEachAndTheOthersShareTheLast() {
        List<String> labels = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            labels.add(n < 30 ? "c" : n < 50 ? "b" : n < 60 ? "a" : "once " + n);
        }
        WarmUp warmUp = warmUp(blobs(100, 3, 5).centred(), 100, labels);

        int[][] members = ClassMembers.of(warmUp, 4);

        assertThat(Arrays.stream(members).mapToInt(list -> list.length)).containsExactly(10, 20, 30, 40);
        assertThat(members[0]).startsWith(50).endsWith(59);
        assertThat(ClassMembers.of(warmUp, 43)).hasNumberOfRows(43);
        assertThat(ClassMembers.of(warmUp, 1)[0]).hasSize(100);
        InitialisationSettings settings = new InitialisationSettings(Initialisation.LABELS, 100);
        Start made = Initialiser.initialise(settings, 0, 4, 2, warmUp, new Random64(1));
        assertThat(made.dictionary().shape().groups()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void anOpenNumberOfGroupsStaysWithinTheBound(Initialisation method) {
        List<String> labels = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            labels.add("file-" + n);
        }
        WarmUp warmUp = warmUp(blobs(300, 8, 5).centred(), 300, labels);
        InitialisationSettings settings = new InitialisationSettings(method, 300);

        assertThat(Initialiser.initialise(settings, 0, 2, warmUp, new Random64(1))
                        .dictionary()
                        .shape()
                        .groups())
                .isLessThanOrEqualTo(Initialiser.MAX_AUTO_GROUPS);
        Start made = Initialiser.initialise(settings, 0, 3, 2, warmUp, new Random64(1));
        assertThat(made.dictionary().shape().groups()).isLessThanOrEqualTo(3);
        assertUnitNorms(made.dictionary(), method.toString());
    }

    @ParameterizedTest
    @EnumSource
    void imagesAsSamplesGiveWhatImagesInFloat32Give(Initialisation method) {
        byte[][] samples = new byte[60][IMAGE.values()];
        float[] mean = new float[IMAGE.values()];
        float[] centred = new float[60 * IMAGE.values()];
        Random64 random = new Random64(3);
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) random.nextDouble();
        }
        for (int n = 0; n < 60; n++) {
            for (int i = 0; i < IMAGE.values(); i++) {
                samples[n][i] = (byte) random.nextInt(256);
            }
            Samples.centre(samples[n], mean, centred, n * IMAGE.values());
        }
        List<String> labels = Collections.nCopies(60, "a");
        WarmUp asSamples = new WarmUp(IMAGE, List.of(samples), mean, labels);
        WarmUp asFloats = new WarmUp(IMAGE, centred, mean, 60, labels);

        assertThat(initialise(method, 3, 4, asSamples, 8).atoms())
                .isEqualTo(initialise(method, 3, 4, asFloats, 8).atoms());
    }

    @Test
    void communitiesChooseTheNumberOfGroupsThemselves() {
        for (int blobs = 2; blobs <= 5; blobs++) {
            WarmUp warmUp = blobs(60 * blobs, blobs, 3);

            InitialisationSettings settings =
                    new InitialisationSettings(Initialisation.COMMUNITY, 100, Features.PIXELS);
            Start made = Initialiser.initialise(settings, 0, 4, warmUp, new Random64(2));

            assertThat(made.dictionary().shape().groups()).isEqualTo(blobs);
            assertThat(made.classifier()).isPresent();
        }
    }

    @Test
    void groupsAreOrthonormalWhereTheWholeDictionaryDoesNotFit() {
        Dictionary made = initialise(Initialisation.ORTHOGONAL, 5, 7, blobs(1, 1, 0), 0);

        for (int g = 0; g < 5; g++) {
            assertOrthonormal(made, g * 7, 7);
        }
    }

    @Test
    void theWholeDictionaryIsOrthonormalWhereItFits() {
        assertOrthonormal(initialise(Initialisation.ORTHOGONAL, 5, 4, blobs(1, 1, 0), 0), 0, 20);
    }

    @Test
    void principalGroupsSpanTheLeadingEigenvectors() {
        // variances 9, 4, 1 along three coordinates, nothing elsewhere
        Random64 random = new Random64(4);
        float[] centred = new float[400 * IMAGE.values()];
        for (int i = 0; i < 400; i++) {
            centred[i * IMAGE.values() + 2] = (float) (3 * random.nextGaussian());
            centred[i * IMAGE.values() + 11] = (float) (2 * random.nextGaussian());
            centred[i * IMAGE.values() + 17] = (float) random.nextGaussian();
        }
        Dictionary made = initialise(Initialisation.PCA, 4, 2, warmUp(centred, 400, Collections.nCopies(400, null)), 0);

        for (int g = 0; g < 4; g++) {
            assertOrthonormal(made, g * 2, 2);
        }
        for (int k = 0; k < made.shape().atoms(); k++) {
            float[] atoms = made.atoms();
            int from = k * IMAGE.values();
            double inside = Math.pow(atoms[from + 2], 2) + Math.pow(atoms[from + 11], 2);
            assertThat(inside).isGreaterThan(0.98);
        }
    }

    @Test
    void labelsAreAskedForWhereNoneCame() {
        WarmUp bare = warmUp(new float[2 * IMAGE.values()], 2, Arrays.asList(null, null));

        assertThatThrownBy(() -> initialise(Initialisation.LABELS, 3, 4, bare, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("none of the 2 warm-up images has a label, which init.method=labels requires: send"
                        + " labels or use another initialisation, such as community or kmeans");
    }

    @Test
    void numberOfGroupsLeftOpenIsThatOfTheClassesOrThePapersTen() {
        WarmUp warmUp = blobs(40, 4, 0);

        assertThat(initialise(Initialisation.LABELS, 0, 2, warmUp, 0).shape().groups())
                .isEqualTo(4);
        assertThat(initialise(Initialisation.KMEANS, 0, 2, warmUp, 0).shape().groups())
                .isEqualTo(10);
        assertThat(initialise(Initialisation.RANDOM, 0, 2, warmUp, 0).shape().groups())
                .isEqualTo(10);
    }

    private static Dictionary initialise(Initialisation method, int groups, int groupSize, WarmUp warmUp, long seed) {
        return Initialiser.initialise(
                        new InitialisationSettings(method, 100), groups, groupSize, warmUp, new Random64(seed))
                .dictionary();
    }

    /** Image i is a bright bar, row i mod blobs, with noise; label = bar. */
    private static WarmUp blobs(int count, int blobs, long seed) {
        Random64 random = new Random64(seed);
        int values = IMAGE.values();
        float[] raw = new float[count * values];
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int bar = i % blobs;
            for (int j = 0; j < values; j++) {
                raw[i * values + j] = (float) ((j * blobs / values == bar ? 1 : 0) + 0.1 * random.nextDouble());
            }
            labels.add("bar " + bar);
        }
        return warmUp(raw, count, labels);
    }

    private static WarmUp warmUp(float[] raw, int count, List<String> labels) {
        float[] mean = new float[IMAGE.values()];
        for (int at = 0; at < raw.length; at++) {
            mean[at % mean.length] += raw[at] / count;
        }
        float[] centred = raw.clone();
        for (int at = 0; at < raw.length; at++) {
            centred[at] -= mean[at % mean.length];
        }
        return new WarmUp(IMAGE, centred, mean, count, labels);
    }

    /** The bar of the warm-up image with the largest inner product. */
    private static int nearestBlob(Dictionary dictionary, int atom, WarmUp warmUp) {
        Rows atoms = new Rows(dictionary.atoms(), dictionary.shape().atoms(), IMAGE.values());
        float[] products = atoms.select(new int[] {atom})
                .timesTransposed(warmUp.centredRows().unit())
                .values();
        int best = 0;
        for (int i = 1; i < products.length; i++) {
            if (products[i] > products[best]) {
                best = i;
            }
        }
        return Integer.parseInt(warmUp.labels().get(best).substring(4));
    }

    private static void assertUnitNorms(Dictionary dictionary, String about) {
        Rows atoms = new Rows(dictionary.atoms(), dictionary.shape().atoms(), IMAGE.values());
        for (int k = 0; k < atoms.count(); k++) {
            assertThat(atoms.norm(k)).as("norm of atom %d, %s", k, about).isCloseTo(1, within(1e-5));
        }
    }

    private static void assertOrthonormal(Dictionary dictionary, int from, int count) {
        int values = dictionary.shape().values();
        Rows rows =
                new Rows(Arrays.copyOfRange(dictionary.atoms(), from * values, (from + count) * values), count, values);
        float[] gram = rows.timesTransposed(rows).values();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                assertThat(gram[i * count + j]).isCloseTo(i == j ? 1 : 0, within(1e-5f));
            }
        }
    }
}
