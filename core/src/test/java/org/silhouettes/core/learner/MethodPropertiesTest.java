package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.core.learner.RandomProblem.BATCH;
import static org.silhouettes.core.learner.RandomProblem.SHAPE;
import static org.silhouettes.core.learner.RandomProblem.dictionary;
import static org.silhouettes.core.learner.RandomProblem.engine;
import static org.silhouettes.core.learner.RandomProblem.images;
import static org.silhouettes.core.learner.RandomProblem.step;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.initialisation.Bars;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.organisation.GroupGrowthSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.linalg.Random64;

/** Properties of the method itself, whatever the data, over seeds that the tests' names print. */
class MethodPropertiesTest {

    static Stream<Arguments> seedsAndEncoders() {
        return LongStream.range(1, 5).boxed().flatMap(seed -> Stream.of(Unrolling.values())
                .flatMap(unrolling -> Stream.of(Shrinkage.values())
                        .map(shrinkage -> Arguments.of(
                                seed, new EncoderSettings(0.6, 0.05, StepRule.CLAMPED, 8, unrolling, shrinkage)))));
    }

    static LongStream seeds() {
        return LongStream.range(1, 9);
    }

    @ParameterizedTest
    @MethodSource("seedsAndEncoders")
    void atomsHaveUnitNormAfterEveryUpdate(long seed, EncoderSettings encoder) {
        for (UpdateRule rule : UpdateRule.values()) {
            try (TrainingStep engine = engine(encoder, rule)) {
                Dictionary dictionary = dictionary(seed);
                TrainingState state = new TrainingState();
                for (int i = 0; i < 5; i++) {
                    step(engine, dictionary, state, images(seed * 100 + i));
                    assertUnitNorms(dictionary, rule.toString());
                }
            }
        }
    }

    /** Every start, a λ at which all codes are zero, resets of atoms and groups. */
    @ParameterizedTest
    @EnumSource
    void everyDictionaryOfAModelHasUnitNorms(Initialisation start) {
        for (long seed = 1; seed <= 3; seed++) {
            for (UpdateRule rule : UpdateRule.values()) {
                long resets = learnBars(start, rule, seed);
                if (start == Initialisation.DATA) {
                    assertThat(resets).as("resets, %s, seed %d", rule, seed).isPositive();
                }
            }
        }
    }

    /** Asserts it of every version; returns the number of resets. */
    private static long learnBars(Initialisation start, UpdateRule rule, long seed) {
        LearnerSettings settings = new LearnerSettings(
                6,
                8,
                new EncoderSettings(2, 0.02, StepRule.CLAMPED, 8, Unrolling.FISTA, Shrinkage.ONE_SIDED_AUTHORS),
                new UpdateSettings(rule, 3e-3, 0.9, 0.999, 1e-8, 1, 0),
                new InitialisationSettings(start, 60),
                new OrganisationSettings(0.4, 0.6, 0.02, 2, GroupGrowthSettings.NONE),
                16,
                seed);
        Random64 random = new Random64(seed);
        try (TrainingStepCache engines = new TrainingStepCache(settings)) {
            Learner learner = new Learner(Bars.SHAPE, engines);
            for (int i = 0; i < 700; i++) {
                int kind = random.nextInt(3);
                learner.accept(new StreamImage(Bars.samples(kind, random), Integer.toString(kind), null, true));
                learner.initialise(false)
                        .ifPresent(first -> assertUnitNorms(first.dictionary(), start + " at first, seed " + seed));
                for (EncodedBatch b = learner.encode(false); b != null; b = learner.encode(false)) {
                    learner.learn(b);
                    assertUnitNorms(learner.dictionary(), start + ", " + rule + ", seed " + seed);
                }
            }
            assertThat(learner.dictionary().version()).isGreaterThan(40);
            return learner.training().usage().resetAtoms()
                    + learner.training().usage().resetGroups();
        }
    }

