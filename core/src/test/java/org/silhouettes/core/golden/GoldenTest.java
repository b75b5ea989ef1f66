package org.silhouettes.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.learner.TrainingStep;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.linalg.LinalgBackend;

/**
 * Every golden vector, held against the double-precision oracle (1e-9) and against the engine (1e-5 relative to the
 * array's largest value, single precision).
 */
class GoldenTest {

    private static final Golden GOLDEN = new Golden();
    private static final double[][] W = GOLDEN.rows("W");
    private static final double[][] Y = GOLDEN.rows("Y");

    /** All arrays of the folder but the inputs. */
    static Stream<String> arrays() {
        return GOLDEN.arrays().keySet().stream().filter(name -> !name.equals("W") && !name.equals("Y"));
    }

    static Stream<String> encoders() {
        return GOLDEN.encoders();
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void oracleAgreesWithTheGoldenVector(String name) {
        assertClose(oracle(name), GOLDEN.rows(name), 1e-9, name);
    }

    static Stream<Arguments> arraysByBackend() {
        return arrays().flatMap(name -> Stream.of(LinalgBackend.values()).map(backend -> Arguments.of(name, backend)));
    }

    @ParameterizedTest
    @MethodSource("arraysByBackend")
    void engineAgreesWithTheGoldenVector(String name, LinalgBackend backend) {
        // the sweep divides by A_jj, down to 1e-3 of the largest: it amplifies the rounding of the codes; OpenBLAS adds
        // in
        // another order on each kind of CPU
        double ordinary = backend == LinalgBackend.ND4J ? 3e-5 : 1e-5;
        assertClose(engine(name, backend), GOLDEN.rows(name), name.equals("mairal_W1") ? 1e-4 : ordinary, name);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void lossAndObjectiveAreThoseOfTheMetaFile(String prefix) {
        try (Run run = new Run(prefix, UpdateRule.BACKPROP, LinalgBackend.VECTOR)) {
            run.encode();
            double squares = 0;
            for (int b = 0; b < Y.length; b++) {
                double error = run.codes.squaredErrors()[b];
                squares += error;
                double penalty = 0;
                int active = 0;
                for (int g = 0; g < run.shape.groups(); g++) {
                    float norm = run.codes.groupNorms()[b * run.shape.groups() + g];
                    penalty += run.settings.lambda() * norm;
                    active += norm > 0 ? 1 : 0;
                }
                double objective = GOLDEN.meta()
                        .get(prefix)
                        .get("objective_eq6_per_image")
                        .get(b)
                        .doubleValue();
                assertThat(error / 2 + penalty)
                        .as("objective of image %d", b)
                        .isCloseTo(objective, relative(objective));
                assertThat(active)
                        .as("active groups of image %d", b)
                        .isEqualTo(GOLDEN.meta()
                                .get(prefix)
                                .get("active_groups_per_image")
                                .get(b)
                                .intValue());
            }
            double mse = GOLDEN.meta().get(prefix).get("mse").doubleValue();
            assertThat(squares / (Y.length * W[0].length)).isCloseTo(mse, relative(mse));
        }
    }

    private static Offset<Double> relative(double expected) {
        return Offset.offset(1e-5 * Math.max(1e-3, Math.abs(expected)));
    }

    /** What the oracle makes of the quantity a golden array is named for. */
    private static double[][] oracle(String name) {
        if (name.startsWith("mairal_")) {
            double[][] x = Oracle.encode(W, Y, groupSize(), GOLDEN.encoder("fista_onesided_authors"))
                    .codes();
            double[][] a = Oracle.statistics(new double[W.length][W.length], 0, x, x);
            double[][] b = Oracle.statistics(new double[W.length][W[0].length], 0, x, Y);
            return switch (name) {
                case "mairal_A" -> a;
                case "mairal_B" -> b;
                case "mairal_W1" -> Oracle.sweep(W, a, b);
                default -> throw unknown(name);
            };
        }
        String prefix = prefix(name);
        EncoderSettings settings = GOLDEN.encoder(prefix);
        Oracle.Encoding encoding = Oracle.encode(W, Y, groupSize(), settings);
        double[][] gradient = Oracle.gradient(W, Y, groupSize(), settings);
        return switch (name.substring(prefix.length())) {
            case "_codes" -> Stream.of(encoding.x()).flatMap(Stream::of).toArray(double[][]::new);
            case "_recon" -> Oracle.times(encoding.codes(), W);
            case "_gradW" -> gradient;
            case "_gradW_decoder_only" -> Oracle.decoderGradient(W, Y, encoding.codes());
            case "_W_adam1" -> new Oracle.Adam(1e-3).step(W, gradient);
            case "_W_adam1_normalised" -> Oracle.normalised(new Oracle.Adam(1e-3).step(W, gradient));
            case "_W_adam5_normalised" -> {
                Oracle.Adam adam = new Oracle.Adam(1e-3);
                double[][] w = W;
                for (int i = 0; i < 5; i++) {
                    w = Oracle.normalised(adam.step(w, Oracle.gradient(w, Y, groupSize(), settings)));
                }
                yield w;
            }
            default -> throw unknown(name);
        };
    }

    /** What the engine makes of it, by what it shows to everybody. */
    private static double[][] engine(String name, LinalgBackend backend) {
        if (name.startsWith("mairal_")) {
            try (Run run = new Run("fista_onesided_authors", UpdateRule.ALTERNATING, backend)) {
                run.encode();
                run.learn();
                return switch (name) {
                    case "mairal_A" -> Oracle.rows(run.state.alternating().a(), W.length);
                    case "mairal_B" -> Oracle.rows(run.state.alternating().b(), W[0].length);
                    case "mairal_W1" -> run.atoms();
                    default -> throw unknown(name);
                };
            }
        }
        String prefix = prefix(name);
        String what = name.substring(prefix.length());
        if (what.equals("_codes")) {
            return layers(prefix, backend);
        }
        try (Run run =
                new Run(prefix, what.endsWith("_decoder_only") ? UpdateRule.DECODER : UpdateRule.BACKPROP, backend)) {
            run.encode();
            if (what.equals("_recon")) {
                return Oracle.rows(run.codes.reconstructions(), W[0].length);
            }
            run.learn();
            switch (what) {
                case "_gradW", "_gradW_decoder_only" -> {
                    return run.gradient();
                }
                case "_W_adam1" -> {
                    return new Oracle.Adam(1e-3).step(W, run.gradient());
                }
                case "_W_adam1_normalised" -> {
                    return run.atoms();
                }
                case "_W_adam5_normalised" -> {
                    for (int i = 1; i < 5; i++) {
                        run.encode();
                        run.learn();
                    }
                    return run.atoms();
                }
                default -> throw unknown(name);
            }
        }
    }

    /** Codes after each layer: those of encoders of 1, 2, … layers. */
    private static double[][] layers(String prefix, LinalgBackend backend) {
        EncoderSettings all = GOLDEN.encoder(prefix);
        return java.util.stream.IntStream.rangeClosed(1, all.layers())
                .mapToObj(layers -> {
                    EncoderSettings some = new EncoderSettings(
                            all.lambda(), all.step(), all.stepRule(), layers, all.unrolling(), all.shrinkage());
                    try (Run run = new Run(some.withBackend(backend), UpdateRule.DECODER)) {
                        run.encode();
                        return Oracle.rows(run.codes.codes(), W.length);
                    }
                })
                .flatMap(Stream::of)
                .toArray(double[][]::new);
    }

    private static int groupSize() {
        return GOLDEN.shape().groupSize();
    }

    private static String prefix(String name) {
        return GOLDEN.encoders().filter(name::startsWith).findFirst().orElseThrow(() -> unknown(name));
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("golden array " + name + " is unknown to this test: add it");
    }

    private static void assertClose(double[][] actual, double[][] expected, double tolerance, String name) {
        assertThat(actual.length).isEqualTo(expected.length);
        double largest = Stream.of(expected)
                .flatMapToDouble(java.util.Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as("%s, row %d", name, i)
                    .containsExactly(expected[i], Offset.offset(tolerance * largest));
        }
    }

    /** One engine on the golden inputs. */
    private static final class Run implements AutoCloseable {
        final DictionaryShape shape = GOLDEN.shape();
        final EncoderSettings settings;
        final TrainingStep engine;
        final Dictionary dictionary = new Dictionary(shape, Oracle.floats(W), 0);
        final TrainingState state = new TrainingState();
        final float[] images = Oracle.floats(Y);
        Encoding codes;

        Run(String prefix, UpdateRule rule, LinalgBackend backend) {
            this(GOLDEN.encoder(prefix).withBackend(backend), rule);
        }

        Run(EncoderSettings settings, UpdateRule rule) {
            this.settings = settings;
            this.engine =
                    new TrainingStep(shape, settings, new UpdateSettings(rule, 1e-3, 0.9, 0.999, 1e-8, 1, 0), Y.length);
        }

        void encode() {
            codes = engine.encode(dictionary, state, images, Y.length);
        }

        void learn() {
            assertThat(engine.update(dictionary, state, codes)).isTrue();
        }

        double[][] atoms() {
            return Oracle.rows(dictionary.atoms(), shape.values());
        }

        /** The gradient of the first step: Adam's first moment is a tenth of it. */
        double[][] gradient() {
            float[] first = state.adam().first();
            double[][] rows = Oracle.rows(first, shape.values());
            return Oracle.plus(rows, 9, rows);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
