package org.silhouettes.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.learner.TrainingStep;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.LinalgBackend;
import org.silhouettes.linalg.Random64;

/**
 * The engine against the double-precision oracle over random shapes and settings: groups of 1 up to groups that are
 * multiplied pair by pair, sparse and dense codes, batches of one and of odd sizes. The case is in the test's name.
 */
class OracleComparisonTest {

    /** One random problem; all of it follows from the seed. */
    record Case(long seed, DictionaryShape shape, EncoderSettings settings, int count, double[][] w, double[][] y) {

        static Case of(long seed) {
            Random64 random = new Random64(seed);
            int[][] sizes = {{40, 1}, {6, 5}, {5, 16}, {4, 20}, {2, 33}, {1, 24}, {4, 32}, {4, 8}};
            int[] size = sizes[(int) (seed % sizes.length)];
            DictionaryShape shape = new DictionaryShape(
                    size[0], size[1], new ImageShape(3 + random.nextInt(6), 5 + random.nextInt(6), 1));
            // one in three has images enough that the engine encodes them in more than one go
            int count = 1 + random.nextInt(seed % 3 == 0 ? 150 : 40);
            double[][] w = new double[shape.atoms()][shape.values()];
            for (int g = 0; g < shape.groups(); g++) {
                double[] centre = gaussian(random, shape.values(), 0.5);
                for (int i = 0; i < shape.groupSize(); i++) {
                    w[g * shape.groupSize() + i] = Oracle.plus(
                            new double[][] {centre}, 1, new double[][] {gaussian(random, shape.values(), 1)})[0];
                }
            }
            w = Oracle.rows(Oracle.floats(Oracle.normalised(w)), shape.values());
            double[][] y = new double[count][];
            for (int b = 0; b < count; b++) {
                double[][] codes = new double[1][shape.atoms()];
                int from = random.nextInt(shape.groups()) * shape.groupSize();
                for (int i = from; i < from + shape.groupSize(); i++) {
                    codes[0][i] = Math.abs(random.nextGaussian());
                }
                y[b] = Oracle.plus(Oracle.times(codes, w), 1, new double[][] {gaussian(random, shape.values(), 0.1)})[
                        0];
            }
            y = Oracle.rows(Oracle.floats(y), shape.values());
            double lipschitz = largestEigenvalue(Oracle.times(w, Oracle.transposed(w)));
            EncoderSettings settings = new EncoderSettings(
                    shape.groupSize() == 1 ? 0.2 : 0.8,
                    (float) (0.7 / lipschitz),
                    StepRule.CLAMPED,
                    1 + random.nextInt(12),
                    Unrolling.values()[random.nextInt(2)],
                    Shrinkage.values()[random.nextInt(3)]);
            return new Case(seed, shape, settings, count, w, y);
        }

        private static double[] gaussian(Random64 random, int length, double scale) {
            double[] out = new double[length];
            for (int i = 0; i < length; i++) {
                out[i] = scale * random.nextGaussian();
            }
            return out;
        }

        private static double largestEigenvalue(double[][] gram) {
            double[][] v = new double[gram.length][1];
            for (int i = 0; i < v.length; i++) {
                v[i][0] = 1 + 0.01 * i;
            }
            double norm = 0;
            for (int iteration = 0; iteration < 200; iteration++) {
                double[][] next = Oracle.times(gram, v);
                norm = 0;
                for (double[] entry : next) {
                    norm = Math.hypot(norm, entry[0]);
                }
                for (int i = 0; i < v.length; i++) {
                    v[i][0] = next[i][0] / norm;
                }
            }
            return norm;
        }

        Case with(LinalgBackend backend) {
            return new Case(seed, shape, settings.withBackend(backend), count, w, y);
        }

        TrainingStep engine(UpdateRule rule) {
            return new TrainingStep(shape, settings, new UpdateSettings(rule, 1e-3, 0.9, 0.999, 1e-8, 0, 0), count + 3);
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + shape + ", batch " + count + ", " + settings;
        }
    }