    private static void assertUnitNorms(Dictionary dictionary, String what) {
        int values = dictionary.shape().values();
        for (int k = 0; k < dictionary.shape().atoms(); k++) {
            double squares = 0;
            for (int p = k * values; p < (k + 1) * values; p++) {
                squares += (double) dictionary.atoms()[p] * dictionary.atoms()[p];
            }
            assertThat(squares)
                    .as("%s, version %d, atom %d", what, dictionary.version(), k)
                    .isBetween(1 - 1e-5, 1 + 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void objectiveDescendsWithEveryIstaLayerWhereTheShrinkageIsExact(long seed) {
        for (Shrinkage shrinkage : List.of(Shrinkage.TWO_SIDED, Shrinkage.ONE_SIDED_EXACT)) {
            double[] before = new double[BATCH];
            Arrays.fill(before, Double.MAX_VALUE);
            for (int layers = 1; layers <= 12; layers++) {
                EncoderSettings settings =
                        new EncoderSettings(0.6, 1, StepRule.LIPSCHITZ, layers, Unrolling.ISTA, shrinkage);
                try (TrainingStep engine = engine(settings, UpdateRule.DECODER)) {
                    Encoding codes = engine.encode(dictionary(seed), new TrainingState(), images(seed), BATCH);
                    for (int b = 0; b < BATCH; b++) {
                        double objective = objective(codes, b, settings.lambda());
                        assertThat(objective)
                                .as("%s, image %d, layer %d", shrinkage, b, layers)
                                .isLessThanOrEqualTo(before[b] * (1 + 1e-5));
                        before[b] = objective;
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theStepStaysAtMostOneOverTheLargestEigenvalueWhileUpdatesChangeTheDictionary(long seed) {
        for (UpdateRule rule : UpdateRule.values()) {
            for (StepRule stepRule : StepRule.values()) {
                EncoderSettings settings =
                        new EncoderSettings(0.6, 1, stepRule, 8, Unrolling.ISTA, Shrinkage.ONE_SIDED_EXACT);
                try (TrainingStep engine = engine(settings, rule)) {
                    Dictionary dictionary = dictionary(seed);
                    TrainingState state = new TrainingState();
                    for (int i = 0; i < 10; i++) {
                        step(engine, dictionary, state, images(seed * 100 + i));
                        assertThat(engine.step(dictionary, state) * largestEigenvalue(dictionary))
                                .as("%s, %s, update %d", rule, stepRule, i)
                                .isBetween(0.9, 1.0);
                    }
                }
            }
        }
    }

    /** Of WWᵀ, by power iteration in double precision until convergence. */
    private static double largestEigenvalue(Dictionary dictionary) {
        int m = dictionary.shape().values();
        double[] v = new double[m];
        Arrays.setAll(v, i -> 1 + 0.01 * i);
        double norm = 0;
        for (int iteration = 0; iteration < 500; iteration++) {
            double[] next = new double[m];
            for (int k = 0; k < dictionary.shape().atoms(); k++) {
                double along = 0;
                for (int p = 0; p < m; p++) {
                    along += dictionary.atoms()[k * m + p] * v[p];
                }
                for (int p = 0; p < m; p++) {
                    next[p] += along * dictionary.atoms()[k * m + p];
                }
            }
            norm = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum());
            for (int p = 0; p < m; p++) {
                v[p] = next[p] / norm;
            }
        }
        return norm;
    }

    private static double objective(Encoding codes, int b, double lambda) {
        double norms = 0;
        for (int g = 0; g < SHAPE.groups(); g++) {
            norms += codes.groupNorms()[b * SHAPE.groups() + g];
        }
        return codes.squaredErrors()[b] / 2.0 + lambda * norms;
    }

    /** Adam's first step leaves gradients near zero to rounding, and the sweep has an order: compared is what they are made of. */
    @ParameterizedTest
    @MethodSource("seedsAndEncoders")
    void permutedGroupsGivePermutedCodesGradientsAndStatistics(long seed, EncoderSettings settings) {
        // about the norm that groups have: many are just on, and many just off
        EncoderSettings encoder = settings.withLambda(1.3);
        int[] order = new Random64(seed).permutation(SHAPE.groups());
        int d = SHAPE.groupSize();
        int[] atoms = new int[SHAPE.atoms()];
        Arrays.setAll(atoms, k -> order[k / d] * d + k % d);
        Dictionary plain = dictionary(seed);
        Dictionary permuted = new Dictionary(SHAPE, permuted(plain.atoms(), atoms, SHAPE.values()), 0);
        for (UpdateRule rule : UpdateRule.values()) {
            try (TrainingStep engine = engine(encoder, rule)) {
                TrainingState state = new TrainingState();
                TrainingState permutedState = new TrainingState();
                float[] codes =
                        step(engine, plain.copy(), state, images(seed)).codes().clone();
                float[] permutedCodes = step(engine, permuted.copy(), permutedState, images(seed))
                        .codes();
                for (int b = 0; b < BATCH; b++) {
                    float[] of = Arrays.copyOfRange(codes, b * atoms.length, (b + 1) * atoms.length);
                    float[] ofPermuted = Arrays.copyOfRange(permutedCodes, b * atoms.length, (b + 1) * atoms.length);
                    assertClose(ofPermuted, permuted(of, atoms, 1), "code");
                }
                if (rule == UpdateRule.ALTERNATING) {
                    float[] a = permuted(state.alternating().a(), atoms, atoms.length);
                    for (int k = 0; k < atoms.length; k++) {
                        System.arraycopy(
                                permuted(Arrays.copyOfRange(a, k * atoms.length, (k + 1) * atoms.length), atoms, 1),
                                0,
                                a,
                                k * atoms.length,
                                atoms.length);
                    }
                    assertClose(permutedState.alternating().a(), a, "A");
                    assertPermuted(
                            "B",
                            permutedState.alternating().b(),
                            state.alternating().b(),
                            atoms);
                } else {
                    assertPermuted(
                            "gradient",
                            permutedState.adam().first(),
                            state.adam().first(),
                            atoms);
                }
            }
        }
    }

    private static void assertPermuted(String array, float[] actual, float[] plain, int[] atoms) {
        assertClose(actual, permuted(plain, atoms, SHAPE.values()), array);
    }

    /** Row k is row order[k] of the rows. */
    private static float[] permuted(float[] rows, int[] order, int length) {
        float[] out = new float[rows.length];
        for (int k = 0; k < order.length; k++) {
            System.arraycopy(rows, order[k] * length, out, k * length, length);
        }
        return out;
    }

    private static void assertClose(float[] actual, float[] expected, String what) {
        float largest = 0;
        for (float v : expected) {
            largest = Math.max(largest, Math.abs(v));
        }
        assertThat(actual).as(what).containsExactly(expected, Offset.offset(1e-4f * largest + 1e-7f));
    }

    /** x⁺ ← soft(z + τ W(y − zW), λτ), one image at a time, in double precision and without a notion of groups. */
    @ParameterizedTest
    @MethodSource("seedsAndEncoders")
    void groupsOfOneAreTheSparseModel(long seed, EncoderSettings group) {
        DictionaryShape sparse = new DictionaryShape(SHAPE.atoms(), 1, SHAPE.image());
        EncoderSettings settings = group.withLambda(0.1);
        Dictionary dictionary = new Dictionary(sparse, dictionary(seed).atoms(), 0);
        float[] images = images(seed);
        float[] codes;
        double step;
        try (TrainingStep engine = engine(sparse, settings, UpdateRule.DECODER)) {
            TrainingState state = new TrainingState();
            codes = engine.encode(dictionary, state, images, BATCH).codes();
            step = engine.step(dictionary, state);
        }
        int m = sparse.values();
        for (int b = 0; b < BATCH; b++) {
            double[] expected = sparseCode(dictionary, Arrays.copyOfRange(images, b * m, (b + 1) * m), settings, step);
            for (int k = 0; k < expected.length; k++) {
                assertThat((double) codes[b * expected.length + k])
                        .as("image %d, unit %d", b, k)
                        .isCloseTo(expected[k], Offset.offset(1e-5));
            }
        }
    }

    private static double[] sparseCode(Dictionary dictionary, float[] y, EncoderSettings settings, double step) {
        int m = y.length;
        double[] x = new double[dictionary.shape().atoms()];
        double[] z = x.clone();
        double t = 1;
        for (int layer = 0; layer < settings.layers(); layer++) {
            double[] residual = new double[m];
            for (int p = 0; p < m; p++) {
                residual[p] = y[p];
                for (int k = 0; k < z.length; k++) {
                    residual[p] -= z[k] * dictionary.atoms()[k * m + p];
                }
            }
            double tNext = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            double momentum = settings.unrolling() == Unrolling.FISTA ? (t - 1) / tNext : 0;
            for (int k = 0; k < x.length; k++) {
                double u = z[k];
                for (int p = 0; p < m; p++) {
                    u += step * dictionary.atoms()[k * m + p] * residual[p];
                }
                double size = Math.max(Math.abs(u) - settings.lambda() * step, 0);
                double next = settings.shrinkage() == Shrinkage.TWO_SIDED ? Math.signum(u) * size : u > 0 ? size : 0;
                z[k] = next + momentum * (next - x[k]);
                x[k] = next;
            }
            t = tNext;
        }
        return x;
    }
}