    static Stream<Case> cases() {
        // the last 16, of all sizes, once more by ND4J
        return Stream.concat(
                LongStream.range(0, 48).mapToObj(Case::of),
                LongStream.range(32, 48).mapToObj(seed -> Case.of(seed).with(LinalgBackend.ND4J)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void codesAndReconstructionsAreTheOracles(Case c) {
        double[][] expected =
                Oracle.encode(c.w, c.y, c.shape.groupSize(), c.settings).codes();
        try (TrainingStep engine = c.engine(UpdateRule.DECODER)) {
            Encoding codes = engine.encode(dictionary(c), new TrainingState(), Oracle.floats(c.y), c.count);
            assertClose(Oracle.rows(codes.codes(), c.shape.atoms()), expected, 2e-5);
            assertClose(Oracle.rows(codes.reconstructions(), c.shape.values()), Oracle.times(expected, c.w), 2e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAreTheOracles(Case c) {
        double[][] x = Oracle.encode(c.w, c.y, c.shape.groupSize(), c.settings).codes();
        assertClose(gradient(c, UpdateRule.DECODER), Oracle.decoderGradient(c.w, c.y, x), 5e-5);
        assertClose(gradient(c, UpdateRule.BACKPROP), Oracle.gradient(c.w, c.y, c.shape.groupSize(), c.settings), 5e-5);
    }

    /** Adam's first moment after one step is a tenth of the gradient. */
    private static double[][] gradient(Case c, UpdateRule rule) {
        TrainingState state = new TrainingState();
        try (TrainingStep engine = c.engine(rule)) {
            Dictionary dictionary = dictionary(c);
            Encoding codes = engine.encode(dictionary, state, Oracle.floats(c.y), c.count);
            engine.update(dictionary, state, codes);
        }
        double[][] tenth = Oracle.rows(state.adam().first(), c.shape.values());
        return Oracle.plus(tenth, 9, tenth);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void statisticsAndSweepAreTheOracles(Case c) {
        int k = c.shape.atoms();
        int m = c.shape.values();
        TrainingState state = new TrainingState();
        Dictionary dictionary = dictionary(c);
        Encoding codes;
        try (TrainingStep engine = c.engine(UpdateRule.ALTERNATING)) {
            codes = engine.encode(dictionary, state, Oracle.floats(c.y), c.count);
            engine.update(dictionary, state, codes);
        }
        double[][] x = Oracle.rows(java.util.Arrays.copyOf(codes.codes(), c.count * k), k);
        double[][] a = Oracle.rows(state.alternating().a(), k);
        double[][] b = Oracle.rows(state.alternating().b(), m);
        assertClose(a, Oracle.statistics(new double[k][k], 1, x, x), 1e-5);
        assertClose(b, Oracle.statistics(new double[k][m], 1, x, c.y), 1e-5);
        // of atoms hardly used the sweep amplifies rounding by 1/A_jj: they are held to what that allows
        double[][] expected = Oracle.sweep(c.w, a, b);
        double[][] actual = Oracle.rows(dictionary.atoms(), m);
        for (int j = 0; j < k; j++) {
            double tolerance = 2e-4 + 2e-6 / Math.max(a[j][j], 1e-10);
            for (int p = 0; p < m && tolerance < 0.1; p++) {
                assertThat(actual[j][p])
                        .as("atom %d used %g", j, a[j][j])
                        .isCloseTo(expected[j][p], Offset.offset(tolerance));
            }
        }
    }

    private static Dictionary dictionary(Case c) {
        return new Dictionary(c.shape, Oracle.floats(c.w), 0);
    }

    private static void assertClose(double[][] actual, double[][] expected, double tolerance) {
        double largest = Stream.of(expected)
                .flatMapToDouble(java.util.Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                double difference = Math.abs(actual[i][j] - expected[i][j]);
                worst = difference <= worst ? worst : difference;
            }
        }
        assertThat(worst)
                .as("largest difference, where %g is the largest value", largest)
                .isLessThanOrEqualTo(tolerance * largest);
    }
}
